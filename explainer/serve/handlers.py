"""Requests and websockets. Every handler first asks whether the request may be here at all.

The preview listens on this computer only, but any site that is open in the same browser can send requests to it. So the
Host must be ours (a foreign name that resolves to 127.0.0.1 is refused), and a websocket must come from one of our own
pages, which alone know the token of this run.
"""

from __future__ import annotations

import asyncio
import contextlib
import secrets
from collections.abc import Awaitable, Collection, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from livereload.handlers import LiveReloadHandler, LiveReloadJSHandler
from tornado.escape import json_decode
from tornado.web import HTTPError, RequestHandler
from tornado.websocket import WebSocketClosedError

from explainer.publish import Content, open_source
from explainer.serve.answers import HTML, Answer, answer_for, content_type, is_late, missing, output_path
from explainer.serve.inject import SCRIPT, STYLES, Connection, inject
from explainer.serve.shown import News, PreviewBuild, Shown, Waiting, advance, advance_pages

HOST = "127.0.0.1"
_NAMES = (HOST, "localhost", "[::1]")
_OWN = {"preview.js": SCRIPT, "preview.css": STYLES}


@dataclass(slots=True)
class Preview:
    """What handlers share: one per server, so that two servers in one process know nothing of each other."""

    site_root: Path
    port: int
    token: str = field(default_factory=lambda: secrets.token_urlsafe(24))
    shown: Shown = field(default_factory=Shown)
    """Replaced as a whole, in the build's thread; a request reads it once."""
    ready: asyncio.Event = field(default_factory=asyncio.Event)
    """Set when the first build is done."""
    sockets: set[BrowserSocket] = field(default_factory=set)
    """Browsers that have said which page they show."""
    early: Mapping[str, Content] = field(default_factory=dict)
    """Pages that the build which is under way has shown before all others, by output path."""
    settled: Mapping[str, int] = field(default_factory=dict)
    """Of pages that the last build had shown before all others, and that stayed so: the version since which they do."""

    @property
    def address(self) -> str:
        return f"http://{HOST}:{self.port}/"

    @property
    def hosts(self) -> frozenset[str]:
        bare = _NAMES if self.port == 80 else ()
        return frozenset([*(f"{name}:{self.port}" for name in _NAMES), *bare])

    def waiting(self, loop: asyncio.AbstractEventLoop) -> Waiting:
        """The pages that browsers show now; what is made of them first is shown at once. For a build's thread; `loop`: the
        server's.
        """
        urls = frozenset(socket.url for socket in tuple(self.sockets))

        def show(pages: Mapping[str, Content]) -> None:
            self.shown, changed = advance_pages(self.shown, pages)
            self.early = {path: pages[path] for path in changed}
            loop.call_soon_threadsafe(self.tell_pages, changed)

        self.early = {}
        return Waiting(urls, show)

    def show(self, build: PreviewBuild) -> News:
        """Take what a build made. Returns what browsers have to do, but for those whose page has settled."""
        early, version = self.early, self.shown.version
        stayed = {path for path, data in early.items() if build.files is not None and build.files.get(path) == data}
        self.settled = dict.fromkeys(stayed, version) if build.changed is not None else {}
        self.shown, news = advance(self.shown, build)
        return news

    def tell(self, news: News) -> None:
        """Lets every browser reload its page or its stylesheets."""
        if news is not News.NOTHING:
            for socket in tuple(self.sockets):
                if socket.path not in self.settled:
                    socket.reload(news)

    def tell_pages(self, paths: Collection[str]) -> None:
        """Lets those browsers reload that show one of some pages."""
        for socket in tuple(self.sockets):
            if socket.path in paths:
                socket.reload(News.PAGE)


class Guarded(RequestHandler):
    """Refuses what a browser would not send to our own pages."""

    SUPPORTED_METHODS = ("GET", "HEAD")
    preview: Preview

    def initialize(self, preview: Preview) -> None:
        self.preview = preview

    def set_default_headers(self) -> None:
        self.clear_header("Server")
        self.set_header("Cache-Control", "no-store")
        self.set_header("X-Content-Type-Options", "nosniff")
        self.set_header("Cross-Origin-Resource-Policy", "same-origin")

    def prepare(self) -> Awaitable[None] | None:
        if self.request.headers.get("Host", "").lower() not in self.preview.hosts:
            raise HTTPError(403)
        return None

    def compute_etag(self) -> str | None:
        return None

    def write_error(self, status_code: int, **_kwargs: Any) -> None:
        if status_code == 405:
            self.set_header("Allow", ", ".join(self.SUPPORTED_METHODS))
        self.set_header("Content-Type", "text/plain; charset=utf-8")
        self.finish(f"{status_code} {self._reason}\n")


