"""Who does the work: this process, or several.

A piece of work is a function of one item. Where processes can be forked, the others inherit everything that this one has
in memory, so that nothing has to be sent to them but the items; what they made comes back as bytes.
"""

from __future__ import annotations

import contextlib
import gc
import os
import threading
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from typing import TYPE_CHECKING, Any, NamedTuple, Protocol, TypeVar

if TYPE_CHECKING:
    from concurrent.futures import Future, ProcessPoolExecutor
    from multiprocessing.context import BaseContext

T = TypeVar("T")
R = TypeVar("R")
T_contra = TypeVar("T_contra", contravariant=True)
R_co = TypeVar("R_co", covariant=True)


class Portable(NamedTuple):
    """Work in parts that can be sent."""

    context: Callable[[Any], Any]
    """Called with a parcel, where the work is done. It is pickled, once."""
    parcel: Callable[[Any], Any]
    """Makes the parcel of an item, here."""
    take: Callable[[Any], Any]
    """Makes the result of what comes back, here."""


FEWEST = 48
"""With fewer items than this a second process costs more than it saves."""
FEWEST_STARTED = 600
"""The same where a process has to be started anew."""
_CHUNKS = 8
"""Into so many for each worker the items are cut: the last ones end at about the same time."""
_LARGEST_CHUNK = 32
_AHEAD = 3
"""Chunks for each process that wait for it."""


class Work(Protocol[T_contra, R_co]):
    """A piece of work for any of its items. It may say with how many a second process is of use: `fewest`."""

    def __call__(self, item: T_contra, /) -> R_co: ...

    def portable(self) -> Portable | None:
        """The same for processes that share nothing with this one; None where it is not worth sending."""
        ...


class Workers(Protocol):
    """Does pieces of work, in any order."""

    def run(self, work: Work[T, R], items: Sequence[T]) -> Iterator[R]:
        """What `work` makes of each item. An error in a worker is raised here."""
        ...


class InProcess:
    """One item after the other."""

    def run(self, work: Work[T, R], items: Sequence[T]) -> Iterator[R]:
        return map(work, items)


class Processes:
    """Several processes on this machine; none where there is little to do.

    Where they cannot be forked, they are started anew, which takes longer, and are sent what they need.
    """

    def __init__(self, count: int) -> None:
        self._count = count

    def run(self, work: Work[T, R], items: Sequence[T]) -> Iterator[R]:
        fewest: int | None = getattr(work, "fewest", None)
        count = len(items) if self._count > 1 else 0
        context = fork_context() if count >= (fewest or FEWEST) else None
        if context is not None:
            yield from self._forked(context, work, items)
        elif count >= (fewest or FEWEST_STARTED) and (portable := work.portable()) is not None:
            yield from self._started(portable, work, items)
        else:
            yield from map(work, items)

    def _forked(self, context: BaseContext, work: Work[T, R], items: Sequence[T]) -> Iterator[R]:
        from concurrent.futures import ProcessPoolExecutor  # noqa: PLC0415  # 40 ms that a small build never needs

        _inherited.append(work)
        gc.freeze()  # to look for cycles writes into all that it looks at, and what is written to is no longer shared
        try:
            with ProcessPoolExecutor(self._count, mp_context=context) as pool:
                yield from self._spread(pool, items, list, work)
        finally:
            gc.unfreeze()
            _inherited.pop()

    def _started(self, portable: Portable, work: Work[T, R], items: Sequence[T]) -> Iterator[R]:
        import multiprocessing  # noqa: PLC0415  # as above
        from concurrent.futures import ProcessPoolExecutor  # noqa: PLC0415

        context = multiprocessing.get_context("spawn")
        with ProcessPoolExecutor(
            self._count, mp_context=context, initializer=_begin, initargs=(portable.context,)
        ) as pool:
            parcels = partial(_parcels, portable)
            yield from self._spread(pool, items, parcels, work, portable.take)

    def _spread(
        self,
        pool: ProcessPoolExecutor,
        items: Sequence[T],
        pack: Callable[[Sequence[T]], list[Any]],
        work: Work[T, R],
        take: Callable[[Any], R] = lambda result: result,
    ) -> Iterator[R]:
        """Chunks given to the pool, a few ahead. If a process dies, what is left is worked on here."""
        from concurrent.futures import FIRST_COMPLETED, wait  # noqa: PLC0415  # as above
        from concurrent.futures.process import BrokenProcessPool  # noqa: PLC0415

        waiting = list(reversed(chunks_of(items, self._count)))
        sent: dict[Future[list[Any]], Sequence[T]] = {}
        try:
            while waiting or sent:
                while waiting and len(sent) < _AHEAD * self._count:
                    chunk = waiting[-1]
                    sent[pool.submit(_work_on, pack(chunk))] = waiting.pop()
                done, _ = wait(sent, return_when=FIRST_COMPLETED)
                for future in done:
                    results = future.result()
                    del sent[future]
                    yield from map(take, results)
        except BrokenProcessPool:
            for chunk in (*sent.values(), *waiting):
                yield from map(work, chunk)


def _parcels(portable: Portable, chunk: Sequence[Any]) -> list[Any]:
    return [portable.parcel(item) for item in chunk]


def chunks_of(items: Sequence[T], count: int) -> list[Sequence[T]]:
    """The items in pieces for `count` workers."""
    size = min(_LARGEST_CHUNK, max(1, len(items) // (count * _CHUNKS)))
    return [items[start : start + size] for start in range(0, len(items), size)]


_inherited: list[Callable[[Any], Any]] = []
"""The work that processes find in themselves when they begin."""


def _begin(work: Callable[[Any], Any]) -> None:
    gc.set_threshold(50_000, 20, 100)
    _inherited.append(work)


def _work_on(items: Sequence[Any]) -> list[Any]:
    work = _inherited[-1]
    return [work(item) for item in items]


def fork_context() -> BaseContext | None:
    """None where processes cannot be forked: other systems, and a process that has threads."""
    import multiprocessing  # noqa: PLC0415  # as above

    if "fork" not in multiprocessing.get_all_start_methods() or threading.active_count() > 1:
        return None
    return multiprocessing.get_context("fork")


@contextlib.contextmanager
def collecting_less() -> Iterator[None]:
    """Look for unreachable cycles less often: a build makes hardly any, and looking takes a sixth of its time."""
    before = gc.get_threshold()
    gc.set_threshold(50_000, 20, 100)
    try:
        yield
    finally:
        gc.set_threshold(*before)


def cores() -> int:
    """How many cores this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1
