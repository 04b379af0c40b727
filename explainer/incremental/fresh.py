"""Whether anything is to be done at all, found out without reading a text or importing what reads one.

After a good build, the looks of all that it depended on and of all that it published are kept: size, times and number
of every file. If all of it looks the same, the build would say the same and publish the same.
"""

from __future__ import annotations

import datetime as dt
import os
import time
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any, NamedTuple, TypeAlias
from zoneinfo import ZoneInfo

from explainer.incremental.values import dump, load
from explainer.incremental.version import tool_version
from explainer.theme_folder import default_theme

Look: TypeAlias = tuple[str, int, int, int, int, int]
"""Path, size in bytes, mtime and ctime in ns, number, mode."""

_FILE = "fresh.json"
_YOUNG = 50_000_000
"""Nanoseconds: what was changed so shortly before may change again without looking different."""
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


def remembered(root: Path, question: Question, now: dt.datetime) -> Answer | None:
    """What the last build said, if a build now would say and publish the same."""
    try:
        kept: dict[str, Any] = load((root / ".explainer" / _FILE).read_bytes())
        return _still_right(root, kept, question, now)
    except (OSError, ValueError, TypeError, LookupError, AttributeError):  # whatever is wrong with the file
        return None


def _still_right(root: Path, kept: dict[str, Any], question: Question, now: dt.datetime) -> Answer | None:
    known = (kept.get("version"), kept.get("question"))
    if known != (tool_version(), tuple(question)):
        return None
    answer = Answer(*kept["answer"])
    if answer.day != now.astimezone(ZoneInfo(answer.timezone)).date():
        return None
    if kept["sources"] != tuple(looks_of_sources(root)) or not _look_the_same(kept["output"]):
        return None
    return answer


def remember(root: Path, question: Question, answer: Answer, published: Iterable[str], before: list[Look]) -> None:
    """Keep how all looks after a good build. `before`: the looks of the sources when it began.

    What was edited since looks different the next time. Where something is so new that another edit might not show,
    nothing is kept.
    """
    if _newest(before) > time.time_ns() - _YOUNG:
        forget(root)
        return
    folder = Path(question.output)
    paths = sorted({str(folder / path) for path in published})
    folders = sorted({os.path.dirname(path) for path in paths} | {str(folder)})  # noqa: PTH120
    output = [_look(path) for path in (*paths, *folders)]
    kept = {
        "version": tool_version(),
        "question": tuple(question),
        "sources": before,
        "output": output,
        "answer": tuple(answer),
    }
    target = root / ".explainer" / _FILE
    temporary = target.with_suffix(".tmp")
    temporary.write_bytes(dump(kept))
    temporary.replace(target)


def _newest(looks: Iterable[Look]) -> int:
    return max((max(look[2], look[3]) for look in looks), default=0)


def forget(root: Path) -> None:
    """The next build has to look closely."""
    (root / ".explainer" / _FILE).unlink(missing_ok=True)


def looks_of_sources(root: Path) -> Iterator[Look]:
    """Everything that authors may have changed, and the default theme."""
    for name in _WATCHED:
        yield from _walk(str(root / name))
    yield from _walk(str(default_theme()))


def _walk(path: str) -> Iterator[Look]:
    """A file or folder, and all that is below it; what a link leads to is looked at and not walked into."""
    yield _look(path)
    if not os.path.isdir(path) or os.path.islink(path):  # noqa: PTH112, PTH114
        return
    with os.scandir(path) as entries:
        listed = sorted(entries, key=lambda e: e.name)
    for entry in listed:
        if entry.is_dir(follow_symlinks=False):
            yield from _walk(entry.path)
        elif entry.is_symlink():
            yield (os.readlink(entry.path), 0, 0, 0, 0, 0)  # noqa: PTH115
            yield _look(entry.path)
        else:
            yield _look(entry.path)


def _look(path: str) -> Look:
    try:
        status = os.stat(path)  # noqa: PTH116 -- of thousands of files: twice as fast as the path's own
    except OSError:
        return (path, -1, 0, 0, 0, 0)
    return (path, status.st_size, status.st_mtime_ns, status.st_ctime_ns, status.st_ino, status.st_mode)


def _look_the_same(looks: Iterable[Look]) -> bool:
    return all(_look(look[0]) == look for look in looks)
