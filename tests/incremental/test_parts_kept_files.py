"""The file of a store: what is wrong with it, who reads it meanwhile, what is left of a build that was killed."""

from __future__ import annotations

import multiprocessing
import sqlite3
from collections.abc import Callable
from pathlib import Path

import pytest

from explainer.incremental import kept
from explainer.incremental.kept import Kept, kept_store, open_kept
from explainer.incremental.spool import Spool
from explainer.incremental.store import Made, Run, Store, Trace
from tests.incremental.stores import answers, write_first


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
