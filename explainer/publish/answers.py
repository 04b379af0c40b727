"""The answers of language models, kept in `.explainer/` from one build to the next."""

from __future__ import annotations

import contextlib
import os
import sqlite3
from collections.abc import Iterator, MutableMapping
from pathlib import Path

from explainer.publish.lock import cache_folder

MOST_ANSWERS = 200_000
"""More are not kept: the oldest go."""


class KeptAnswers(MutableMapping[str, str]):
    """Answers by key, in a database that is opened when the first one is looked up.

    What cannot be kept (a folder that may not be written to, a damaged file) is still remembered for this run.
    """

    def __init__(self, site_root: Path) -> None:
        self._root = site_root
        self._memory: dict[str, str] = {}
        self._database: sqlite3.Connection | None = None
        self._opened = False
        self._process = os.getpid()

    def _open(self) -> sqlite3.Connection | None:
        if self._process != os.getpid():  # forked: a connection is not shared
            self._process, self._opened, self._database = os.getpid(), False, None
        if not self._opened:
            self._opened = True
            with contextlib.suppress(OSError, sqlite3.Error):
                database = sqlite3.connect(cache_folder(self._root) / "answers.sqlite3", timeout=5)
                database.execute("CREATE TABLE IF NOT EXISTS answers (key TEXT PRIMARY KEY, answer TEXT NOT NULL)")
                self._database = database
        return self._database

    def __getitem__(self, key: str) -> str:
        database = self._open()
        if key not in self._memory and database is not None:
            with contextlib.suppress(sqlite3.Error):
                row = database.execute("SELECT answer FROM answers WHERE key = ?", (key,)).fetchone()
                if row is not None:
                    self._memory[key] = row[0]
        return self._memory[key]

    def __setitem__(self, key: str, answer: str) -> None:
        self._memory[key] = answer
        database = self._open()
        if database is not None:
            with contextlib.suppress(sqlite3.Error), database:
                database.execute("INSERT OR REPLACE INTO answers VALUES (?, ?)", (key, answer))

    def __delitem__(self, key: str) -> None:
        del self._memory[key]

    def __iter__(self) -> Iterator[str]:
        return iter(self._memory)

    def __len__(self) -> int:
        return len(self._memory)

    def close(self) -> None:
        """Forget the oldest answers beyond the limit, and close the database."""
        if self._database is not None:
            with contextlib.suppress(sqlite3.Error), self._database as database:
                database.execute(
                    "DELETE FROM answers WHERE rowid <= (SELECT max(rowid) FROM answers) - ?", (MOST_ANSWERS,)
                )
            self._database.close()


@contextlib.contextmanager
def kept_answers(site_root: Path) -> Iterator[KeptAnswers]:
    """The answers of a site's models, for as long as they are needed."""
    answers = KeptAnswers(site_root)
    try:
        yield answers
    finally:
        answers.close()
