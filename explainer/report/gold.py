"""What people decided on mentions: the lines of a gold file, checked against the site that they are about.

A line is a JSON object with `source`, `start`, `end`, `text` and `entry` (null: nothing of the glossary is meant).
Optional: `cls` (see `Need`), `id`, unique in a source, and `parent`, the id of the label that this one stands in. Other
keys are passed over.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from enum import StrEnum
from typing import Any

from msgspec import Struct
from msgspec.structs import replace

from explainer.diagnostics import Diagnostic, Kind, did_you_mean
from explainer.read.content import Content
from explainer.types import EntryId, SourcePath


class Need(StrEnum):
    """What a label asks of the linking."""

    REQUIRED = "required"
    """The entry must be found here."""
    OPTIONAL = "optional"
    """It may be found; another entry may not."""
    NONE = "none"
    """No entry may be found."""


class Label(Struct, frozen=True):
    """What people decided on one span of an article."""

    line: int
    """Where it stands in its file, from 1."""
    source: SourcePath
    start: int
    end: int
    """Half-open range of code points in the article's file."""
    text: str
    entry: EntryId | None
    kind: str
    """Of the entry; empty where there is none."""
    need: Need
    parts: tuple[Label, ...] = ()
    """Labels inside this one."""

    @property
    def span(self) -> tuple[int, int]:
        return self.start, self.end

    def tree(self) -> Iterator[Label]:
        """The label and all labels inside it."""
        yield self
        for part in self.parts:
            yield from part.tree()


class _Line(Struct, frozen=True):
    """A line of the file, and what it says."""

    number: int
    start: int
    text: str
    record: dict[str, Any]


class _Misfit(Struct, frozen=True):
    """What is wrong with a line."""

    message: str
    hint: str


_FIELDS: tuple[tuple[str, tuple[type, ...], str], ...] = (
    ("source", (str,), "the article's path, as in “content/articles/x.md”"),
    ("start", (int,), "a whole number: the first character of the mention in the file, counted from 0"),
    ("end", (int,), "a whole number: the character behind the mention"),
    ("text", (str,), "the mention as it stands in the file"),
    ("entry", (str, type(None)), "an entry's id, or null where no entry is meant"),
)
"""What every label has, and what each field is."""


def parse_gold(text: str, path: SourcePath, content: Content) -> tuple[tuple[Label, ...], tuple[Diagnostic, ...]]:
    """The labels of a gold file that stand in no other, or what is wrong with its lines."""
    texts = {a.path: a.text for a in content.articles}
    lines: list[_Line] = []
    problems: list[Diagnostic] = []
    for number, start, line in _lines(text):
        record = _record(line)
        misfit = record if isinstance(record, _Misfit) else _misfit(record, texts, content)
        if misfit is not None:
            end = start + len(line)
            problems.append(Diagnostic(Kind.BAD_GOLD, path, misfit.message, misfit.hint, start, end))
        elif not isinstance(record, _Misfit):
            lines.append(_Line(number, start, line, record))
    labels = _nested(lines, content)
    return labels, tuple(problems)


def _lines(text: str) -> Iterator[tuple[int, int, str]]:
    """Number, offset and text of the lines that are not empty. Only line feeds end a line: JSON may hold the others."""
    start = 0
    for number, line in enumerate(text.split("\n"), 1):
        stripped = line.strip("\ufeff \t\r")
        if stripped:
            yield number, start + line.index(stripped), stripped
        start += len(line) + 1


def _record(line: str) -> dict[str, Any] | _Misfit:
    try:
        record = json.loads(line)
    except (ValueError, RecursionError) as error:
        reason = error.msg if isinstance(error, json.JSONDecodeError) else "it is nested too deeply"
        return _Misfit(f"this line is not JSON: {reason}", "write one object a line, with names and texts in quotes")
    if not isinstance(record, dict):
        return _Misfit(
            "this line is no JSON object", 'write {"source": …, "start": …, "end": …, "text": …, "entry": …}'
        )
    return record


