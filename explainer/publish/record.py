"""The two lists inside output: the manifest of what was written, and the journal of what is being written.

A path in the journal is ours, and its state is unknown: the build that wrote the journal may have been killed before,
in the middle of, or after that path. The journal is there only while files are being moved.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from msgspec import Struct

from explainer.publish.paths import JOURNAL, MANIFEST, is_link, path_problem

_VERSION = 1
_HEAD = f'{{\n "version": {_VERSION},\n "files": {{\n'
_SHA256 = re.compile(r"[0-9a-f]{64}")


class Entry(Struct, frozen=True):
    """What a file holds."""

    sha256: str
    size: int
    """In bytes."""


class Record(Struct, frozen=True):
    """What earlier builds left."""

    entries: Mapping[str, Entry]
    """The manifest, by path."""
    pending: frozenset[str]
    """The journal's paths: ours, their state unknown."""
    has_manifest: bool = False
    has_journal: bool = False
    unreadable: str = ""
    """The name of a list that is there and cannot be understood."""

    @property
    def paths(self) -> frozenset[str]:
        """Everything inside output that is ours."""
        return self.pending | self.entries.keys()


def read_record(output: Path) -> Record:
    """Both lists. A list that is damaged, or that this program cannot have written, makes the record unreadable.

    Raises `OSError` where a list is there and the system refuses to read it.
    """
    manifest, journal = _read(output / MANIFEST), _read(output / JOURNAL)
    entries = {} if manifest is None else _entries(manifest)
    pending = frozenset[str]() if journal is None else _pending(journal)
    return Record(
        entries=entries or {},
        pending=pending or frozenset(),
        has_manifest=manifest is not None,
        has_journal=journal is not None,
        unreadable=MANIFEST if entries is None else JOURNAL if pending is None else "",
    )


def manifest_bytes(entries: Mapping[str, Entry]) -> bytes:
    """The manifest as it is written: sorted, one path a line."""
    files = ",\n".join(_line(path, entry) for path, entry in sorted(entries.items()))
    return f"{_HEAD}{files}\n }}\n}}\n".encode()


def _line(path: str, entry: Entry) -> str:
    return f'  {json.dumps(path)}: {{"sha256": "{entry.sha256}", "size": {entry.size}}}'


def changed_lines(manifest: bytes, entries: Mapping[str, Entry]) -> bytes | None:
    """The manifest with other entries for some of its paths; None where it lacks one, or is not as it is written."""
    if not manifest.startswith(_HEAD.encode()):
        return None
    parts, done = list[bytes](), 0
    for path, entry in sorted(entries.items()):
        begin = manifest.find(f"\n  {json.dumps(path)}: {{".encode(), done) + 1
        end = manifest.find(b"}", begin) + 1
        if not (begin and end):
            return None
        parts += (manifest[done:begin], _line(path, entry).encode())
        done = end
    return b"".join((*parts, manifest[done:]))


def journal_bytes(paths: Iterable[str]) -> bytes:
    """The journal as it is written."""
    return json.dumps({"version": _VERSION, "paths": sorted(paths)}).encode()


def _read(path: Path) -> Mapping[str, Any] | None:
    """A list's JSON; None where there is none, an empty mapping where it is no JSON or is a link."""
    try:
        data = b"" if is_link(path) else path.read_bytes()
    except FileNotFoundError:
        return None
    try:
        value = json.loads(data)
    except ValueError:
        return {}
    return value if isinstance(value, dict) and value.get("version") == _VERSION else {}


def _entries(manifest: Mapping[str, Any]) -> dict[str, Entry] | None:
    files = manifest.get("files")
    if not isinstance(files, dict) or any(map(path_problem, files)):
        return None
    entries = {path: _entry(value) for path, value in files.items()}
    return {path: entry for path, entry in entries.items() if entry is not None} if all(entries.values()) else None


def _entry(value: object) -> Entry | None:
    match value:
        case {"sha256": str(sha256), "size": int(size)} if _SHA256.fullmatch(sha256):
            return Entry(sha256, size)
        case _:
            return None


def _pending(journal: Mapping[str, Any]) -> frozenset[str] | None:
    paths = journal.get("paths")
    if not isinstance(paths, list) or any(not isinstance(path, str) or path_problem(path) for path in paths):
        return None
    return frozenset(paths)
