"""What has to be done to output, computed before anything is touched."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping

from msgspec import Struct

from explainer.publish.paths import Fold, folders_of, normal
from explainer.publish.record import Entry, Record
from explainer.publish.scan import Found


class Plan(Struct, frozen=True):
    """The steps, in the order in which they are taken; each list is in order, too."""

    added: tuple[str, ...]
    """Files where there is nothing yet."""
    in_the_way: tuple[str, ...]
    """Our old files where a folder will be, or below what will be a file, or spelled in another case."""
    cleared: tuple[str, ...]
    """Our old folders that go once `in_the_way` is gone, the deepest first."""
    added_after: tuple[str, ...]
    """Files that need that room."""
    replaced: tuple[str, ...]
    deleted: tuple[str, ...]
    """Our old files that nobody wants."""
    emptied: tuple[str, ...]
    """Folders of ours that hold no wanted file, the deepest first; one that is not empty stays."""
    unchanged: int

    @property
    def written(self) -> tuple[str, ...]:
        return (*self.added, *self.added_after, *self.replaced)

    @property
    def touched(self) -> tuple[str, ...]:
        """What the journal names."""
        return (*self.written, *self.in_the_way, *self.deleted)


def make_plan(
    wanted: Mapping[str, Entry], record: Record, found: Found, *, fold: Fold, altered: Collection[str] = ()
) -> Plan:
    """Compares what is wanted with what is there. Every file of `found` is one of ours: `guard` has seen to that.

    `altered`: files of `found` that hold something else than the manifest says, whatever their size.
    """
    there = {fold(path): path for path in found.sizes}
    current = {key: path for key, path in there.items() if path not in altered} if altered else there
    changed = {
        path for path in wanted if not _is_current(path, wanted[path], record, found, current.get(fold(path), ""))
    }
    names = {fold(path): path for path in wanted}
    folders = {fold(folder) for path in wanted for folder in folders_of(path)}
    blocking = {path for key, path in there.items() if _is_in_the_way(path, names.get(key), names, folders, fold)}
    cleared = {path for path in found.folders if any(fold(p) in names for p in (path, *folders_of(path)))}
    after = _needing({fold(path) for path in blocking | cleared}, changed, fold)
    ours = {fold(folder) for path in (*record.paths, *there.values()) for folder in folders_of(path)} - folders
    return Plan(
        added=_assets_first(path for path in changed - after if fold(path) not in there),
        in_the_way=tuple(sorted(blocking)),
        cleared=_deepest_first(cleared.union(*map(folders_of, blocking))),
        added_after=_assets_first(after),
        replaced=_assets_first(path for path in changed - after if fold(path) in there),
        deleted=tuple(sorted({path for key, path in there.items() if key not in names} - blocking)),
        emptied=_deepest_first({path for path in found.folders if fold(path) in ours} - cleared),
        unchanged=len(wanted) - len(changed),
    )


def plan_of_changes(paths: Iterable[str]) -> Plan:
    """Where nothing is to be done but to put other files in the place of some."""
    return Plan((), (), (), (), _assets_first(paths), (), (), 0)


def _is_current(path: str, entry: Entry, record: Record, found: Found, there: str) -> bool:
    """Whether output holds the file, as far as the manifest and its size tell. `there`: its spelling, or empty."""
    listed = path not in record.pending and record.entries.get(path) == entry
    return listed and normal(there) == normal(path) and found.sizes[there] == entry.size


def _is_in_the_way(path: str, name: str | None, names: Collection[str], folders: Collection[str], fold: Fold) -> bool:
    """Whether one of our files must go before another can come. `name`: the wanted path that folds to the same."""
    if name is not None:
        return normal(name) != normal(path)
    return fold(path) in folders or any(fold(folder) in names for folder in folders_of(path))


def _needing(room: Collection[str], changed: Iterable[str], fold: Fold) -> set[str]:
    """The paths that can be written only once all `room` is free."""
    if not room:
        return set()
    return {path for path in changed if any(fold(p) in room for p in (path, *folders_of(path)))}


def _assets_first(paths: Iterable[str]) -> tuple[str, ...]:
    """What pages refer to, then pages, then feeds and the sitemap, which refer to pages."""
    rank = {"html": 1, "xml": 2, "json": 2}
    return tuple(sorted(paths, key=lambda path: (rank.get(path.rpartition(".")[2], 0), path)))


def _deepest_first(folders: Iterable[str]) -> tuple[str, ...]:
    return tuple(sorted(folders, key=lambda path: (-path.count("/"), path)))
