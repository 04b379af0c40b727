"""The cache folder `.explainer/`, and the lock in it that keeps two builds of one site apart."""

from __future__ import annotations

import contextlib
import errno
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from filelock import FileLock, Timeout

from explainer.diagnostics import Diagnostic, Kind
from explainer.publish.paths import CACHE, is_link
from explainer.types import SourcePath


def cache_folder(site_root: Path) -> Path:
    """`.explainer/` of a site, made if it is not there, and ignored by git.

    Raises `OSError`, also where a link stands in its place: the build follows no link out of the site.
    """
    folder = site_root / CACHE
    if is_link(folder):
        raise OSError(errno.ELOOP, "A link stands where the cache folder should be", str(folder))
    folder.mkdir(exist_ok=True)
    with contextlib.suppress(FileExistsError), (folder / ".gitignore").open("x", encoding="utf-8") as ignore:
        ignore.write("*\n")
    return folder


@contextmanager
def build_lock(site_root: Path, *, timeout: float = 0) -> Iterator[Diagnostic | None]:
    """Holds the site's lock during a build; yields what is wrong where it cannot be had within `timeout` seconds.

    with build_lock(site_root) as problem:
        if problem is not None:
            return (problem,)
    """
    lock = _acquire(site_root, timeout)
    try:
        yield lock if isinstance(lock, Diagnostic) else None
    finally:
        if not isinstance(lock, Diagnostic):
            lock.release()


def _acquire(site_root: Path, timeout: float) -> FileLock | Diagnostic:
    path = SourcePath(CACHE)
    try:
        lock = FileLock(cache_folder(site_root) / "lock")
        lock.acquire(timeout=timeout)
    except Timeout:
        return Diagnostic(Kind.BUSY, path, "another build of this site is running", "wait until it is done")
    except OSError as error:
        message = f"cannot be used: {error.strerror or error}"
        return Diagnostic(Kind.OUTPUT_REFUSED, path, message, "delete .explainer/, and let the build write there")
    return lock
