"""A Dask cluster makes what one process makes, byte for byte, whoever of its workers dies."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from explainer.build import build_site
from explainer.incremental import cluster as cluster_module
from explainer.incremental.again import build_again
from explainer.incremental.built import BuiltAgain
from explainer.incremental.cluster import Cluster, NoClusterError, cluster_at, cluster_here
from explainer.incremental.store import Store
from explainer.incremental.workers import InProcess, Portable
from tests.cli.runner import call, environment
from tests.incremental.compare import contents, differences
from tests.incremental.workshop import Workshop, open_workshop
from tests.sites import Site, article
from tests.whole.pages import tree_of

pytest.importorskip("distributed")
pytestmark = [
    # What distributed and its tornado leave behind when a cluster ends is not this program's.
    pytest.mark.filterwarnings("ignore::ResourceWarning"),
    pytest.mark.filterwarnings("ignore::DeprecationWarning"),
    pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning"),
    pytest.mark.filterwarnings("ignore::pytest.PytestUnhandledThreadExceptionWarning"),
    pytest.mark.filterwarnings("ignore::UserWarning:distributed"),
]

CAN_KILL = pytest.mark.skipif(sys.platform == "win32", reason="no such signal there")


class WaitedTooLong(BaseException):
    """Raised by the alarm: no error of the work, so that nothing on its way catches it."""


@pytest.fixture(autouse=True)
def alarm() -> Iterator[None]:
    """Ends what takes a minute and a half: a build that waits for a cluster for ever fails."""
    if not hasattr(signal, "SIGALRM"):
        yield
        return

    def ring(*_: object) -> None:
        raise WaitedTooLong

    before = signal.signal(signal.SIGALRM, ring)
    signal.alarm(90)
    yield
    signal.alarm(0)
    signal.signal(signal.SIGALRM, before)


@pytest.fixture(scope="module")
def scheduler() -> Iterator[Any]:
    """A scheduler and two processes that work for it. Tests that kill any have a cluster of their own."""
    import distributed

    with distributed.LocalCluster(
        n_workers=2, threads_per_worker=2, processes=True, dashboard_address=None, silence_logs=50
    ) as local:
        yield local


@pytest.fixture
def address(scheduler: Any) -> str:
    """Of the scheduler."""
    return scheduler.scheduler_address


@pytest.fixture
def workshop(tmp_path: Path) -> Workshop:
    """The first site with a few texts more, two of which have errors."""
    workshop = open_workshop(tmp_path / "site", bare=False)
    for number in range(20):
        body = f"Ada Roth met Ben Roth in Lund. Roth saw {number} ships; Mercury was one."
        Site(workshop.root).write(f"-- content/articles/more/m-{number}.md --\n{article(body, title=f'M {number}')}\n")
    return workshop


def build(workshop: Workshop, store: Store, cluster: Cluster | InProcess) -> BuiltAgain:
    return build_again(workshop.root, store=store, now=workshop.now, answers={}, workers=cluster)


def compare(workshop: Workshop, built: BuiltAgain) -> None:
    found = differences(built, build_site(workshop.root, now=workshop.now, answers={}))
    assert not found, "\n".join(found)


def others(built: BuiltAgain) -> set[int]:
    """The processes that read and rendered, but for this one."""
    runs = (*built.timings.runs["article"], *built.timings.runs["view"])
    return {when.process for _, when in runs} - {os.getpid()}


# ---- a site ---------------------------------------------------------------------------------------------------------


def test_a_cluster_makes_what_this_process_makes(workshop: Workshop, address: str) -> None:
    Site(workshop.root).write(
        f"-- content/articles/g-broken.md --\n{article('[x](nowhere.md) and [[nobody]] in Lund.')}\n"
        "-- content/articles/h-bad.md --\n---\ntitle: [\n---\n"
    )
    alone, several = Store(), Store()
    build(workshop, alone, InProcess())
    with cluster_at(address) as cluster:
        built = build(workshop, several, cluster)
        compare(workshop, built)
        assert len(others(built)) == 2
        assert several._readers == alone._readers
        workshop.write_settings(workshop.settings() | {"title": "Another", "linking": {"never": ["lund"]}})
        again = build(workshop, several, cluster)
        compare(workshop, again)
        assert len(again.rendered) > 30


def test_a_template_that_fails_is_told_alike(workshop: Workshop, address: str) -> None:
    Site(workshop.root).write("-- templates/entry.html --\n{{ page.nothing.of_it }}\n")
    with cluster_at(address) as cluster:
        built = build(workshop, Store(), cluster)
    assert any(d.kind == "template-error" for d in built.diagnostics)
    compare(workshop, built)


@CAN_KILL
@pytest.mark.parametrize(("most", "first"), [(1, "content/articles/"), (2, "article:")], ids=["one", "all"])
def test_workers_killed_in_mid_build_change_nothing(workshop: Workshop, most: int, first: str) -> None:
    """One while texts are read; all while pages are rendered."""
    killed: list[int] = []

    def kill(arg: str) -> None:
        """Called here with each text and page that has come back."""
        if not killed and arg.startswith(first):
            killed.extend(list(cluster._client.run(os.getpid).values())[:most])
            for victim in killed:
                os.kill(victim, signal.SIGKILL)

    with cluster_here(2) as cluster:
        built = build_again(workshop.root, store=Store(), now=workshop.now, answers={}, workers=cluster, step=kill)
    assert len(killed) == most
    compare(workshop, built)


# ---- any work -------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Telling:
    """Work on numbers: one kills whoever works on it elsewhere, one is refused."""

    deadly: int = -1
    refused: int = -1

    def __call__(self, item: int) -> tuple[int, int]:
        return 2 * item, os.getpid()

    def portable(self) -> Portable:
        return Portable(Elsewhere(self), lambda item: item, lambda made: made)


@dataclass(frozen=True)
class Elsewhere:
    """The same where it has been sent."""

    work: Telling

    def __call__(self, item: int) -> tuple[int, int]:
        if item == self.work.deadly:
            os.kill(os.getpid(), signal.SIGKILL)
        if item == self.work.refused:
            raise ArithmeticError(item)
        return self.work(item)


def results(cluster: Cluster, work: Telling, items: Sequence[int]) -> dict[int, int]:
    """What was made, with the process that made it."""
    done = list(cluster.run(work, items))
    assert len({result for result, _ in done}) == len(done)
    return dict(done)


def test_every_item_is_worked_on_once(address: str) -> None:
    with cluster_at(address) as cluster:
        assert results(cluster, Telling(), range(0)) == {}
        assert results(cluster, Telling(), range(1)).keys() == {0}
        done = results(cluster, Telling(), range(500))
    assert done.keys() == {2 * item for item in range(500)}
    assert os.getpid() not in done.values()


def test_an_error_in_the_work_is_raised_here(address: str) -> None:
    with cluster_at(address) as cluster:
        with pytest.raises(ArithmeticError):
            results(cluster, Telling(refused=7), range(100))
        assert len(results(cluster, Telling(), range(100))) == 100


@CAN_KILL
def test_what_kills_every_worker_is_done_here() -> None:
    """As an item that needs more memory than the workers have. The scheduler gives up at the first death."""
    import dask

    with dask.config.set({"distributed.scheduler.allowed-failures": 0}), cluster_here(2) as cluster:
        done = results(cluster, Telling(deadly=7), range(20))
    assert done.keys() == {2 * item for item in range(20)}
    assert done[14] == os.getpid()


class Unreachable:
    """A client whose workers have gone, which shows when something is sent to them."""

    def __init__(self, client: Any) -> None:
        self._client = client

    def __getattr__(self, name: str) -> Any:
        return getattr(self._client, name)

    def scatter(self, *_: Any, **__: Any) -> Any:
        from distributed import CommClosedError

        raise CommClosedError


def test_where_nothing_can_be_sent_the_work_is_done_here(address: str) -> None:
    """Workers may go at any instant, also while they are sent what they need."""
    with cluster_at(address) as cluster:
        unreachable = Cluster(Unreachable(cluster._client))
        done = results(unreachable, Telling(), range(20))
    assert done.keys() == {2 * item for item in range(20)}


# ---- clusters that cannot be used -----------------------------------------------------------------------------------


def test_a_worker_of_another_version_is_refused(address: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("explainer.__version__", "99.0")
    with pytest.raises(NoClusterError, match=r"has \S+, not explainer 99\.0"), cluster_at(address):
        pass


def test_a_scheduler_without_workers_is_refused() -> None:
    import distributed

    with (
        distributed.LocalCluster(n_workers=0, dashboard_address=None, silence_logs=50) as local,
        pytest.raises(NoClusterError, match="has no workers; start some: dask worker tcp://"),
        cluster_at(local.scheduler_address),
    ):
        pass


def test_no_scheduler_is_a_usage_error(workshop: Workshop) -> None:
    for address in ("tcp://127.0.0.1:1", "nowhere://x"):
        begun = time.monotonic()
        result = call("build", "--scheduler", address, site=Site(workshop.root))
        assert result.exit_code == 2
        assert f"no scheduler answers at {address}" in result.stderr
        assert time.monotonic() - begun < 30
    assert not (workshop.root / "output").exists()


def test_without_dask_its_options_are_a_usage_error(workshop: Workshop, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "distributed", None)
    for options in (["--engine", "dask"], ["--scheduler", "tcp://127.0.0.1:1"]):
        result = call("build", *options, site=Site(workshop.root))
        assert result.exit_code == 2
        assert "pip install explainer-site[distributed]" in result.stderr


def test_a_cluster_here_ends_with_the_block() -> None:
    with cluster_here(1) as cluster:
        (worker,) = set(results(cluster, Telling(), range(5)).values())
    assert worker != os.getpid()
    begun = time.monotonic()
    while _lives(worker) and time.monotonic() - begun < 10:
        time.sleep(0.05)
    assert not _lives(worker)


def _lives(process: int) -> bool:
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    return True


# ---- the command line -----------------------------------------------------------------------------------------------


def explain(workshop: Workshop, *options: str) -> subprocess.CompletedProcess[str]:
    """`explainer build` in a process of its own."""
    return subprocess.run(
        [sys.executable, "-m", "explainer", "build", "--site", str(workshop.root), *options],
        capture_output=True,
        check=False,
        encoding="utf-8",
        env=environment(SOURCE_DATE_EPOCH=str(int(workshop.now.timestamp()))),
        timeout=120,
    )


def test_a_local_cluster_by_the_command_line(workshop: Workshop) -> None:
    done = explain(workshop, "--engine", "dask", "--workers", "2")
    assert done.returncode == 0, done.stderr
    plain = build_site(workshop.root, now=workshop.now)
    assert tree_of(workshop.root / "output") == contents(plain.files)
    again = explain(workshop)
    assert done.stderr == again.stderr
    assert done.stdout.rpartition(",")[0] == again.stdout.rpartition(",")[0]


def test_a_running_cluster_by_the_command_line(workshop: Workshop, address: str) -> None:
    done = explain(workshop, "--scheduler", address, "--verify")
    assert done.returncode == 0, done.stderr
    assert "verified: " in done.stderr
    assert tree_of(workshop.root / "output") == contents(build_site(workshop.root, now=workshop.now).files)


def test_work_is_sent_in_parts(monkeypatch: pytest.MonkeyPatch, address: str) -> None:
    """Never more at once than a few parcels for each worker."""
    monkeypatch.setattr(cluster_module, "_AHEAD", 1)
    with cluster_at(address) as cluster:
        most = _count_ahead(cluster, monkeypatch)
        assert len(results(cluster, Telling(), range(200))) == 200
    assert 1 <= max(most) <= 2


def _count_ahead(cluster: Cluster, monkeypatch: pytest.MonkeyPatch) -> list[int]:
    counts = list[int]()
    completed = cluster._completed

    def count(futures: Any) -> Iterator[Any]:
        counts.append(len(futures))
        return completed(futures)

    monkeypatch.setattr(cluster, "_completed", count)
    return counts
