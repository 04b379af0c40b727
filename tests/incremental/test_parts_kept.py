"""The store in a file: it answers as the one in memory does, whenever it is closed, and is never worth saving."""

from __future__ import annotations

import multiprocessing
import sqlite3
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule, run_state_machine_as_test

from explainer.incremental import kept
from explainer.incremental.kept import Kept, kept_store, open_kept
from explainer.incremental.spool import Spool
from explainer.incremental.store import Made, Name, Run, Store, Trace

RULES, ARGS = ("read", "link", "page"), ("a", "b", "حمص", "\udcff")
RUNS = [Run(rule, arg) for rule in RULES for arg in ARGS]
CELLS: list[Name] = [("text", key) for key in "abcd"] + [("card", "")] + [("body", key) for key in "ab"]
GROUPS: list[Name] = [("tagged", key) for key in ("x", "y", "z")] + [("problems", "")]
NAMES = CELLS + GROUPS
VALUES = st.sampled_from([None, 0, 1, "one", (1, ("two",)), {"a": (1,)}, Run("a", "b"), frozenset({1, 2}), ""])


@st.composite
def changes(draw: st.DrawFn) -> tuple[Run, Made, list[Name]]:
    """What a run made, and read. A cell belongs to one run, as in a build."""
    which = draw(st.integers(0, len(RUNS) - 1))
    own = [name for number, name in enumerate(CELLS) if number % len(RUNS) == which % len(CELLS)]
    cells = draw(st.dictionaries(st.sampled_from(own), VALUES)) if own else {}
    shares = draw(st.dictionaries(st.sampled_from(GROUPS), VALUES, max_size=3))
    return RUNS[which], Made(cells, shares), draw(st.lists(st.sampled_from(NAMES), unique=True, max_size=4))


def answers(store: Store) -> dict[str, Any]:
    """Everything that a store can be asked, but for readers."""
    return {
        "cells": {name: store.cell(name) for name in CELLS},
        "groups": {name: dict(store.group(name)) for name in GROUPS},
        "args": {rule: set(store.args_of(rule)) for rule in RULES},
        "traces": {run: _sorted(store.trace(run)) for run in RUNS},
        "keys": {kind: sorted(store.keys_of(kind)) for kind in ("tagged", "problems", "none")},
        "all": {kind: sorted(store.cells_of(kind), key=repr) for kind in ("text", "card", "body", "none")},
        "excerpt": _contents(store.excerpt(["text", "tagged", "none"])),
    }


def _sorted(trace: Trace | None) -> tuple[Any, ...] | None:
    return None if trace is None else tuple(sorted(names) for names in trace)


def _contents(store: Store) -> tuple[Any, Any]:
    return dict(store._cells), {n: g for n, g in store._groups.items() if g}


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

READ, LINK = Run("read", "a"), Run("link", "a")
FIRST = Made({("text", "a"): "first"}, {("tagged", "x"): 1})


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


def write_first(store: Store) -> None:
    store.replace(READ, FIRST, [("file", "a")])
    store.replace(LINK, Made({("card", "a"): 2}), [("text", "a")])
    store.state["seen"] = {"a": (1, 2)}
    store.commit()


def test_what_was_committed_is_there_for_the_next_process(opened: Callable[[], Kept]) -> None:
    write_first(opened())
    store = opened()
    assert store.cell(("text", "a")) == "first"
    assert dict(store.group(("tagged", "x"))) == {READ: 1}
    assert store.trace(READ) == Trace((("text", "a"),), (("tagged", "x"),), (("file", "a"),))
    assert store.readers_of(("text", "a")) == {LINK}
    assert set(store.args_of("link")) == {"a"}
    assert store.state["seen"] == {"a": (1, 2)}


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


# ---- files that cannot be used --------------------------------------------------------------------------------------


def write_version(path: Path, version: str) -> None:
    database = sqlite3.connect(path)
    with database:
        database.execute("UPDATE meta SET value = ? WHERE key = 'version'", (version,))
    database.close()


def damage(path: Path, at: int, size: int = 2000) -> None:
    data = bytearray(path.read_bytes())
    data[at : at + size] = b"\xa5" * len(data[at : at + size])
    path.write_bytes(data)


