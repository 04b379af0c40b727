"""A store in a file: SQLite under the dictionaries of `Store`.

Names and runs are known by 64-bit digests, so that nothing has to be looked up to write them. What a build changes is
written in one transaction at its end; a build that breaks off leaves the file as it was. Only the first build of all
writes its large values as it goes, so that they need not stay in memory, and says at the end which version wrote the
file. The file may be deleted at any time, and one that another version of the program wrote, or that is damaged, or
that does not say who wrote it, is.
"""

from __future__ import annotations

import contextlib
import hashlib
import os
import sqlite3
from array import array
from collections.abc import Callable, Collection, Iterable, Iterator
from pathlib import Path
from typing import Any

from explainer.incremental.spool import Spool
from explainer.incremental.store import ABSENT, PACKED, Made, Name, Run, Store, Trace
from explainer.incremental.values import Packed, dump, load, load_all
from explainer.incremental.version import tool_version

_TABLES = """
CREATE TABLE meta (key TEXT PRIMARY KEY, value BLOB NOT NULL) WITHOUT ROWID;
CREATE TABLE names (id INTEGER PRIMARY KEY, kind TEXT NOT NULL, key BLOB NOT NULL);
CREATE INDEX names_by_kind ON names (kind);
CREATE TABLE cells (id INTEGER PRIMARY KEY, value BLOB NOT NULL);
CREATE TABLE shares (name INTEGER, run INTEGER, value BLOB NOT NULL, PRIMARY KEY (name, run)) WITHOUT ROWID;
CREATE TABLE runs (id INTEGER PRIMARY KEY, rule TEXT NOT NULL, arg BLOB NOT NULL,
                   cells BLOB NOT NULL, shares BLOB NOT NULL, reads BLOB NOT NULL);
CREATE INDEX runs_by_rule ON runs (rule);
CREATE TABLE readers (name INTEGER, runs BLOB NOT NULL);
CREATE INDEX readers_by_name ON readers (name);
"""
CACHE = "cache.sqlite3"
"""The file's name in the site's cache folder."""

_BUILDS_BETWEEN_PRUNING = 50
_BATCH = 1_000
"""Values that are read at one time."""
_SPILL = 32_000_000
"""Bytes of large values that a first build holds before it writes them."""


