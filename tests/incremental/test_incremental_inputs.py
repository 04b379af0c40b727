"""The comparison itself is tried: whatever kind of input a store does not note, some edit shows it."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from explainer.incremental.rules import ORDER
from explainer.incremental.store import Run, Store
from tests.incremental.bench import Bench, short_lists
from tests.incremental.test_incremental_examples import make_edit
from tests.incremental.workshop import open_workshop
from tests.sites import Row, read_table, rows

TABLE = Path(__file__).with_name("inputs.txt")

REDUNDANT = {
    "forms": "made of an entry's front matter, which whoever reads it reads too",
    "relates to": "made of an entry's front matter, which whoever reads it reads too",
    "namesake": "texts are searched for the last names that changed, as for forms",
    "place": "the places of its country, itself among them, are read beside it",
    "unread": "the facts of a text are read beside it, whether it can be used or not",
    "corrected": "an article that a correction touches shows it, and its entry's own last change is read beside it",
    "view": "a page whose view was made again is compared with what it showed before",
}
"""Kinds that are noted and would not be missed, and why."""


def open_blind(root: Path, *kinds: str) -> Bench:
    """The first site, built once by a store that does not note these kinds of input."""
    bench = Bench(open_workshop(root), blind_to=frozenset(kinds))
    bench.build()
    return bench


def edit(bench: Bench, given: str) -> None:
    path, *lines = given.split("\n", 1)
    location = bench.workshop.root / path
    if path == "preview":
        bench.preview = True
    elif lines != [""]:
        make_edit(bench.workshop, given)
    elif location.is_dir():
        shutil.rmtree(location)
    else:
        location.unlink()


@pytest.mark.parametrize("row", rows(TABLE))
def test_an_input_that_is_not_noted_is_missed(row: Row, tmp_path: Path) -> None:
    with short_lists():
        bench = open_blind(tmp_path / "site", row.title)
        assert any(has_gone_wrong(bench, given) for given in row.given.split("\n\n"))


def has_gone_wrong(bench: Bench, given: str) -> bool:
    """Whether the build after an edit is not as a clean one, or breaks off over what it takes for granted."""
    edit(bench, given.rstrip("\n") + "\n")
    try:
        return bool(bench.differences())
    except (AssertionError, AttributeError, KeyError, TypeError, ValueError):
        return True


def test_every_kind_of_input_is_tried(tmp_path: Path) -> None:
    """Those that the first site notes, and those that come after several edits: what is looked for and not there."""
    noted: set[str] = set()
    several = [row.given for row in read_table(TABLE) if "\n\n" in row.given]
    with short_lists():
        for number, given in enumerate(several):
            bench = open_blind(tmp_path / str(number))
            for one in given.split("\n\n"):
                edit(bench, f"{one}\n")
                bench.build()
                noted |= kinds_noted(bench.store)
    assert {row.title for row in read_table(TABLE)} | REDUNDANT.keys() == noted


def kinds_noted(store: Store) -> set[str]:
    traces = (store.trace(Run(rule, arg)) for rule in ORDER for arg in store.args_of(rule))
    return {kind for trace in traces if trace is not None for kind, _ in trace.reads}
