"""The store in a file: it answers as the one in memory does, whenever it is closed."""

from __future__ import annotations

import sqlite3
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule, run_state_machine_as_test

from explainer.incremental import kept
from explainer.incremental.kept import Kept
from explainer.incremental.store import Made, Name, Run, Store, Trace
from tests.incremental.stores import CELLS, GROUPS, LINK, NAMES, READ, RULES, RUNS, answers, write_first

VALUES = st.sampled_from([None, 0, 1, "one", (1, ("two",)), {"a": (1,)}, Run("a", "b"), frozenset({1, 2}), ""])


@st.composite
def changes(draw: st.DrawFn) -> tuple[Run, Made, list[Name]]:
    """What a run made, and read. A cell belongs to one run, as in a build."""
    which = draw(st.integers(0, len(RUNS) - 1))
    own = [name for number, name in enumerate(CELLS) if number // 2 * 5 % len(RUNS) == which]
    cells = draw(st.dictionaries(st.sampled_from(own), VALUES)) if own else {}
    shares = draw(st.dictionaries(st.sampled_from(GROUPS), VALUES, max_size=3))
    return RUNS[which], Made(cells, shares), draw(st.lists(st.sampled_from(NAMES), unique=True, max_size=4))


class Both(RuleBasedStateMachine):
    """A store in memory and one in a file, to which the same is done."""

    def __init__(self) -> None:
        super().__init__()
        self.folder = tempfile.TemporaryDirectory()
        self.path = Path(self.folder.name) / "cache.sqlite3"
        self.memory, self.file = Store(), Kept(self.path)
        self.written: Store | None = None

    def teardown(self) -> None:
        self.file.close()
        self.folder.cleanup()

    @rule(change=changes())
    def replace(self, change: tuple[Run, Made, list[Name]]) -> None:
        run, made, reads = change
        in_file, in_memory = self.file.packed(made), self.memory.packed(made)
        assert self.file.replace(run, in_file, reads) == self.memory.replace(run, in_memory, reads)

    @rule(run=st.sampled_from(RUNS), reads=st.lists(st.sampled_from(NAMES), unique=True, max_size=3))
    def read_more(self, run: Run, reads: list[Name]) -> None:
        if self.memory.trace(run) is not None:
            self.file.read_more(run, reads)
            self.memory.read_more(run, reads)

    @rule()
    def spill(self) -> None:
        self.file.spill()
        self.memory.spill()

    @rule(run=st.sampled_from(RUNS))
    def remove(self, run: Run) -> None:
        if self.memory.trace(run) is not None:
            assert self.file.remove(run) == self.memory.remove(run)

    @rule(name=st.sampled_from(NAMES))
    def look(self, name: Name) -> None:
        """What was looked at is in memory from then on."""
        assert self.file.cell(name) == self.memory.cell(name)
        assert dict(self.file.group(name)) == dict(self.memory.group(name))

    @rule(names=st.lists(st.sampled_from(NAMES), max_size=4))
    def look_at_several(self, names: list[Name]) -> None:
        assert list(map(dict, self.file.groups(names))) == list(map(dict, self.memory.groups(names)))

    @rule()
    def commit(self) -> None:
        self.file.commit()
        self.ask_readers()

    @rule()
    def close_and_open(self) -> None:
        self.file.commit()
        self.file.close()
        self.file = Kept(self.path)
        self.ask_readers()

    @rule()
    def prune(self) -> None:
        self.file.state["builds"] = kept._BUILDS_BETWEEN_PRUNING - 1
        self.file.commit()
        self.ask_readers()

    def ask_readers(self) -> None:
        for name in NAMES:
            assert set(self.file.readers_of(name)) == set(self.memory.readers_of(name))

    @rule()
    def ask(self) -> None:
        assert answers(self.file) == answers(self.memory)

    @invariant()
    def same_arguments(self) -> None:
        for rule_ in RULES:
            assert set(self.file.args_of(rule_)) == set(self.memory.args_of(rule_))


def test_a_file_answers_as_memory_does() -> None:
    profile = settings(max_examples=60, stateful_step_count=25, deadline=None, suppress_health_check=list(HealthCheck))
    run_state_machine_as_test(Both, settings=profile)


# ---- directed -------------------------------------------------------------------------------------------------------


def test_what_was_committed_is_there_for_the_next_process(opened: Callable[[], Kept]) -> None:
    write_first(opened())
    store = opened()
    assert store.cell(("text", "a")) == "first"
    assert dict(store.group(("tagged", "x"))) == {READ: 1}
    assert store.trace(READ) == Trace((("text", "a"),), (("tagged", "x"),), (("file", "a"),))
    assert store.readers_of(("text", "a")) == {LINK}
    assert set(store.args_of("link")) == {"a"}
    assert store.state["seen"] == {"a": (1, 2)}


def test_a_run_that_has_read_more(opened: Callable[[], Kept]) -> None:
    """What it made stays, and what it read before."""
    first = opened()
    write_first(first)
    first.read_more(LINK, [("tagged", "x"), ("text", "a")])
    first.commit()
    first.close()
    again = opened()
    assert again.trace(LINK) == Trace((("card", "a"),), (), (("text", "a"), ("tagged", "x")))
    assert [set(again.readers_of(name)) for name in (("text", "a"), ("tagged", "x"))] == [{LINK}, {LINK}]


def test_a_run_that_makes_in_the_end_what_it_made_at_first(opened: Callable[[], Kept]) -> None:
    """A page that comes first may be made twice in one build: it is compared with what waits, not with the file."""
    first = opened()
    write_first(first)
    first.close()
    store = opened()
    names = {("text", "a"), ("tagged", "x")}
    for text, number in (("other", 2), ("first", 1)):
        made = Made({("text", "a"): text}, {("tagged", "x"): number})
        assert store.replace(READ, made, [("file", "a")]) == names
    store.commit()
    assert (store.cell(("text", "a")), dict(store.group(("tagged", "x")))) == ("first", {READ: 1})


def test_what_was_not_committed_is_not(opened: Callable[[], Kept]) -> None:
    write_first(opened())
    opened_once = opened()
    opened_once.replace(READ, Made({("text", "a"): "second"}), [])
    opened_once.state["seen"] = {}
    store = opened()
    assert store.cell(("text", "a")) == "first"
    assert store.state["seen"] == {"a": (1, 2)}


@pytest.mark.parametrize("again", [False, True], ids=["in the process that wrote it", "in the next"])
def test_rollback(opened: Callable[[], Kept], path: Path, *, again: bool) -> None:
    store = opened()
    write_first(store)
    if again:
        store = opened()
    store.replace(READ, Made({("text", "b"): "new"}, {("tagged", "y"): 3}), [("file", "b")])
    store.remove(LINK)
    store.put(("why", "a"), "because")
    store.state["seen"] = {}
    store.pages["a"] = b"page"
    store.rollback()
    store.commit()
    for look in (store, Kept(path)):
        assert look.cell(("text", "a")) == "first"
        assert (look.cell(("text", "b")), look.cell(("why", "a"))) == (None, None)
        assert (dict(look.group(("tagged", "x"))), dict(look.group(("tagged", "y")))) == ({READ: 1}, {})
        assert set(look.args_of("link")) == {"a"}
        assert look.readers_of(("text", "a")) == {LINK}
        assert (look.state["seen"], look.pages) == ({"a": (1, 2)}, {})
        look.close()


def test_rollback_in_memory_forgets_everything() -> None:
    store = Store()
    write_first(store)
    store.rollback()
    assert (store.cell(("text", "a")), store.trace(READ), set(store.args_of("read"))) == (None, None, set())
    assert (dict(store.group(("tagged", "x"))), set(store.readers_of(("text", "a"))), store.state) == ({}, set(), {})


def test_pruning_keeps_answers_and_drops_the_rest(opened: Callable[[], Kept], path: Path) -> None:
    store = opened()
    write_first(store)
    store.replace(Run("read", "gone"), Made({("text", "gone"): 1}), [("file", "gone")])
    store.commit()
    store = opened()
    store.remove(Run("read", "gone"))
    store.replace(LINK, Made({("card", "a"): 2}), [("tagged", "x")])
    store.commit()
    assert len(rows(path, "SELECT * FROM readers")) == 4
    assert ("gone",) in rows(path, "SELECT CAST(key AS TEXT) FROM names")
    before = answers(opened())
    store = opened()
    store.state["builds"] = kept._BUILDS_BETWEEN_PRUNING - 1
    store.commit()
    store = opened()
    assert answers(store) == before
    assert store.readers_of(("text", "a")) == set()
    assert store.readers_of(("tagged", "x")) == {LINK}
    assert ("gone",) not in rows(path, "SELECT CAST(key AS TEXT) FROM names")


def test_the_file_is_pruned_in_time(opened: Callable[[], Kept], path: Path) -> None:
    """However often it is written, readers do not pile up."""
    write_first(opened())
    for number in range(2 * kept._BUILDS_BETWEEN_PRUNING):
        store = opened()
        store.replace(LINK, Made({("card", "a"): number}), [("text", "a") if number % 2 else ("text", "b")])
        store.commit()
    assert len(rows(path, "SELECT * FROM readers")) <= kept._BUILDS_BETWEEN_PRUNING + 2
    assert opened().cell(("card", "a")) == number


def rows(path: Path, query: str) -> list[Any]:
    database = sqlite3.connect(path)
    try:
        return database.execute(query).fetchall()
    finally:
        database.close()


def test_looking_up_cells_while_going_through_them_loses_none(opened: Callable[[], Kept]) -> None:
    store = opened()
    for key in "abc":
        store.replace(Run("read", key), Made({("text", key): key}), [])
    store.commit()
    store = opened()
    seen = []
    for key, _ in store.cells_of("text"):
        seen.append(key)
        for other in "abc":
            store.cell(("text", other))
    assert sorted(seen) == ["a", "b", "c"]
