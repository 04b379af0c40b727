"""What lies in the output folder now."""

from __future__ import annotations

import os
from collections import defaultdict
from collections.abc import Iterator
from enum import Enum, auto
from pathlib import Path

from msgspec import Struct

from explainer.publish.paths import LITTER, Fold, Place, is_link


class Found(Struct, frozen=True):
    """Output's contents but for names with a dot at the top. Paths are spelled as the file system spells them."""

    sizes: dict[str, int]
    """Regular files and their sizes in bytes."""
    folders: frozenset[str]
    odd: frozenset[str]
    """Links, sockets, devices: nothing that a build writes."""
    left_alone: frozenset[str]
    """What the setting `keep` names, and litter."""

    @property
    def is_empty(self) -> bool:
        return not (self.sizes or self.folders or self.odd)


class _Sort(Enum):
    FILE = auto()
    FOLDER = auto()
    ODD = auto()
    LEFT_ALONE = auto()


def scan_output(place: Place, *, fold: Fold) -> Found:
    """Walks output without following a link. Raises `OSError` where a folder cannot be read."""
    keep = frozenset(map(fold, place.keep))
    paths = defaultdict[_Sort, set[str]](set)
    sizes = dict[str, int]()
    for path, sort, size in _walk(place.output, "", keep, fold) if place.output.exists() else ():
        paths[sort].add(path)
        if sort is _Sort.FILE:
            sizes[path] = size
    return Found(sizes, *(frozenset(paths[sort]) for sort in (_Sort.FOLDER, _Sort.ODD, _Sort.LEFT_ALONE)))


def _walk(folder: Path, prefix: str, keep: frozenset[str], fold: Fold) -> Iterator[tuple[str, _Sort, int]]:
    with os.scandir(folder) as entries:
        listed = [entry for entry in entries if prefix or not entry.name.startswith(".")]
    for entry in listed:
        path = prefix + entry.name
        sort = _Sort.LEFT_ALONE if entry.name in LITTER or fold(path) in keep else _sort_of(entry)
        yield path, sort, entry.stat(follow_symlinks=False).st_size if sort is _Sort.FILE else 0
        if sort is _Sort.FOLDER:
            yield from _walk(Path(entry), f"{path}/", keep, fold)


def _sort_of(entry: os.DirEntry[str]) -> _Sort:
    if entry.is_symlink() or (os.name == "nt" and is_link(Path(entry))):
        return _Sort.ODD
    if entry.is_dir(follow_symlinks=False):
        return _Sort.FOLDER
    return _Sort.FILE if entry.is_file(follow_symlinks=False) else _Sort.ODD
