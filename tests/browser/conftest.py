"""The dossier, served below a sub-path, and a browser that looks at it."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, Request

from tests.whole.dossier import Dossier, dossier

__all__ = ["dossier"]

BASE = "/a/b/"
FLAGS = ["--disable-gpu", "--disable-background-networking"]


class Handler(SimpleHTTPRequestHandler):
    """Serves the output folder at `/a/b/` and nothing else."""

    def translate_path(self, path: str) -> str:
        below = path.removeprefix(BASE) if path.startswith(BASE) else "nothing/of/this/name"
        return super().translate_path("/" + below)

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002
        """Nothing: tests are silent."""


@pytest.fixture(scope="session")
def address(dossier: Dossier) -> Iterator[str]:
    """Where the dossier is served, with a slash at the end."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(Handler, directory=dossier.output))
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}{BASE}"
    server.shutdown()
    thread.join()
    server.server_close()


@dataclass
class Watch:
    """What a reader should never cause: messages, errors, requests that fail or lead elsewhere."""

    address: str
    seen: list[str] = field(default_factory=list)

    def look_at(self, page: Page) -> None:
        page.on("console", lambda message: self.seen.append(f"console: {message.text}"))
        page.on("pageerror", lambda error: self.seen.append(f"error: {error}"))
        page.on("requestfailed", self._failed)
        page.on(
            "response", lambda response: response.status < 400 or self.seen.append(f"{response.status}: {response.url}")
        )
        page.on(
            "request",
            lambda request: request.url.startswith(self.address) or self.seen.append(f"elsewhere: {request.url}"),
        )

    def _failed(self, request: Request) -> None:
        """A reader who leaves a page breaks off what it is still loading."""
        if request.failure != "net::ERR_ABORTED":
            self.seen.append(f"failed: {request.url}: {request.failure}")


Open = Callable[..., Page]
"""`open_page("articles/x/", has_touch=True)`: a page of its own, with the options of a browser context."""


@pytest.fixture
def watch(address: str) -> Iterator[Watch]:
    watch = Watch(address)
    yield watch
    assert watch.seen == []


@pytest.fixture
def open_page(chromium: Browser, address: str, watch: Watch) -> Iterator[Open]:
    contexts: list[BrowserContext] = []

    def open_page(path: str, *, frozen: bool = False, **options: Any) -> Page:
        context = chromium.new_context(**{"viewport": {"width": 1280, "height": 800}, "locale": "en", **options})
        contexts.append(context)
        context.set_default_timeout(10_000)
        page = context.new_page()
        watch.look_at(page)
        if frozen:
            page.clock.install(time=0)
        page.goto(address + path)
        if frozen:
            page.clock.pause_at(10_000)
        return page

    yield open_page
    for context in contexts:
        context.close()


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Every test of this folder opens a browser."""
    here = Path(__file__).parent
    for item in items:
        if here in item.path.parents:
            item.add_marker(pytest.mark.browser)
