"""The site's files, as bytes and as text: the only place that reads what authors wrote.

Nothing outside the site's folder is read, whatever links point there, and every file that cannot be read is a
diagnostic.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from operator import attrgetter
from pathlib import Path
from typing import NamedTuple

from explainer.diagnostics import Diagnostic, Kind
from explainer.types import SourcePath

MAX_TEXT_BYTES = 2_000_000
"""The longest text that is read: twenty times a long book chapter. It bounds the time that one file can take."""

_IGNORED_ENDINGS = ("~", ".swp", ".tmp", ".bak")
_NAME, _PATH = attrgetter("name"), attrgetter("path")


class Found(NamedTuple):
    """A file or, under a file's name, a folder."""

    path: SourcePath
    where: str
    """As the system names it."""
    is_file: bool
    is_link: bool = False
    """Whether it shows what another file holds, and changes with that."""

    @property
    def location(self) -> Path:
        """Made when it is asked for: of most files of a large site nobody does."""
        return Path(self.where)


def source_path(location: Path, root: Path) -> SourcePath:
    """The path as diagnostics name it."""
    return _source_path(str(location.relative_to(root)))


def _source_path(relative: str) -> SourcePath:
    path = relative.replace(os.sep, "/")
    return SourcePath(path if path.isascii() else path.encode("utf-8", "surrogatepass").decode("utf-8", "replace"))


def walk(root: Path, folder: str) -> tuple[tuple[Found, ...], tuple[Diagnostic, ...]]:
    """Everything under a folder of the site, sorted; links that lead out of the site are problems, not files."""
    found: list[Found] = []
    problems: list[Diagnostic] = []
    if _leads_outside(root / folder, root):
        return (), (_outside(SourcePath(folder)),)
    prefix = len(os.path.join(root, ""))  # noqa: PTH118
    for entry in _entries(root / folder, root, problems):
        path = _source_path(entry.path[prefix:])
        if "\ufffd" in path:
            message, hint = "the file's name is not UTF-8", "name the file with letters, digits and hyphens"
            problems.append(Diagnostic(Kind.BAD_NAME, path, message, hint))
        elif not entry.is_symlink():
            found.append(Found(path, entry.path, entry.is_file()))
        elif _leads_outside(Path(entry.path), root):
            problems.append(_outside(path))
        else:
            # Unlike the entry's own `is_file`, the path's bears links that lead in a circle.
            found.append(Found(path, entry.path, Path(entry.path).is_file(), is_link=True))
    found.sort(key=_PATH)
    return tuple(found), tuple(problems)


def find_file(root: Path, path: SourcePath) -> tuple[Found | None, tuple[Diagnostic, ...]]:
    """One file of the site by its path, if it is there; a link that leads out of the site is a problem, no file."""
    location = root / path
    if not location.exists() and not location.is_symlink():
        return None, ()
    if _leads_outside(location, root):
        return None, (_outside(path),)
    return Found(path, str(location), location.is_file(), location.is_symlink()), ()


def _leads_outside(location: Path, root: Path) -> bool:
    return not Path(os.path.realpath(location)).is_relative_to(os.path.realpath(root))


def _outside(path: SourcePath) -> Diagnostic:
    message, hint = "this link leads outside the site", "copy what it leads to into the site"
    return Diagnostic(Kind.OUTSIDE_SITE, path, message, hint)


def _entries(folder: Path, root: Path, problems: list[Diagnostic]) -> Iterator[os.DirEntry[str]]:
    """Files, and folders whose name looks like a text's; hidden ones and editors' leavings are passed over."""
    try:
        entries = sorted(os.scandir(folder), key=_NAME)
    except FileNotFoundError:
        return
    except OSError as error:
        message = f"the folder cannot be read: {_reason(error)}"
        hint = "check that it is a folder and that you may read it"
        problems.append(Diagnostic(Kind.UNREADABLE, source_path(folder, root), message, hint))
        return
    for entry in entries:
        if entry.name.startswith(".") or entry.name.endswith(_IGNORED_ENDINGS):
            continue
        # A linked folder is not walked into: it could lead to itself.
        if entry.is_dir(follow_symlinks=False):
            if entry.name.endswith(".md"):
                yield entry
            else:
                yield from _entries(Path(entry.path), root, problems)
        else:
            yield entry


def read_text(found: Found) -> tuple[str | None, tuple[Diagnostic, ...]]:
    """The text of a file exactly as it stands there (line ends included), or why it cannot be read."""
    if not found.is_file:
        return None, (_not_a_file(found),)
    try:
        # To make a path takes twice as long as to open the file and to read it.
        with open(found.where, "rb", buffering=0) as file:  # noqa: PTH123
            size = os.fstat(file.fileno()).st_size
            if size > MAX_TEXT_BYTES:
                message = f"the file has {size / 1e6:.1f} MB; texts up to {MAX_TEXT_BYTES / 1e6:.0f} MB are read"
                return None, (_problem(found, Kind.TOO_LARGE, message, "split it, or move data to content/media"),)
            data = file.read()
    except OSError as error:
        message = f"the file cannot be read: {_reason(error)}"
        return None, (_problem(found, Kind.UNREADABLE, message, "check that it exists and that you may read it"),)
    return decode_text(found, data)


def read_bytes(found: Found) -> bytes:
    """A file as it stands there, without making a path. Raises `OSError`."""
    with open(found.where, "rb", buffering=0) as file:  # noqa: PTH123
        return file.read()


def decode_text(found: Found, data: bytes) -> tuple[str | None, tuple[Diagnostic, ...]]:
    """The text in the bytes of a file, or why it is none."""
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


def _not_a_file(found: Found) -> Diagnostic:
    if found.location.is_dir():
        return _problem(found, Kind.NOT_A_FILE, "this is a folder with a text's name", "rename the folder")
    return _problem(found, Kind.NOT_A_FILE, "this leads to no file", "put the file here, or remove this")


def _reason(error: OSError) -> str:
    reason = error.strerror or "unknown reason"
    return f"{reason[:1].lower()}{reason[1:]}"


def _problem(found: Found, kind: Kind, message: str, hint: str) -> Diagnostic:
    return Diagnostic(kind, found.path, message, hint)
