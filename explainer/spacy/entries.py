"""The glossary's entries: from their files, or as rows of plain data, which is how a pipeline keeps them.

A row is what an entry's front matter says, with its `id` and, where there is one, its `text`:

    {"id": "homs", "name": "Homs", "kind": "place", "aliases": [{"text": "حمص", "language": "ar"}]}
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple, TypeAlias

import pydantic
from msgspec import Struct
from msgspec.structs import replace

from explainer.diagnostics import Diagnostic, Kind, format_diagnostic, has_errors, sort_diagnostics
from explainer.read.content import GLOSSARY, SETTINGS_FILE, Document, Entry, read_document
from explainer.read.files import Found, read_text, walk
from explainer.read.markdown import EMPTY_BODY, parse_markdown
from explainer.read.schema import EntryMeta
from explainer.read.validate import validate
from explainer.read.yaml import Positions, YamlDocument
from explainer.types import EntryId, SourcePath

Row: TypeAlias = dict[str, Any]
Entries: TypeAlias = Mapping[EntryId, Entry]
Texts: TypeAlias = Mapping[SourcePath, str]

_MOST_SHOWN = 10
_META = pydantic.TypeAdapter(EntryMeta)


class GlossaryError(ValueError):
    """A glossary that cannot be used: its message has file, line and column of each problem."""

    def __init__(self, diagnostics: Sequence[Diagnostic], texts: Texts) -> None:
        self.diagnostics = sort_diagnostics(diagnostics)
        shown = (format_diagnostic(d, texts) for d in self.diagnostics[:_MOST_SHOWN])
        more = len(self.diagnostics) - _MOST_SHOWN
        rest = f"… and {more:,} more\n" if more > 0 else ""
        super().__init__(("glossary_linker: the glossary cannot be used\n" + "".join(shown) + rest).rstrip())


class _Place(NamedTuple):
    """Where an entry was read: a file, or a range of one."""

    path: SourcePath
    start: int = -1
    end: int = -1


class _Read(Struct, frozen=True):
    """One entry as it was read, whole or not at all."""

    place: _Place
    identifier: EntryId
    entry: Entry | None
    problems: tuple[Diagnostic, ...]
    text: str = ""
    """Of the file; empty for what came from Python."""


def read_entries(path: Path) -> dict[EntryId, Entry]:
    """The entries of a folder of entry files, of a site's folder, or of a file with a row a line."""
    if path.is_file():
        return _checked(_lines(path))
    if path.is_dir():
        return _checked(_files(path, GLOSSARY if (path / SETTINGS_FILE).exists() else ""))
    message = "there is no such glossary"
    hint = "name a folder of entry files, a site's folder, or a file with one entry a line"
    raise GlossaryError([Diagnostic(Kind.UNREADABLE, SourcePath(path.as_posix()), message, hint)], {})


def entries_from_rows(rows: Iterable[Mapping[str, Any]]) -> dict[EntryId, Entry]:
    """The entries that rows describe; a problem is placed by the number of its row, from 1."""
    return _checked(_row(row, _Place(SourcePath(f"entry {number}"))) for number, row in enumerate(rows, 1))


def rows_of(entries: Entries) -> list[Row]:
    """The entries as plain data, ready for JSON: what `entries_from_rows` reads."""
    return [_as_row(identifier, entries[identifier]) for identifier in sorted(entries)]


def _as_row(identifier: EntryId, entry: Entry) -> Row:
    meta = _META.dump_python(entry.meta, mode="json", by_alias=True, exclude_defaults=True)
    text = entry.text[entry.body.offset :] if entry.body is not EMPTY_BODY else ""
    return {"id": identifier, **meta, **({"text": text} if text else {})}


def _checked(found: Iterable[_Read]) -> dict[EntryId, Entry]:
    """The entries by id, sorted; a GlossaryError where one has an error. Warnings are the site's affair."""
    read = tuple(found)
    problems = [p for one in read for p in one.problems if has_errors([p])]
    problems += _taken(read)
    if problems:
        raise GlossaryError(problems, {one.place.path: one.text for one in read if one.text})
    return {r.identifier: r.entry for r in sorted(read, key=lambda r: r.identifier) if r.entry is not None}


