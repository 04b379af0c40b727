"""Workers of a Dask cluster: on other machines, or on this one.

A piece of work has a context, which workers get once, and parcels, which are sent as they are worked on. All
results come back here; only this process keeps and publishes anything. A worker that is lost takes nothing with it: its
parcels go to others, and if none is left, they are worked on here.
"""

from __future__ import annotations

import contextlib
import threading
import warnings
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, TypeAlias, TypeVar

from explainer.incremental.workers import Portable, Work, chunks_of

Client: TypeAlias = Any
Future: TypeAlias = Any
"""Dask's own; it has no types."""

T = TypeVar("T")
R = TypeVar("R")

_TRIES = 2
"""How often a parcel is sent, before it is worked on here. Dask itself gives each to four workers."""
_PATIENCE = 20
"""Seconds without any result after which we look whether anybody is left."""
_AHEAD = 4
"""Parcels for each worker that are on their way at one time."""


class NoClusterError(Exception):
    """A cluster that cannot be used, and why."""


class Cluster:
    """The workers of a Dask scheduler."""

    def __init__(self, client: Client) -> None:
        self._client = client

    def run(self, work: Work[T, R], items: Sequence[T]) -> Iterator[R]:
        if not items:
            return
        portable = work.portable()
        if portable is None:
            yield from map(work, items)
            return
        waiting = [(piece, 0) for piece in reversed(chunks_of(items, self._count()))]
        sent: dict[Future, tuple[Sequence[T], int]] = {}
        context = self._send_context(portable)
        while waiting or sent:
            while waiting and len(sent) < _AHEAD * self._count():
                piece, tries = waiting.pop()
                sent[self._send(context, portable, piece)] = piece, tries
            for future in self._completed(sent):
                piece, tries = sent.pop(future)
                results = _result_of(future)
                if results is not None:
                    yield from map(portable.take, results)
                elif tries + 1 < _TRIES:
                    waiting.append((piece, tries + 1))
                else:
                    yield from map(work, piece)
            if not self._workers():
                break
        for piece, _ in (*sent.values(), *waiting):
            yield from map(work, piece)

    def _workers(self) -> Any:
        return self._client.scheduler_info(n_workers=-1)["workers"]

    def _count(self) -> int:
        return max(1, len(self._workers()))

    def _send_context(self, portable: Portable) -> Future:
        """As the result of a task: if the worker that has it is lost, the scheduler has it made again."""
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", UserWarning)  # it is large, and sent once
            return self._client.submit(_itself, portable.context, pure=False)

    def _send(self, context: Future, portable: Portable, piece: Sequence[Any]) -> Future:
        parcels = [portable.parcel(item) for item in piece]
        return self._client.submit(_work_on, context, parcels, pure=False)

    def _completed(self, sent: Mapping[Future, Any]) -> list[Future]:
        """The first that is done; none where that takes long."""
        from distributed import as_completed  # noqa: PLC0415

        done = as_completed(list(sent), loop=self._client.loop, timeout=_PATIENCE)  # type: ignore[no-untyped-call]
        try:
            return [next(iter(done))]
        except TimeoutError:
            return []


def _result_of(future: Future) -> list[Any] | None:
    """What a worker made; None where the worker or what it was sent is lost. An error in the work is raised."""
    from distributed import KilledWorker  # noqa: PLC0415
    from distributed.client import FutureCancelledError  # noqa: PLC0415

    try:
        results: list[Any] = future.result()
    except (KilledWorker, FutureCancelledError):
        return None
    return results


_lock = threading.Lock()
"""A worker may have several threads; what notes the questions of a template is one for all."""


def _itself(context: Any) -> Any:
    return context


def _work_on(context: Any, parcels: Sequence[Any]) -> list[Any]:
    with _lock:
        return [context(parcel) for parcel in parcels]


@contextlib.contextmanager
def cluster_at(address: str) -> Iterator[Cluster]:
    """The workers of the scheduler at `tcp://…`. Raises `NoClusterError`."""
    distributed = _distributed()
    try:
        client = distributed.Client(address, timeout="10s", set_as_default=False)
    except (OSError, ValueError) as error:
        message = f"no scheduler answers at {address}: {error}"
        raise NoClusterError(message) from error
    try:
        _check(client, address)
        yield Cluster(client)
    finally:
        client.close()


@contextlib.contextmanager
def cluster_here(count: int) -> Iterator[Cluster]:
    """So many workers on this machine. Raises `NoClusterError`."""
    distributed = _distributed()
    with (
        distributed.LocalCluster(
            n_workers=count, threads_per_worker=1, processes=True, dashboard_address="127.0.0.1:0", silence_logs=50
        ) as local,
        distributed.Client(local, set_as_default=False) as client,
    ):
        yield Cluster(client)


def _distributed() -> Any:
    try:
        import distributed  # noqa: PLC0415  # an extra, and half a second
    except ImportError as error:
        message = "Dask is not installed; install explainer with it: pip install explainer-site[distributed]"
        raise NoClusterError(message) from error
    return distributed


def _check(client: Client, address: str) -> None:
    """That there are workers, and that they have this program in this version."""
    import explainer  # noqa: PLC0415

    if not client.scheduler_info(n_workers=-1)["workers"]:
        message = f"the scheduler at {address} has no workers; start some: dask worker {address}"
        raise NoClusterError(message)
    for worker, version in client.run(_version, on_error="return").items():
        if version != explainer.__version__:
            found = version if isinstance(version, str) else "no explainer"
            message = f"the worker {worker} has {found}, not explainer {explainer.__version__}"
            raise NoClusterError(message)


def _version() -> str:
    import explainer  # noqa: PLC0415

    return explainer.__version__
