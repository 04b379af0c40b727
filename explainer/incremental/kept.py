"""A store in a file: SQLite under the dictionaries of `Store`.

Names and runs are known by 64-bit digests, so that nothing has to be looked up to write them. What a build changes is
written in one transaction at its end; a build that breaks off leaves the file as it was. The file may be deleted at any
time, and one that another version of the program wrote, or that is damaged, is.
"""

from __future__ import annotations

import contextlib
import hashlib
import os
import sqlite3
from array import array
from collections.abc import Collection, Iterable, Iterator
from pathlib import Path
from typing import Any

from explainer.incremental.store import ABSENT, Made, Name, Run, Store, Trace
from explainer.incremental.values import dump, load, load_all
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
        database.execute("INSERT INTO meta VALUES ('version', ?)", (tool_version(),))
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
        state = self._rows("SELECT value FROM meta WHERE key = 'state'")
        self.state = load(state[0][0]) if state else {}
        self._is_new = not self._rows("SELECT 1 FROM runs LIMIT 1")
        self.pages, self.at_hand = {}, {}

    def _rows(self, query: str, values: Iterable[Any] = ()) -> list[Any]:
        if self._process != os.getpid():  # forked: SQLite's connections and their place in the file are not shared
            self._inherited, self._database, self._process = self._database, _connect(self._path), os.getpid()
        return self._database.execute(query, tuple(values)).fetchall()

    # ---- reading

    def args_of(self, rule: str) -> Collection[str]:
        args = self._args.get(rule)
        if args is None:
            found = () if self._is_new else self._rows("SELECT arg FROM runs WHERE rule = ?", (rule,))
            args = self._args[rule] = {_text(arg) for (arg,) in found} | self._traces.get(rule, {}).keys()
        return args

    def trace(self, run: Run) -> Trace | None:
        found = super().trace(run)
        if found is None and not self._is_new and run.arg in self.args_of(run.rule):
            row = self._rows("SELECT cells, shares, reads FROM runs WHERE id = ?", (run_id(run),))
            if row:
                found = Trace(*(self._names(ids) for ids in row[0]))
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
        if not self._is_new:
            query = "SELECT key, value FROM names JOIN cells USING (id) WHERE kind = ?"
            found = ((_text(key), value) for key, value in self._rows(query, (kind,)))
            rows = [(key, value) for key, value in found if (kind, key) not in at_hand]
            for start in range(0, len(rows), _BATCH):
                some = rows[start : start + _BATCH]
                yield from zip((key for key, _ in some), load_all([data for _, data in some]), strict=True)

    def _names(self, ids: bytes) -> tuple[Name, ...]:
        wanted = array("q", ids)
        found: dict[int, Name] = {}
        for start in range(0, len(wanted), 500):
            some = wanted[start : start + 500]
            marks = ",".join("?" * len(some))
            rows = self._rows(f"SELECT id, kind, key FROM names WHERE id IN ({marks})", some)  # noqa: S608
            found |= {identifier: (kind, _text(key)) for identifier, kind, key in rows}
        return tuple(found[i] for i in wanted if i in found)

    def _load_cell(self, name: Name) -> Any:
        if self._is_new:
            return ABSENT
        row = self._rows("SELECT value FROM cells WHERE id = ?", (name_id(name),))
        return load(row[0][0]) if row else ABSENT

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

    def _load_readers(self, name: Name) -> set[Run]:
        """Runs that have read the name; some may not any more, which costs a look at them and nothing else."""
        if self._is_new:
            return set()
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
        if run.rule in self._args:
            self._args[run.rule].discard(run.arg)
        return gone

    def replace(self, run: Run, made: Made, reads: Collection[Name]) -> set[Name]:
        changed = super().replace(run, made, reads)
        self._changed_runs.add(run)
        if run.rule in self._args:
            self._args[run.rule].add(run.arg)
        return changed

    def _put_cell(self, name: Name, value: Any) -> None:
        super()._put_cell(name, value)
        self._changed_cells.add(name)

    def _put_share(self, name: Name, run: Run, value: Any) -> None:
        if self._is_new or name in self._groups:
            super()._put_share(name, run, value)
        self._changed_shares.setdefault(name, {})[run] = value

    def _add_reader(self, name: Name, run: Run) -> None:
        if name in self._readers or self._is_new:
            super()._add_reader(name, run)
        self._new_readers.setdefault(name, []).append(run)

    def commit(self) -> None:
        with self._database as database:
            self._write_names(database)
            self._write_cells(database)
            self._write_shares(database)
            self._write_runs(database)
            readers = sorted(
                (name_id(n), array("q", sorted(map(run_id, runs))).tobytes()) for n, runs in self._new_readers.items()
            )
            database.executemany("INSERT INTO readers VALUES (?, ?)", readers)
            self.state["builds"] = self.state.get("builds", 0) + 1
            database.execute("INSERT OR REPLACE INTO meta VALUES ('state', ?)", (dump(self.state),))
            if self.state["builds"] % _BUILDS_BETWEEN_PRUNING == 0:
                _prune(database)
        self._changed_cells, self._changed_shares, self._changed_runs, self._new_readers = set(), {}, set(), {}

    def _write_names(self, database: sqlite3.Connection) -> None:
        names = {*self._changed_cells, *self._changed_shares, *self._new_readers}
        rows = sorted((name_id(name), name[0], _blob(name[1])) for name in names)
        database.executemany("INSERT OR IGNORE INTO names VALUES (?, ?, ?)", rows)

    def _write_cells(self, database: sqlite3.Connection) -> None:
        values = [(name_id(n), self._cells.get(n, ABSENT)) for n in self._changed_cells]
        database.executemany("DELETE FROM cells WHERE id = ?", [(i,) for i, value in values if value is ABSENT])
        rows = sorted((i, dump(value)) for i, value in values if value is not ABSENT)
        database.executemany("INSERT OR REPLACE INTO cells VALUES (?, ?)", rows)

    def _write_shares(self, database: sqlite3.Connection) -> None:
        values = [
            (name_id(n), run_id(run), run, value)
            for n, some in self._changed_shares.items()
            for run, value in some.items()
        ]
        gone = [(n, i) for n, i, _, value in values if value is ABSENT]
        database.executemany("DELETE FROM shares WHERE name = ? AND run = ?", gone)
        rows = sorted((n, i, dump((*run, value))) for n, i, run, value in values if value is not ABSENT)
        database.executemany("INSERT OR REPLACE INTO shares VALUES (?, ?, ?)", rows)

    def _write_runs(self, database: sqlite3.Connection) -> None:
        traces = [(run, super(Kept, self).trace(run)) for run in self._changed_runs]
        database.executemany(
            "DELETE FROM runs WHERE id = ?", [(run_id(run),) for run, trace in traces if trace is None]
        )
        rows = [
            (run_id(run), run.rule, _blob(run.arg), *map(_ids, trace)) for run, trace in traces if trace is not None
        ]
        database.executemany("INSERT OR REPLACE INTO runs VALUES (?, ?, ?, ?, ?, ?)", sorted(rows))

    def rollback(self) -> None:
        """Nothing of what was written since the last `commit` is in the file."""
        self._begin()

    def close(self) -> None:
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


def _ids(names: Iterable[Name]) -> bytes:
    return array("q", map(name_id, names)).tobytes()


def _connect(path: Path) -> sqlite3.Connection:
    database = sqlite3.connect(path, timeout=5, check_same_thread=False)
    database.execute("PRAGMA journal_mode = DELETE")
    database.execute("PRAGMA synchronous = OFF")  # what a crash of the machine may damage can be made again
    database.execute("PRAGMA cache_size = -65536")
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
