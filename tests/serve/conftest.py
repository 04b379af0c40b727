from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from serve_helpers import Running, good

from explainer.serve import PreviewBuild


@pytest.fixture
def start(tmp_path: Path) -> Iterator[Callable[[PreviewBuild], Running]]:
    """Starts previews, and stops them after the test, with all their threads."""
    before, started = threading.enumerate(), list[Running]()

    def begin(build: PreviewBuild) -> Running:
        started.append(Running(tmp_path))
        started[-1].start(build)
        return started[-1]

    yield begin
    for running in started:
        running.stop()
    assert set(threading.enumerate()) <= set(before)


@pytest.fixture
def preview(start: Callable[[PreviewBuild], Running]) -> Running:
    return start(good())
