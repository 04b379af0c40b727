"""The preview's server: livereload's, with builds beside it instead of in its way."""

from __future__ import annotations

import asyncio
import errno
import socket
import webbrowser
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from livereload.server import Server
from livereload.watcher import Watcher
from tornado.httpserver import HTTPServer
from tornado.web import Application

from explainer.serve.coordinator import Coordinator
from explainer.serve.handlers import HOST, BrowserSocket, OwnHandler, Preview, ScriptHandler, SiteHandler
from explainer.serve.shown import News, PreviewBuild, Waiting
from explainer.serve.watcher import FileWatcher, Touched

Announce = Callable[[str], None]
Build = Callable[[Waiting], PreviewBuild]
"""Makes the site as it is now, and the pages that browsers show before all others."""

_PORTS = 20
"""How many ports after the wanted one are tried."""
_GOODBYE = 0.5
"""Seconds that browsers have to close their side."""


def serve_site(  # noqa: PLR0913 -- the options of one command
    build: Build,
    *,
    watch: Sequence[Path],
    site_root: Path,
    port: int = 8000,
    open_browser: bool = False,
    announce: Announce,
    touched: Touched | None = None,
) -> None:
    """Serves the site on 127.0.0.1 until Ctrl-C, and builds it again whenever something below `watch` is saved.

    `build` is called in a thread of its own; `touched` knows what was saved. `announce` gets lines for the terminal. `output/` and `.explainer/` below
    `site_root` are not watched. Raises `OSError` where no port from `port` to `port + 20` is free.
    """
    watcher = FileWatcher(ignore=[site_root / "output", site_root / ".explainer"], touched=touched)
    server = PreviewServer(build, site_root=site_root, watcher=watcher, announce=announce)
    for path in watch:
        server.watch(str(path))
    server.serve(port=port, ready=webbrowser.open if open_browser else None)


class PreviewServer(Server):  # type: ignore[misc]
    """livereload's server with its own watcher, handlers and life: nothing is shared with another server."""

    def __init__(self, build: Build, *, site_root: Path, watcher: Watcher, announce: Announce) -> None:
        super().__init__(watcher=watcher)
        self._build, self._site_root, self._announce = build, site_root, announce
        self._stop: Callable[[], None] = lambda: None

    def serve(self, *, port: int = 8000, ready: Callable[[str], object] | None = None) -> None:
        """Runs until `stop` or Ctrl-C; `ready` gets the address after the first build. Raises `OSError` without a port."""
        bound = bind_port(port)
        try:
            asyncio.run(self._serve(bound, wanted=port, ready=ready))
        except KeyboardInterrupt:
            self._announce("Stopped")

    def stop(self) -> None:
        """Ends `serve`. May be called from any thread."""
        self._stop()

    def application(self, preview: Preview) -> Application:
        """What is served where."""
        shared = {"preview": preview}
        routes = [
            (r"/livereload\.js", ScriptHandler, shared),
            (r"(?:/-/([^/]*)/([0-9]+))?/livereload", BrowserSocket, shared),
            (r"/-/([^/]*)/([^/]*)", OwnHandler, shared),
            (r".*", SiteHandler, shared),
        ]
        return Application(routes, log_function=lambda _handler: None, websocket_max_message_size=1 << 16)

    async def _serve(self, bound: socket.socket, *, wanted: int, ready: Callable[[str], object] | None) -> None:
        preview = Preview(self._site_root, bound.getsockname()[1])
        server = HTTPServer(self.application(preview))
        server.add_socket(bound)
        self._greet(preview, wanted)
        stopped = self._stopped_by_stop()
        coordinator = self._coordinator(preview, ready)
        self.watcher.start(coordinator.changed)
        try:
            coordinator.changed()
            await stopped.wait()
        finally:
            self.watcher.stop()
            coordinator.close()
            server.stop()
            await _say_goodbye(preview.sockets)
            await server.close_all_connections()

    def _stopped_by_stop(self) -> asyncio.Event:
        loop, stopped = asyncio.get_running_loop(), asyncio.Event()

        def stop() -> None:
            loop.call_soon_threadsafe(stopped.set)

        self._stop = stop
        return stopped

    def _coordinator(self, preview: Preview, ready: Callable[[str], object] | None) -> Coordinator:
        """Builds in a worker thread; what it made is swapped in there, and told to browsers in the server's thread."""
        loop = asyncio.get_running_loop()

        def done(build: PreviewBuild) -> None:
            loop.call_soon_threadsafe(show, build, preview.show(build))

        def show(build: PreviewBuild, news: News) -> None:
            if ready is not None and not preview.ready.is_set():
                loop.run_in_executor(None, ready, preview.address)
            preview.ready.set()
            preview.tell(news)
            for line in (*build.problems, build.summary):
                self._announce(line)

        worker = ThreadPoolExecutor(max_workers=1, thread_name_prefix="explainer-build")
        return Coordinator(lambda: self._build(preview.waiting(loop)), done, executor=worker)

    def _greet(self, preview: Preview, wanted: int) -> None:
        if wanted not in {0, preview.port}:
            self._announce(f"Port {wanted} is taken, so the preview uses {preview.port}")
        self._announce(f"Preview at {preview.address} (Ctrl-C stops it)")


def bind_port(wanted: int) -> socket.socket:
    """Listens on the first free port from the wanted one on, on 127.0.0.1 only; 0 stands for any. Raises `OSError`."""
    last = min(wanted + _PORTS, 65535)
    for port in range(wanted, last + 1):
        try:
            bound = socket.create_server((HOST, port), backlog=128)
        except OSError as error:
            if error.errno not in {errno.EADDRINUSE, errno.EACCES}:
                raise
        else:
            bound.setblocking(False)
            return bound
    raise OSError(errno.EADDRINUSE, f"No port from {wanted} to {last} is free")


async def _say_goodbye(sockets: set[BrowserSocket]) -> None:
    """Closes websockets and gives browsers a moment to answer; the set empties as they do."""
    for browser in tuple(sockets):
        browser.close(1001, "The preview was stopped")
    for _ in range(10):
        if sockets:
            await asyncio.sleep(_GOODBYE / 10)
