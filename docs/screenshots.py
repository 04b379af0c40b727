"""Takes the pictures of the documentation from the built dossier: `make site`, then `python docs/screenshots.py`."""

from __future__ import annotations

import io
import sys
import threading
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any, NamedTuple

from PIL import Image
from playwright.sync_api import Browser, Page, sync_playwright

ROOT = Path(__file__).parents[1]
IMAGES = ROOT / "docs" / "images"
sys.path.insert(0, str(ROOT))

from tests.setup_tools import launch_options  # noqa: E402

PAGES = {
    "home": "",
    "article": "articles/why-a-generals-flight-mattered/",
    "arabic": "articles/limadha-kana-inshiqaq-talas-muhimman/",
    "person": "glossary/munaf-tlass/",
    "place": "glossary/rastan/",
    "places": "glossary/kind/place/",
}
"""The gallery, by the names of its files."""


class State(NamedTuple):
    """How a page is looked at."""

    width: int
    height: int
    options: dict[str, Any]
    media: str = "screen"
    scroll: bool = True
    """Whether an article is shown from its middle on."""


STATES = {
    "wide": State(1280, 1000, {}),
    "dark": State(1280, 1000, {"color_scheme": "dark"}),
    "phone": State(360, 740, {"device_scale_factor": 2, "has_touch": True, "is_mobile": True}),
    "print": State(794, 1123, {}, media="print", scroll=False),
}
MIDDLE = 660
COLOURS = 64
"""Of each picture: type and lines need no more, and the files are a fifth as large."""

FRONT = {
    "article": ("articles/why-a-generals-flight-mattered/", MIDDLE),
    "home": ("", 0),
    "entry": ("glossary/munaf-tlass/", 0),
}
"""The pictures of README and the guide: path, and how far to scroll."""


class Quiet(SimpleHTTPRequestHandler):
    def log_message(self, *_args: object) -> None:
        """Say nothing."""


def main() -> None:
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(Quiet, directory=str(ROOT / "output")))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    address = f"http://127.0.0.1:{server.server_port}/"
    (IMAGES / "gallery").mkdir(exist_ok=True)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(**launch_options())
        for name, (path, scroll) in FRONT.items():
            save(shown(browser, address + path, STATES["wide"], scroll), IMAGES / f"{name}.png")
        for name, path in PAGES.items():
            for state_name, state in STATES.items():
                scroll = MIDDLE if state.scroll and path.startswith("articles/") else 0
                page = shown(browser, address + path, state, scroll)
                save(page, IMAGES / "gallery" / f"{name}-{state_name}.png")
        browser.close()
    server.shutdown()


def shown(browser: Browser, address: str, state: State, scroll: int) -> Page:
    page = browser.new_page(viewport={"width": state.width, "height": state.height}, **state.options)
    page.emulate_media(media=state.media)  # type: ignore[arg-type]
    page.goto(address)
    page.evaluate("top => scrollTo(0, top)", scroll)
    page.wait_for_timeout(300)
    return page


def save(page: Page, target: Path) -> None:
    picture = Image.open(io.BytesIO(page.screenshot())).convert("RGB")
    picture.quantize(COLOURS, dither=Image.Dither.NONE).save(target, optimize=True)
    page.close()


if __name__ == "__main__":
    main()
