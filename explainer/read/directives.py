"""`::: name arguments {.class}`: what authors may place in a text besides Markdown."""

from __future__ import annotations

import re

from msgspec import Struct

from explainer.diagnostics import Diagnostic, Kind, did_you_mean
from explainer.read.edtf import parse_edtf
from explainer.types import EntryId, SourcePath


class Rule(Struct, frozen=True):
    """What a directive takes."""

    min_entries: int
    max_entries: int
    classes: frozenset[str]


DIRECTIVES = {
    "context": Rule(1, 1, frozenset({"flow", "closed"})),
    "cast": Rule(0, 40, frozenset()),
    "timeline": Rule(0, 40, frozenset()),
    "relations": Rule(0, 40, frozenset()),
    "map": Rule(0, 40, frozenset()),
}
"""Without entries, all but `context` show those of the article's own mentions that have what they need."""


class Directive(Struct, frozen=True):
    """A directive as its author wrote it."""

    name: str
    entries: tuple[EntryId, ...]
    classes: tuple[str, ...]
    spans: tuple[tuple[int, int], ...]
    """The place of each entry's id in the file."""


_DATE = re.compile(r"\s*([-\d][\dX./~?%-]*|\.\./\S+):(?:\s+|$)", re.ASCII)
"""What may be the date of an item in a timeline."""


def date_before(text: str) -> tuple[str, int]:
    """The date with which an item of a timeline begins (`2012-07~: …`), and where the rest begins; or nothing and 0."""
    match = _DATE.match(text)
    return (match[1], match.end()) if match and parse_edtf(match[1]) else ("", 0)


def seems_dated(text: str) -> bool:
    """Whether an item begins as if with a date, be it one or not."""
    return _DATE.match(text) is not None


_WORD = re.compile(r"\{[^{}]*\}|[^\s{}]+")


def parse_directive(info: str, path: SourcePath, *, start: int) -> tuple[Directive | None, tuple[Diagnostic, ...]]:
    """Read what stands behind `:::`; `start` is its offset in the file."""
    words = [(m.group(), start + m.start(), start + m.end()) for m in _WORD.finditer(info)]
    if not words:
        hint = "name the directive, or remove this line; a directive inside another needs the outer one to have more colons"
        return None, (
            Diagnostic(Kind.BAD_DIRECTIVE, path, "these colons open nothing and close nothing", hint, start - 3, start),
        )
    (name, begin, end), *rest = words
    rule = DIRECTIVES.get(name)
    if rule is None:
        hint = did_you_mean(name, DIRECTIVES) or f"the directives are {', '.join(DIRECTIVES)}"
        return None, (Diagnostic(Kind.UNKNOWN_DIRECTIVE, path, f"unknown directive “{name}”", hint, begin, end),)
    entries = [w for w in rest if not w[0].startswith("{")]
    classes, problems = _classes(name, rule, [w for w in rest if w[0].startswith("{")], path)
    if not rule.min_entries <= len(entries) <= rule.max_entries:
        wanted = "one entry's id" if rule.max_entries == 1 else f"at most {rule.max_entries} ids"
        message = f"“{name}” takes {wanted}, not {len(entries)}"
        problems.append(Diagnostic(Kind.BAD_DIRECTIVE, path, message, f"write “::: {name} some-entry”", begin, end))
        return None, tuple(problems)
    ids = tuple(EntryId(w[0]) for w in entries)
    return Directive(name, ids, classes, tuple((w[1], w[2]) for w in entries)), tuple(problems)


def _classes(
    name: str, rule: Rule, words: list[tuple[str, int, int]], path: SourcePath
) -> tuple[tuple[str, ...], list[Diagnostic]]:
    known: list[str] = []
    problems: list[Diagnostic] = []
    for word, start, end in words:
        for option in word.strip("{}").split():
            if option.startswith(".") and option[1:] in rule.classes:
                known.append(option[1:])
                continue
            names = sorted(f".{c}" for c in rule.classes)
            hint = f"“{name}” knows {', '.join(names)}" if names else f"“{name}” knows none"
            message = f"unknown option “{option}”"
            problems.append(Diagnostic(Kind.BAD_DIRECTIVE, path, message, hint, start, end))
    return tuple(known), problems