DAMAGES: dict[str, Callable[[Path], object]] = {
    "another version": lambda path: write_version(path, "0.0.1"),
    "no version": lambda path: write_version(path, ""),
    "no database": lambda path: path.write_bytes(b"This is no database, but a text of more than one line.\n" * 99),
    "empty": lambda path: path.write_bytes(b""),
    "another database": lambda path: (
        path.unlink(),
        sqlite3.connect(path).execute("CREATE TABLE meta (a)").connection.close(),
    ),
    "its beginning": lambda path: damage(path, 0),
    "its first page": lambda path: damage(path, 100),
    "cut": lambda path: path.write_bytes(path.read_bytes()[:3000]),
}


@pytest.mark.parametrize("how", DAMAGES)
def test_a_file_that_cannot_be_used_is_thrown_away(how: str, opened: Callable[[], Kept], path: Path) -> None:
    write_first(opened())
    opened().close()
    DAMAGES[how](path)
    assert open_kept(path) is None
    store = opened()
    assert answers(store) == answers(Store())
    assert store.state == {}
    write_first(store)
    assert opened().cell(("text", "a")) == "first"


def test_another_version_of_the_program(
    opened: Callable[[], Kept], path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write_first(opened())
    monkeypatch.setattr(kept, "tool_version", lambda: "of tomorrow")
    assert open_kept(path) is None
    assert opened().cell(("text", "a")) is None
    monkeypatch.undo()
    assert opened().cell(("text", "a")) is None


def test_a_journal_without_its_file_is_thrown_away_with_it(opened: Callable[[], Kept], path: Path) -> None:
    write_first(opened())
    opened().close()
    path.write_bytes(b"no database" * 1000)
    journal = path.with_name(path.name + "-journal")
    journal.write_bytes(b"no journal" * 1000)
    assert opened().cell(("text", "a")) is None
    assert not journal.exists()


def test_where_no_file_can_be_the_store_is_in_memory(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way", encoding="utf-8")
    (tmp_path / "folder").mkdir()
    for path in (tmp_path / "file" / "cache.sqlite3", tmp_path / "folder", tmp_path / "none" / "cache.sqlite3"):
        store = kept_store(path)
        assert not isinstance(store, Kept), path
        write_first(store)
        assert store.cell(("text", "a")) == "first"
    assert sorted(path.name for path in tmp_path.iterdir()) == ["file", "folder"]


# ---- open_kept ------------------------------------------------------------------------------------------------------


def test_open_kept_reads_what_is_there(opened: Callable[[], Kept], path: Path) -> None:
    write_first(opened())
    opened().close()
    store = open_kept(path)
    assert store is not None
    assert store.cell(("text", "a")) == "first"
    assert dict(store.cells_of("card")) == {"a": 2}
    store.close()


def test_open_kept_makes_no_file(tmp_path: Path) -> None:
    assert open_kept(tmp_path / "cache.sqlite3") is None
    assert open_kept(tmp_path / "none" / "cache.sqlite3") is None
    assert list(tmp_path.iterdir()) == []


def test_open_kept_leaves_a_file_that_cannot_be_used_as_it_is(path: Path) -> None:
    path.write_bytes(b"no database" * 1000)
    assert open_kept(path) is None
    assert path.read_bytes() == b"no database" * 1000


def test_open_kept_finds_files_with_odd_names(tmp_path: Path) -> None:
    """The path is part of a URI on the way."""
    for name in ("a?b", "a#b", "a%20b", "é ü", "a&mode=rwc"):
        folder = tmp_path / name
        folder.mkdir()
        store = Kept(folder / "cache.sqlite3")
        write_first(store)
        store.close()
        again = open_kept(folder / "cache.sqlite3")
        assert again is not None, name
        assert again.cell(("text", "a")) == "first"
        again.close()


@pytest.mark.skipif("fork" not in multiprocessing.get_all_start_methods(), reason="no fork there")
def test_a_forked_process_reads_through_a_connection_of_its_own(tmp_path: Path) -> None:
    path = tmp_path / "cache.sqlite3"
    first = Kept(path)
    first.replace(Run("rule", "a"), Made(cells={("kind", "a"): "value"}), ())
    first.commit()
    first.close()
    store = Kept(path)
    store._database.close()  # whoever reads through the parent's connection fails
    answers = multiprocessing.get_context("fork").SimpleQueue()
    child = multiprocessing.get_context("fork").Process(target=lambda: answers.put(store.cell(("kind", "a"))))
    child.start()
    child.join(20)
    assert child.exitcode == 0
    assert answers.get() == "value"


def test_a_first_build_writes_as_it_goes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What it has written is there for whoever asks, forked processes included, and gone where the build breaks off."""
    monkeypatch.setattr(kept, "_SPILL", 10)
    path = tmp_path / "cache.sqlite3"
    store = Kept(path)
    write = store.packed(Made({("body", "x"): "a long text" * 100}, {("tagged", "x"): 1}))
    store.replace(Run("link", "x"), write, [("file", "x")])
    assert not store._waiting_cells
    assert not store._waiting_runs
    assert store.cell(("body", "x")) == "a long text" * 100
    assert store.trace(Run("link", "x")) == Trace((("body", "x"),), (("tagged", "x"),), (("file", "x"),))
    store.replace(Run("link", "y"), store.packed(Made({}, {("tagged", "x"): 2})), [])
    assert dict(store.group(("tagged", "x"))) == {Run("link", "x"): 1, Run("link", "y"): 2}
    context = multiprocessing.get_context("fork")
    with context.Pool(1) as pool:
        assert pool.apply(_count_cells, (path,)) == 1
    assert open_kept(path) is None  # nobody has said that it is whole
    store.rollback()
    assert store.cell(("body", "x")) is None
    store.commit()
    store.close()
    assert _count_cells(path) == 0
    assert [file.name for file in tmp_path.iterdir()] == ["cache.sqlite3"]


def test_another_process_reads_while_a_first_build_writes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(kept, "_SPILL", 10)
    store = Kept(tmp_path / "cache.sqlite3")
    store.replace(Run("link", "x"), store.packed(Made({("body", "x"): "x" * 100})), [])
    reading = sqlite3.connect(tmp_path / "cache.sqlite3")
    found = reading.execute("SELECT id FROM cells")
    assert found.fetchone() is not None
    store._database.execute("PRAGMA busy_timeout = 0")
    store.replace(Run("link", "y"), store.packed(Made({("body", "y"): "y" * 100})), [])
    reading.close()
    assert store.cell(("body", "y")) == "y" * 100
    store.close()


def test_what_a_killed_first_build_wrote_is_thrown_away(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(kept, "_SPILL", 10)
    path = tmp_path / "cache.sqlite3"
    store = Kept(path)
    store.replace(Run("link", "x"), store.packed(Made({("body", "x"): "x" * 100})), [])
    files = {file.name: file.read_bytes() for file in tmp_path.iterdir()}
    store.close()
    for name, data in files.items():
        (tmp_path / name).write_bytes(data)
    assert open_kept(path) is None
    again = Kept(path)
    assert (again.cell(("body", "x")), again.is_new) == (None, True)
    again.commit()
    again.close()
    assert [file.name for file in tmp_path.iterdir()] == ["cache.sqlite3"]


def _count_cells(path: Path) -> int:
    database = sqlite3.connect(path)
    ((count,),) = database.execute("SELECT count(*) FROM cells").fetchall()
    database.close()
    return int(count)


def test_a_store_goes_on_after_it_was_written(tmp_path: Path) -> None:
    """Whoever read something before that is told of a change after it, in the same process."""
    store = Kept(tmp_path / "cache.sqlite3")
    store.replace(Run("read", "a"), Made({("text", "a"): 1}), [])
    store.replace(Run("link", "a"), Made(), [("text", "a")])
    assert set(store.readers_of(("text", "a"))) == {Run("link", "a")}
    store.commit()
    assert set(store.readers_of(("text", "a"))) == {Run("link", "a")}
    store.remove(Run("link", "a"))
    assert (store.trace(Run("link", "a")), set(store.args_of("link"))) == (None, set())
    store.close()


def test_pages_are_put_aside_in_a_file_without_a_name(tmp_path: Path) -> None:
    spool = Spool(tmp_path)
    assert (dict(spool), list(tmp_path.iterdir())) == ({}, [])
    spool["a"], spool["b"], spool["a"] = b"first", b"second", b"third"
    assert dict(spool) == {"a": b"third", "b": b"second"}
    del spool["b"]
    assert "b" not in spool
    spool.clear()
    spool["c"] = b""
    assert dict(spool) == {"c": b""}
    spool.clear()
    assert list(tmp_path.iterdir()) == []
