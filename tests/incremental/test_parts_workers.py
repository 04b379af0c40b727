"""Several processes make what one makes, byte for byte, whether they are forked or started anew."""

from __future__ import annotations

import gc
import multiprocessing
import os
import pickle
import signal
import threading
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from explainer.build import build_site
from explainer.incremental import portable, workers
from explainer.incremental.again import build_again
from explainer.incremental.built import BuiltAgain
from explainer.incremental.store import Store
from explainer.incremental.workers import InProcess, Portable, Processes, Work, Workers, chunks_of, collecting_less
from tests.incremental.compare import differences
from tests.incremental.workshop import Workshop, open_workshop
from tests.sites import Site, article

CAN_FORK = "fork" in multiprocessing.get_all_start_methods()
pytestmark = pytest.mark.filterwarnings("ignore:.*multi-threaded:DeprecationWarning")
"""Other tests may have left threads, which the workers of these do not touch."""


@pytest.fixture
def workshop(tmp_path: Path) -> Workshop:
    """The first site, in two states of which both have things to tell."""
    workshop = open_workshop(tmp_path / "site", bare=False)
    Site(workshop.root).write(
        f"-- content/articles/g-broken.md --\n{article('[x](nowhere.md) and [[nobody]] in Lund.')}\n"
        "-- content/articles/h-bad.md --\n---\ntitle: [\n---\n"
    )
    return workshop


@pytest.fixture
def forked(monkeypatch: pytest.MonkeyPatch) -> None:
    """A second process pays at once."""
    if not CAN_FORK:
        pytest.skip("processes cannot be forked here")
    monkeypatch.setattr(workers, "FEWEST", 2)
    monkeypatch.setattr(portable, "FEWEST_RULES", 2)
    monkeypatch.setattr(workers, "fork_context", lambda: multiprocessing.get_context("fork"))


@pytest.fixture
def started(monkeypatch: pytest.MonkeyPatch) -> None:
    """As where processes cannot be forked."""
    monkeypatch.setattr(workers, "FEWEST_STARTED", 2)
    monkeypatch.setattr(portable, "FEWEST_RULES", 2)
    monkeypatch.setattr(workers, "fork_context", lambda: None)


def build(workshop: Workshop, store: Store, how: Workers) -> BuiltAgain:
    return build_again(workshop.root, store=store, now=workshop.now, answers={}, workers=how)


def compare(workshop: Workshop, store: Store, how: Workers) -> BuiltAgain:
    """Build, and fail unless it is what a clean build makes."""
    built = build(workshop, store, how)
    found = differences(built, build_site(workshop.root, now=workshop.now, answers={}))
    assert not found, "\n".join(found)
    return built


def processes_of(built: BuiltAgain, rule: str) -> set[int]:
    """Who applied a rule."""
    return {when.process for _, when in built.timings.runs[rule]}


def edit(workshop: Workshop) -> None:
    """What makes every text be linked and every page be rendered again."""
    Site(workshop.root).write("-- templates/extra.html --\nx\n")
    settings = workshop.settings()
    workshop.write_settings(settings | {"title": "Another", "linking": {"never": ["lund"]}})


# ---- a site ---------------------------------------------------------------------------------------------------------


@pytest.mark.usefixtures("forked")
@pytest.mark.parametrize("count", [1, 2, 4])
def test_forked_processes_make_what_one_makes(workshop: Workshop, count: int) -> None:
    store = Store()
    built = compare(workshop, store, Processes(count))
    assert built.diagnostics
    for rule in ("article", "view", "publish", "card"):
        assert (os.getpid() in processes_of(built, rule)) == (count == 1)
        assert len(processes_of(built, rule)) <= count
    edit(workshop)
    built = compare(workshop, store, Processes(count))
    assert len(built.rendered) > 20
    assert (os.getpid() in processes_of(built, "view")) == (count == 1)


@pytest.mark.parametrize("context", ["forked", "started"])
def test_what_workers_make_and_note_is_the_same(
    workshop: Workshop, context: str, request: pytest.FixtureRequest
) -> None:
    """What was read, too, or the next build would be another."""
    alone, several = Store(), Store()
    expected = build(workshop, alone, InProcess())
    request.getfixturevalue(context)
    built = build(workshop, several, Processes(2))
    assert os.getpid() not in processes_of(built, "view") | processes_of(built, "article")
    assert (os.getpid() in processes_of(built, "card")) == (context == "started")  # it is not worth sending
    assert (built.diagnostics, built.counts, built.rendered) == (
        expected.diagnostics,
        expected.counts,
        expected.rendered,
    )
    assert several.pages == alone.pages
    assert several._readers == alone._readers
    assert _cells(several) == _cells(alone)
    assert _groups(several) == _groups(alone)


def _cells(store: Store) -> dict[str, object]:
    """Times of rendering are the same: the workshop's clock stands still."""
    cells = {kind: dict(store.cells_of(kind)) for kind in {name[0] for name in store._cells}}
    return {kind: found for kind, found in cells.items() if found}


def _groups(store: Store) -> dict[object, object]:
    return {name: group for name, group in store._groups.items() if group}


class SentOn:
    """As on a cluster where each item is worked on by another, who has the context from the one before."""

    def run(self, work: Work[Any, Any], items: Sequence[Any]) -> Iterator[Any]:
        sent = work.portable()
        if sent is None:
            yield from map(work, items)
            return
        context = sent.context
        for item in items:
            context = pickle.loads(pickle.dumps(context))  # noqa: S301
            yield sent.take(context(sent.parcel(item)))


