"""One build at a time, and never one too few."""

from __future__ import annotations

import threading
import traceback
from collections.abc import Callable
from concurrent.futures import Executor, Future

from explainer.serve.shown import PreviewBuild

Build = Callable[[], PreviewBuild]
"""Makes the site as it is now."""


class Coordinator:
    """Runs builds in an executor of one worker.

    Changes that come while a build runs are answered by one more build after it: that one began after the last change,
    so it sees what was saved last. All methods may be called from any thread.
    """

    def __init__(self, build: Build, done: Callable[[PreviewBuild], None], *, executor: Executor) -> None:
        """`done` is called in the worker after each build, before the next one begins."""
        self._build, self._done, self._executor = build, done, executor
        self._lock = threading.Lock()
        self._running = self._again = self._closed = False

    def changed(self) -> None:
        """Something was saved."""
        with self._lock:
            self._again = self._running
            self._submit()

    def close(self) -> None:
        """Begins no further build, and waits for the one that runs."""
        with self._lock:
            self._closed = True
        self._executor.shutdown(cancel_futures=True)

    def _submit(self) -> None:
        """With the lock held."""
        if not self._running and not self._closed:
            self._running = True
            self._executor.submit(self._work).add_done_callback(self._report)

    def _work(self) -> None:
        try:
            self._done(self._build())
        finally:
            self._finish()

    def _finish(self) -> None:
        with self._lock:
            self._running, again, self._again = False, self._again, False
            if again:
                self._submit()

    def _report(self, work: Future[None]) -> None:
        """Shows a bug in the build as its problem: the preview goes on, and nobody misses it."""
        error = None if work.cancelled() else work.exception()
        if error is not None:
            text = "".join(traceback.format_exception(error))
            self._done(PreviewBuild(None, (text,), "The build broke off: this is a bug in explainer"))
