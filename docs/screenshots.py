"""Takes the pictures of the documentation from the built dossier: `make site`, then `python docs/screenshots.py`."""

from __future__ import annotations

import sys
import threading
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

from playwright.sync_api import sync_playwright

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT))

from tests.setup_tools import launch_options  # noqa: E402

PICTURES = {
    "article": ("articles/why-a-generals-flight-mattered/", 1280, 1000, 660),
    "home": ("", 1280, 1000, 0),
    "entry": ("glossary/munaf-tlass/", 1280, 1000, 0),
}
"""Path, width, height and how far to scroll."""


class Quiet(SimpleHTTPRequestHandler):
    def log_message(self, *_args: object) -> None:
        """Say nothing."""


def main() -> None:
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(Quiet, directory=str(ROOT / "output")))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(**launch_options())
        for name, (path, width, height, scroll) in PICTURES.items():
            page = browser.new_page(viewport={"width": width, "height": height})
            page.goto(f"http://127.0.0.1:{server.server_port}/{path}")
            page.mouse.wheel(0, scroll)
            page.wait_for_timeout(300)
            page.screenshot(path=ROOT / "docs" / "images" / f"{name}.png")
        browser.close()
    server.shutdown()


if __name__ == "__main__":
    main()
