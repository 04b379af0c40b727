"""What the preview shows: the last good site as one value, and the problems that keep a newer one from being shown."""

from __future__ import annotations

import re
import threading
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum
from pathlib import Path
from typing import NamedTuple

from msgspec import Struct

from explainer.publish import Content

_FINGERPRINT = re.compile(r"[.-][0-9a-f]{6,64}(?=\.(?:css|js)$)")
"""What a build puts into the names of styles and scripts: `site.3f2a9c1b.css`."""


class PreviewBuild(Struct, frozen=True):
    """What one build made."""

    files: Mapping[str, Content] | None
    """Output paths → bytes, or the file that holds them; None where the build failed."""
    problems: tuple[str, ...]
    """Formatted diagnostics. They are shown on every page where `files` is None."""
    summary: str
    """One line for the terminal."""
    base_path: str = "/"
    """The path that the pages think they are served under: in the preview, always the root."""
    late: LateFiles | None = None
    """Files that are made when one of them is asked for."""
    changed: Collection[str] | None = None
    """The paths of pages that are not as in the build before, where all else is; None where nobody has looked."""


class LateFiles:
    """Files that are made when the first of them is asked for, once: the index that readers search."""

    def __init__(self, below: str, make: Callable[[], Mapping[str, Content]]) -> None:
        self._below, self._make, self._lock = below, make, threading.Lock()
        self._files: Mapping[str, Content] | None = None

    def covers(self, path: str) -> bool:
        """Whether the file at an output path would be one of these."""
        return path.startswith(self._below)

    def get(self, path: str) -> Content | None:
        """One of the files; whoever asks meanwhile waits."""
        with self._lock:
            if self._files is None:
                self._files = self._make()
        return self._files.get(path)


class Waiting(NamedTuple):
    """The pages that browsers show while a build runs: they come first, if it can be."""

    urls: frozenset[str]
    show: Callable[[Mapping[str, Content]], None]
    """Gets those that were made before the others, by output path."""


class News(StrEnum):
    """What browsers are told when a build is done."""

    NOTHING = "nothing"
    STYLES = "styles"
    PAGE = "page"


@dataclass(frozen=True, slots=True)
class Shown:
    """One state of the preview. It is replaced as a whole, so that a request never sees half a site, but for pages that
    are open and come first (`advance_pages`).
    """

    version: int = 0
    """Counts the states that browsers have to know apart."""
    files: Mapping[str, Content] | None = None
    """Of the last good build; None before there was one."""
    problems: tuple[str, ...] = ()
    """Of the last build, if it failed."""
    stamps: Mapping[str, tuple[int, int]] = field(default_factory=dict)
    """Of the files that are read on request: modification time in ns and size, by output path."""
    unfingerprinted: Mapping[str, str] = field(default_factory=dict)
    """The current path of styles and scripts, by their path without a fingerprint: open pages ask for old ones."""
    late: LateFiles | None = field(default=None, compare=False)
    """What is made of the files when it is asked for."""

    def find(self, path: str) -> Content | None:
        """The content at an output path, or at the current path of an asset that has another fingerprint by now."""
        files = self.files or {}
        if self.late is not None and self.late.covers(path):
            return self.late.get(path)
        if path not in files and (plain := without_fingerprint(path)) != path:
            path = self.unfingerprinted.get(plain, path)
        return files.get(path)


def advance(shown: Shown, build: PreviewBuild) -> tuple[Shown, News]:
    """The state after a build, and what browsers that show the state before have to do."""
    if build.files is None:
        after = replace(shown, problems=build.problems or (build.summary,))
        news = News.NOTHING if after == shown else News.PAGE
    elif build.changed is not None and shown.files is not None and not shown.problems:
        after = replace(shown, files=build.files, late=build.late)
        differs = any(shown.files.get(path) != build.files.get(path) for path in build.changed)
        news = News.PAGE if differs else News.NOTHING  # some may have been shown before the others
    else:
        after = Shown(shown.version, build.files, (), _stamps(build.files), _unfingerprinted(build.files), build.late)
        news = _compare(shown, after)
    return replace(after, version=shown.version + (news is not News.NOTHING)), news


def advance_pages(shown: Shown, pages: Mapping[str, Content]) -> tuple[Shown, frozenset[str]]:
    """The state with some pages that are made before the others, and which of them are not as they were.

    Where a build had failed, nothing is shown before another one is done.
    """
    if shown.files is None or shown.problems:
        return shown, frozenset()
    changed = frozenset(path for path, data in pages.items() if shown.files.get(path) not in {None, data})
    files = {**shown.files, **{path: pages[path] for path in changed}}
    return replace(shown, version=shown.version + bool(changed), files=files), changed


def without_fingerprint(path: str) -> str:
    return _FINGERPRINT.sub("", path)


def _stamps(files: Mapping[str, Content]) -> dict[str, tuple[int, int]]:
    media = {path: content for path, content in files.items() if isinstance(content, Path)}
    statuses = {path: source.stat() for path, source in media.items() if source.exists()}
    return {path: (status.st_mtime_ns, status.st_size) for path, status in statuses.items()}


def _unfingerprinted(files: Iterable[str]) -> dict[str, str]:
    """Without the names that two assets would share."""
    plain = {path: without_fingerprint(path) for path in files if path.endswith((".css", ".js"))}
    shared = Counter(plain.values())
    return {name: path for path, name in plain.items() if name != path and shared[name] == 1}


def _compare(before: Shown, after: Shown) -> News:
    old, new = before.files, after.files
    if old is None or new is None or before.problems or before.stamps != after.stamps:
        return News.PAGE
    if old == new:
        return News.NOTHING
    return News.STYLES if _differ_in_styles_only(old, new) else News.PAGE


def _differ_in_styles_only(old: Mapping[str, Content], new: Mapping[str, Content]) -> bool:
    """Whether all that is no stylesheet is equal, once the old stylesheets' names are replaced by the new ones."""
    names = _renamed_styles(old, new)
    if names is None or _others(old) != _others(new):
        return False
    return all(_rename(old[path], names) == new[path] for path in _others(new) if old[path] != new[path])


def _others(files: Iterable[str]) -> set[str]:
    return {path for path in files if not path.endswith(".css")}


def _renamed_styles(old: Iterable[str], new: Iterable[str]) -> dict[bytes, bytes] | None:
    """Old file names of stylesheets → new ones; None where one came or went."""
    before, after = ({without_fingerprint(p): p for p in files if p.endswith(".css")} for files in (old, new))
    if before.keys() != after.keys():
        return None
    names = {path: (path.rpartition("/")[2], after[name].rpartition("/")[2]) for name, path in before.items()}
    return {one.encode(): other.encode() for one, other in names.values() if one != other}


def _rename(content: Content, names: Mapping[bytes, bytes]) -> Content:
    if isinstance(content, bytes):
        for old, new in names.items():
            content = content.replace(old, new)
    return content
