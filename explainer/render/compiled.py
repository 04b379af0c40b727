"""Templates in two steps: Jinja translates each into Python, which Python compiles.

The first step takes ten times as long as the second, and what it makes can be kept from one build to the next.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Mapping, MutableMapping
from types import CodeType
from typing import Any, Protocol

import jinja2
from jinja2.meta import find_referenced_templates


class Translations(Protocol):
    """Templates as Python, by a template's name and a digest of all that decides how it is translated."""

    def get(self, name: str, digest: str) -> str | None: ...

    def put(self, name: str, digest: str, python: str) -> None: ...


class Untranslated:
    """Nothing is kept."""

    def get(self, name: str, digest: str) -> None:
        """Nothing is known."""

    def put(self, name: str, digest: str, python: str) -> None:
        """Nothing is kept."""


class Loader(jinja2.BaseLoader):
    """Templates from memory, known to error messages by the path of their file."""

    def __init__(
        self, templates: Mapping[str, str], paths: Mapping[str, str], site_url: str, translations: Translations
    ) -> None:
        self._templates = templates
        self._paths = paths
        self._site_url = site_url
        self._translations = translations

    def get_source(
        self, environment: jinja2.Environment, template: str
    ) -> tuple[str, str | None, Callable[[], bool] | None]:
        del environment
        if template not in self._templates:
            raise jinja2.TemplateNotFound(template)
        return self._templates[template], self._paths[template], None

    def load(
        self,
        environment: jinja2.Environment,
        name: str,
        globals: MutableMapping[str, Any] | None = None,  # noqa: A002
    ) -> jinja2.Template:
        code = self._compiled(environment, name)
        return environment.template_class.from_code(environment, code, globals or {}, None)

    def _compiled(self, environment: jinja2.Environment, name: str) -> CodeType:
        text, path, _ = self.get_source(environment, name)
        digest = self._digest(name, text)
        python = self._translations.get(name, digest)
        if python is None:
            python = environment.compile(text, name, path, raw=True)
            self._translations.put(name, digest, python)
        return compile(python, path or "<template>", "exec")

    def _digest(self, name: str, text: str) -> str:
        """Filters are applied to what is constant while a template is translated, and one of them knows the address of
        the site.
        """
        return hashlib.sha256(repr((self._site_url, name, text)).encode()).hexdigest()


# ---- what a template refers to --------------------------------------------------------------------------------------

_REFERENCE = re.compile(r"\{%[-+]?\s*(?:extends|include|import|from)\b")
_PLAIN_REFERENCE = re.compile(
    r"""\{%[-+]?\s*(?:extends|include|import|from)\s*(["'])([\w ./-]+)\1"""
    r"""(?=\s*[-+]?%\}|\s+(?:ignore|with|without|import|as)\b)"""
)


def referred(text: str, environment: jinja2.Environment) -> frozenset[str | None]:
    """The templates that one extends, includes or imports; None among them where a name is computed.

    Where each is named in so many words, it need not be parsed for that, which takes most of the time of translating it;
    then what stands in comments counts, too.
    """
    plain = [match[2] for match in _PLAIN_REFERENCE.finditer(text)]
    if len(plain) == len(_REFERENCE.findall(text)):
        return frozenset(plain)
    try:
        return frozenset(find_referenced_templates(environment.parse(text)))
    except jinja2.TemplateSyntaxError:
        return frozenset()
