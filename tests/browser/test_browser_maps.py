"""Maps as a browser draws them: names apart and inside, on screens of all widths, in all colours and directions."""

from __future__ import annotations

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from tests.browser.conftest import Open
from tests.browser.test_browser_axe import OPTIONS
from tests.browser.test_browser_previews import ARABIC

ENTRY, ARTICLE, INDEX = "glossary/rastan/", "articles/rastan-and-homs-in-places/", "glossary/kind/place/"
PAGES = [ENTRY, "glossary/syria/", ARTICLE, INDEX, ARABIC]

OVERLAPS = """() => [...document.querySelectorAll('figure.map svg')].flatMap(svg => {
  const frame = svg.getBoundingClientRect();
  const boxes = [...svg.querySelectorAll('text')].map(t => [t.textContent, t.getBoundingClientRect()]);
  const size = Math.min(...[...svg.querySelectorAll('text')].map(t => parseFloat(getComputedStyle(t).fontSize)))
    * frame.width / svg.viewBox.baseVal.width;
  const said = [];
  boxes.forEach(([name, a], n) => {
    if (a.left < frame.left || a.right > frame.right || a.top < frame.top || a.bottom > frame.bottom)
      said.push(name + ' leaves the frame');
    boxes.slice(n + 1).forEach(([other, b]) => {
      const wide = Math.min(a.right, b.right) - Math.max(a.left, b.left);
      // Boxes of lines are higher than letters, and in some scripts much higher.
      const high = size - Math.abs(a.top + a.bottom - b.top - b.bottom) / 2;
      if (wide > 1 && high > 1) said.push(name + ' over ' + other);
    });
  });
  return said;
})"""


@pytest.mark.parametrize("path", PAGES)
@pytest.mark.parametrize("width", [320, 768, 1280])
def test_names_are_apart_and_inside(open_page: Open, path: str, width: int) -> None:
    page = open_page(path, viewport={"width": width, "height": 800})
    if path != ARABIC:
        expect(page.locator("figure.map svg").first).to_be_visible()
    assert page.evaluate(OVERLAPS) == []
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


@pytest.mark.parametrize("path", [ENTRY, ARTICLE, INDEX])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_on_pages_with_maps(open_page: Open, path: str, scheme: str) -> None:
    page = open_page(path, color_scheme=scheme)
    found = Axe().run(page, options=OPTIONS).response["violations"]
    assert [(v["id"], [n["html"] for n in v["nodes"]]) for v in found] == []


def test_a_map_is_one_picture_with_a_name_and_a_description(open_page: Open) -> None:
    page = open_page(ENTRY)
    picture = page.get_by_role("img", name="Map: Rastan Rastan, about 20 km north of Homs (Syria).")
    expect(picture).to_have_count(1)
    assert page.locator("figure.map a").count() == 0, "its places are links in the lists"


def test_names_are_seen_in_forced_colours(open_page: Open) -> None:
    for scheme in ("light", "dark"):
        page = open_page(ENTRY, forced_colors="active", color_scheme=scheme)
        assert colours(page, ".map text.map-area", "fill") == colours(page, "body", "color")
        assert colours(page, ".map .map-land", "fill") == colours(page, "body", "backgroundColor")
        assert colours(page, ".map .map-land", "stroke") == colours(page, "body", "color")


def colours(page: Page, selector: str, name: str) -> str:
    found = page.locator(selector).first.evaluate(f"e => getComputedStyle(e).{name}")
    assert isinstance(found, str)
    return found
