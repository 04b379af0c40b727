"""What must hold before output is touched: it is a place for output, and everything in it is ours."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping
from pathlib import Path

from explainer.diagnostics import Diagnostic, Kind
from explainer.publish.paths import CACHE, Fold, Place, folded, folders_of, is_link, path_problem
from explainer.publish.record import Record
from explainer.publish.scan import Found
from explainer.publish.source import Content

_OTHER_FOLDER = "choose a folder of its own for the output, such as output/"
_SHOWN = 3
"""How many foreign files a message names."""


def check_place(place: Place) -> Diagnostic | None:
    """Refuses a folder that holds, or is, something else than output; also a link and a file."""
    output = place.output
    if output == Path(output.anchor):
        return refuse(place, "is the root of the file system", _OTHER_FOLDER)
    if is_link(output):
        return refuse(place, "is a link, and nothing is written through links", "replace the link with a folder")
    if output.exists() and not output.is_dir():
        return refuse(place, "is a file", _OTHER_FOLDER)
    return next(_overlaps(place), None)


def _overlaps(place: Place) -> Iterator[Diagnostic]:
    output = place.output
    for folder, name in ((place.root, "the site's folder"), (_home(), "your home folder")):
        if folder is not None and is_within(folder, output):
            yield refuse(place, f"is {name}, or holds it", _OTHER_FOLDER)
    for name in ("content", "templates", CACHE, ".git"):
        if is_within(output, place.root / name) or is_within(place.root / name, output):
            yield refuse(place, f"overlaps with {name}/", _OTHER_FOLDER)


def _home() -> Path | None:
    try:
        return Path.home()
    except RuntimeError:  # an account without one
        return None


def is_within(path: Path, folder: Path) -> bool:
    """Whether a path is a folder or lies in it, also where two names, or two cases of one, lead to the same place."""
    path, folder = path.resolve(), folder.resolve()
    key = folded(str(folder))
    return any(folded(str(p)) == key or _is_same(p, folder) for p in (path, *path.parents))


def _is_same(path: Path, other: Path) -> bool:
    return path.exists() and other.exists() and path.samefile(other)


def check_names(files: Collection[str], place: Place, *, fold: Fold) -> Diagnostic | None:
    """Refuses paths that cannot be output, that the owner keeps, or that cannot be there together."""
    return next(_bad_names(files, place, fold), None)


def _bad_names(files: Collection[str], place: Place, fold: Fold) -> Iterator[Diagnostic]:
    keep = frozenset(map(fold, place.keep))
    names = Counter(map(fold, files))
    for path in sorted(files):
        above = folders_of(path)
        if why := path_problem(path):
            yield _bad_name(place, path, why)
        elif any(fold(p) in keep for p in (path, *above)):
            yield _bad_name(place, path, "is a name that the setting keep leaves to you")
        elif names[fold(path)] > 1:
            yield _bad_name(place, path, "differs from another output file only in its spelling")
        elif folder := next((p for p in above if fold(p) in names), ""):
            yield _bad_name(place, path, f"needs a folder where {folder} is a file")


def _bad_name(place: Place, path: str, why: str) -> Diagnostic:
    shown = path.encode("utf-8", "replace").decode()
    return Diagnostic(Kind.BAD_NAME, place.shown(place.output), f"the output file {shown!r} {why}", "rename its source")


def check_contents(
    files: Mapping[str, Content], record: Record, found: Found, place: Place, *, fold: Fold
) -> Diagnostic | None:
    """Refuses an output folder that holds anything that no build of ours wrote."""
    if record.unreadable:
        return refuse(place, f"has a damaged {record.unreadable}", "delete the output folder and build again")
    if not (record.has_manifest or record.has_journal or found.is_empty):
        message = f"is not empty and was not written by explainer: {_some(_everything(found))}"
        return refuse(place, message, "delete what is in it, or choose another folder")
    ours = frozenset(map(fold, record.paths))
    if foreign := sorted(found.odd | {path for path in found.sizes if fold(path) not in ours}):
        hint = "move them away, or list them under keep in site.yaml"
        return refuse(place, f"holds files that no build wrote: {_some(foreign)}", hint)
    return _check_room(files, found, place, fold)


def _check_room(files: Iterable[str], found: Found, place: Place, fold: Fold) -> Diagnostic | None:
    """Refuses to put a file where a folder holds something that stays."""
    names = frozenset(map(fold, files))
    stays = sorted(p for p in found.left_alone if any(fold(folder) in names for folder in folders_of(p)))
    return refuse(place, f"needs the room of what stays there: {_some(stays)}", "move them away") if stays else None


def _everything(found: Found) -> list[str]:
    return sorted({*found.sizes, *found.odd}) or sorted(found.folders)


def _some(paths: Collection[str]) -> str:
    """The first few, and how many more."""
    shown = ", ".join(path.encode("utf-8", "replace").decode() for path in list(paths)[:_SHOWN])
    more = len(paths) - _SHOWN
    return f"{shown} and {more} more" if more > 0 else shown


def refuse(place: Place, message: str, hint: str, path: Path | None = None) -> Diagnostic:
    """That nothing was published, and why."""
    return Diagnostic(Kind.OUTPUT_REFUSED, place.shown(path or place.output), message, hint)