def _taken(read: Iterable[_Read]) -> Iterator[Diagnostic]:
    seen: dict[EntryId, SourcePath] = {}
    for one in read:
        if one.entry is None:
            continue
        if one.identifier in seen:
            message = f"the id “{one.identifier}” is taken by {seen[one.identifier]}"
            yield Diagnostic(
                Kind.DUPLICATE_ID, one.place.path, message, "give one of the two another id", *one.place[1:]
            )
        seen.setdefault(one.identifier, one.place.path)


# ---- files ----------------------------------------------------------------------------------------------------------


def _files(root: Path, folder: str) -> Iterator[_Read]:
    found, problems = walk(root, folder)
    yield _unread(_Place(SourcePath(root.as_posix())), *problems)
    for file in found:
        if file.path.endswith(".md"):
            yield _file(file._replace(path=SourcePath((root / file.path).as_posix())))


def _file(found: Found) -> _Read:
    text, problems = read_text(found)
    if text is None:
        return _unread(_Place(found.path), *problems)
    entry, problems = read_document(text, found.path, EntryMeta, html=False)
    return _Read(_Place(found.path), EntryId(found.location.stem), entry, problems, text)


def _unread(place: _Place, *problems: Diagnostic, text: str = "") -> _Read:
    return _Read(place, EntryId(""), None, problems, text)


# ---- rows -----------------------------------------------------------------------------------------------------------


def _lines(path: Path) -> Iterator[_Read]:
    source = SourcePath(path.as_posix())
    try:
        text = path.read_bytes().decode("utf-8-sig")
    except UnicodeDecodeError as error:
        message = f"not UTF-8 text: byte 0x{error.object[error.start]:02X} at {error.start}"
        yield _unread(_Place(source), Diagnostic(Kind.NOT_UTF8, source, message, "save the file as UTF-8"))
        return
    start = 0
    for line in text.split("\n"):
        if line.strip():
            yield replace(_line(line, _Place(source, start, start + len(line))), text=text)
        start += len(line) + 1


def _line(line: str, place: _Place) -> _Read:
    try:
        row = json.loads(line)
    except json.JSONDecodeError as error:
        at = place.start + error.pos
        message, hint = f"not JSON: {error.msg[:1].lower()}{error.msg[1:]}", "write one JSON object a line"
        return _unread(place, Diagnostic(Kind.BAD_VALUE, place.path, message, hint, at, at + 1))
    if not isinstance(row, dict):
        hint = 'write {"id": …, "name": …, "kind": …}'
        return _unread(place, Diagnostic(Kind.BAD_VALUE, place.path, "expected an object", hint, *place[1:]))
    return _row(row, place)


def _row(row: Mapping[str, Any], place: _Place) -> _Read:
    """The entry that a row describes. Its problems stand at the row: JSON has no places within it."""
    identifier, text = row.get("id"), row.get("text", "")
    if not isinstance(identifier, str) or not identifier or not isinstance(text, str):
        hint = "“id” and “text” are strings, and every entry has an id"
        return _unread(
            place, Diagnostic(Kind.MISSING_KEY, place.path, "the entry has no usable id or text", hint, *place[1:])
        )
    data = {key: value for key, value in row.items() if key not in {"id", "text"}}
    positions: Positions = {(): place[1:]}
    meta, problems = validate(EntryMeta, YamlDocument(data, positions, ()), place.path)
    body, more = parse_markdown(text, place.path, offset=0, html=False) if text.strip() else (EMPTY_BODY, ())
    entry = None if meta is None else Document(SourcePath(f"{identifier}.md"), text, meta, positions, body)
    return _Read(place, EntryId(identifier), entry, (*problems, *(replace(p, start=-1, end=-1) for p in more)))
