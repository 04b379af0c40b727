"""Whether anything is to be done at all, found out without reading a text or importing what reads one.

After a good build, a digest is kept of how all looked that it depended on and all that it published: size, times and
number of every file. If all of it looks the same, the build would say the same and publish the same. If only the
sources look different, publishing knows what lies in the output folder.
"""

from __future__ import annotations

import contextlib
import datetime as dt
import hashlib
import os
import time
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import cache, partial
from itertools import chain
from operator import attrgetter
from pathlib import Path
from typing import Any, NamedTuple, TypeAlias
from zoneinfo import ZoneInfo

from explainer.incremental.aside import aside
from explainer.incremental.values import dump, load
from explainer.incremental.version import tool_version
from explainer.theme_folder import default_theme

Look: TypeAlias = tuple[str, int, int, int, int, int]
"""Path, size in bytes, mtime and ctime in ns, number, mode."""

_FILE, _STAMPS = "fresh.json", "published"
_YOUNG = 50_000_000
"""Nanoseconds: what was changed so shortly before may change again without looking different."""
_MANY = 2_000
"""Published files; fewer are looked at in less time than another process takes."""
_NAME = attrgetter("name")
_WATCHED = ("content", "templates", "site.yaml")


class Question(NamedTuple):
    """What was asked for: an answer to another question is none to this."""

    output: str
    strict: bool
    frozen: bool


class Answer(NamedTuple):
    """What the build printed, and on which day."""

    problems: tuple[str, ...]
    summary: str
    """Without the time that it took."""
    timezone: str
    """The site's."""
    day: dt.date


class Looks(NamedTuple):
    """How many files looked at a moment."""

    digest: str
    newest: int
    """When the last change of any of them was, in ns."""
    stamps: Mapping[str, str]
    """Of each: size in bytes, mtime and ctime in ns, number and mode."""


class Left(NamedTuple):
    """What the last good build left."""

    answer: Answer
    output: str
    """The folder that it published to."""
    paths: tuple[str, ...]
    """What it published, relative to that."""
    build: int
    """Which build of the store it was."""
    stamps: Mapping[str, str]
    """Of each file and folder there."""

    def renewed(self, changed: Iterable[str]) -> dict[str, str]:
        """The stamps as they are now that other files have taken the place of some, and all else is as it was left."""
        files = [f"{self.output}/{path}" for path in changed]
        touched = {self.output, *files, *(file.rpartition("/")[0] for file in files)}
        return {path: stamp_of(path) if path in touched else stamp for path, stamp in self.stamps.items()}


class Found(NamedTuple):
    """What is there before a build."""

    sources: Looks
    left: Callable[[], Left | None]
    """None where the output folder is not as it was left. Waits until all of it was looked at."""
    answer: Answer | None
    """What the last build said, if a build now would say and publish the same."""


def look_around(root: Path, question: Question, now: dt.datetime) -> Found:
    """How the site looks, and what is known of it.

    The output folder holds twice as many files as the sources, and is looked at beside them; where there is something to
    build, that goes on meanwhile.
    """
    kept = _kept(root)
    left = _nothing if kept is None else cache(partial(_left, root, kept, _begin_to_look(kept)))
    sources = looks_of(looks_of_sources(root))
    same = kept is not None and _asks_the_same(kept, sources, question, now)
    return Found(sources, left, kept.answer if kept and same and left() else None)


def _nothing() -> None:
    """Nothing is known of what was left."""


class _Kept(NamedTuple):
    """What `remember` has kept."""

    question: Question
    sources: str
    """The digest of how the sources looked."""
    output: str
    """The same of what was published."""
    paths: tuple[str, ...]
    build: int
    answer: Answer
    timezone: ZoneInfo


def _kept(root: Path) -> _Kept | None:
    try:
        kept: dict[str, Any] = load((root / ".explainer" / _FILE).read_bytes())
        if kept.get("version") != tool_version():
            return None
        question, answer = Question(*kept["question"]), Answer(*kept["answer"])
        paths, zone = tuple(kept["paths"].split("\0")), ZoneInfo(answer.timezone)
        return _Kept(question, kept["sources"], kept["output"], paths, int(kept["build"]), answer, zone)
    except (OSError, ValueError, TypeError, LookupError, AttributeError):  # whatever is wrong with the file
        return None


def _asks_the_same(kept: _Kept, sources: Looks, question: Question, now: dt.datetime) -> bool:
    day = now.astimezone(kept.timezone).date()
    return (kept.question, kept.sources, kept.answer.day) == (question, sources.digest, day)


def _begin_to_look(kept: _Kept) -> Callable[[], bytes]:
    """How what was published looks, as a digest."""

    def look() -> bytes:
        return _digest(_stamps_of_output(kept.question.output, kept.paths)).encode()

    return aside(look) if len(kept.paths) >= _MANY else look


def _left(root: Path, kept: _Kept, looked: Callable[[], bytes]) -> Left | None:
    try:
        looks = (root / ".explainer" / _STAMPS).read_bytes()
    except OSError:
        return None
    if not kept.output == hashlib.sha256(looks).hexdigest() == looked().decode():
        return None
    return Left(kept.answer, kept.question.output, kept.paths, kept.build, _stamps_in(looks))


