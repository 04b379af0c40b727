"""A store in a file: SQLite, with what a build has changed in front of it.

Names and runs are known by 64-bit digests, so that nothing has to be looked up to write them. What a build changes is
written in one transaction at its end; a build that breaks off leaves the file as it was. Only the first build of all
writes as it goes, so that a large site need not be in memory, and says at the end which version wrote the file. The file
may be deleted at any time, and one that another version of the program wrote, or that is damaged, or that does not say
who wrote it, is.

Values wait, and are compared, as the bytes that are written. Those that were asked for last are at hand.
"""

from __future__ import annotations

import contextlib
import os
import sqlite3
from array import array
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from itertools import chain, groupby, islice
from pathlib import Path
from typing import Any, NamedTuple

from explainer.incremental import tables
from explainer.incremental.recent import Recent
from explainer.incremental.spool import Spool
from explainer.incremental.store import ABSENT, PACKED, Made, Name, Run, Store, Trace
from explainer.incremental.tables import name_id, run_id, text_of
from explainer.incremental.values import dump, load, load_all
from explainer.incremental.version import tool_version

CACHE = "cache.sqlite3"
"""The file's name in the site's cache folder."""

_BUILDS_BETWEEN_PRUNING = 50
_BATCH = 1_000
"""Values that are read at one time."""
_SPILL = 12_000_000
"""Bytes that a first build holds, about, before it writes them."""
_OVERHEAD = 250
"""Bytes that a value takes besides its own, with its name: many are smaller."""
_NAME = 400
"""The same of a name of its own: with its digest, and with those who read it."""
_READERS_CACHE = 2_048
"""KiB of the file that SQLite holds for a process that only reads: the system holds it for all."""
_DIGESTS = 20_000
"""Digests of names that are at hand where nothing is written."""
_AT_HAND = 2_000_000
"""Bytes of values, as they are written, that are at hand, at least; and of shares in groups as many."""
_READ_ONCE = PACKED | {"told", "usage", "references", "neighbours"}
"""Kinds of cells that are not kept at hand: each is read once where it is read, or much later."""


class _Ids(NamedTuple):
    """A trace, with digests for names."""

    cells: bytes = b""
    shares: bytes = b""
    reads: bytes = b""


