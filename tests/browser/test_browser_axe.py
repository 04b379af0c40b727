"""Accessibility as axe-core sees it: every kind of page, in eight states."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from tests.browser.conftest import Open
from tests.browser.test_browser_previews import ARABIC, ARTICLE, PHONE, card, link, rest_on

ENTRY = "glossary/munaf-tlass/"
PAGES = ["", ARTICLE, ENTRY, "glossary/rastan/", "glossary/", "glossary/kind/place/", "tags/", ARABIC]
OPTIONS = {
    "runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
    "rules": {"target-size": {"enabled": True}},
}
EXPLAINED = {
    "color-contrast": "axe cannot tell what lies behind text where boxes float or colours are the system's;"
    " the contrast of both themes is computed in tests/render/test_theme_contrast.py",
}
"""What axe cannot decide, and why that is no fault."""


def at_rest(open_page: Open) -> Page:
    return open_page(ARTICLE)


def hover_card(open_page: Open) -> Page:
    page = open_page(ARTICLE)
    rest_on(page, link(page))
    expect(card(page)).to_be_visible()
    return page


def focus_card(open_page: Open) -> Page:
    page = open_page(ARTICLE)
    link(page).evaluate("element => element.previousElementSibling?.scrollIntoView()")
    page.keyboard.press("Tab")
    while not page.evaluate("document.activeElement.matches('.prose .entry-link')"):
        page.keyboard.press("Tab")
    expect(card(page)).to_be_visible()
    return page


def touch_sheet(open_page: Open) -> Page:
    page = open_page(ARTICLE, **PHONE)
    link(page).tap()
    expect(card(page)).to_be_visible()
    return page


def dark(open_page: Open) -> Page:
    return open_page(ARTICLE, color_scheme="dark")


def forced_colours(open_page: Open) -> Page:
    return open_page(ARTICLE, forced_colors="active")


def right_to_left(open_page: Open) -> Page:
    page = open_page(ARABIC)
    assert page.evaluate("document.documentElement.dir") == "rtl"
    return page


def narrow(open_page: Open) -> Page:
    return open_page(ARTICLE, viewport={"width": 320, "height": 640})


STATES = [at_rest, hover_card, focus_card, touch_sheet, dark, forced_colours, right_to_left, narrow]


@pytest.mark.parametrize("state", STATES, ids=lambda state: state.__name__)
def test_an_article_in_every_state(open_page: Open, state: Callable[[Open], Page]) -> None:
    assert found_by_axe(state(open_page)) == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("path", [path for path in PAGES if path != ARTICLE])
def test_every_kind_of_page(open_page: Open, path: str, scheme: str) -> None:
    assert found_by_axe(open_page(path, color_scheme=scheme)) == []


@pytest.mark.parametrize("path", [path for path in PAGES if path != ARTICLE])
def test_every_kind_of_page_on_a_narrow_screen(open_page: Open, path: str) -> None:
    assert found_by_axe(open_page(path, viewport={"width": 320, "height": 640})) == []


def test_axe_is_awake(open_page: Open) -> None:
    page = open_page(ENTRY)
    page.evaluate("document.querySelector('h1').style.color = 'rgb(200, 200, 200)'; document.documentElement.lang = ''")
    page.evaluate("document.querySelector('nav a').style.cssText = 'display: inline-block; width: 9px; height: 9px'")
    found = {line.split(":")[0] for line in found_by_axe(page)}
    assert {"color-contrast", "html-has-lang"} <= found


def found_by_axe(page: Page) -> list[str]:
    """Violations, and what axe cannot decide and nobody has explained."""
    response = Axe().run(page, options=OPTIONS).response
    open_ends = [result for result in response["incomplete"] if result["id"] not in EXPLAINED]
    results = (*response["violations"], *open_ends)
    return [f"{result['id']}: {node['html'][:200]}" for result in results for node in result["nodes"]]
