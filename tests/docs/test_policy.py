"""The headers of docs/deployment.md, under which the demo dossier must lose nothing."""

from __future__ import annotations

import datetime as dt
import re
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import unquote, urlsplit

import pytest
from playwright.sync_api import Browser

from explainer.build import build_site
from explainer.search import index_for_preview

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]

ROOT = Path(__file__).parents[2]
NOW = dt.datetime(2024, 6, 1, 12, tzinfo=dt.UTC)
TYPES = {"html": "text/html; charset=utf-8", "css": "text/css", "js": "text/javascript", "svg": "image/svg+xml"}


def headers() -> dict[str, str]:
    page = (ROOT / "docs" / "deployment.md").read_text(encoding="utf-8")
    block = re.search(r"```text\n(Content-Security-Policy: .*?)```", page, re.DOTALL)
    assert block is not None
    return dict(line.split(": ", 1) for line in block.group(1).splitlines())


def for_search(headers: dict[str, str]) -> dict[str, str]:
    """With what the page says that search needs."""
    policy = headers["Content-Security-Policy"].replace("script-src 'self'", "script-src 'self' 'wasm-unsafe-eval'")
    return {**headers, "Content-Security-Policy": f"{policy}; connect-src 'self'"}


@pytest.fixture(scope="module")
def dossier() -> Iterator[tuple[str, list[str]]]:
    """The address of the dossier's home page, and the paths of its pages: of entries, the first eight."""
    built = build_site(ROOT, now=NOW)
    files = {**built.files, **index_for_preview(built.files)}
    prefix = "/syria-july-2012/"
    sent = headers()

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            path = unquote(urlsplit(self.path).path).removeprefix(prefix)
            name = f"{path}index.html" if path.endswith("/") or not path else path
            found = files.get(name)
            data = files["404.html"] if found is None else found
            body = data if isinstance(data, bytes) else data.read_bytes()
            self.send_response(200 if found is not None else 404)
            ending = name.rpartition(".")[2] if found is not None else "html"
            more = for_search(sent) if path.startswith("search/") else sent
            for header, value in {**more, "Content-Type": TYPES.get(ending, "text/plain")}.items():
                self.send_header(header, value)
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_args: object) -> None:
            pass

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        pages = sorted(f.removesuffix("index.html") for f in built.files if f.endswith(".html"))
        entries = [p for p in pages if re.fullmatch("glossary/[^/]+/", p)]
        pages = [p for p in pages if p not in entries[8:]]
        yield f"http://127.0.0.1:{server.server_port}{prefix}", pages
        server.shutdown()
        thread.join()


def test_no_page_breaks_the_policy(chromium: Browser, dossier: tuple[str, list[str]]) -> None:
    address, pages = dossier
    messages: list[str] = []
    page = chromium.new_page()
    page.on("console", lambda message: messages.append(f"{page.url}: {message.text}"))
    page.on("pageerror", lambda error: messages.append(f"{page.url}: {error}"))
    for path in pages:
        page.goto(address + path)
    assert messages == []
    page.goto(f"{address}articles/why-a-generals-flight-mattered/")
    types = "[...document.querySelectorAll('[type=\"application/ld+json\"]')].map(s => JSON.parse(s.text)['@type'])"
    assert page.evaluate(types) == ["NewsArticle"]
    page.locator(".entry-link").first.hover()
    page.wait_for_selector("#x-card:popover-open")
    assert messages == []
    page.evaluate("document.body.insertAdjacentHTML('beforeend', '<b style=\"color: red\"></b>')")
    assert messages, "the policy is not in force"
    page.close()


def test_search_needs_what_the_page_says(chromium: Browser, dossier: tuple[str, list[str]]) -> None:
    address, _ = dossier
    messages: list[str] = []
    page = chromium.new_page()
    page.on("console", lambda message: messages.append(message.text))
    page.goto(f"{address}search/?q=homs")
    page.wait_for_selector("#x-results li")
    assert messages == []
    page.close()