def _misfit(record: Mapping[str, Any], texts: Mapping[SourcePath, str], content: Content) -> _Misfit | None:
    """The first thing that is wrong with a label."""
    for name, types, meaning in _FIELDS:
        if name not in record:
            return _Misfit(f"“{name}” is missing", f"it is {meaning}")
        if type(record[name]) not in types:
            return _Misfit(
                f"“{name}” cannot be {json.dumps(record[name], ensure_ascii=False)[:60]}", f"it is {meaning}"
            )
    if record["source"] not in texts:
        hint = did_you_mean(record["source"], texts) or "give its path from the site's folder"
        return _Misfit(f"there is no article “{record['source']}”", hint)
    need = record.get("cls", Need.REQUIRED)
    if need not in tuple(Need):
        return _Misfit(f"“cls” cannot be {json.dumps(need, ensure_ascii=False)[:60]}", f"it is {', '.join(Need)}")
    return _misplaced(record, texts[record["source"]]) or _without_entry(record, content)


def _misplaced(record: Mapping[str, Any], text: str) -> _Misfit | None:
    start, end, wanted = record["start"], record["end"], record["text"]
    found = text[start:end] if 0 <= start < end <= len(text) else ""
    if found and found == wanted:
        return None
    where = _nearest(text, wanted, start)
    hint = f"it stands at {where} to {where + len(wanted)}" if where >= 0 else "the article does not have these words"
    return _Misfit(f"“{wanted}” is not what stands at {start} to {end}", hint)


def _nearest(text: str, wanted: str, start: int) -> int:
    """Where the words stand, nearest to the place that was given; -1 where they do not."""
    if not wanted:
        return -1
    before, after = text.rfind(wanted, 0, max(0, start + len(wanted))), text.find(wanted, max(0, start))
    return min((p for p in (before, after) if p >= 0), key=lambda p: abs(p - start), default=-1)


def _without_entry(record: Mapping[str, Any], content: Content) -> _Misfit | None:
    entry = record["entry"]
    if entry is not None and entry not in content.entries:
        hint = did_you_mean(entry, content.entries) or "write the entry, or null where the glossary has none"
        return _Misfit(f"there is no entry “{entry}”", hint)
    if entry is None and record.get("cls", Need.NONE) == Need.REQUIRED:
        return _Misfit("a required label has no entry", "name the entry, or leave “cls” out")
    return None


def _nested(lines: Sequence[_Line], content: Content) -> tuple[Label, ...]:
    """The outermost labels, each with its parts."""
    by_id = {(n.record["source"], n.record["id"]): n for n in lines if _is_id(n.record.get("id"))}
    inside: dict[int, list[_Line]] = {}
    for line in lines:
        parent = (
            by_id.get((line.record["source"], line.record["parent"])) if _is_id(line.record.get("parent")) else None
        )
        inside.setdefault(parent.number if parent is not None and _stands_in(line, parent) else 0, []).append(line)

    def label(line: _Line) -> Label:
        return replace(_label(line, content), parts=tuple(label(p) for p in inside.get(line.number, ())))

    return tuple(label(line) for line in inside.get(0, ()))


def _is_id(value: object) -> bool:
    return type(value) in (int, str)


def _stands_in(inner: _Line, outer: _Line) -> bool:
    """Whether one label stands within another; of two on the same words the first is the outer one."""
    within = outer.record["start"] <= inner.record["start"] and inner.record["end"] <= outer.record["end"]
    longer = outer.record["end"] - outer.record["start"] > inner.record["end"] - inner.record["start"]
    return within and (longer or outer.number < inner.number)


def _label(line: _Line, content: Content) -> Label:
    record = line.record
    entry = None if record["entry"] is None else EntryId(record["entry"])
    return Label(
        line=line.number,
        source=SourcePath(record["source"]),
        start=record["start"],
        end=record["end"],
        text=record["text"],
        entry=entry,
        kind="" if entry is None else str(content.entries[entry].meta.kind),
        need=Need(record.get("cls", Need.NONE if entry is None else Need.REQUIRED)),
    )
