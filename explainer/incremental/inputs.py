"""What a build depends on outside of itself: files, the day, the templates, the model."""

from __future__ import annotations

import hashlib
import os
import time
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

from explainer.diagnostics import Diagnostic
from explainer.read.content import ARTICLES, GLOSSARY, MEDIA, PAGES, SETTINGS_FILE, check_name
from explainer.read.files import Found, find_file, walk
from explainer.read.review import REVIEW_FILE
from explainer.types import SourcePath

FOLDERS = (ARTICLES, GLOSSARY, PAGES, MEDIA)
SINGLE = (SETTINGS_FILE, REVIEW_FILE)
_YOUNG = 50_000_000
"""Nanoseconds: a file that was changed so shortly before it was looked at may change again without any sign of it."""


class Stamp(NamedTuple):
    """By what a change of a file shows without reading it. An edit that keeps size and mtime leaves another ctime."""

    size: int
    mtime: int
    ctime: int
    inode: int
    mode: int


class Seen(NamedTuple):
    """A file as a build saw it."""

    stamp: Stamp | None
    """None where it may have changed since: then its bytes are read again."""
    digest: str


@dataclass(frozen=True, slots=True)
class Sources:
    """Everything that the authors wrote, found but not read."""

    found: Mapping[SourcePath, Found]
    problems: Mapping[str, tuple[Diagnostic, ...]]
    """By folder: what cannot be walked into, and names that are not read."""

    def texts(self, folder: str) -> tuple[str, ...]:
        """The files of a folder that are read as texts."""
        return tuple(p for p in self.found if p.startswith(f"{folder}/") and p.endswith(".md"))

    def media(self) -> tuple[str, ...]:
        """The media."""
        return tuple(p for p, f in self.found.items() if p.startswith(f"{MEDIA}/") and f.is_file)


def find_sources(root: Path) -> Sources:
    """Walk through the site in the folder `root`."""
    found: dict[SourcePath, Found] = {}
    problems: dict[str, tuple[Diagnostic, ...]] = {}
    for folder in FOLDERS:
        here, wrong = walk(root, folder)
        found |= {f.path: f for f in here}
        misnamed = () if folder == MEDIA else tuple(p for f in here for p in check_name(f))
        problems[folder] = (*wrong, *misnamed)
    for path in SINGLE:
        one, _ = find_file(root, SourcePath(path))
        if one is not None:
            found[one.path] = one
    return Sources(found, problems)


def look_at(found: Iterable[Found], before: Mapping[str, Seen]) -> dict[str, Seen]:
    """Every file as it is now; only those are read whose stamp is not the one of `before`."""
    now = time.time_ns()
    return {f.path: _look(f, before.get(f.path), now) for f in found}


def _look(found: Found, before: Seen | None, now: int) -> Seen:
    stamp = stamp_of(found.location)
    if before is not None and stamp is not None and before.stamp == stamp:
        return before
    try:
        digest = hashlib.sha256(found.location.read_bytes()).hexdigest() if found.is_file else "no file"
    except OSError as error:
        return Seen(None, f"unreadable: {error.strerror}")
    young = stamp is None or max(stamp.mtime, stamp.ctime) > now - _YOUNG
    return Seen(None if young else stamp, digest)


def stamp_of(location: Path) -> Stamp | None:
    """None where there is nothing."""
    try:
        status = os.stat(location)  # noqa: PTH116 -- of thousands of files: twice as fast as the path's own
    except OSError:
        return None
    return Stamp(status.st_size, status.st_mtime_ns, status.st_ctime_ns, status.st_ino, status.st_mode)


def changed_since(paths: Iterable[str], seen: Mapping[str, Seen], root: Path) -> tuple[str, ...]:
    """The files, of those that a build has read, that are not as it saw them when it began."""
    return tuple(p for p in paths if p in seen and stamp_of(root / p) != seen[p].stamp)


def digest_of_folder(folder: Path) -> str:
    """A digest of all files below a folder, hidden ones left out; of nothing where there is no folder."""
    digest = hashlib.sha256()
    for path in sorted(folder.rglob("*")) if folder.is_dir() else ():
        name = path.relative_to(folder).as_posix()
        if any(part.startswith(".") for part in name.split("/")) or (path.is_dir() and not path.is_symlink()):
            continue
        digest.update(repr((name, os.path.realpath(path) if path.is_symlink() else "")).encode())
        try:
            digest.update(path.read_bytes())
        except OSError as error:
            digest.update(repr(error.strerror).encode())
        digest.update(b"\0end\0")
    return digest.hexdigest()
