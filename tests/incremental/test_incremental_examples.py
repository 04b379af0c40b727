"""One edit, one build: exactly which pages are rendered."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from tests.incremental.bench import Bench
from tests.incremental.compare import PAGE_ENDINGS
from tests.incremental.workshop import Workshop
from tests.sites import Row, rows

TABLE = Path(__file__).with_name("rendered.txt")


@pytest.mark.parametrize("row", rows(TABLE))
def test_exactly_the_pages_concerned_are_rendered(row: Row, bench: Bench) -> None:
    make_edit(bench.workshop, row.given)
    outcome = bench.check()
    pages = {path for path in outcome.files if path.endswith(PAGE_ENDINGS)}
    assert sorted(outcome.rendered) == sorted(expected_pages(row.expected, pages))


def make_edit(workshop: Workshop, given: str) -> None:
    """One case's edit: a path, then lines that go and lines that come."""
    path, *lines = given.splitlines() or [""]
    gone, come = ("\n".join(line[1:] for line in lines if line.startswith(sign)) for sign in "-+")
    if path == "clock":
        workshop.now += dt.timedelta(days=int(come))
    elif gone:
        text = workshop.bytes_of(path).decode()
        assert text.count(gone) == 1, path
        workshop.write(path, text.replace(gone, come))
    elif path:
        assert not (workshop.root / path).exists()
        workshop.write(path, f"{come}\n")


def expected_pages(expected: str, pages: set[str]) -> set[str]:
    """Output paths by their addresses; `*` are all pages, `!` goes before those that are not meant."""
    words = expected.split()
    named = {output_path(word) for word in words if not word.startswith(("!", "*"))}
    return (pages if "*" in words else named) - {output_path(word[1:]) for word in words if word.startswith("!")}


def output_path(address: str) -> str:
    return f"{address}index.html".removeprefix("/") if address.endswith("/") else address
