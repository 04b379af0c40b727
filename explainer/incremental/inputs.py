"""What a build depends on outside of itself: files, the day, the templates, the model."""

from __future__ import annotations

import hashlib
import os
import stat
import time
from collections.abc import Collection, Iterable, Mapping
from pathlib import Path
from types import MappingProxyType
from typing import NamedTuple

from msgspec import Struct

from explainer.diagnostics import Diagnostic
from explainer.incremental.fresh import is_young, stamp_of
from explainer.read.content import ARTICLES, GLOSSARY, MEDIA, PAGES, SETTINGS_FILE, check_name
from explainer.read.files import Found, find_file, read_bytes, walk
from explainer.read.review import REVIEW_FILE
from explainer.types import SourcePath

FOLDERS = (ARTICLES, GLOSSARY, PAGES, MEDIA)
SINGLE = (SETTINGS_FILE, REVIEW_FILE)


class Seen(NamedTuple):
    """A file as a build saw it."""

    stamp: str
    """By what a change shows without reading it; empty where the file may have changed since: then it is read again."""
    digest: str


class Sources(Struct, frozen=True):
    """Everything that the authors wrote, found but not read."""

    found: Mapping[SourcePath, Found]
    problems: Mapping[str, tuple[Diagnostic, ...]]
    """By folder: what cannot be walked into, and names that are not read."""
    links: tuple[Found, ...]
    """Those among them that change with another file."""

    def texts(self, folder: str) -> tuple[str, ...]:
        """The files of a folder that are read as texts."""
        inside = f"{folder}/"
        return tuple(p for p in self.found if p.startswith(inside) and p.endswith(".md"))

    def media(self) -> tuple[str, ...]:
        """The media."""
        inside = f"{MEDIA}/"
        return tuple(p for p, f in self.found.items() if p.startswith(inside) and f.is_file)


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
    return Sources(found, problems, tuple(f for f in found.values() if f.is_link))


def only_edited(touched: Collection[str], root: Path, sources: Sources) -> tuple[Found, ...] | None:
    """The files among paths that were touched, where nothing came, went or was moved; None where that is not sure.

    With the links: they may lead to one of the files.
    """
    if any(link.is_file != link.location.is_file() for link in sources.links):
        return None
    edited: dict[str, Found] = {link.path: link for link in sources.links}
    for path in touched:
        inside = Path(path).is_relative_to(root)
        name = SourcePath(Path(path).relative_to(root).as_posix()) if inside else SourcePath("")
        found = sources.found.get(name)
        if found is not None and found.is_file and _is_plain_file(path):
            edited[name] = found
        elif not inside or _may_matter(path, name, sources):
            return None
    return tuple(edited.values())


def _is_plain_file(path: str) -> bool:
    try:
        return stat.S_ISREG(os.lstat(path).st_mode)
    except OSError:
        return False


def _may_matter(path: str, name: str, sources: Sources) -> bool:
    """Whether something is here now, or was, that belongs to the content. A file that an editor made and took is none."""
    if not any(name == known or name.startswith(f"{known}/") for known in (*SINGLE, *FOLDERS)):
        return name in {"content", "."}
    return os.path.lexists(path) or any(known == name or known.startswith(f"{name}/") for known in sources.found)


def look_at(
    found: Iterable[Found], before: Mapping[str, Seen], stamps: Mapping[str, str] = MappingProxyType({})
) -> dict[str, Seen]:
    """Every file as it is now; only those are read whose stamp is not the one of `before`.

    `stamps`: of files that were looked at since the build began. What is changed after that shows when it was read
    (`changed_since`), or is for the next build.
    """
    now = time.time_ns()
    return {f.path: _look(f, before.get(f.path), stamps.get(f.where) or stamp_of(f.where), now) for f in found}


def _look(found: Found, before: Seen | None, stamp: str, now: int) -> Seen:
    if before is not None and stamp and before.stamp == stamp:
        return before
    try:
        digest = hashlib.sha256(read_bytes(found)).hexdigest() if found.is_file else "no file"
    except OSError as error:
        return Seen("", f"unreadable: {error.strerror}")
    return Seen("" if _was_young(found.where, now) else stamp, digest)


def _was_young(location: str, then: int) -> bool:
    try:
        status = os.stat(location)  # noqa: PTH116
    except OSError:
        return True
    return is_young(max(status.st_mtime_ns, status.st_ctime_ns), then)


def as_text(seen: Mapping[str, Seen]) -> str:
    """What a build saw, as a text that is quick to read again."""
    return "\0".join(part for path, (stamp, digest) in seen.items() for part in (path, stamp, digest))


def from_text(text: str) -> dict[str, Seen]:
    """The other way."""
    parts = text.split("\0")
    return dict(zip(parts[::3], map(Seen, parts[1::3], parts[2::3]), strict=False))


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
