"""Builds that die: at every step in turn, and by `kill -9` at random instants."""

from __future__ import annotations

import contextlib
import os
import random
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
import two_versions
from publish_helpers import make_site

from explainer.publish import publish_site

if TYPE_CHECKING:
    from publish_helpers import Site

OLD = {"index.html": b"old home", "a/x.html": b"old", "gone/deep/y.html": b"y", "same.css": b"same", "old.css": b"old"}
NEW = {"index.html": b"new home", "a/x.html": b"new", "more/z.html": b"z", "same.css": b"same", "new.css": b"new"}
TURNED = {"index.html": b"turned", "a": b"file", "same.css/x.html": b"x", "gone/deep": b"file"}

STEPS = ("replace", "unlink", "rmdir", "mkdir", "fsync")
"""Every call of `os` that changes output or its folders."""


class Killed(BaseException):
    """The process is gone: nothing that runs after it changes anything."""


class Countdown:
    """Lets `steps` calls pass; afterwards every call fails with `error`, or only the next one, if it is an `OSError`."""

    def __init__(self, steps: int, error: Callable[[], BaseException]) -> None:
        self.left, self.error, self.fired = steps, error, False

    def wrap(self, call: Callable[..., Any]) -> Callable[..., Any]:
        def step(*args: Any, **kwargs: Any) -> Any:
            self.left -= 1
            if self.left == -1 or (self.left < 0 and self.error is Killed):
                self.fired = True
                raise self.error()
            return call(*args, **kwargs)

        return step


@pytest.fixture
def dying(monkeypatch: pytest.MonkeyPatch) -> Callable[[Countdown], None]:
    calls = {name: getattr(os, name) for name in STEPS}

    def patch(countdown: Countdown) -> None:
        for name, call in calls.items():
            monkeypatch.setattr(os, name, countdown.wrap(call))

    return patch


def is_whole(tree: dict[str, bytes], *versions: dict[str, bytes]) -> bool:
    """Whether each file is some version's, and all files of one version are there."""
    each = all(any(version.get(path) == data for version in versions) for path, data in tree.items())
    return each and any(version.keys() <= tree.keys() for version in versions)


def every_step(folder: Path) -> Iterator[tuple[int, Site]]:
    for step in range(200):
        site = make_site(folder / str(step))
        site.publish(OLD)
        yield step, site
    pytest.fail("never came to an end")


@pytest.mark.parametrize("after", [NEW, OLD, TURNED, {}])
def test_killed_between_any_two_steps(
    tmp_path: Path, dying: Callable[[Countdown], None], monkeypatch: pytest.MonkeyPatch, after: dict[str, bytes]
) -> None:
    for step, site in every_step(tmp_path):
        countdown = Countdown(step, Killed)
        dying(countdown)
        with contextlib.suppress(Killed):
            site.publish(NEW)
        monkeypatch.undo()
        if not countdown.fired:
            assert step > 20
            return
        journal = (site.output / ".explainer-journal.json").exists()
        assert is_whole(_files(site), OLD, NEW)
        assert journal or _files(site) in (OLD, NEW)
        site.publish(after)
        assert site.tree() == after
        assert site.dots() == {".explainer-manifest.json"}


def test_killed_while_files_are_only_deleted(
    tmp_path: Path, dying: Callable[[Countdown], None], monkeypatch: pytest.MonkeyPatch
) -> None:
    less = {"index.html": OLD["index.html"]}
    for step, site in every_step(tmp_path):
        countdown = Countdown(step, Killed)
        dying(countdown)
        with contextlib.suppress(Killed):
            site.publish(less)
        monkeypatch.undo()
        site.publish(less)
        assert site.tree() == less
        assert site.dots() == {".explainer-manifest.json"}
        if not countdown.fired:
            return


def test_killed_while_files_become_folders(
    tmp_path: Path, dying: Callable[[Countdown], None], monkeypatch: pytest.MonkeyPatch
) -> None:
    for step, site in every_step(tmp_path):
        countdown = Countdown(step, Killed)
        dying(countdown)
        with contextlib.suppress(Killed):
            site.publish(TURNED)
        monkeypatch.undo()
        assert all(data in (OLD.get(path), TURNED.get(path)) for path, data in _files(site).items())
        for files in (NEW, TURNED):
            site.publish(files)
            assert site.tree() == files
        if not countdown.fired:
            return