class Kept(Store):
    """A store in the file `path`; it and its folder are made where they are not there. Raises `sqlite3.Error`."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._process = os.getpid()
        self._database = self._open()
        super().__init__()
        self._begin()

    def _open(self) -> sqlite3.Connection:
        with contextlib.suppress(sqlite3.DatabaseError):
            database = _connect(self._path)
            if _version_of(database) == tool_version():
                return database
            database.close()
        _delete(self._path)
        database = _connect(self._path)
        database.executescript(_TABLES)
        database.commit()
        return database

    def _begin(self) -> None:
        """Nothing is in memory yet."""
        self._forget()
        self._changed_cells: set[Name] = set()
        self._changed_shares: dict[Name, dict[Run, Any]] = {}
        self._changed_runs: set[Run] = set()
        self._new_readers: dict[Name, list[Run]] = {}
        self._args: dict[str, set[str]] = {}
        self._gone: set[Run] = set()
        self._held = 0
        self._has_spilled = False
        state = self._rows("SELECT value FROM meta WHERE key = 'state'")
        self.state = load(state[0][0]) if state else {}
        self._is_new = not self._rows("SELECT 1 FROM runs LIMIT 1")
        self.pages, self.at_hand = Spool(self._path.parent), {}

    def _rows(self, query: str, values: Iterable[Any] = ()) -> list[Any]:
        if self._process != os.getpid():  # forked: SQLite's connections and their place in the file are not shared
            self._inherited, self._database, self._process = self._database, _connect(self._path), os.getpid()
        return self._database.execute(query, tuple(values)).fetchall()

    # ---- reading

    def args_of(self, rule: str) -> Collection[str]:
        args = self._args.get(rule)
        if args is None:
            found = () if self._is_new else self._rows("SELECT arg FROM runs WHERE rule = ?", (rule,))
            kept = {_text(arg) for (arg,) in found} - {run.arg for run in self._gone if run.rule == rule}
            args = self._args[rule] = kept | self._traces.get(rule, {}).keys()
        return args

    def trace(self, run: Run) -> Trace | None:
        found = super().trace(run)
        if found is None and not self._is_new and run not in self._gone:
            row = self._rows("SELECT cells, shares, reads FROM runs WHERE id = ?", (run_id(run),))
            if row:
                found = Trace(*(self._names_of(ids) for ids in row[0]))
                self._traces.setdefault(run.rule, {})[run.arg] = found
        return found

    def keys_of(self, kind: str) -> Iterable[str]:
        if self._is_new:
            return super().keys_of(kind)
        query = "SELECT key FROM names WHERE kind = ? AND EXISTS (SELECT 1 FROM shares WHERE shares.name = names.id)"
        known = {_text(key) for (key,) in self._rows(query, (kind,))}
        for name in self._changed_shares:
            if name[0] == kind:
                self.group(name)
        here = {key: bool(shares) for (a_kind, key), shares in self._groups.items() if a_kind == kind}
        return [
            *(key for key in known if here.get(key, True)),
            *(k for k, any_ in here.items() if any_ and k not in known),
        ]

    def cells_of(self, kind: str) -> Iterator[tuple[str, Any]]:
        at_hand = {name for name in self._cells if name[0] == kind}
        yield from super().cells_of(kind)
        if not self._has_none_of(kind):
            query = "SELECT key, value FROM names JOIN cells USING (id) WHERE kind = ?"
            found = ((_text(key), value) for key, value in self._rows(query, (kind,)))
            rows = [(key, value) for key, value in found if (kind, key) not in at_hand]
            for start in range(0, len(rows), _BATCH):
                some = rows[start : start + _BATCH]
                yield from zip((key for key, _ in some), load_all([data for _, data in some]), strict=True)

    def _names_of(self, ids: bytes) -> tuple[Name, ...]:
        wanted = array("q", ids)
        found: dict[int, Name] = {}
        for start in range(0, len(wanted), 500):
            some = wanted[start : start + 500]
            marks = ",".join("?" * len(some))
            rows = self._rows(f"SELECT id, kind, key FROM names WHERE id IN ({marks})", some)  # noqa: S608
            found |= {identifier: (kind, _text(key)) for identifier, kind, key in rows}
        return tuple(found[i] for i in wanted if i in found)

    def _load_cell(self, name: Name) -> Any:
        if self._has_none_of(name[0]):
            return ABSENT
        row = self._rows("SELECT value FROM cells WHERE id = ?", (name_id(name),))
        if not row:
            return ABSENT
        return Packed(row[0][0]) if name[0] in PACKED else load(row[0][0])

    def _has_none_of(self, kind: str) -> bool:
        """Whether the file need not be asked for cells of a kind."""
        return self._is_new and not (self._has_spilled and kind in PACKED)

    def _load_group(self, name: Name) -> dict[Run, Any]:
        if self._is_new:
            return {}
        rows = self._rows("SELECT value FROM shares WHERE name = ?", (name_id(name),))
        group = {Run(rule, arg): value for rule, arg, value in load_all([data for (data,) in rows])}
        for run, value in self._changed_shares.get(name, {}).items():
            _set(group, run, value)
        return group

    def _old_share(self, name: Name, run: Run, old: Trace) -> Any:
        """One share, without its group."""
        if self._is_new or name in self._groups:
            return super()._old_share(name, run, old)
        changed = self._changed_shares.get(name, {})
        if run in changed or name not in old.shares:
            return changed.get(run, ABSENT)
        rows = self._rows("SELECT value FROM shares WHERE name = ? AND run = ?", (name_id(name), run_id(run)))
        return load(rows[0][0])[2] if rows else ABSENT

    def readers_of(self, name: Name) -> Collection[Run]:
        return self._new_readers.get(name, ()) if self._is_new else super().readers_of(name)

    def _load_readers(self, name: Name) -> set[Run]:
        """Runs that have read the name; some may not any more, which costs a look at them and nothing else."""
        ids = {
            i
            for (some,) in self._rows("SELECT runs FROM readers WHERE name = ?", (name_id(name),))
            for i in array("q", some)
        }
        wanted = array("q", sorted(ids))
        readers: set[Run] = set()
        for start in range(0, len(wanted), 500):
            some = wanted[start : start + 500]
            marks = ",".join("?" * len(some))
            readers |= {
                Run(rule, _text(arg))
                for rule, arg in self._rows(f"SELECT rule, arg FROM runs WHERE id IN ({marks})", some)  # noqa: S608
            }
        return readers

    # ---- writing

    def remove(self, run: Run) -> set[Name]:
        gone = super().remove(run)
        self._gone.add(run)
        if run.rule in self._args:
            self._args[run.rule].discard(run.arg)
        return gone

    def replace(self, run: Run, made: Made, reads: Collection[Name]) -> set[Name]:
        changed = super().replace(run, made, reads)
        self._changed_runs.add(run)
        self._gone.discard(run)
        if run.rule in self._args:
            self._args[run.rule].add(run.arg)
        return changed

    def _put_cell(self, name: Name, value: Any) -> None:
        super()._put_cell(name, value)
        self._changed_cells.add(name)
        if self._is_new and type(value) is Packed:
            self._held += len(value)
            if self._held > _SPILL:
                self.spill()

    def _put_share(self, name: Name, run: Run, value: Any) -> None:
        if self._is_new or name in self._groups:
            super()._put_share(name, run, value)
        self._changed_shares.setdefault(name, {})[run] = value

    def _add_reader(self, name: Name, run: Run) -> None:
        if name in self._readers:
            super()._add_reader(name, run)
        self._new_readers.setdefault(name, []).append(run)

    def spill(self) -> None:
        """Write the large values of a first build, and let go of them."""
        if not (self._is_new and self._held):
            return
        names = [name for name in self._changed_cells if name[0] in PACKED]
        with self._database as database:
            _put_names(database, ((name_id(name), name) for name in names))
            rows = sorted((name_id(name), self._cells[name]) for name in names if self._cells[name] is not ABSENT)
            database.executemany("INSERT OR REPLACE INTO cells VALUES (?, ?)", rows)
        self._changed_cells.difference_update(names)
        for name in names:
            del self._cells[name]
        self._held, self._has_spilled = 0, True

    def commit(self) -> None:
        ids = _Ids()
        with self._database as database:
            _put_names(
                database, ((ids.names[n], n) for n in {*self._changed_cells, *self._changed_shares, *self._new_readers})
            )
            self._write_cells(database, ids)
            self._write_shares(database, ids)
            self._write_runs(database, ids)
            readers = (
                (ids.names[n], array("q", sorted(ids.runs[run] for run in runs)).tobytes())
                for n, runs in self._new_readers.items()
            )
            database.executemany("INSERT INTO readers VALUES (?, ?)", sorted(readers))
            self.state["builds"] = self.state.get("builds", 0) + 1
            database.execute("INSERT OR REPLACE INTO meta VALUES ('state', ?)", (dump(self.state),))
            database.execute("INSERT OR REPLACE INTO meta VALUES ('version', ?)", (tool_version(),))
            if self.state["builds"] % _BUILDS_BETWEEN_PRUNING == 0:
                _prune(database)
        self._changed_cells, self._changed_shares, self._changed_runs, self._new_readers = set(), {}, set(), {}
        self._gone, self._is_new, self._held = set(), False, 0

    def _write_cells(self, database: sqlite3.Connection, ids: _Ids) -> None:
        values = [(ids.names[n], self._cells.get(n, ABSENT)) for n in self._changed_cells]
        database.executemany("DELETE FROM cells WHERE id = ?", [(i,) for i, value in values if value is ABSENT])
        rows = ((i, dump(value)) for i, value in sorted(values, key=_first) if value is not ABSENT)
        database.executemany("INSERT OR REPLACE INTO cells VALUES (?, ?)", rows)

    def _write_shares(self, database: sqlite3.Connection, ids: _Ids) -> None:
        values = [
            (ids.names[n], ids.runs[run], run, value)
            for n, some in self._changed_shares.items()
            for run, value in some.items()
        ]
        gone = [(n, i) for n, i, _, value in values if value is ABSENT]
        database.executemany("DELETE FROM shares WHERE name = ? AND run = ?", gone)
        values.sort(key=lambda row: row[:2])
        rows = ((n, i, dump((*run, value))) for n, i, run, value in values if value is not ABSENT)
        database.executemany("INSERT OR REPLACE INTO shares VALUES (?, ?, ?)", rows)

    def _write_runs(self, database: sqlite3.Connection, ids: _Ids) -> None:
        changed = sorted((ids.runs[run], run) for run in self._changed_runs)
        traces = ((i, run, super(Kept, self).trace(run)) for i, run in changed)
        gone = [(i,) for i, run in changed if super(Kept, self).trace(run) is None]
        database.executemany("DELETE FROM runs WHERE id = ?", gone)
        rows = (
            (i, run.rule, _blob(run.arg), *(array("q", [ids.names[n] for n in part]).tobytes() for part in trace))
            for i, run, trace in traces
            if trace is not None
        )
        database.executemany("INSERT OR REPLACE INTO runs VALUES (?, ?, ?, ?, ?, ?)", rows)

    def rollback(self) -> None:
        """Nothing of what was written since the last `commit` is in the file."""
        if self._has_spilled:
            with self._database as database:
                database.execute("DELETE FROM cells")
                database.execute("DELETE FROM names")
        self.pages.clear()
        self._begin()

    def close(self) -> None:
        self.pages.clear()
        self._database.close()


def _set(group: dict[Run, Any], run: Run, value: Any) -> None:
    if value is ABSENT:
        group.pop(run, None)
    else:
        group[run] = value


def name_id(name: Name) -> int:
    """A digest of a name. Two of a million names are equal with a probability of 3e-8."""
    return _digest(f"{name[0]}\0{name[1]}")


def run_id(run: Run) -> int:
    """A digest of a run."""
    return _digest(f"{run.rule}\0{run.arg}")


def _blob(text: str) -> bytes:
    """Paths need not be UTF-8."""
    return text.encode("utf-8", "surrogatepass")


def _text(blob: bytes) -> str:
    return blob.decode("utf-8", "surrogatepass")


def _digest(text: str) -> int:
    data = hashlib.blake2b(text.encode("utf-8", "surrogatepass"), digest_size=8).digest()
    return int.from_bytes(data, "little", signed=True)


class _Digests(dict[Any, int]):
    """Digests, each made once."""

    def __init__(self, make: Callable[[Any], int]) -> None:
        super().__init__()
        self._make = make

    def __missing__(self, key: Any) -> int:
        found = self[key] = self._make(key)
        return found


class _Ids:
    """The digests that one commit writes many times."""

    def __init__(self) -> None:
        self.names = _Digests(name_id)
        self.runs = _Digests(run_id)


def _first(row: tuple[int, Any]) -> int:
    return row[0]


def _put_names(database: sqlite3.Connection, names: Iterable[tuple[int, Name]]) -> None:
    rows = ((i, kind, _blob(key)) for i, (kind, key) in sorted(names))
    database.executemany("INSERT OR IGNORE INTO names VALUES (?, ?, ?)", rows)


def _connect(path: Path) -> sqlite3.Connection:
    database = sqlite3.connect(path, timeout=5, check_same_thread=False)
    database.execute("PRAGMA journal_mode = DELETE")
    database.execute("PRAGMA synchronous = OFF")  # what a crash of the machine may damage can be made again
    database.execute("PRAGMA cache_size = -16384")
    return database


def _version_of(database: sqlite3.Connection) -> str | None:
    row = database.execute("SELECT value FROM meta WHERE key = 'version'").fetchone()
    return row[0] if row else None


def _delete(path: Path) -> None:
    for file in (path, path.with_name(f"{path.name}-journal")):
        file.unlink(missing_ok=True)


def _prune(database: sqlite3.Connection) -> None:
    """Drop readers that are none any more, and names of nothing."""
    readers: dict[int, array[int]] = {}
    for identifier, reads in database.execute("SELECT id, reads FROM runs"):
        for name in array("q", reads):
            readers.setdefault(name, array("q")).append(identifier)
    database.execute("DELETE FROM readers")
    database.executemany(
        "INSERT INTO readers VALUES (?, ?)", sorted((n, runs.tobytes()) for n, runs in readers.items())
    )
    database.execute(
        "DELETE FROM names WHERE id NOT IN (SELECT id FROM cells) AND id NOT IN (SELECT name FROM shares)"
        " AND id NOT IN (SELECT name FROM readers)"
    )


def kept_store(path: Path) -> Store:
    """The store in a file, or one in memory where the file cannot be used."""
    with contextlib.suppress(OSError, sqlite3.Error):
        return Kept(path)
    return Store()


def open_kept(path: Path) -> Store | None:
    """The store in a file that this version of the program wrote; None where there is none."""
    try:
        database = sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro", uri=True)
        with contextlib.closing(database):
            known = _version_of(database) == tool_version()
    except sqlite3.Error:
        return None
    return Kept(path) if known else None
