"""What a page weighs: bytes after gzip, part by part, as `docs/performance.md` promises."""

from __future__ import annotations

import gzip
import re
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cached_property
from urllib.parse import urljoin, urlsplit
from xml.etree.ElementTree import Element

import pytest

from tests.whole.dossier import Dossier
from tests.whole.pages import BASE, Page

KILO = 1000
BUDGETS = {"html": 30, "css": 10, "js": 4, "map": 4, "picture": 3, "page": 50}
"""Kilobytes of gzip a page. `map` and `picture`: each of its SVG drawings by itself; `page`: all, but for photographs."""
PREVIEWS = 2
"""Of the script for previews alone."""
MOST_REQUESTS = 4


def packed(data: bytes) -> int:
    return len(gzip.compress(data, 9, mtime=0))


@dataclass(frozen=True)
class Weight:
    """A page and all that it makes a browser ask for."""

    dossier: Dossier
    page: Page

    @cached_property
    def asked(self) -> list[str]:
        """Output paths, what authors show with `img` aside."""
        return list(dict.fromkeys(self._asked()))

    def _asked(self) -> Iterator[str]:
        for element in self.page.tree.iter():
            link = _what_is_loaded(element)
            if link:
                address = urljoin(self.page.base, link)
                assert address.startswith(BASE), f"{self.page.path} asks another host: {link}"
                yield urlsplit(address).path.removeprefix(urlsplit(BASE).path)

    def of(self, ending: str) -> int:
        return sum(packed(self._bytes(path)) for path in self.asked if path.endswith(ending))

    def _bytes(self, path: str) -> bytes:
        return (self.dossier.output / path).read_bytes()

    @cached_property
    def drawings(self) -> dict[str, list[int]]:
        """By what it is: the size of each SVG that stands in the page."""
        found: dict[str, list[int]] = {"map": [], "picture": []}
        for svg in re.findall(r"<svg.*?</svg>", self.page.text, re.DOTALL):
            found["map" if 'class="map-' in svg else "picture"].append(packed(svg.encode()))
        return found

    @cached_property
    def parts(self) -> dict[str, int]:
        html = packed(self.page.text.encode())
        parts = {"html": html, "css": self.of(".css"), "js": self.of(".js")}
        return {
            **parts,
            **{name: max(sizes, default=0) for name, sizes in self.drawings.items()},
            "page": html + sum(packed(self._bytes(path)) for path in self.asked),
        }

    @property
    def requests(self) -> int:
        return 1 + len(self.asked)


def _what_is_loaded(element: Element) -> str:
    """The address of what a browser fetches for an element by itself."""
    if element.tag == "link" and set(element.attrib.get("rel", "").split()) & {"stylesheet", "icon", "preload"}:
        return element.attrib["href"]
    if element.tag in {"script", "iframe", "embed"}:
        return element.attrib.get("src", "")
    return ""


@pytest.fixture(scope="module")
def weights(dossier: Dossier) -> dict[str, Weight]:
    return {path: Weight(dossier, page) for path, page in dossier.pages.items()}


def test_every_page_keeps_the_budgets(weights: dict[str, Weight], capsys: pytest.CaptureFixture[str]) -> None:
    with capsys.disabled():
        sys.stdout.write(table(weights))
    over = [
        f"{path}: {part} {size} bytes"
        for path, weight in weights.items()
        for part, size in weight.parts.items()
        if size > BUDGETS[part] * KILO
    ]
    assert over == []
    assert {path: w.requests for path, w in weights.items() if w.requests > MOST_REQUESTS} == {}


def table(weights: dict[str, Weight]) -> str:
    """The heaviest page by each part."""
    rows = [f"\n{'part':8} {'budget':>7} {'most':>7}  bytes of gzip, and the page\n"]
    for part, budget in BUDGETS.items():
        path, weight = max(weights.items(), key=lambda item: item[1].parts[part])
        rows.append(f"{part:8} {budget * KILO:7,} {weight.parts[part]:7,}  /{path.removesuffix('index.html')}\n")
    return "".join(rows)


def test_previews_are_small(dossier: Dossier) -> None:
    (script,) = (path for path in dossier.built.files if re.search(r"preview[.-][0-9a-f]+\.js$", path))
    assert packed((dossier.output / script).read_bytes()) <= PREVIEWS * KILO


FULL: dict[str, tuple[Callable[[Element], bool], int]] = {
    "mentions": (lambda e: "entry-link" in e.attrib.get("class", "").split(), 40),
    "boxes": (lambda e: "context-box" in e.attrib.get("class", "").split(), 3),
}


def test_the_budgets_are_tried_by_a_full_page(weights: dict[str, Weight]) -> None:
    """One page has the mentions and boxes that the budgets are made for, and some page has a map and a drawing."""
    counts = {
        path: {name: sum(map(is_one, weight.page.tree.iter())) for name, (is_one, _) in FULL.items()}
        for path, weight in weights.items()
    }
    assert any(all(found[name] >= most for name, (_, most) in FULL.items()) for found in counts.values()), counts
    for kind in ("map", "picture"):
        assert any(weight.drawings[kind] for weight in weights.values()), kind


def test_no_font_is_fetched(dossier: Dossier) -> None:
    styles = [path for path in dossier.built.files if path.endswith(".css")]
    assert styles
    for path in styles:
        text = (dossier.output / path).read_text(encoding="utf-8")
        assert not re.search(r"@font-face|@import|url\((?!['\"]?data:)", text), path
