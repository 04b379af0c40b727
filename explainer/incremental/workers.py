"""Who does the work: this process, or several.

A piece of work is a function of one item. Where processes can be forked, the others inherit everything that this one has
in memory, so that nothing has to be sent to them but the items; what they made comes back as bytes.
"""

from __future__ import annotations

import multiprocessing
import os
import threading
from collections.abc import Callable, Iterator, Sequence
from multiprocessing.context import BaseContext
from typing import Any, Protocol, TypeVar

T = TypeVar("T")
R = TypeVar("R")

FEWEST = 48
"""With fewer items than this a second process costs more than it saves."""
_CHUNKS = 8
"""Into so many for each worker the items are cut: the last ones end at about the same time."""
_LARGEST_CHUNK = 100


class Workers(Protocol):
    """Does pieces of work, in any order."""

    def run(self, work: Callable[[T], R], items: Sequence[T]) -> Iterator[R]:
        """What `work` makes of each item. An error in a worker is raised here."""
        ...


class InProcess:
    """One item after the other."""

    def run(self, work: Callable[[T], R], items: Sequence[T]) -> Iterator[R]:
        return map(work, items)


class Forked:
    """Several processes on this machine; none where there is little to do."""

    def __init__(self, count: int) -> None:
        self._count = count

    def run(self, work: Callable[[T], R], items: Sequence[T]) -> Iterator[R]:
        context = fork_context()
        if self._count < 2 or len(items) < FEWEST or context is None:
            yield from map(work, items)
            return
        size = min(_LARGEST_CHUNK, max(1, len(items) // (self._count * _CHUNKS)))
        chunks = [items[start : start + size] for start in range(0, len(items), size)]
        _inherited.append(work)
        try:
            with context.Pool(self._count) as pool:
                for results in pool.imap_unordered(_work_on, chunks):
                    yield from results
        finally:
            _inherited.pop()


_inherited: list[Callable[[Any], Any]] = []
"""The work that processes find in themselves when they are forked."""


def _work_on(items: Sequence[Any]) -> list[Any]:
    work = _inherited[-1]
    return [work(item) for item in items]


def fork_context() -> BaseContext | None:
    """None where processes cannot be forked: other systems, and a process that has threads."""
    if "fork" not in multiprocessing.get_all_start_methods() or threading.active_count() > 1:
        return None
    return multiprocessing.get_context("fork")


def cores() -> int:
    """How many cores this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1
