"""The SQLite file of a store: its tables, how names are known in it, and how it is opened, pruned and thrown away."""

from __future__ import annotations

import hashlib
import sqlite3
from array import array
from collections.abc import Iterable
from pathlib import Path

from explainer.incremental.store import Name, Run

_TABLES = """
CREATE TABLE meta (key TEXT PRIMARY KEY, value BLOB NOT NULL) WITHOUT ROWID;
CREATE TABLE names (id INTEGER NOT NULL, kind TEXT NOT NULL, key BLOB NOT NULL);
CREATE UNIQUE INDEX names_by_id ON names (id);
CREATE INDEX names_by_kind ON names (kind);
CREATE TABLE cells (id INTEGER NOT NULL, value BLOB NOT NULL);
CREATE UNIQUE INDEX cells_by_id ON cells (id);
CREATE TABLE shares (name INTEGER NOT NULL, run INTEGER NOT NULL, value BLOB NOT NULL);
CREATE UNIQUE INDEX shares_by_name ON shares (name, run);
CREATE TABLE runs (id INTEGER NOT NULL, rule TEXT NOT NULL, arg BLOB NOT NULL,
                   cells BLOB NOT NULL, shares BLOB NOT NULL, reads BLOB NOT NULL);
CREATE UNIQUE INDEX runs_by_id ON runs (id);
CREATE INDEX runs_by_rule ON runs (rule);
CREATE TABLE readers (name INTEGER, runs BLOB NOT NULL);
CREATE INDEX readers_by_name ON readers (name);
"""
"""`cells`, `shares` and `reads` of a run are the digests of names, `runs` of a name those of runs: 8 bytes each.

Rows lie in the order in which they were written, and only indexes, which are small, in that of digests: else each of the
writes of a first build would go all over the file.
"""


def name_id(name: Name) -> int:
    """A digest of a name. Two of a million names are equal with a probability of 3e-8."""
    return _digest(f"{name[0]}\0{name[1]}")


def run_id(run: Run) -> int:
    """A digest of a run."""
    return _digest(f"{run[0]}\0{run[1]}")


def _digest(text: str) -> int:
    data = hashlib.blake2b(text.encode("utf-8", "surrogatepass"), digest_size=8).digest()
    return int.from_bytes(data, "little", signed=True)


def blob_of(text: str) -> bytes:
    """Paths need not be UTF-8."""
    return text.encode("utf-8", "surrogatepass")


def text_of(blob: bytes) -> str:
    """The text that was made a blob."""
    return blob.decode("utf-8", "surrogatepass")


def connect(path: Path, *, cache: int = 16_384) -> sqlite3.Connection:
    """A connection to a file that is there or is made, of which it holds `cache` KiB. Raises `sqlite3.Error`."""
    database = sqlite3.connect(path, timeout=20, check_same_thread=False)
    database.execute("PRAGMA synchronous = OFF")  # what a crash of the machine may damage can be made again
    database.execute(f"PRAGMA cache_size = -{cache}")
    return database


def make_tables(path: Path) -> sqlite3.Connection:
    """A new file, with nothing in it, in the place of what may be there."""
    for suffix in ("", "-journal", "-wal", "-shm"):
        path.with_name(f"{path.name}{suffix}").unlink(missing_ok=True)
    database = connect(path)
    database.executescript(_TABLES)
    database.commit()
    return database


def version_of(database: sqlite3.Connection) -> str | None:
    """Which version of the program says that the file is whole. Raises `sqlite3.Error`."""
    row = database.execute("SELECT value FROM meta WHERE key = 'version'").fetchone()
    return row[0] if row else None


def put_names(database: sqlite3.Connection, names: Iterable[tuple[int, Name]]) -> None:
    """Write which name each digest stands for."""
    rows = ((i, kind, blob_of(key)) for i, (kind, key) in names)
    database.executemany("INSERT OR IGNORE INTO names VALUES (?, ?, ?)", rows)


def prune(database: sqlite3.Connection) -> None:
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


def empty(database: sqlite3.Connection) -> None:
    """Delete what a first build wrote that broke off."""
    for table in ("names", "cells", "shares", "runs", "readers"):
        database.execute(f"DELETE FROM {table}")  # noqa: S608
