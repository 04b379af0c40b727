"""Builds and changes in exactly the order that a test wants: no sleeping, no guessing."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

import pytest
from serve_helpers import PATIENCE

from explainer.serve import PreviewBuild
from explainer.serve.coordinator import Coordinator


class Desk:
    """A build that begins and ends when the test says so, and writes down what was saved when it began."""

    def __init__(self) -> None:
        self.saved = 0
        self.shown: list[int] = []
        self.begun, self.go, self.told = threading.Semaphore(0), threading.Semaphore(0), threading.Semaphore(0)
        self.coordinator = Coordinator(self.build, self.done, executor=ThreadPoolExecutor(max_workers=1))

    def build(self) -> PreviewBuild:
        seen = self.saved
        self.begun.release()
        assert self.go.acquire(timeout=PATIENCE)
        if seen < 0:
            message = "a bug"
            raise ZeroDivisionError(message)
        return PreviewBuild({}, (), str(seen))

    def done(self, build: PreviewBuild) -> None:
        self.shown.append(int(build.summary) if build.files is not None else -1)
        self.problems = build.problems
        self.told.release()

    def save(self) -> None:
        self.saved += 1
        self.coordinator.changed()

    def wait(self, semaphore: threading.Semaphore) -> None:
        assert semaphore.acquire(timeout=PATIENCE)


@pytest.fixture
def desk() -> Iterator[Desk]:
    desk = Desk()
    yield desk
    for _ in range(3):
        desk.go.release()
    desk.coordinator.close()


def finish(desk: Desk) -> list[int]:
    """Lets every build that is still wanted end, and says what was shown."""
    for _ in range(10):
        desk.go.release()
    desk.coordinator.changed = lambda: None  # type: ignore[method-assign]
    while desk.coordinator._running:
        desk.wait(desk.told)
    return desk.shown


def test_a_save_is_built(desk: Desk) -> None:
    desk.save()
    assert finish(desk) == [1]


def test_saves_during_a_build_make_one_more(desk: Desk) -> None:
    desk.save()
    desk.wait(desk.begun)
    for _ in range(5):
        desk.save()
    assert finish(desk) == [1, 6]


def test_saves_before_the_worker_takes_it_up_make_no_more_than_one_more(desk: Desk) -> None:
    for _ in range(5):
        desk.save()
    shown = finish(desk)
    assert shown[-1] == 5
    assert len(shown) <= 2


def test_a_save_right_after_a_build_is_not_ignored(desk: Desk) -> None:
    for _ in range(3):
        desk.save()
        desk.wait(desk.begun)
        desk.go.release()
        desk.wait(desk.told)
    assert finish(desk) == [1, 2, 3]


def test_the_last_save_is_shown_whenever_it_comes(desk: Desk) -> None:
    desk.save()
    for _ in range(4):
        desk.wait(desk.begun)
        desk.save()
        desk.go.release()
        desk.wait(desk.told)
    assert finish(desk)[-1] == desk.saved == 5


def test_a_bug_is_shown_and_the_next_save_built(desk: Desk) -> None:
    desk.saved = -2
    desk.save()
    desk.wait(desk.begun)
    desk.saved = 7
    desk.go.release()
    desk.wait(desk.told)
    assert "ZeroDivisionError: a bug" in desk.problems[0]
    desk.save()
    assert finish(desk) == [-1, 8]


def test_closing_waits_for_the_build_and_begins_no_other(desk: Desk) -> None:
    desk.save()
    desk.wait(desk.begun)
    desk.save()
    closing = threading.Thread(target=desk.coordinator.close)
    closing.start()
    while not desk.coordinator._closed:
        pass
    desk.go.release()
    closing.join(PATIENCE)
    desk.save()
    assert desk.shown == [1]
    assert not closing.is_alive()
