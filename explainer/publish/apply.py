"""Does what a plan says.

Everything is first written to a staging folder, then the journal says what is about to change, then files are moved
with `os.replace`, which is atomic. A build that dies before the journal is in place has changed nothing; one that dies
after it left whole files only, and the next build does not trust what the journal names, and writes it again.

The order keeps every link resolved: what is new comes before what refers to it, what is old goes last. (New pages that
link to each other come one after the other, but nothing that was published before leads to them yet.)
"""

from __future__ import annotations

import errno
import os
import secrets
import shutil
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from explainer.diagnostics import Diagnostic
from explainer.publish.guard import refuse
from explainer.publish.lock import cache_folder
from explainer.publish.paths import JOURNAL, MANIFEST, PROBE, STAGING, Place, folders_of, is_link
from explainer.publish.plan import Plan
from explainer.publish.record import Entry, journal_bytes
from explainer.publish.source import Content, transfer

_CACHED_STAGING = "staging-"
_STAYS = frozenset({errno.ENOTEMPTY, errno.EEXIST, errno.ENOENT})
"""Why a folder is not removed, and need not be: something is in it, or it has gone."""


# ---- staging --------------------------------------------------------------------------------------------------------


@contextmanager
def staging_folder(place: Place) -> Iterator[Path]:
    """A new folder from which files can be moved into output, removed afterwards. Raises `OSError`."""
    folder = _make_staging(place)
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _make_staging(place: Place) -> Path:
    """In the cache folder, if files can be moved from there; else, on another device, in output itself.

    The folder holds an empty file, `probe`.
    """
    name = secrets.token_hex(8)
    folder, inside = cache_folder(place.root) / f"{_CACHED_STAGING}{name}", place.output / f"{STAGING}{name}"
    folder.mkdir()
    if not _can_move(folder / PROBE, inside):
        shutil.rmtree(folder)
        folder = inside
        folder.mkdir()
    (folder / PROBE).touch()
    return folder


def _can_move(source: Path, target: Path) -> bool:
    """Tries it: two mounts of one device have the same number and still do not let a file pass."""
    source.touch()
    try:
        source.replace(target)
    except OSError as error:
        if error.errno == errno.EXDEV:
            return False
        raise
    target.unlink()
    return True


def clear_stale(place: Place) -> None:
    """Removes what builds that were killed left in staging. The caller holds the build's lock."""
    stale = [*cache_folder(place.root).glob(f"{_CACHED_STAGING}*"), *place.output.glob(f"{STAGING}*")]
    for path in stale:
        if path.is_dir() and not is_link(path):
            shutil.rmtree(path, ignore_errors=True)
        else:
            path.unlink(missing_ok=True)


def staged_files(plan: Plan, staging: Path) -> dict[str, Path]:
    """Where each file is staged: side by side, since making folders twice would take half of a publish."""
    return {path: staging / f"{number:06}" for number, path in enumerate(plan.written)}


def stage(
    files: Mapping[str, Content], staged: Mapping[str, Path], plan: Plan, place: Place
) -> tuple[dict[str, Entry], tuple[Diagnostic, ...]]:
    """Writes what has changed to `staged`, and says what it wrote and what the system refuses."""
    entries, problems = dict[str, Entry](), [*_unwritable(plan, place), *_unnameable(plan, place)]
    for path, target in staged.items():
        try:
            with target.open("xb") as sink:
                entries[path] = transfer(files[path], sink, site_root=place.root)
        except OSError as error:
            problems.append(_not_staged(error, path, place))
    return entries, tuple(problems)


def _unnameable(plan: Plan, place: Place) -> Iterator[Diagnostic]:
    """New files whose names the system refuses, asked before anything is moved: it says so when it looks for them."""
    asked = set[str]()
    for path in (*plan.added, *plan.added_after):
        names = {path, *path.split("/")} - asked
        asked |= names
        try:
            for name in names:
                is_link(place.output / name)
        except OSError as error:
            yield _not_staged(error, path, place)


def _unwritable(plan: Plan, place: Place) -> list[Diagnostic]:
    """Folders of output that the system will not let us change, asked before anything is moved."""
    folders = {place.output, *(place.output / folder for path in plan.touched for folder in folders_of(path))}
    closed = sorted(folder for folder in folders if folder.is_dir() and not os.access(folder, os.W_OK | os.X_OK))
    return [refuse(place, "cannot be written to", "let the build write there", folder) for folder in closed]


def _not_staged(error: OSError, path: str, place: Place) -> Diagnostic:
    hint = "rename its source or make room; the output folder is as it was"
    return refuse(place, f"cannot be written: {error.strerror or error}", hint, place.output / path)


def os_problem(error: OSError, place: Place) -> Diagnostic:
    """What the system refused while output was read or changed, as a value."""
    path = Path(error.filename2 or error.filename or place.output)
    hint = "mend this and build again: the next build finishes what this one began"
    return refuse(place, f"cannot be read or written: {error.strerror or error}", hint, path)


# ---- moving ---------------------------------------------------------------------------------------------------------


def carry_out(plan: Plan, manifest: bytes, staged: Mapping[str, Path], staging: Path, output: Path) -> None:
    """Moves staged files in, and old ones out. `manifest`: what output holds then.

    Raises `OSError`; then the journal stays for the next build.
    """
    _put_journal(plan, staging, output)
    _move(plan.added, staged, output)
    _remove(plan.in_the_way, output)
    _remove_folders(plan.cleared, output)
    _move(plan.added_after, staged, output)
    _move(plan.replaced, staged, output)
    _put_manifest(manifest, output)
    _remove(plan.deleted, output)
    _remove_folders(plan.emptied, output)
    (output / JOURNAL).unlink()


def _put_journal(plan: Plan, staging: Path, output: Path) -> None:
    journal = staging / "journal"
    journal.write_bytes(journal_bytes(plan.touched))
    journal.replace(output / JOURNAL)


def _put_manifest(manifest: bytes, output: Path) -> None:
    """The one file that is forced to disk: what it does not list is never deleted."""
    temporary = output / f"{MANIFEST}.tmp"
    temporary.unlink(missing_ok=True)
    with temporary.open("xb") as sink:  # x: never through a link
        sink.write(manifest)
        sink.flush()
        os.fsync(sink.fileno())
    temporary.replace(output / MANIFEST)


def _move(paths: Iterable[str], staged: Mapping[str, Path], output: Path) -> None:
    entered = set[str]()
    for path in paths:
        _enter(path, output, entered)
        staged[path].replace(output / path)


def _remove(paths: Iterable[str], output: Path) -> None:
    entered = set[str]()
    for path in paths:
        _enter(path, output, entered)
        (output / path).unlink(missing_ok=True)


def _enter(path: str, output: Path, entered: set[str]) -> None:
    """Makes the folders above a path. Raises `OSError` where one is a link, lest we write or delete through it."""
    for folder in folders_of(path):
        if folder not in entered:
            _make_real_folder(output / folder)
            entered.add(folder)


def _make_real_folder(folder: Path) -> None:
    try:
        folder.mkdir()
    except FileExistsError:
        if is_link(folder) or not folder.is_dir():
            raise OSError(errno.ENOTDIR, "Not a folder", str(folder)) from None


def _remove_folders(folders: Iterable[str], output: Path) -> None:
    for folder in folders:
        try:
            (output / folder).rmdir()
        except OSError as error:
            if error.errno not in _STAYS:
                raise
