"""The previews as a browser meets them: told of a change over the reload socket, then asking for the page."""

from __future__ import annotations

import asyncio
import contextlib
import json
import os
import re
import signal
import socket
import subprocess
import time
from collections.abc import AsyncIterator
from dataclasses import dataclass
from pathlib import Path

from tornado.httpclient import AsyncHTTPClient, HTTPError, HTTPRequest
from tornado.websocket import WebSocketClientConnection, websocket_connect

from benchmarks.edits import Edit
from benchmarks.processes import used_by
from benchmarks.tools import Reload, Tool
from benchmarks.tools.install import environment

HOST = "127.0.0.1"
PATIENCE = 300.0
"""Seconds after which a preview that does not answer has failed."""
CALM = 0.7
"""Seconds between two saves: previews that gather saves for a while have done so."""
_POLL = 0.01
_IDLE = 0.5
"""Seconds without work after which a preview has done what there was to do."""

_PROTOCOL = "http://livereload.com/protocols/official-7"
_SOCKET_IN_PAGE = re.compile(rb"livereload\.js\?port=([^\"]+)")


@dataclass(frozen=True, slots=True)
class Shown:
    """Seconds since the save."""

    told: float | None
    """Until the browser was told to reload; None where the tool tells nothing."""
    served: float
    """Until the changed page was there."""
    slowest: float
    """The longest that another page took, asked for again and again until the change was there."""
    done: float
    """Until the preview had nothing more to do."""


@dataclass(frozen=True, slots=True)
class Preview:
    """A running preview."""

    tool: Tool
    port: int
    pid: int

    def url(self, path: str) -> str:
        return f"http://{HOST}:{self.port}{path}"

    async def get(self, path: str) -> bytes:
        """The page; empty where there is none at this moment. Raises `OSError` where nobody listens."""
        request = HTTPRequest(self.url(path), request_timeout=PATIENCE, connect_timeout=PATIENCE)
        try:
            return (await AsyncHTTPClient().fetch(request)).body
        except HTTPError:
            return b""

    async def save(self, edit: Edit, *, other: str = "") -> Shown:
        """Open the page that an edit concerns, save the edit, wait until the page shows it.

        Where `other` is given, that page is asked for all the time.
        """
        async with self._browser(edit.page) as browser:
            await asyncio.sleep(CALM)
            begun = time.perf_counter()
            edit.save()
            asking = asyncio.create_task(self._ask(other)) if other else None
            told = await self._told(browser, begun)
            served = await self._served(edit.page, edit.mark.encode(), begun)
            slowest = await _stopped(asking) if asking else 0.0
            done = await self._done(begun)
        return Shown(told, served, slowest, done)

    async def _told(self, browser: WebSocketClientConnection | None, begun: float) -> float | None:
        if browser is None:
            return None
        while True:
            message = await asyncio.wait_for(browser.read_message(), PATIENCE)
            if message is None:
                message = f"{self.tool.title} closed the socket"
                raise ConnectionError(message)
            if _says_reload(json.loads(message)):
                return time.perf_counter() - begun

    async def _done(self, begun: float) -> float:
        """When the preview was busy last: it may show one page before it has made the others."""
        last, used = time.perf_counter(), used_by(self.pid)
        while time.perf_counter() - last < _IDLE and time.perf_counter() - begun < PATIENCE:
            await asyncio.sleep(_IDLE / 5)
            now = used_by(self.pid)
            if now - used > _IDLE / 20:
                last = time.perf_counter()
            used = now
        return last - begun

    async def _served(self, path: str, mark: bytes, begun: float) -> float:
        while mark not in await self.get(path):
            if time.perf_counter() - begun > PATIENCE:
                message = f"{self.tool.title} does not show the change on {path}"
                raise TimeoutError(message)
            await asyncio.sleep(_POLL)
        return time.perf_counter() - begun

    async def _ask(self, path: str) -> list[float]:
        """How long each answer takes, until this is cancelled."""
        took: list[float] = []
        with contextlib.suppress(asyncio.CancelledError):
            while True:
                begun = time.perf_counter()
                try:
                    await self.get(path)
                finally:
                    took.append(time.perf_counter() - begun)
                await asyncio.sleep(_POLL)
        return took

    @contextlib.asynccontextmanager
    async def _browser(self, path: str) -> AsyncIterator[WebSocketClientConnection | None]:
        """A browser that shows a page and listens; None where there is nothing to listen to."""
        page = await self.get(path)
        address = self._socket(page)
        if not address:
            yield None
            return
        request = HTTPRequest(address, headers={"Origin": self.url("")})
        browser = await websocket_connect(request)
        try:
            if self.tool.reload is not Reload.ELEVENTY:
                await browser.write_message(json.dumps({"command": "hello", "protocols": [_PROTOCOL]}))
                await browser.write_message(json.dumps({"command": "info", "plugins": {}, "url": self.url(path)}))
            yield browser
        finally:
            browser.close()

    def _socket(self, page: bytes) -> str:
        """Where a browser that shows the page connects to."""
        if self.tool.reload is Reload.EXPLAINER:
            found = _SOCKET_IN_PAGE.search(page)
            if found is None:
                message = "the page says nothing of a reload socket"
                raise ConnectionError(message)
            return f"ws://{HOST}:{found[1].decode()}/livereload"
        if self.tool.reload is Reload.LIVERELOAD:
            return f"ws://{HOST}:{self.port}/livereload"
        return f"ws://{HOST}:{self.port}/" if self.tool.reload is Reload.ELEVENTY else ""


def _says_reload(message: dict[str, object]) -> bool:
    return message.get("command") == "reload" or message.get("type") == "eleventy.reload"


async def _stopped(asking: asyncio.Task[list[float]]) -> float:
    """The slowest answer, the one that is under way included."""
    asking.cancel()
    return max(await asking)


@contextlib.asynccontextmanager
async def preview(tool: Tool, root: Path) -> AsyncIterator[Preview]:
    """A preview of the site in a folder, from its first answer until it is stopped."""
    with (root / "served.log").open("wb") as said:
        port = _free_port()
        process = subprocess.Popen(  # noqa: ASYNC220  # it takes a moment, once
            tool.serve(root, port), cwd=root, env=environment(tool), stdout=said, stderr=said, start_new_session=True
        )
        try:
            running = Preview(tool, port, process.pid)
            await _answers(running, process, root)
            yield running
        finally:
            _stop(process)


async def _answers(running: Preview, process: subprocess.Popen[bytes], root: Path) -> None:
    """Wait for the first page."""
    begun = time.perf_counter()
    while time.perf_counter() - begun < PATIENCE and process.poll() is None:
        with contextlib.suppress(OSError):
            if await running.get("/"):
                return
        await asyncio.sleep(0.1)
    text = (root / "served.log").read_text("utf-8", "replace")[-2000:]
    message = f"the preview of {running.tool.title} does not answer:\n{text}"
    raise ConnectionError(message)


def _stop(process: subprocess.Popen[bytes]) -> None:
    """With its children: Pelican's server and its watcher are two processes."""
    for kill in (False, True):
        if hasattr(os, "killpg"):
            with contextlib.suppress(ProcessLookupError, PermissionError):
                os.killpg(process.pid, signal.SIGKILL if kill else signal.SIGTERM)
        else:
            process.terminate()
        with contextlib.suppress(subprocess.TimeoutExpired):
            process.wait(10)


def _free_port() -> int:
    with socket.socket() as free:
        free.bind((HOST, 0))
        return int(free.getsockname()[1])
