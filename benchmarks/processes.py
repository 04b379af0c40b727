"""Commands as whole processes: how long they take, and how much memory they and their children hold at once."""

from __future__ import annotations

import os
import subprocess
import threading
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

_PROC = Path("/proc")
_PAUSE = 0.02
"""Seconds between two looks at the memory, at least."""
_REST = 30
"""Times a look's own duration until the next: while the system counts what a large process shares, that process waits."""


@dataclass(frozen=True, slots=True)
class Run:
    seconds: float
    """By the wall clock, from start to end."""
    processor: float | None
    """Seconds of the processor's time, children included: what other processes disturb least. None as for the memory."""
    peak: int | None
    """Bytes; None where it was not looked at, or the system does not tell."""


class CommandError(Exception):
    """A command that did not end well, with what it said."""


def run(command: Sequence[str], folder: Path, environment: Mapping[str, str], *, memory: bool = False) -> Run:
    """Run a command to its end. Raises `CommandError`."""
    with (folder / "said.log").open("w+b") as said:
        begun, used = time.perf_counter(), _used_by_children()
        process = subprocess.Popen(command, cwd=folder, env=environment, stdout=said, stderr=said)
        watch = MemoryWatch(process.pid) if memory else None
        code = process.wait()
        seconds, processor = time.perf_counter() - begun, _used_by_children() - used
        peak = watch.end() if watch else None
        if code:
            said.seek(0)
            text = said.read().decode("utf-8", "replace")[-2000:]
            message = f"{' '.join(command)} ended with {code}:\n{text}"
            raise CommandError(message)
    return Run(seconds, processor or None, peak)


def _used_by_children() -> float:
    """Seconds of the processor's time of all children that have ended; 0 where the system does not tell."""
    times = os.times()
    return times.children_user + times.children_system


class MemoryWatch:
    """Looks at the memory of a process and its descendants until it is ended."""

    def __init__(self, pid: int) -> None:
        self._pid, self._peak = pid, 0
        self._ended = threading.Event()
        self._thread = threading.Thread(target=self._look, daemon=True)
        self._thread.start()

    def end(self) -> int | None:
        """The most that was seen, in bytes."""
        self._ended.set()
        self._thread.join()
        return self._peak or None

    def _look(self) -> None:
        while not self._ended.is_set():
            begun = time.perf_counter()
            self._peak = max(self._peak, held_by(self._pid))
            self._ended.wait(max(_PAUSE, _REST * (time.perf_counter() - begun)))


def held_by(pid: int) -> int:
    """Bytes of memory that a process and its descendants hold; 0 where the system does not tell.

    What several processes share, as workers share what they were forked with, counts once: each has its proportional
    share (PSS). A process alone has its resident set, which takes no time to ask for.
    """
    family = _family(pid)
    if len(family) == 1:
        return _kilobytes(_PROC / str(pid) / "status", "VmRSS:")
    return sum(_kilobytes(_PROC / str(one) / "smaps_rollup", "Pss:") for one in family)


def used_by(pid: int) -> float:
    """Seconds of the processor's time of a process and its descendants so far; 0 where the system does not tell."""
    return sum(map(_used, _family(pid)))


def _used(pid: int) -> float:
    try:
        fields = (_PROC / str(pid) / "stat").read_text("ascii").rpartition(")")[2].split()
        return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")
    except (OSError, ValueError, IndexError):
        return 0


def _family(pid: int) -> list[int]:
    """A process and its descendants."""
    try:
        children = [
            int(child)
            for task in (_PROC / str(pid) / "task").iterdir()
            for child in (task / "children").read_text("ascii").split()
        ]
    except (OSError, ValueError):
        return [pid]
    return [pid, *(one for child in children for one in _family(child))]


def _kilobytes(path: Path, label: str) -> int:
    """The value of a line of /proc's, in bytes; 0 where it cannot be read, as when the process is gone."""
    try:
        lines = path.read_text("ascii").splitlines()
    except OSError:
        return 0
    return next((int(line.split()[1]) * 1024 for line in lines if line.startswith(label)), 0)
