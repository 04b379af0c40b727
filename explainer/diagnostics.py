"""Problems in what authors wrote, as values.

A stage never raises for a problem of the author's; it returns `Diagnostic`s beside its result. They are collected over
the whole run, sorted by place, printed once, and only then is the exit code chosen.
"""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Mapping
from enum import StrEnum

from msgspec import Struct

from explainer.types import SourcePath


class Severity(StrEnum):
    """Whether a problem stops the site from being published."""

    ERROR = "error"
    WARNING = "warning"


class Kind(StrEnum):
    """The stable name of a problem: what `ignore:` in site.yaml, the docs and the tests call it."""

    # files
    NOT_A_SITE = "not-a-site"
    UNREADABLE = "unreadable"
    NOT_A_FILE = "not-a-file"
    NOT_UTF8 = "not-utf8"
    EMPTY_FILE = "empty-file"
    TOO_LARGE = "too-large"
    OUTSIDE_SITE = "outside-site"
    BAD_NAME = "bad-name"
    UNSAFE_MEDIA = "unsafe-media"
    # YAML and front matter
    NO_FRONT_MATTER = "no-front-matter"
    UNCLOSED_FRONT_MATTER = "unclosed-front-matter"
    BAD_YAML = "bad-yaml"
    DUPLICATE_KEY = "duplicate-key"
    UNKNOWN_KEY = "unknown-key"
    MISSING_KEY = "missing-key"
    BAD_VALUE = "bad-value"
    BAD_DATE = "bad-date"
    UNKNOWN_TIMEZONE = "unknown-timezone"
    # Markdown
    UNCLOSED_DIRECTIVE = "unclosed-directive"
    UNKNOWN_DIRECTIVE = "unknown-directive"
    BAD_DIRECTIVE = "bad-directive"
    UNSAFE_ATTRIBUTE = "unsafe-attribute"
    HEADING_LEVEL = "heading-level"
    MISSING_ALT = "missing-alt"
    MISSING_FOOTNOTE = "missing-footnote"
    TOO_DEEP = "too-deep"
    # the whole site
    DUPLICATE_ID = "duplicate-id"
    DUPLICATE_URL = "duplicate-url"
    UNKNOWN_ENTRY = "unknown-entry"
    BROKEN_LINK = "broken-link"
    MISSING_MEDIA = "missing-media"
    BAD_BOUNDARIES = "bad-boundaries"
    BROKEN_IMAGE = "broken-image"
    LARGE_IMAGE = "large-image"
    NO_PILLOW = "no-pillow"
    MISSING_SUMMARY = "missing-summary"
    LONG_SUMMARY = "long-summary"
    AMBIGUOUS_MENTION = "ambiguous-mention"
    UNDECIDED_MENTION = "undecided-mention"
    STALE_VERDICT = "stale-verdict"
    OUTSIDE_VALIDITY = "outside-validity"
    LONG_BOX = "long-box"
    MANY_BOXES = "many-boxes"
    BAD_TRANSLATION = "bad-translation"
    NO_MODEL = "no-model"
    NO_SEARCH = "no-search"
    # templates and output
    TEMPLATE_ERROR = "template-error"
    OUTPUT_REFUSED = "output-refused"
    SEARCH_FAILED = "search-failed"
    BUSY = "busy"
    # beside the site
    BAD_GOLD = "bad-gold"


WARNINGS = frozenset(
    {
        Kind.MISSING_SUMMARY,
        Kind.LONG_SUMMARY,
        Kind.MISSING_ALT,
        Kind.BROKEN_IMAGE,
        Kind.LARGE_IMAGE,
        Kind.NO_PILLOW,
        Kind.HEADING_LEVEL,
        Kind.AMBIGUOUS_MENTION,
        Kind.STALE_VERDICT,
        Kind.OUTSIDE_VALIDITY,
        Kind.LONG_BOX,
        Kind.MANY_BOXES,
        Kind.NO_MODEL,
        Kind.NO_SEARCH,
        Kind.UNSAFE_ATTRIBUTE,
    }
)
"""Kinds that do not stop a build; `--strict` makes them errors."""


class Diagnostic(Struct, frozen=True):
    """One problem, its place and what to do about it."""

    kind: Kind
    path: SourcePath
    message: str
    """What is wrong, as one sentence without a full stop."""
    hint: str = ""
    """What to do, as one sentence without a full stop."""
    start: int = -1
    """Half-open range of code points in the file's text; -1 where the whole file is meant."""
    end: int = -1

    @property
    def severity(self) -> Severity:
        return Severity.WARNING if self.kind in WARNINGS else Severity.ERROR


def sort_diagnostics(diagnostics: Iterable[Diagnostic]) -> tuple[Diagnostic, ...]:
    """By path and offset, each once."""
    return tuple(sorted(set(diagnostics), key=lambda d: (d.path, d.start, d.end, d.kind, d.message, d.hint)))


def has_errors(diagnostics: Iterable[Diagnostic], *, strict: bool = False) -> bool:
    """Whether the build may not publish."""
    return any(strict or d.severity is Severity.ERROR for d in diagnostics)


def did_you_mean(word: str, known: Iterable[str]) -> str:
    """A hint that names the closest known words, or an empty string."""
    close = difflib.get_close_matches(word, sorted(set(known)), n=3, cutoff=0.6)
    return f"did you mean {' or '.join(f'“{c}”' for c in close)}?" if close else ""


def line_and_column(text: str, offset: int) -> tuple[int, int]:
    """Line and column, both from 1, of a code-point offset."""
    line_start = text.rfind("\n", 0, offset) + 1
    return text.count("\n", 0, offset) + 1, offset - line_start + 1


def format_diagnostic(diagnostic: Diagnostic, texts: Mapping[SourcePath, str]) -> str:
    """The problem as people read it: place, kind, message, the source line with a caret, what to do.

    `texts` holds the files that were read; a problem whose file is not there is shown without its line.
    """
    text = texts.get(diagnostic.path)
    place, excerpt = str(diagnostic.path), ""
    if text is not None and diagnostic.start >= 0:
        line, column = line_and_column(text, diagnostic.start)
        place = f"{diagnostic.path}:{line}:{column}"
        excerpt = _excerpt(text, diagnostic, line)
    out = f"{place}: {diagnostic.severity}[{diagnostic.kind}]: {diagnostic.message}\n{excerpt}"
    return f"{out}  = {diagnostic.hint}\n" if diagnostic.hint else out


def _excerpt(text: str, diagnostic: Diagnostic, line: int) -> str:
    """The line, cut to a screen's width around the place, and a caret line below it."""
    begin = text.rfind("\n", 0, diagnostic.start) + 1
    stop = text.find("\n", diagnostic.start)
    source = text[begin : stop if stop >= 0 else len(text)].rstrip("\r").replace("\t", " ")
    column = diagnostic.start - begin
    shift = max(0, column - 60)
    shown = source[shift : shift + 100]
    width = max(1, min(diagnostic.end - diagnostic.start, len(shown) - (column - shift)))
    margin = f"{line} | "
    carets = " " * (len(margin) + column - shift) + "^" * width
    return f"{margin}{shown}\n{carets}\n"
