"""The site's files, as bytes and as text: the only place that reads what authors wrote.

Nothing outside the site's folder is read, whatever links point there, and every file that cannot be read is a
diagnostic.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from explainer.diagnostics import Diagnostic, Kind
from explainer.types import SourcePath

MAX_TEXT_BYTES = 2_000_000
"""The longest text that is read: twenty times a long book chapter. It bounds the time that one file can take."""

_IGNORED_ENDINGS = ("~", ".swp", ".tmp", ".bak")


@dataclass(frozen=True, slots=True)
class Found:
    """A file or, under a file's name, a folder."""

    path: SourcePath
    location: Path
    is_file: bool


def source_path(location: Path, root: Path) -> SourcePath:
    """The path as diagnostics name it."""
    return SourcePath(location.relative_to(root).as_posix())


def walk(root: Path, folder: str) -> tuple[tuple[Found, ...], tuple[Diagnostic, ...]]:
    """Everything under a folder of the site, sorted; links that lead out of the site are problems, not files."""
    real_root = root.resolve()
    found: list[Found] = []
    problems: list[Diagnostic] = []
    for entry in _entries(root / folder):
        location = Path(entry.path)
        path = source_path(location, root)
        if entry.is_symlink() and not location.resolve().is_relative_to(real_root):
            message = "this link leads to a file outside the site"
            problems.append(Diagnostic(Kind.OUTSIDE_SITE, path, message, "copy the file into the site"))
            continue
        found.append(Found(path, location, entry.is_file()))
    found.sort(key=lambda f: f.path)
    return tuple(found), tuple(problems)


def _entries(folder: Path) -> Iterator[os.DirEntry[str]]:
    """Files, and folders whose name looks like a text's; hidden ones and editors' leavings are passed over."""
    try:
        entries = sorted(os.scandir(folder), key=lambda e: e.name)
    except (FileNotFoundError, NotADirectoryError):
        return
    for entry in entries:
        if entry.name.startswith(".") or entry.name.endswith(_IGNORED_ENDINGS):
            continue
        # A linked folder is not walked into: it could lead to itself.
        if entry.is_dir(follow_symlinks=False):
            if entry.name.endswith(".md"):
                yield entry
            else:
                yield from _entries(Path(entry.path))
        else:
            yield entry


def read_text(found: Found) -> tuple[str | None, tuple[Diagnostic, ...]]:
    """The text of a file exactly as it stands there (line ends included), or why it cannot be read."""
    if not found.is_file:
        return None, (_problem(found, Kind.NOT_A_FILE, "this is a folder with a text's name", "rename the folder"),)
    try:
        size = found.location.stat().st_size
        if size > MAX_TEXT_BYTES:
            message = f"the file has {size / 1e6:.1f} MB; texts up to {MAX_TEXT_BYTES / 1e6:.0f} MB are read"
            return None, (_problem(found, Kind.TOO_LARGE, message, "split it, or move data to content/media"),)
        data = found.location.read_bytes()
    except OSError as error:
        reason = error.strerror or "unknown reason"
        message = f"the file cannot be read: {reason[:1].lower()}{reason[1:]}"
        return None, (_problem(found, Kind.UNREADABLE, message, "check that it exists and that you may read it"),)
    return _decode(found, data)


def _decode(found: Found, data: bytes) -> tuple[str | None, tuple[Diagnostic, ...]]:
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as error:
        before = data[: error.start]
        line = before.count(b"\n") + 1
        column = len(before[before.rfind(b"\n") + 1 :].decode("utf-8")) + 1
        message = f"not UTF-8 text: byte 0x{data[error.start]:02X} at line {line}, column {column}"
        return None, (_problem(found, Kind.NOT_UTF8, message, "save the file as UTF-8"),)
    if not text.strip("\ufeff \t\r\n"):
        hint = "write its front matter, or delete the file"
        return None, (_problem(found, Kind.EMPTY_FILE, "the file is empty", hint),)
    return text, ()


def _problem(found: Found, kind: Kind, message: str, hint: str) -> Diagnostic:
    return Diagnostic(kind, found.path, message, hint)
