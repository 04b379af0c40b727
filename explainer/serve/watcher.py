"""Notices saved files: watchfiles, in the shape in which livereload's server takes a watcher."""

from __future__ import annotations

import contextlib
import re
import threading
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

import watchfiles
from livereload.watcher import Watcher

_IGNORED_NAME = re.compile(r".*~|\.#.*|#.*#|4913|\..*\.sw[a-z]|.*\.sw[px]|\.DS_Store|.*___jb_(?:tmp|old)___")
"""What editors write beside a file while it is open or being saved."""
_IGNORED_FOLDERS = frozenset({".git", ".hg", ".svn", ".explainer", "__pycache__", "node_modules"})

_STEP = 10
"""Milliseconds of silence that end a burst of changes."""
_LONGEST = 500
"""Milliseconds after which a burst that does not end is answered all the same."""
_LOOK = 250
"""Milliseconds after which we look whether what is watched is still the same file or folder."""

_Identity = tuple[int, int]


class Touched:
    """What was saved since somebody last asked. Used by several threads."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._paths: set[str] | None = None

    def add(self, paths: Iterable[str] | None) -> None:
        """Paths that were saved; None: there may be others."""
        with self._lock:
            if self._paths is not None:
                self._paths = None if paths is None else self._paths.union(paths)

    def take(self) -> frozenset[str] | None:
        """What was saved since; None where anything may have been."""
        with self._lock:
            paths, self._paths = self._paths, set()
        return None if paths is None else frozenset(paths)


class FileWatcher(Watcher):  # type: ignore[misc]
    """Calls back once for each burst of changes below the watched paths, from a thread of its own.

    Paths may come, go and be replaced while it runs: editors save a file by putting another in its place, and a version
    control system does so with whole folders.
    """

    def __init__(self, *, ignore: Iterable[Path] = (), touched: Touched | None = None) -> None:
        """`ignore`: folders whose changes do not count, `output/` above all. `touched` is told what was saved."""
        super().__init__()
        self._touched = touched or Touched()
        self._ignored = tuple(path.resolve() for path in ignore)
        self._stopped = threading.Event()
        self._thread: threading.Thread | None = None

    def start(self, callback: Callable[[], None]) -> bool:
        """Watches what `watch` was told to. True: nobody needs to poll."""
        self._thread = threading.Thread(target=self._run, args=(callback, self._identities()), name="explainer-watch")
        self._thread.start()
        return True

    def stop(self) -> None:
        """Ends the thread."""
        self._stopped.set()
        if self._thread is not None:
            self._thread.join()

    def is_watched(self, path: Path) -> bool:
        """Whether a change of this path may change the site."""
        if _IGNORED_NAME.fullmatch(path.name) or any(path.is_relative_to(folder) for folder in self._ignored):
            return False
        roots = [Path(root).resolve() for root in self._tasks]
        below = [path.relative_to(root).parts for root in roots if path.is_relative_to(root)]
        return any(_IGNORED_FOLDERS.isdisjoint(parts) for parts in below)

    def _run(self, callback: Callable[[], None], watched: dict[Path, _Identity]) -> None:
        for paths in self._bursts(watched):
            self._touched.add(paths)
            callback()

    def _bursts(self, watched: dict[Path, _Identity]) -> Iterator[set[str] | None]:
        """The paths of each burst; and None after the watch was set up anew, since changes may have come between."""
        anew = False
        while not self._stopped.is_set():
            for changes in self._watch(watched):
                if changes or anew:
                    yield None if anew else {path for _, path in changes}
                anew = False
                if self._identities() != watched:
                    break
            watched, anew = self._identities(), True

    def _watch(self, paths: Iterable[Path]) -> Iterator[set[tuple[watchfiles.Change, str]]]:
        with contextlib.suppress(FileNotFoundError):  # it went while we set the watch up: look again
            yield from watchfiles.watch(
                *paths,
                watch_filter=lambda _change, path: self.is_watched(Path(path)),
                debounce=_LONGEST,
                step=_STEP,
                rust_timeout=_LOOK,
                yield_on_timeout=True,
                stop_event=self._stopped,
                raise_interrupt=False,
            )

    def _identities(self) -> dict[Path, _Identity]:
        """The watched paths that are there, and which file or folder each one is."""
        found = {}
        for root in map(Path, self._tasks):
            try:
                status = root.stat()
            except OSError:
                continue
            found[root.resolve()] = (status.st_dev, status.st_ino)
        return found