class Kept(Store):
    """A store in the file `path`; it and its folder are made where they are not there. Raises `sqlite3.Error`."""

    is_kept = True

    def __init__(self, path: Path) -> None:
        self._path = path
        self._process = os.getpid()
        self._database = self._open()
        super().__init__()

    def _open(self) -> sqlite3.Connection:
        with contextlib.suppress(sqlite3.DatabaseError):
            database = tables.connect(self._path)
            if tables.version_of(database) == tool_version():
                return database
            database.close()
        return tables.make_tables(self._path)

    def _forget(self) -> None:
        """Nothing is in memory; all that was committed is in the file."""
        self._recent: Recent[Name, Any] = Recent(_AT_HAND)
        self._grouped: Recent[Name, Mapping[Run, Any] | None] = Recent(_AT_HAND)
        self._args: dict[str, set[str]] = {}
        self._known_readers: dict[int, set[Run]] = {}
        self._has_in_file: set[str] = set()
        """Kinds of names of which a first build has written some."""
        state = self._rows("SELECT value FROM meta WHERE key = 'state'")
        self.state = load(state[0][0]) if state else {}
        self.is_new = not self._rows("SELECT 1 FROM runs LIMIT 1")
        self.pages, self.at_hand = Spool(self._path.parent), {}
        self._nothing_waits()

    def _nothing_waits(self) -> None:
        self._ids = _Digests()
        self._waiting_cells: dict[Name, bytes | None] = {}
        self._waiting_shares: dict[Name, dict[int, bytes | None]] = {}
        self._waiting_runs: dict[int, tuple[Run, _Ids | None]] = {}
        self._waiting_readers: dict[int, array[int]] = {}
        self._held = 0

    def _rows(self, query: str, values: Iterable[Any] = ()) -> list[Any]:
        if self._process != os.getpid():  # forked: SQLite's connections and their place in the file are not shared
            self._inherited, self._database = self._database, tables.connect(self._path, cache=_READERS_CACHE)
            self._ids = _FewDigests()
            self._process = os.getpid()
        return self._database.execute(query, tuple(values)).fetchall()

    def _is_only_here(self, kind: str) -> bool:
        """Whether the file need not be asked for names of a kind."""
        return self.is_new and kind not in self._has_in_file

    # ---- reading: cells and groups

    def cell(self, name: Name) -> Any:
        value = self._recent.get(name, ABSENT)
        if value is ABSENT:
            data = self._data(name)
            value = None if data is None else load(data)
            if name[0] not in _READ_ONCE:
                self._recent.put(name, value, len(data or b"") + _OVERHEAD)
        return value

    def _data(self, name: Name) -> bytes | None:
        """A cell as it is written; None where it is not there."""
        if name in self._waiting_cells:
            return self._waiting_cells[name]
        if self._is_only_here(name[0]):
            return None
        rows = self._rows("SELECT value FROM cells WHERE id = ?", (self._ids[name],))
        return rows[0][0] if rows else None

    def group(self, name: Name) -> Mapping[Run, Any]:
        group = self._grouped.get(name, None)
        return self.groups([name])[0] if group is None else group

    def groups(self, names: Sequence[Name]) -> list[Mapping[Run, Any]]:
        groups = {name: self._grouped.get(name, None) for name in names}
        shares = self._shares([name for name, group in groups.items() if group is None])
        values = iter(load_all([data for some in shares.values() for data in some]))
        for name, some in shares.items():
            group = {Run(rule, arg): value for rule, arg, value in islice(values, len(some))}
            groups[name] = group
            self._grouped.put(name, group, sum(map(len, some)) + _OVERHEAD)
        return [groups[name] or {} for name in names]

    def _shares(self, names: Collection[Name]) -> dict[Name, list[bytes]]:
        """What is in some groups, as it is written."""
        ids = {self._ids[name]: name for name in names if not self._is_only_here(name[0])}
        shares: dict[Name, dict[int, bytes | None]] = {name: {} for name in names}
        query = f"SELECT name, run, value FROM shares WHERE name IN ({','.join('?' * len(ids))})"  # noqa: S608
        for number, run, data in self._rows(query, ids) if ids else ():
            shares[ids[number]][run] = data
        together = ({**some, **self._waiting_shares.get(name, {})} for name, some in shares.items())
        return {
            name: [data for data in some.values() if data is not None]
            for name, some in zip(names, together, strict=True)
        }

    def _cells_as_written(self, names: Collection[Name]) -> dict[Name, bytes | None]:
        """Those of some cells that are there."""
        here = {name: self._waiting_cells[name] for name in names if name in self._waiting_cells}
        ids = {self._ids[name]: name for name in names if name not in here and not self._is_only_here(name[0])}
        return here | {ids[i]: data for i, data in self._chosen("SELECT id, value FROM cells WHERE id", ids)}

    def _shares_as_written(self, run: int, names: Collection[Name]) -> dict[Name, bytes | None]:
        """Those of a run's shares that are there, without their groups."""
        waiting = {name: self._waiting_shares.get(name, {}) for name in names}
        here = {name: some[run] for name, some in waiting.items() if run in some}
        ids = {self._ids[name]: name for name in names if name not in here and not self._is_only_here(name[0])}
        rows = self._chosen("SELECT name, value FROM shares WHERE run = ? AND name", ids, (run,))
        return here | {ids[i]: data for i, data in rows}

    def _share(self, name: Name, run: int) -> bytes | None:
        """One share as it is written, without its group."""
        waiting = self._waiting_shares.get(name, {})
        if run in waiting:
            return waiting[run]
        if self._is_only_here(name[0]):
            return None
        rows = self._rows("SELECT value FROM shares WHERE name = ? AND run = ?", (self._ids[name], run))
        return rows[0][0] if rows else None

    def keys_of(self, kind: str) -> Iterable[str]:
        waiting = {name[1] for name in self._waiting_shares if name[0] == kind}
        yield from (key for key in waiting if self._shares([(kind, key)])[kind, key])
        if not self._is_only_here(kind):
            query = "SELECT key FROM names WHERE kind = ? AND EXISTS (SELECT 1 FROM shares WHERE name = names.id)"
            yield from (key for (data,) in self._rows(query, (kind,)) if (key := text_of(data)) not in waiting)

    def groups_of(self, kind: str) -> Iterator[tuple[str, Mapping[Run, Any]]]:
        found: dict[str, dict[int, bytes | None]] = {}
        if not self._is_only_here(kind):
            query = "SELECT key, run, value FROM names JOIN shares ON shares.name = names.id WHERE kind = ?"
            for key, run, data in self._rows(query, (kind,)):
                found.setdefault(text_of(key), {})[run] = data
        for (a_kind, key), waiting in self._waiting_shares.items():
            if a_kind == kind:
                found.setdefault(key, {}).update(waiting)
        shares = [(key, data) for key, some in found.items() for data in some.values() if data is not None]
        values = (load_all([data for _, data in some]) for some in _batches(shares))
        for key, some in groupby(zip(shares, chain.from_iterable(values), strict=True), key=_key_of_share):
            yield key, {Run(rule, arg): value for _, (rule, arg, value) in some}

    def cells_of(self, kind: str) -> Iterator[tuple[str, Any]]:
        waiting = {name[1]: data for name, data in self._waiting_cells.items() if name[0] == kind}
        found = [(key, data) for key, data in waiting.items() if data is not None]
        if not self._is_only_here(kind):
            query = "SELECT key, value FROM names JOIN cells USING (id) WHERE kind = ?"
            written = ((text_of(key), data) for key, data in self._rows(query, (kind,)))
            found += [(key, data) for key, data in written if key not in waiting]
        for some in _batches(found):
            yield from zip((key for key, _ in some), load_all([data for _, data in some]), strict=True)

    # ---- reading: runs

    def args_of(self, rule: str) -> Collection[str]:
        args = self._args.get(rule)
        if args is None:
            written = () if self.is_new else self._rows("SELECT arg FROM runs WHERE rule = ?", (rule,))
            args = {text_of(arg) for (arg,) in written}
            for run, trace in self._waiting_runs.values():
                if run.rule == rule:
                    (args.discard if trace is None else args.add)(run.arg)
            self._args[rule] = args
        return args

    def knows(self, run: Run) -> bool:
        return self._ids_of(run) is not None

    def trace(self, run: Run) -> Trace | None:
        ids = self._ids_of(run)
        return None if ids is None else Trace(*(self._names_of(array("q", part)) for part in ids))

    def _ids_of(self, run: Run) -> _Ids | None:
        number = run_id(run)
        if number in self._waiting_runs:
            return self._waiting_runs[number][1]
        if self.is_new and run.arg not in self.args_of(run.rule):
            return None
        rows = self._rows("SELECT cells, shares, reads FROM runs WHERE id = ?", (number,))
        return _Ids(*rows[0]) if rows else None

    def _names_of(self, ids: Collection[int]) -> tuple[Name, ...]:
        rows = self._chosen("SELECT id, kind, key FROM names WHERE id", ids)
        found = {identifier: (kind, text_of(key)) for identifier, kind, key in rows}
        if len(found) < len(ids):  # some are not written yet
            found |= {i: name for name, i in self._ids.items()}
        return tuple(found[i] for i in ids if i in found)

    def _chosen(self, query: str, ids: Collection[int], given: Sequence[int] = ()) -> Iterator[Any]:
        """The rows with these digests, of which a query says at its end where they stand."""
        wanted = list(ids)
        for start in range(0, len(wanted), 500):
            some = wanted[start : start + 500]
            yield from self._rows(f"{query} IN ({','.join('?' * len(some))})", [*given, *some])

    def readers_of(self, name: Name) -> Collection[Run]:
        return self.readers_of_each([name])[name]

    def readers_of_each(self, names: Collection[Name]) -> Mapping[Name, Collection[Run]]:
        ids = {name: self._ids[name] for name in names}
        self._load_readers([number for number in ids.values() if number not in self._known_readers])
        return {name: self._known_readers[number] for name, number in ids.items()}

    def _load_readers(self, names: Collection[int]) -> None:
        """The file names runs that have read a name once; only some may read it now."""
        reading = [(name, i) for name in names for i in self._waiting_readers.get(name, ())]
        written = self._chosen("SELECT name, runs FROM readers WHERE name", names)
        reading += [(name, i) for name, some in written for i in array("q", some)]
        asked: dict[int, set[int]] = {}
        for name, i in reading:
            asked.setdefault(i, set()).add(name)
        self._known_readers |= {name: set() for name in names}
        for run, i, reads in self._runs_as_written(asked):
            there = array("q", reads)
            for name in asked[i]:
                if name in there:
                    self._known_readers[name].add(run)

    def _runs_as_written(self, ids: Collection[int]) -> Iterator[tuple[Run, int, bytes]]:
        """Those of some runs that are there: the run, its digest, the digests of what it read."""
        for i in ids:
            run, trace = self._waiting_runs.get(i, (None, None))
            if run is not None and trace is not None:
                yield run, i, trace.reads
        written = sorted(i for i in ids if i not in self._waiting_runs)
        for i, rule, arg, reads in self._chosen("SELECT id, rule, arg, reads FROM runs WHERE id", written):
            yield Run(rule, text_of(arg)), i, reads

    # ---- writing

    def packed(self, made: Made) -> Made:
        return made.packed()

    def replace(self, run: Run, made: Made, reads: Collection[Name]) -> set[Name]:
        number, old = run_id(run), self._ids_of(run)
        is_first = self.is_new and old is None
        head = dump(tuple(run))[:-1] + b","
        changed = set[Name]()
        before = {} if is_first else self._cells_as_written(made.cells)
        for name, value in made.cells.items():
            data = dump(value)
            if before.get(name) != data:
                self._put_cell(name, data)
                changed.add(name)
        before = {} if is_first else self._shares_as_written(number, made.shares)
        for name, value in made.shares.items():
            data = b"%b%b]" % (head, dump(value))
            if before.get(name) != data:
                self._put_share(name, number, data)
                changed.add(name)
        ids = _Ids(
            *(array("q", map(self._ids.__getitem__, names)).tobytes() for names in (made.cells, made.shares, reads))
        )
        changed |= self._take_away(number, old or _Ids(), ids)
        self._put_run(run, number, old or _Ids(), ids)
        if self._held + _NAME * len(self._ids) > _SPILL:
            self.spill()
        return changed

    def _take_away(self, run: int, old: _Ids, new: _Ids) -> set[Name]:
        """Delete what a run made before and does not make now. Returns the names of what is gone."""
        cells = [n for n in self._names_of(_missing(old.cells, new.cells)) if self._data(n) is not None]
        shares = [n for n in self._names_of(_missing(old.shares, new.shares)) if self._share(n, run) is not None]
        for name in cells:
            self._put_cell(name, None)
        for name in shares:
            self._put_share(name, run, None)
        return {*cells, *shares}

    def _put_cell(self, name: Name, data: bytes | None) -> None:
        self._recent.forget(name)
        self._waiting_cells[name] = data
        self._held += len(data or b"") + _OVERHEAD

    def _put_share(self, name: Name, run: int, data: bytes | None) -> None:
        self._grouped.forget(name)
        self._waiting_shares.setdefault(name, {})[run] = data
        self._held += len(data or b"") + _OVERHEAD

    def _put_run(self, run: Run, number: int, old: _Ids, new: _Ids) -> None:
        self._waiting_runs[number] = (run, new)
        self._held += len(new.reads) + _OVERHEAD
        if self.is_new or run.rule in self._args:
            self.args_of(run.rule).add(run.arg)  # type: ignore[attr-defined]
        for name in _missing(new.reads, old.reads):
            self._waiting_readers.setdefault(name, array("q")).append(number)
            if name in self._known_readers:
                self._known_readers[name].add(run)
        for name in _missing(old.reads, new.reads) if self._known_readers else ():
            self._known_readers.get(name, set()).discard(run)

    def read_more(self, run: Run, reads: Collection[Name]) -> None:
        old = self._ids_of(run) or _Ids()
        more = _missing(array("q", [self._ids[name] for name in reads]).tobytes(), old.reads)
        self._put_run(run, run_id(run), old, old._replace(reads=old.reads + more.tobytes()))

    def put(self, name: Name, value: Any) -> None:
        self._put_cell(name, dump(value))

    def remove(self, run: Run) -> set[Name]:
        gone = self.replace(run, Made(), ())
        self._waiting_runs[run_id(run)] = (run, None)
        if run.rule in self._args:
            self._args[run.rule].discard(run.arg)
        return gone

    def spill(self) -> None:
        """Write what a first build has made so far, and let go of it."""
        if not (self.is_new and self._held):
            return
        if not self._has_in_file:
            # Other processes read while this one goes on writing.
            self._database.execute("PRAGMA journal_mode = WAL")
        with self._database as database:
            self._write(database)
        self._has_in_file |= {kind for kind, _ in (*self._waiting_cells, *self._waiting_shares)}
        self._nothing_waits()

    def commit(self) -> None:
        with self._database as database:
            self._write(database)
            self.state["builds"] = self.state.get("builds", 0) + 1
            database.execute("INSERT OR REPLACE INTO meta VALUES ('state', ?)", (dump(self.state),))
            database.execute("INSERT OR REPLACE INTO meta VALUES ('version', ?)", (tool_version(),))
            if self.state["builds"] % _BUILDS_BETWEEN_PRUNING == 0:
                tables.prune(database)
        if self._has_in_file:
            self._database.execute("PRAGMA journal_mode = DELETE")
        self._nothing_waits()
        self._known_readers = {}
        self.is_new, self._has_in_file = False, set()

    def _write(self, database: sqlite3.Connection) -> None:
        self._write_cells(database)
        self._write_shares(database)
        self._write_runs(database)
        readers = sorted((name, runs.tobytes()) for name, runs in self._waiting_readers.items())
        database.executemany("INSERT INTO readers VALUES (?, ?)", readers)
        put = {*self._waiting_readers, *(self._ids[n] for n in (*self._waiting_cells, *self._waiting_shares))}
        tables.put_names(database, ((i, name) for name, i in self._ids.items() if i in put))

    def _write_cells(self, database: sqlite3.Connection) -> None:
        cells = [(self._ids[name], data) for name, data in self._waiting_cells.items()]
        database.executemany("DELETE FROM cells WHERE id = ?", [(i,) for i, data in cells if data is None])
        rows = ((i, data) for i, data in cells if data is not None)
        database.executemany("INSERT OR REPLACE INTO cells VALUES (?, ?)", rows)

    def _write_shares(self, database: sqlite3.Connection) -> None:
        shares = [(self._ids[name], *one) for name, some in self._waiting_shares.items() for one in some.items()]
        gone = [(name, run) for name, run, data in shares if data is None]
        database.executemany("DELETE FROM shares WHERE name = ? AND run = ?", gone)
        rows = sorted((name, run, data) for name, run, data in shares if data is not None)
        database.executemany("INSERT OR REPLACE INTO shares VALUES (?, ?, ?)", rows)

    def _write_runs(self, database: sqlite3.Connection) -> None:
        gone = [(i,) for i, (_, ids) in self._waiting_runs.items() if ids is None]
        database.executemany("DELETE FROM runs WHERE id = ?", gone)
        runs = ((i, run, ids) for i, (run, ids) in self._waiting_runs.items() if ids is not None)
        rows = ((i, run.rule, tables.blob_of(run.arg), *ids) for i, run, ids in runs)
        database.executemany("INSERT OR REPLACE INTO runs VALUES (?, ?, ?, ?, ?, ?)", rows)

    def rollback(self) -> None:
        """Nothing of what was written since the last `commit` is in the file."""
        if self._has_in_file:
            with self._database as database:
                tables.empty(database)
        self.pages.clear()
        self._forget()

    def close(self) -> None:
        self.pages.clear()
        self._database.close()


def _batches(found: Sequence[tuple[str, bytes]]) -> Iterator[Sequence[tuple[str, bytes]]]:
    """What is read at one time."""
    return (found[start : start + _BATCH] for start in range(0, len(found), _BATCH))


def _key_of_share(found: tuple[tuple[str, bytes], Any]) -> str:
    (key, _), _ = found
    return key


def _missing(some: bytes, others: bytes) -> array[int]:
    """The digests that are in some and not in others."""
    there = {*array("q", others)}
    return array("q", [i for i in array("q", some) if i not in there])


class _Digests(dict[Name, int]):
    """The digests of names, each made once."""

    def __missing__(self, name: Name) -> int:
        found = self[name] = name_id(name)
        return found


class _FewDigests(_Digests):
    """The same for a process that only reads: it meets all names of a site, page by page, and few of them twice."""

    def __missing__(self, name: Name) -> int:
        if len(self) >= _DIGESTS:
            self.clear()
        return super().__missing__(name)


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
            known = tables.version_of(database) == tool_version()
    except sqlite3.Error:
        return None
    return Kept(path) if known else None
