"""What was drawn and encoded, kept from one build to the next by the key of what it was made of."""

from __future__ import annotations

import contextlib
import hashlib
import os
import time
from pathlib import Path
from typing import Protocol

_DAYS = 60
"""So long it is kept: an edit may be taken back, an output folder may be lost."""


class Depot(Protocol):
    """Bytes by key. It may forget: whoever asks can make them again."""

    def get(self, key: str) -> bytes | None:
        """What was put, whole, or None."""
        ...

    def put(self, key: str, data: bytes) -> None: ...


class MemoryDepot:
    """Gone with the process."""

    def __init__(self) -> None:
        self.kept: dict[str, bytes] = {}

    def get(self, key: str) -> bytes | None:
        return self.kept.get(key)

    def put(self, key: str, data: bytes) -> None:
        self.kept[key] = data


class FolderDepot:
    """A file for each key, written whole or not at all, with its digest before it.

    Processes may share a folder. Where it cannot be written to, nothing is kept.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def get(self, key: str) -> bytes | None:
        try:
            kept = (self._folder / key).read_bytes()
        except OSError:
            return None
        digest, data = kept[:32], kept[32:]
        return data if hashlib.sha256(data).digest() == digest else None

    def put(self, key: str, data: bytes) -> None:
        target = self._folder / key
        temporary = target.with_name(f"{key}.{os.getpid()}.tmp")
        with contextlib.suppress(OSError):
            self._folder.mkdir(parents=True, exist_ok=True)
            temporary.write_bytes(hashlib.sha256(data).digest() + data)
            temporary.replace(target)

    def prune(self) -> None:
        """Delete what was written long ago: what is still published lies in the output, too."""
        oldest = time.time() - _DAYS * 86_400
        with contextlib.suppress(OSError):
            for file in self._folder.iterdir():
                if file.stat().st_mtime < oldest:
                    file.unlink(missing_ok=True)
