"""What open browsers are told, spoken in livereload's own protocol."""

from __future__ import annotations

import asyncio
import json
import re
import threading
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from typing import Any

import pytest
from livereload.handlers import LiveReloadHandler
from msgspec.structs import replace
from serve_helpers import PATIENCE, SITE, Running, bad, good
from tornado.httpclient import HTTPClientError, HTTPRequest
from tornado.websocket import WebSocketClientConnection, websocket_connect

from explainer.serve import PreviewBuild, Waiting

STYLED = {**SITE, "assets/site.0123abcd.css": b"p{color:red}"}


def address(preview: Running) -> str:
    """Where livereload's script connects to, from a page that was just loaded."""
    port = re.search(rb"livereload\.js\?port=([^\"]+)", preview.ask("/").body)
    assert port is not None
    return f"ws://127.0.0.1:{port[1].decode()}/livereload"


def request(preview: Running, url: str = "", **headers: str) -> HTTPRequest:
    origin = {"Origin": f"http://127.0.0.1:{preview.port}"}
    return HTTPRequest(url or address(preview), headers={**origin, **headers})


class Browser:
    """An open page."""

    def __init__(self, socket: WebSocketClientConnection) -> None:
        self.socket = socket

    async def send(self, **message: Any) -> None:
        await self.socket.write_message(json.dumps(message))

    async def told(self) -> dict[str, Any]:
        message = await asyncio.wait_for(self.socket.read_message(), PATIENCE)
        assert isinstance(message, str)
        return json.loads(message)

    async def greet(self) -> None:
        await self.send(command="hello", protocols=["http://livereload.com/protocols/official-7"])
        assert (await self.told())["command"] == "hello"


@asynccontextmanager
async def browser(preview: Running, url: str = "", *, at: str = "/") -> AsyncIterator[Browser]:
    """A page that the preview knows of by now: messages are answered in order."""
    socket = await websocket_connect(request(preview, url))
    page = Browser(socket)
    await page.greet()
    await page.send(command="info", url=f"http://127.0.0.1{at}")
    await page.greet() if not url else None
    try:
        yield page
    finally:
        socket.close()
        while socket.close_code is None and await socket.read_message() is not None:
            pass


def test_every_browser_is_told_at_once(preview: Running) -> None:
    async def session() -> None:
        async with browser(preview) as one, browser(preview) as other:
            for text in (b"1", b"2", b"3"):
                preview.save(good({**SITE, "index.html": text}))
                for page in (one, other):
                    told = await page.told()
                    assert (told["command"], told["path"]) == ("reload", "*")

    asyncio.run(session())


def test_styles_are_swapped_and_nothing_is_said_of_nothing(preview: Running) -> None:
    async def session() -> None:
        async with browser(preview) as page:
            preview.save(good(dict(SITE), "same"))
            preview.save(good(STYLED, "styled"))
            told = await page.told()
            assert (told["path"], told["liveCSS"]) == ("*.css", True)

    asyncio.run(session())


def test_problems_that_come_and_go_are_told(preview: Running) -> None:
    async def session() -> None:
        async with browser(preview) as page:
            for build in (bad("one"), bad("two"), good()):
                preview.save(build)
                assert (await page.told())["path"] == "*"

    asyncio.run(session())


def test_a_page_that_connects_too_late_is_told_to_reload(preview: Running) -> None:
    async def session() -> None:
        old = address(preview)
        preview.save(good(STYLED, "styled"))
        async with browser(preview, old) as page:
            assert (await page.told())["path"] == "*"

    asyncio.run(session())


OPEN, OTHER = "a/index.html", "index.html"
TWO = {**SITE, OPEN: b"<body>old</body>", OTHER: b"<body>home</body>"}


class Early:
    """A build that shows a page before the others, and goes on when the test says so."""

    def __init__(self, preview: Running, early: bytes, last: bytes) -> None:
        self.shown, self.go, self.urls = threading.Event(), threading.Event(), frozenset[str]()
        self.early, self.last = early, last
        preview.save(good(TWO, "two"))
        preview.build = self.build
        self.preview = preview

    def build(self, waiting: Waiting) -> PreviewBuild:
        self.urls = waiting.urls
        waiting.show({OPEN: self.early})
        self.shown.set()
        assert self.go.wait(PATIENCE)
        files = {**TWO, OPEN: self.last, OTHER: b"<body>new home</body>"}
        return replace(good(files, "all"), changed=(OPEN, OTHER))

    def finish(self) -> None:
        self.go.set()
        self.preview.wait_for(good(summary="all"))


async def hears_nothing(page: Browser) -> bool:
    """Messages are answered in order: what was told before would come first."""
    await page.send(command="hello", protocols=["http://livereload.com/protocols/official-7"])
    return (await page.told())["command"] == "hello"


def test_an_open_page_is_shown_before_the_others_and_told_once(preview: Running) -> None:
    async def session() -> None:
        build = Early(preview, b"<body>new</body>", b"<body>new</body>")
        async with browser(preview, at="/a/?x#y") as page, browser(preview) as other:
            preview.watcher.save()
            assert (await page.told())["path"] == "*"
            assert build.urls == {"/a/", "/"}
            assert b"new" in preview.ask("/a/").body
            assert b"new" not in preview.ask("/").body
            assert await hears_nothing(other)
            async with browser(preview, address(preview), at="/a/") as again:
                build.finish()
                assert (await other.told())["path"] == "*"
                assert b"new home" in preview.ask("/").body
                assert await hears_nothing(page)
                assert await hears_nothing(again)

    asyncio.run(session())