def test_killed_during_the_very_first_build(
    tmp_path: Path, dying: Callable[[Countdown], None], monkeypatch: pytest.MonkeyPatch
) -> None:
    for step in range(200):
        site, countdown = make_site(tmp_path / str(step)), Countdown(step, Killed)
        dying(countdown)
        with contextlib.suppress(Killed):
            site.publish(OLD)
        monkeypatch.undo()
        site.publish(NEW)
        assert site.tree() == NEW
        if not countdown.fired:
            return


def test_killed_twice(tmp_path: Path, dying: Callable[[Countdown], None], monkeypatch: pytest.MonkeyPatch) -> None:
    for step, site in every_step(tmp_path):
        fired = []
        for files in (NEW, TURNED):
            countdown = Countdown(step, Killed)
            dying(countdown)
            with contextlib.suppress(Killed):
                site.publish(files)
            monkeypatch.undo()
            fired.append(countdown.fired)
        site.publish(OLD)
        assert site.tree() == OLD
        assert site.dots() == {".explainer-manifest.json"}
        if not any(fired):
            return


def test_refused_by_the_system_at_any_step(
    tmp_path: Path, dying: Callable[[Countdown], None], monkeypatch: pytest.MonkeyPatch
) -> None:
    for step, site in every_step(tmp_path):
        countdown = Countdown(step, lambda: PermissionError(13, "Permission denied"))
        dying(countdown)
        result = publish_site(NEW, output=site.output, site_root=site.root)
        monkeypatch.undo()
        assert is_whole(_files(site), OLD, NEW)
        if isinstance(result, tuple):
            assert "Permission denied" in result[0].message
        site.publish(NEW)
        assert site.tree() == NEW
        if not countdown.fired:
            return


def _files(site: Site) -> dict[str, bytes]:
    """Output's files, empty folders left aside."""
    paths = [path for path in site.output.rglob("*") if path.is_file()]
    names = {path.relative_to(site.output).as_posix(): path for path in paths}
    return {name: path.read_bytes() for name, path in names.items() if not name.startswith(".")}


# ---- kill -9 --------------------------------------------------------------------------------------------------------

KILLS = 30


def test_killed_at_random_instants(tmp_path: Path) -> None:
    site, chance, interrupted = make_site(tmp_path), random.Random(7), 0  # noqa: S311
    versions = two_versions.version(0), two_versions.version(1)
    site.publish(versions[0])
    publisher = _publisher(site)
    for turn in range(KILLS):
        _go_and_die(publisher, site, chance, in_journal=turn % 2 == 0)
        publisher = _publisher(site)  # it starts up while we look at what the other one left
        interrupted += (site.output / ".explainer-journal.json").exists()
        assert is_whole(_files(site), *versions)
        wanted = versions[chance.randrange(2)]
        site.publish(wanted)
        assert site.tree() == wanted
        assert site.dots() == {".explainer-manifest.json"}
    _go_and_die(publisher, site, chance, in_journal=False)
    assert interrupted >= KILLS // 8


def _publisher(site: Site) -> subprocess.Popen[bytes]:
    """A process that will publish in a loop when it is told to."""
    command = [sys.executable, two_versions.__file__, str(site.root)]
    path = os.pathsep.join(sys.path)  # the package need not be installed
    return subprocess.Popen(command, stdin=subprocess.PIPE, env={**os.environ, "PYTHONPATH": path})


def _go_and_die(publisher: subprocess.Popen[bytes], site: Site, chance: random.Random, *, in_journal: bool) -> None:
    """Lets a process publish, and kills it: at any instant, or soon after it began to move files."""
    with publisher:
        assert publisher.stdin is not None
        publisher.stdin.write(b"go\n")
        publisher.stdin.flush()
        if in_journal:
            while not (site.output / ".explainer-journal.json").exists():
                time.sleep(0.0005)
        time.sleep(chance.uniform(0, 0.02 if in_journal else 0.15))
        publisher.kill()
