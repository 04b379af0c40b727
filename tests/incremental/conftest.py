"""What tests of builds that go on can ask for."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from explainer.incremental import kept
from explainer.incremental.kept import Kept
from tests.incremental.bench import Bench, open_bench


@pytest.fixture
def bench(tmp_path: Path) -> Iterator[Bench]:
    """The first site with the default theme, built once."""
    with open_bench(tmp_path / "site", bare=False) as bench:
        yield bench


@pytest.fixture(autouse=True)
def _write_large_values_early(monkeypatch: pytest.MonkeyPatch) -> None:
    """As the first build of a large site does."""
    monkeypatch.setattr(kept, "_SPILL", 5_000)


@pytest.fixture
def record_steps(capsys: pytest.CaptureFixture[str]) -> Callable[[int], None]:
    """Tells how many steps a test made, past pytest's capturing."""

    def record(steps: int) -> None:
        with capsys.disabled():
            sys.stdout.write(f"\n{steps:,} builds compared\n")

    return record


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "cache.sqlite3"


@pytest.fixture
def opened(path: Path) -> Iterator[Callable[[], Kept]]:
    """Opens the file, closing what was open."""
    stores: list[Kept] = []

    def reopen() -> Kept:
        for store in stores:
            store.close()
        stores.append(Kept(path))
        return stores[-1]

    yield reopen
    for store in stores:
        store.close()