def remember(  # noqa: PLR0913, PLR0917
    root: Path,
    question: Question,
    answer: Answer,
    published: Iterable[str],
    before: Looks,
    build: int,
    stamps: Mapping[str, str] | None = None,
) -> None:
    """Keep how all looks after a good build. `before`: how the sources looked when it began. `stamps`: those of what was
    published, where they are known (`Left.renewed`).

    What was edited since looks different the next time. Where something is so new that another edit might not show,
    nothing is kept.
    """
    paths = tuple(published)
    looks = _joined(_stamps_of_output(question.output, paths) if stamps is None else stamps)
    _replace(root / ".explainer" / _STAMPS, looks)
    if is_young(before.newest):
        forget(root)
        return
    kept = {
        "version": tool_version(),
        "question": tuple(question),
        "sources": before.digest,
        "output": hashlib.sha256(looks).hexdigest(),
        "paths": "\0".join(paths),
        "build": build,
        "answer": tuple(answer),
    }
    _replace(root / ".explainer" / _FILE, dump(kept))


def looks_as_published(root: Path, output: str) -> Callable[[str], bool]:
    """Tells whether a file, by its path in the output folder, looks as it did when it was published."""
    try:
        stamps = _stamps_in((root / ".explainer" / _STAMPS).read_bytes())
    except (OSError, ValueError):
        stamps = {}
    return lambda path: stamps.get(f"{output}/{path}") == stamp_of(f"{output}/{path}")


def _replace(target: Path, data: bytes) -> None:
    temporary = target.with_suffix(".tmp")
    temporary.write_bytes(data)
    temporary.replace(target)


def is_young(changed: int, now: int | None = None) -> bool:
    """Whether something that was last changed then may change again without looking different. Times in ns."""
    return changed > (time.time_ns() if now is None else now) - _YOUNG


def forget(root: Path) -> None:
    """The next build has to look closely."""
    (root / ".explainer" / _FILE).unlink(missing_ok=True)


def _stamps_of_output(folder: str, paths: Iterable[str]) -> dict[str, str]:
    """Of what was published, and of the folders that hold it."""
    files = [f"{folder}/{path}" for path in paths]
    all_of_it = (folder, *dict.fromkeys(file.rpartition("/")[0] for file in files), *files)
    return {path: stamp_of(path) for path in all_of_it}


def looks_of(looks: Iterable[Look]) -> Looks:
    """Many looks as one value that is equal where they all are."""
    stamps, newest = dict[str, str](), 0
    for path, size, mtime, ctime, number, mode in looks:
        stamps[path] = f"{size} {mtime} {ctime} {number} {mode}"
        if mtime > newest or ctime > newest:
            newest = max(mtime, ctime)
    return Looks(_digest(stamps), newest, stamps)


def _digest(stamps: Mapping[str, str]) -> str:
    return hashlib.sha256(_joined(stamps)).hexdigest()


def _joined(stamps: Mapping[str, str]) -> bytes:
    return "\0".join(chain.from_iterable(stamps.items())).encode("utf-8", "surrogatepass")


def _stamps_in(looks: bytes) -> dict[str, str]:
    """What `_joined` has joined. Raises `ValueError` where it is no text."""
    parts = looks.decode("utf-8", "surrogatepass").split("\0")
    return dict(zip(parts[::2], parts[1::2], strict=False))


def looks_of_sources(root: Path) -> Iterator[Look]:
    """Everything that authors may have changed, and the default theme."""
    for name in _WATCHED:
        yield from looks_below(str(root / name))
    yield from looks_below(str(default_theme()))


def looks_below(path: str) -> Iterator[Look]:
    """A file or folder, and all that is below it; what a link leads to is looked at and not walked into."""
    yield _look(path)
    if not os.path.isdir(path) or os.path.islink(path):  # noqa: PTH112, PTH114
        return
    try:
        with os.scandir(path) as entries:
            listed = sorted(entries, key=_NAME)
    except OSError:  # whoever reads it tells so; when it can be read, it looks different
        return
    for entry in listed:
        if entry.is_dir(follow_symlinks=False):
            yield from looks_below(entry.path)
        elif entry.is_symlink():
            with contextlib.suppress(OSError):  # it may be gone since it was listed
                yield (f"{entry.path}\0{os.readlink(entry.path)}", 0, 0, 0, 0, 0)  # noqa: PTH115
            yield _look(entry.path)
        else:
            yield _look(entry.path)


def _look(path: str) -> Look:
    try:
        status = os.stat(path)  # noqa: PTH116 -- of thousands of files: twice as fast as the path's own
    except OSError:
        return (path, -1, 0, 0, 0, 0)
    return (path, status.st_size, status.st_mtime_ns, status.st_ctime_ns, status.st_ino, status.st_mode)


def stamp_of(location: Path | str) -> str:
    """Size, times, number and mode of a file: an edit that keeps size and mtime leaves another ctime.

    Empty where there is nothing.
    """
    try:
        status = os.stat(location)  # noqa: PTH116 -- of thousands of files: twice as fast as the path's own
    except OSError:
        return ""
    return f"{status.st_size} {status.st_mtime_ns} {status.st_ctime_ns} {status.st_ino} {status.st_mode}"