def test_an_address_that_is_none_is_no_page(preview: Running) -> None:
    async def session() -> None:
        async with browser(preview) as page:
            await page.send(command="info", url="http://[")
            assert await hears_nothing(page)
            preview.save(good({**SITE, "index.html": b"1"}))
            assert (await page.told())["path"] == "*"

    asyncio.run(session())


def test_a_page_that_was_early_and_connects_late_is_not_told_again(preview: Running) -> None:
    async def session() -> None:
        build = Early(preview, b"<body>new</body>", b"<body>new</body>")
        async with browser(preview, at="/a/") as page:
            preview.watcher.save()
            await page.told()
            loaded = address(preview)
            build.finish()
        async with browser(preview, loaded, at="/a/") as again:
            assert await hears_nothing(again)
        async with browser(preview, loaded) as other:
            assert (await other.told())["path"] == "*"

    asyncio.run(session())


def test_a_page_that_was_early_and_is_other_in_the_end_is_told_twice(preview: Running) -> None:
    async def session() -> None:
        build = Early(preview, b"<body>half</body>", b"<body>whole</body>")
        async with browser(preview, at="/a/") as page:
            preview.watcher.save()
            await page.told()
            assert b"half" in preview.ask("/a/").body
            build.finish()
            assert (await page.told())["path"] == "*"
            assert b"whole" in preview.ask("/a/").body

    asyncio.run(session())


def test_nothing_is_shown_early_over_problems(preview: Running) -> None:
    async def session() -> None:
        build = Early(preview, b"<body>new</body>", b"<body>new</body>")
        preview.build, early = lambda _waiting: preview.next, preview.build
        preview.save(bad("one"))
        async with browser(preview, at="/a/") as page:
            preview.build = early
            preview.watcher.save()
            assert await asyncio.to_thread(build.shown.wait, PATIENCE)
            assert b"old" in preview.ask("/a/").body
            assert await hears_nothing(page)
            build.finish()
            assert (await page.told())["path"] == "*"

    asyncio.run(session())


@pytest.mark.parametrize(
    "origin",
    [
        "http://evil.example",
        "http://evil.example:{port}",
        "https://127.0.0.1:{port}",
        "http://127.0.0.1",
        "http://127.0.0.1:1",
        "http://127.0.0.1:{port}.evil.example",
        "null",
        "",
    ],
)
def test_other_origins(preview: Running, origin: str) -> None:
    assert refused(request(preview, Origin=origin.format(port=preview.port))) == 403


def test_no_origin_and_a_foreign_host(preview: Running) -> None:
    nobody = request(preview)
    del nobody.headers["Origin"]
    assert refused(nobody) == 403
    assert refused(request(preview, Host="evil.example")) == 403


@pytest.mark.parametrize("path", ["/livereload", "/-//0/livereload", "/-/guess/0/livereload"])
def test_no_token_or_another(preview: Running, path: str) -> None:
    assert refused(request(preview, f"ws://127.0.0.1:{preview.port}{path}")) == 403
    assert preview.ask(path).status == 403


def refused(wanted: HTTPRequest) -> int:
    async def session() -> int:
        with pytest.raises(HTTPClientError) as refusal:
            await websocket_connect(wanted)
        return refusal.value.code

    return asyncio.run(session())


@pytest.mark.parametrize("message", ["", "{", "[]", '"hello"', '{"command": 1}', '{"command": "reload"}', b"\xff"])
def test_messages_that_are_not_the_protocols(preview: Running, message: str | bytes) -> None:
    async def session() -> None:
        async with browser(preview) as page:
            await page.socket.write_message(message, binary=isinstance(message, bytes))
            await page.greet()

    asyncio.run(session())


def test_two_previews_know_nothing_of_each_other(start: Callable[[PreviewBuild], Running]) -> None:
    one, other = start(good()), start(good())

    async def session() -> None:
        async with browser(one) as first, browser(other) as second:
            one.save(good({**SITE, "index.html": b"new"}))
            assert (await first.told())["command"] == "reload"
            await second.greet()  # the next message is the answer to this one
            assert refused_by(other, address(one)) == 403

    def refused_by(preview: Running, url: str) -> int:
        return preview.ask(url.partition(f":{one.port}")[2], Origin=f"http://127.0.0.1:{preview.port}").status

    asyncio.run(session())
    assert not LiveReloadHandler.waiters
    assert LiveReloadHandler.watcher is None
    assert LiveReloadHandler._last_reload_time is None
    assert address(one) != address(other)


def test_stopping_says_goodbye(tmp_path: Any) -> None:
    preview = Running(tmp_path)
    preview.start(good())

    async def session() -> None:
        async with browser(preview) as page:
            preview.server.stop()
            assert await asyncio.wait_for(page.socket.read_message(), PATIENCE) is None
            assert page.socket.close_code == 1001

    asyncio.run(session())
    preview.stop()
