from __future__ import annotations

import os
import queue
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
import watchfiles
from serve_helpers import PATIENCE
from watchfiles import Change

from explainer.serve.watcher import FileWatcher

IGNORED = [
    "output/index.html",
    ".explainer/cache.db",
    "content/.git/index",
    "content/x.md~",
    "content/.#x.md",
    "content/#x.md#",
    "content/4913",
    "content/.review.yaml.4711~",
    "content/.x.md.swp",
    "content/x.swp",
    "content/.x.md.swx",
    "content/.DS_Store",
    "content/x.md___jb_tmp___",
    "elsewhere/x.md",
]
COUNTED = [
    "content/x.md",
    "content/review.yaml",
    "content/output/x.md",
    "content/a/b/c.jpg",
    "content/.hidden",
    "site.yaml",
    "content/swp",
]


@pytest.fixture
def root(tmp_path: Path) -> Path:
    (tmp_path / "content").mkdir()
    (tmp_path / "site.yaml").touch()
    return tmp_path


@pytest.fixture
def watcher(root: Path) -> FileWatcher:
    watcher = FileWatcher(ignore=[root / "output", root / ".explainer"])
    for name in ("content", "templates", "site.yaml", "output", ".explainer"):
        watcher.watch(str(root / name))
    return watcher


@pytest.mark.parametrize("path", IGNORED)
def test_what_does_not_count(watcher: FileWatcher, root: Path, path: str) -> None:
    assert not watcher.is_watched(root.resolve() / path)


@pytest.mark.parametrize("path", COUNTED)
def test_what_counts(watcher: FileWatcher, root: Path, path: str) -> None:
    assert watcher.is_watched(root.resolve() / path)


# ---- with changes as a test wants them -------------------------------------------------------------------------------


def finish(watcher: FileWatcher) -> None:
    """Waits for a fake watch to come to its end."""
    assert watcher._thread is not None
    watcher._thread.join(PATIENCE)
    assert not watcher._thread.is_alive()


def test_one_call_a_burst(watcher: FileWatcher, root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    five = {(Change.modified, str(root / f"content/{number}.md")) for number in range(5)}
    options: dict[str, object] = {}

    def fake(*paths: Path, **given: object) -> Iterator[set[tuple[Change, str]]]:
        options.update(given, paths=set(paths))
        yield from (set(), five, set(), five)
        watcher._stopped.set()

    calls: list[None] = []
    monkeypatch.setattr(watchfiles, "watch", fake)
    watcher.start(lambda: calls.append(None))
    finish(watcher)
    assert len(calls) == 2
    assert options["step"] == 10
    assert options["paths"] == {(root / "content").resolve(), (root / "site.yaml").resolve()}


def test_a_watch_that_was_set_up_anew_calls_back_since_changes_may_have_come_between(
    watcher: FileWatcher, root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    watched: list[int] = []

    def fake(*paths: Path, **_given: object) -> Iterator[set[tuple[Change, str]]]:
        watched.append(len(paths))
        if len(watched) == 1:
            (root / "templates").mkdir()
        if len(watched) == 2:
            raise FileNotFoundError
        if len(watched) == 3:
            watcher._stopped.set()
        yield set()

    calls: list[int] = []
    monkeypatch.setattr(watchfiles, "watch", fake)
    watcher.start(lambda: calls.append(len(watched)))
    finish(watcher)
    assert watched == [2, 3, 3]
    assert calls == [3]


# ---- with real files ------------------------------------------------------------------------------------------------


@pytest.fixture
def bursts(watcher: FileWatcher, root: Path) -> Iterator[queue.Queue[None]]:
    """One item for each call back, once the watch is known to work."""
    seen: queue.Queue[None] = queue.Queue()
    assert watcher.start(lambda: seen.put(None))
    for _ in range(100):  # the thread may not watch yet
        (root / "content/first").write_text("x", "utf-8")
        try:
            seen.get(timeout=0.1)
            break
        except queue.Empty:
            continue
    settle(seen)
    yield seen
    watcher.stop()


def settle(seen: queue.Queue[None]) -> int:
    """How many more come before there is silence."""
    count = 0
    while True:
        try:
            seen.get(timeout=0.4)
            count += 1
        except queue.Empty:
            return count


def test_swap_files_are_silent_and_saves_are_not(bursts: queue.Queue[None], root: Path) -> None:
    for name in (".x.md.swp", "4913", "x.md~"):
        (root / "content" / name).write_text("x", "utf-8")
    assert settle(bursts) == 0
    (root / "content/x.md").write_text("x", "utf-8")
    bursts.get(timeout=PATIENCE)


def test_a_file_that_is_put_in_the_place_of_another_twice(bursts: queue.Queue[None], root: Path) -> None:
    for text in ("one", "two", "three"):
        (root / "new").write_text(text, "utf-8")
        os.replace(root / "new", root / "site.yaml")  # noqa: PTH105 -- what editors do
        bursts.get(timeout=PATIENCE)
        settle(bursts)


def test_a_folder_that_comes_and_goes(bursts: queue.Queue[None], root: Path) -> None:
    (root / "templates").mkdir()
    bursts.get(timeout=PATIENCE)
    settle(bursts)
    (root / "templates/base.html").write_text("x", "utf-8")
    bursts.get(timeout=PATIENCE)
    shutil.rmtree(root / "content")
    bursts.get(timeout=PATIENCE)
    settle(bursts)
    (root / "content").mkdir()
    bursts.get(timeout=PATIENCE)
    settle(bursts)
    (root / "content/x.md").write_text("x", "utf-8")
    bursts.get(timeout=PATIENCE)


def test_nothing_to_watch_yet(tmp_path: Path) -> None:
    watcher, seen = FileWatcher(), queue.Queue[None]()
    watcher.watch(str(tmp_path / "site"))
    watcher.start(lambda: seen.put(None))
    (tmp_path / "site").mkdir()
    seen.get(timeout=PATIENCE)
    watcher.stop()
