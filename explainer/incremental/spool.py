"""Bytes put aside in a file without a name: what a build has rendered and not yet published."""

from __future__ import annotations

import tempfile
import weakref
from collections.abc import Iterator, MutableMapping
from pathlib import Path
from typing import IO


class Spool(MutableMapping[str, bytes]):
    """A mapping whose values lie in a temporary file in `folder`. It goes with the process, however that ends."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._places: dict[str, tuple[int, int]] = {}
        self._file: IO[bytes] | None = None
        self._end = 0

    def __setitem__(self, key: str, data: bytes) -> None:
        if self._file is None:
            # Unbuffered: a process that is forked meanwhile must have nothing to write.
            self._file = tempfile.TemporaryFile(dir=self._folder, buffering=0)  # noqa: SIM115
            weakref.finalize(self, self._file.close)
        self._file.seek(self._end)
        self._file.write(data)
        self._places[key] = (self._end, len(data))
        self._end += len(data)

    def __getitem__(self, key: str) -> bytes:
        begin, size = self._places[key]
        assert self._file is not None  # noqa: S101 -- where there is a place there is a file
        self._file.seek(begin)
        return self._file.read(size)

    def __delitem__(self, key: str) -> None:
        del self._places[key]

    def __iter__(self) -> Iterator[str]:
        return iter(self._places)

    def __len__(self) -> int:
        return len(self._places)

    def clear(self) -> None:
        """Forget all, and give the file back."""
        self._places.clear()
        self._end = 0
        if self._file is not None:
            self._file.close()
            self._file = None
