"""Jinja as this program uses it: what templates can reach, and how they are compiled.

What templates can reach is closed: the four names of `views`, `asset(…)`, and Jinja's filters with those below.

A page has some hundreds of values, so what Jinja does for each of them is most of what a page costs. `Templates` does the
same in fewer steps: values without special characters are not copied to be marked as safe, what a template or a block
makes is handed on whole, and calls do not look for markers that nothing here has.
"""

from __future__ import annotations

import datetime as dt
import json
import re
from collections.abc import Callable, Mapping, MutableMapping
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any
from urllib.parse import quote

import jinja2
from jinja2 import nodes
from jinja2.compiler import CodeGenerator, Frame
from jinja2.runtime import Context, Macro
from markupsafe import Markup, escape

from explainer.diagnostics import did_you_mean
from explainer.render.compiled import CompiledTheme
from explainer.render.dates import Lasting, date_in_words, machine_date, span_in_words
from explainer.render.template_errors import Missing
from explainer.render.views import PageView
from explainer.site.urls import relative_url
from explainer.types import Url

_MARKUP = (".html", ".xml")


def make_environment(
    templates: Mapping[str, str], paths: Mapping[str, str], assets: AssetFinder, site_url: str
) -> jinja2.Environment:
    """An environment with `templates`, texts by name. `paths`: what messages call them."""
    environment = Templates(
        loader=_Loader(templates, paths),
        autoescape=lambda name: (name or ".html").endswith(_MARKUP),
        undefined=Missing,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
        cache_size=-1,  # all that there are
        optimized=False,  # looking for constants in them takes a tenth of the time of compiling them, and finds none
        bytecode_cache=CompiledTheme(Path(__file__)),
    )
    environment.globals = {"asset": assets}
    environment.filters.pop("random")  # equal inputs give equal pages
    environment.filters |= {
        "relative": relative_filter,
        "absolute": partial(absolute_url, site_url),
        "date": date_filter,
        "iso": machine_date,
        "span": span_filter,
        "tojson": json_filter,
    }
    return environment


class _Loader(jinja2.BaseLoader):
    """Templates from memory, known to error messages by the path of their file."""

    def __init__(self, templates: Mapping[str, str], paths: Mapping[str, str]) -> None:
        self._templates = templates
        self._paths = paths

    def get_source(
        self, environment: jinja2.Environment, template: str
    ) -> tuple[str, str | None, Callable[[], bool] | None]:
        del environment
        if template not in self._templates:
            raise jinja2.TemplateNotFound(template)
        return self._templates[template], self._paths[template], None


# ---- how templates are compiled -------------------------------------------------------------------------------------


def escaped(value: object) -> str:
    """What stands for a value in markup: as `markupsafe.escape`, but not marked as safe where it was so all along."""
    if type(value) is str:
        has_special = "&" in value or "<" in value or ">" in value or '"' in value or "'" in value
        return escape(value) if has_special else value
    return value if type(value) is Markup else escape(value)


class _Generator(CodeGenerator):
    """Writes the Python of a template."""

    def enter_frame(self, frame: Frame) -> None:
        super().enter_frame(frame)
        if frame.parent is None:  # a template or a block
            self.buffer(frame)

    def leave_frame(self, frame: Frame, with_python_scope: bool = False) -> None:  # noqa: FBT001, FBT002
        if frame.parent is None:
            self.writeline(f"yield concat({frame.buffer})")
        super().leave_frame(frame, with_python_scope)

    def write_commons(self) -> None:
        super().write_commons()
        self.writeline("escape = environment.escaped")

    def _output_child_to_const(self, node: nodes.Expr, frame: Frame, finalize: CodeGenerator._FinalizeInfo) -> str:
        """No value is made while a template is translated: a filter may make another of it on another site."""
        if not isinstance(node, nodes.TemplateData):
            raise nodes.Impossible
        return super()._output_child_to_const(node, frame, finalize)

    def visit_Include(self, node: nodes.Include, frame: Frame) -> None:  # noqa: N802
        """What is included without context is handed on at once, so what stands before it has to go first."""
        if not node.with_context:
            self.writeline(f"yield concat({frame.buffer})")
            self.writeline(f"{frame.buffer}.clear()")
        super().visit_Include(node, frame)


class _Context(Context):
    """The names that a template has."""

    def call(self, called: Callable[..., Any], /, *args: Any, **options: Any) -> Any:
        """Of all that can be called here, macros alone are told where they are called."""
        if isinstance(called, Macro):
            return super().call(called, *args, **options)
        options.pop("_loop_vars", None)
        options.pop("_block_vars", None)
        return called(*args, **options)


class Templates(jinja2.Environment):
    """An environment that makes the same of the same templates, in fewer steps."""

    code_generator_class = _Generator
    context_class = _Context
    escaped = staticmethod(escaped)

    def getitem(self, obj: Any, argument: Any) -> Any:
        """What filters look at, as in `map(attribute='title')`: views have fields, and no items to be tried first."""
        if type(argument) is str and not hasattr(obj, "__getitem__"):
            return self.getattr(obj, argument)
        return super().getitem(obj, argument)

    def make_globals(self, d: MutableMapping[str, Any] | None) -> MutableMapping[str, Any]:
        """One mapping, not a chain of them: it is gone through for every template that is included."""
        return {**self.globals, **(d or {})}


# ---- what templates can use -----------------------------------------------------------------------------------------


@dataclass(slots=True, repr=False)
class AssetFinder:
    """`asset('style.css')`: the address of an asset by its file's name."""

    addresses: Mapping[str, Url]
    heard: Callable[[str], object] = lambda _name: None
    """Called with every name that a template asks for."""

    def __repr__(self) -> str:
        return "asset"

    def __call__(self, name: str) -> Url:
        self.heard(name)
        if name not in self.addresses:
            self.heard("")  # the message depends on all of them
            close = did_you_mean(name, self.addresses)
            msg = f"there is no asset “{name}”{'; ' if close else ''}{close}"
            raise LookupError(msg)
        return self.addresses[name]


_PLAIN_ADDRESS = re.compile(r"[A-Za-z0-9_.~/#?%:@!$&'()*+,;=-]*")


def absolute_url(site_url: str, target: str) -> str:
    """`target` as a full address; `site_url` may hold a path, with or without a slash at its end."""
    is_plain = _PLAIN_ADDRESS.fullmatch(target)
    return site_url.rstrip("/") + (target if is_plain else quote(target, safe="/#?%:@!$&'()*+,;=~"))


@jinja2.pass_context
def relative_filter(context: Context, url: str) -> str:
    """The address relative to the page being rendered; on the page for unknown addresses, to its `<base>`.

    Addresses outside the site stay as they are.
    """
    page: PageView = context["page"]
    if "://" in url:
        return url
    return relative_url("/" if page.kind == "404" else page.url, url)


@jinja2.pass_context
def date_filter(context: Context, value: dt.date | str) -> str:
    """A date in words, in the page's language. Texts that are dates of EDTF, level 1, count as such."""
    page: PageView = context["page"]
    return date_in_words(value, page.language, context["words"])


@jinja2.pass_context
def span_filter(context: Context, item: Lasting) -> str:
    """Since when and until when something held, in words."""
    page: PageView = context["page"]
    return span_in_words(item.since, item.until, page.language, context["words"])


_encode = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode


def json_filter(value: object) -> Markup:
    """A value as JSON that can stand in a `<script>`."""
    text = _encode(value).replace("<", "\\u003c").replace(">", "\\u003e")
    return Markup(text.replace("&", "\\u0026").replace("'", "\\u0027"))  # noqa: S704 - of these, nothing is left