class SiteHandler(Guarded):
    """The site itself."""

    async def get(self) -> None:
        await self.preview.ready.wait()
        shown = self.preview.shown
        if is_late(shown, self.request.path):  # an index may have to be made first
            answer = await asyncio.to_thread(answer_for, shown, self.request.path)
        else:
            answer = answer_for(shown, self.request.path)
        try:
            body = await self._body(answer.body)
        except OSError:  # it went, or a link took its place, since the build
            answer = missing(shown)
            body = await self._body(answer.body)
        self._send(answer, body, shown)

    async def head(self) -> None:
        await self.get()

    async def _body(self, content: Content) -> bytes:
        if isinstance(content, bytes):
            return content
        return await asyncio.to_thread(_read, content, self.preview.site_root)

    def _send(self, answer: Answer, body: bytes, shown: Shown) -> None:
        if answer.content_type == HTML:
            connection = Connection(self.preview.port, self.preview.token, shown.version)
            body = inject(body, connection, problems=shown.problems if shown.files is not None else ())
        self.set_status(answer.status)
        self.set_header("Content-Type", answer.content_type)
        if answer.location:
            query = f"?{self.request.query}" if self.request.query else ""
            self.set_header("Location", answer.location + query)
        self.write(body)


def _read(path: Path, site_root: Path) -> bytes:
    with open_source(path, site_root=site_root) as source:
        return source.read()


class OwnHandler(Guarded):
    """The preview's own script and styles, for pages that know the token."""

    def get(self, token: str, name: str) -> None:
        if not secrets.compare_digest(token.encode(), self.preview.token.encode()) or name not in _OWN:
            raise HTTPError(404)
        self.set_header("Content-Type", content_type(name))
        self.write(_OWN[name].read_bytes())

    head = get


class ScriptHandler(Guarded, LiveReloadJSHandler):  # type: ignore[misc]
    """livereload's script, which connects a page to `BrowserSocket`."""

    def head(self) -> None:
        self.get()


class BrowserSocket(Guarded, LiveReloadHandler):  # type: ignore[misc]
    """One open page. Of livereload's handler it keeps the protocol, and none of the state that its class shares."""

    version = 0
    url = ""
    """The path of the page's address."""
    path: str | None = None
    """The page's output path."""

    def prepare(self) -> Awaitable[None] | None:
        super().prepare()
        token = self.path_args[0] or ""
        known = secrets.compare_digest(token.encode(), self.preview.token.encode())
        if not known or not self.check_origin(self.request.headers.get("Origin", "")):
            raise HTTPError(403)
        return None

    def check_origin(self, origin: str) -> bool:
        scheme, _, host = origin.partition("://")
        return scheme == "http" and host in self.preview.hosts

    def open(self, _token: str, version: str) -> None:
        self.version = int(version)

    def on_message(self, message: str | bytes) -> None:
        """`hello` is answered by livereload; `info` says that the page is ready to be told."""
        said = _said(message)
        command = said.get("command")
        if command == "hello":
            super().on_message(message)
        elif command == "info":
            self.url = _path_of(str(said.get("url", "")))
            self.path = output_path(self.url)
            self.preview.sockets.add(self)
            if self.version not in {self.preview.shown.version, self.preview.settled.get(self.path or "")}:
                self.reload(News.PAGE)  # a build was done between the page and its socket

    def on_close(self) -> None:
        self.preview.sockets.discard(self)

    def reload(self, news: News) -> None:
        """Told as livereload's script understands it: all stylesheets, where no one has the name that is given."""
        path = "*.css" if news is News.STYLES else "*"
        with contextlib.suppress(WebSocketClosedError):
            self.write_message({"command": "reload", "path": path, "liveCSS": True, "liveImg": False})


def _path_of(url: str) -> str:
    try:
        return urlsplit(url).path
    except ValueError:  # no browser sends this
        return ""


def _said(message: str | bytes) -> dict[str, Any]:
    try:
        value = json_decode(message)
    except ValueError:
        return {}
    return value if isinstance(value, dict) else {}