def test_what_was_used_can_be_sent_on(workshop: Workshop) -> None:
    compare(workshop, Store(), SentOn())


@pytest.mark.usefixtures("forked")
def test_a_template_that_fails_is_told_alike(workshop: Workshop) -> None:
    Site(workshop.root).write("-- templates/entry.html --\n{{ page.nothing.of_it }}\n")
    assert any(d.kind == "template-error" for d in compare(workshop, Store(), Processes(2)).diagnostics)


# ---- any work -------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Called:
    """Work that tells who did it, and calls a function of this module."""

    function: Callable[[int], object]

    def __call__(self, item: int) -> tuple[object, int]:
        return self.function(item), os.getpid()

    def portable(self) -> Portable:
        return Portable(self, lambda item: item, lambda made: made)


def double(item: int) -> int:
    return 2 * item


class TooManyError(Exception):
    """Raised in a worker."""


def refuse_seven(item: int) -> int:
    if item == 7:
        raise TooManyError(item)
    return item


def die_at_seven(item: int) -> int:
    if item == 7 and multiprocessing.parent_process() is not None:
        os.kill(os.getpid(), signal.SIGKILL)
    return item


@pytest.mark.parametrize("context", ["forked", "started"])
def test_every_item_is_worked_on_once(context: str, request: pytest.FixtureRequest) -> None:
    request.getfixturevalue(context)
    done = list(Processes(2).run(Called(double), range(100)))
    assert sorted(result for result, _ in done) == [2 * item for item in range(100)]
    assert os.getpid() not in {process for _, process in done}


@pytest.mark.parametrize("context", ["forked", "started"])
def test_an_error_in_a_worker_is_raised_here(context: str, request: pytest.FixtureRequest) -> None:
    request.getfixturevalue(context)
    with pytest.raises(TooManyError):
        list(Processes(2).run(Called(refuse_seven), range(20)))
    assert workers._inherited == []
    assert len(list(Processes(2).run(Called(double), range(20)))) == 20


@pytest.mark.parametrize("how", [InProcess(), Processes(1), Processes(4)], ids=["none", "one", "few items"])
def test_an_error_here_is_raised_too(how: Workers) -> None:
    with pytest.raises(TooManyError):
        list(how.run(Called(refuse_seven), range(20)))


class WaitedTooLong(BaseException):
    """Raised by the alarm: no error of the work, so that nothing on its way catches it."""


@pytest.fixture
def alarm() -> Iterator[None]:
    """Ends what takes five seconds."""
    if not hasattr(signal, "SIGALRM"):
        pytest.skip("no alarms here")

    def ring(*_: object) -> None:
        raise WaitedTooLong

    before = signal.signal(signal.SIGALRM, ring)
    signal.alarm(5)
    yield
    signal.alarm(0)
    signal.signal(signal.SIGALRM, before)


@pytest.mark.usefixtures("forked", "alarm")
def test_a_worker_that_is_killed_does_not_make_the_build_wait_for_ever() -> None:
    """As where memory runs out: either others do its work, or there is an error."""
    try:
        done = [item for item, _ in Processes(2).run(Called(die_at_seven), range(20))]
    except Exception:  # noqa: BLE001 -- whichever
        return
    assert sorted(done) == list(range(20))


@pytest.mark.parametrize(("count", "items"), [(1, 1000), (4, workers.FEWEST - 1), (4, 0)])
def test_where_there_is_little_to_do_this_process_does_it(count: int, items: int) -> None:
    done = list(Processes(count).run(Called(double), range(items)))
    assert done == [(2 * item, os.getpid()) for item in range(items)]


def test_to_start_processes_takes_more_items(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(workers, "fork_context", lambda: None)
    done = list(Processes(2).run(Called(double), range(workers.FEWEST_STARTED - 1)))
    assert {process for _, process in done} == {os.getpid()}


def test_a_process_with_threads_is_not_forked() -> None:
    """A thread may hold a lock that its copy would wait for."""
    waiting = threading.Event()
    thread = threading.Thread(target=waiting.wait)
    thread.start()
    try:
        assert workers.fork_context() is None
    finally:
        waiting.set()
        thread.join()


@given(st.lists(st.integers(), max_size=500), st.integers(1, 20))
def test_chunks_are_the_items_in_their_order(items: list[int], count: int) -> None:
    chunks = chunks_of(items, count)
    assert [item for chunk in chunks for item in chunk] == items
    assert all(1 <= len(chunk) <= workers._LARGEST_CHUNK for chunk in chunks)
    assert len(items) < 16 * count or len(chunks) >= 8 * count


@pytest.fixture
def threshold() -> Iterator[tuple[int, int, int]]:
    before = gc.get_threshold()
    gc.set_threshold(700, 10, 10)
    yield 700, 10, 10
    gc.set_threshold(*before)


def test_collecting_less_ends_with_the_block(threshold: tuple[int, int, int]) -> None:
    with collecting_less():
        assert gc.get_threshold() > threshold
    assert gc.get_threshold() == threshold
    with pytest.raises(TooManyError), collecting_less():
        refuse_seven(7)
    assert gc.get_threshold() == threshold
