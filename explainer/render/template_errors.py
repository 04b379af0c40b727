"""What goes wrong in a template, as its author needs to know it: where, what is meant instead, on whose way.

Jinja's errors, and those of the expressions in a template, become `TemplateProblem`s at one boundary, `translated`.
"""

from __future__ import annotations

import re
import traceback
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from typing import Any

import jinja2
from jinja2.utils import missing
from msgspec import Struct

from explainer.diagnostics import Diagnostic, did_you_mean
from explainer.render import views

# What a template can raise by what is written in it: Jinja's own errors, a word that is not there, and the errors of
# expressions such as `1 + "a"`. Nothing broader, so that other exceptions show as the bugs they are.
_TEMPLATE_ERRORS = (
    jinja2.TemplateError,
    ArithmeticError,
    LookupError,
    RecursionError,
    TypeError,
    ValueError,
)
_NO_FILTER = re.compile(r"No (filter|test) named '([^']*)'(?: found)?")
_NAMES = ("site", "page", "view", "words", "asset")
"""What every template has."""


class TemplateProblem(Exception):  # noqa: N818 - a problem of the author's, not a bug
    """What is wrong in a template, an asset or a file of words."""

    def __init__(  # noqa: PLR0913
        self,
        *,
        path: str,
        message: str,
        line: int = 0,
        source: str = "",
        word: str = "",
        way: tuple[str, ...] = (),
        diagnostics: tuple[Diagnostic, ...] = (),
    ) -> None:
        super().__init__(f"{path}:{line}: {message}" if line else f"{path}: {message}")
        self.path = path
        """The file as its author knows it: `templates/article.html`."""
        self.line = line
        """From 1; 0 where the whole file is meant."""
        self.message = message
        self.source = source
        """The file's text, or empty."""
        self.word = word
        """What is wrong in the line, where that is a name."""
        self.way = way
        """The places that led there, the page's own template first: `entry.html:60`."""
        self.diagnostics = diagnostics
        """All that is wrong in the file, where more may be; the message is that of the first."""
        self.others: tuple[TemplateProblem, ...] = ()
        """What is wrong in other files, where that was found at once."""

    @property
    def span(self) -> tuple[int, int]:
        """Half-open range in `source` of the word, or else of the line without its indent; (-1, -1) for the whole file."""
        lines = self.source.split("\n")
        if not self.source or not 0 < self.line <= len(lines):
            return -1, -1
        start = sum(len(line) + 1 for line in lines[: self.line - 1])
        text = lines[self.line - 1]
        found = re.search(rf"(?<!\w){re.escape(self.word)}(?!\w)", text) if self.word else None
        if found is not None:
            return start + found.start(), start + found.end()
        return start + len(text) - len(text.lstrip()), start + len(text.rstrip())


class Missing(jinja2.StrictUndefined):
    """A name or a field that is not there: said in the words of docs/templates.md, with the closest that are."""

    __slots__ = ()

    @property
    def _undefined_message(self) -> str:
        if self._undefined_hint:
            return self._undefined_hint
        name = str(self._undefined_name)
        if self._undefined_obj is missing:
            return _with_hint(f"there is no “{name}” here", name, _NAMES)
        kind = type(self._undefined_obj).__name__
        return _with_hint(f"{kind} has no field “{name}”", name, _fields(self._undefined_obj))


def _fields(value: object) -> Iterable[str]:
    """What a template can look at in a value."""
    kind: Any = getattr(views, type(value).__name__, type(value))
    if issubclass(kind, Struct):
        return kind.__struct_fields__  # type: ignore[no-any-return]
    return [str(key) for key in value] if isinstance(value, Mapping) else []


def _with_hint(message: str, name: str, known: Iterable[str]) -> str:
    hint = did_you_mean(name, known)
    return f"{message}; {hint}" if hint else message


@contextmanager
def translated(
    template: str,
    sources: Mapping[str, str],
    *,
    templates: Iterable[str] = (),
    filters: Iterable[str] = (),
) -> Iterator[None]:
    """The one boundary where what goes wrong in a template becomes a `TemplateProblem`.

    `sources`: the text of every template by its path. `templates`, `filters`: the names that there are.
    """
    try:
        yield
    except jinja2.TemplateSyntaxError as error:
        path = error.filename or template
        message, word = _of_syntax(str(error.message), filters)
        raise TemplateProblem(
            path=path, line=error.lineno, message=message, source=sources.get(path, ""), word=word
        ) from error
    except _TEMPLATE_ERRORS as error:
        *way, (path, line) = _places(error, sources) or [(template, 0)]
        message, word = _of_error(error, templates)
        raise TemplateProblem(
            path=path,
            line=line,
            message=message,
            source=sources.get(path, ""),
            word=word,
            way=tuple(f"{where}:{at}" for where, at in way),
        ) from error


def _places(error: BaseException, sources: Mapping[str, str]) -> list[tuple[str, int]]:
    """The templates and lines that an error came through, the innermost last.

    A page's template calls the frame that it extends, which calls its blocks: that detour is left out.
    """
    places: list[tuple[str, int]] = []
    for frame, line in traceback.walk_tb(error.__traceback__):
        path = frame.f_code.co_filename
        if path in sources:
            known = [place[0] for place in places]
            places = [*places[: known.index(path) if path in known else len(places)], (path, line)]
    return places


def _of_syntax(message: str, filters: Iterable[str]) -> tuple[str, str]:
    """The message, and the word that it is about."""
    found = _NO_FILTER.match(message)
    if found is None:
        return message, ""
    noun, name = found.groups()
    said = f"there is no {noun} “{name}”"
    return (_with_hint(said, name, filters) if noun == "filter" else said), name


def _of_error(error: Exception, templates: Iterable[str]) -> tuple[str, str]:
    if isinstance(error, jinja2.TemplateNotFound):
        name = str(error.name)
        return _with_hint(f"there is no template “{name}”", name, templates), name
    message = str(error.args[0]) if isinstance(error, LookupError) and error.args else str(error)
    if isinstance(error, jinja2.TemplateRuntimeError) and _NO_FILTER.match(message):
        return _of_syntax(message, ())
    quoted = re.match(r"(?:there is no (?:asset |word )?|\w+ has no field )“([^”]*)”", message)
    return message, quoted[1] if quoted else ""
