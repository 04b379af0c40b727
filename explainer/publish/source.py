"""What is wanted in output: rendered bytes, or files of the site to be copied."""

from __future__ import annotations

import errno
import hashlib
import os
import stat
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import BinaryIO

from explainer.diagnostics import Diagnostic, Kind
from explainer.publish.paths import Place
from explainer.publish.record import Entry, Record
from explainer.publish.scan import Found

Content = bytes | Path
"""An output file's bytes, or the file that is copied to it."""

_CHUNK = 1 << 18


def open_source(path: Path, *, site_root: Path) -> BinaryIO:
    """Opens a regular file for reading.

    Raises `OSError` for anything else, and for a path inside the site that a link leads out of it.
    """
    real = path.resolve(strict=True)
    root = site_root.resolve()
    inside = Path(os.path.normpath(site_root.absolute()))
    if Path(os.path.normpath(path.absolute())).is_relative_to(inside) and not real.is_relative_to(root):
        raise PermissionError(errno.EACCES, "A link leads out of the site", str(path))
    if not stat.S_ISREG(real.stat().st_mode):
        raise OSError(errno.EINVAL, "Not a regular file", str(path))
    return real.open("rb")


def measure(
    files: Mapping[str, Content], *, place: Place, known: Mapping[str, Entry]
) -> tuple[dict[str, Entry], tuple[Diagnostic, ...]]:
    """The manifest that `files` make, and what could not be read. What is `known` is not looked into."""
    entries, problems = dict[str, Entry](), list[Diagnostic]()
    for path in files:
        if path in known:
            entries[path] = known[path]
            continue
        content = files[path]
        try:
            entries[path] = transfer(content, None, site_root=place.root)
        except OSError as error:
            problems.append(unreadable(error, path, content, place=place))
    return entries, tuple(problems)


def altered_files(output: Path, record: Record, found: Found, looks_as_left: Callable[[str], bool]) -> Iterator[str]:
    """The files of output that have the size that the manifest says, and other bytes. Raises `OSError`."""
    for path, size in found.sizes.items():
        entry = record.entries.get(path)
        if entry is not None and entry.size == size and not looks_as_left(path):
            with (output / path).open("rb") as source:
                if _drain(source, None) != entry:
                    yield path


def transfer(content: Content, sink: BinaryIO | None, *, site_root: Path) -> Entry:
    """Copies content to `sink`, if there is one, and says what it was. Raises `OSError`."""
    if isinstance(content, bytes):
        if sink is not None:
            sink.write(content)
        return Entry(hashlib.sha256(content).hexdigest(), len(content))
    with open_source(content, site_root=site_root) as source:
        return _drain(source, sink)


def _drain(source: BinaryIO, sink: BinaryIO | None) -> Entry:
    digest, size = hashlib.sha256(), 0
    while chunk := source.read(_CHUNK):
        digest.update(chunk)
        size += len(chunk)
        if sink is not None:
            sink.write(chunk)
    return Entry(digest.hexdigest(), size)


def unreadable(error: OSError, path: str, content: Content, *, place: Place) -> Diagnostic:
    """That a file to be copied cannot be read."""
    source = place.shown(content.absolute()) if isinstance(content, Path) else place.shown(place.output / path)
    return Diagnostic(
        Kind.UNREADABLE,
        source,
        f"cannot be copied to {path}: {error.strerror or error}",
        "give the build the right to read it, or remove what refers to it",
    )
