"""Context as a browser shows it: tethers, what happened next, drawings of relations."""

from __future__ import annotations

import re

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

from tests.browser.conftest import Open
from tests.browser.test_browser_axe import OPTIONS

JUNE = "articles/two-families-around-the-president/"
JULY = "articles/why-a-generals-flight-mattered/"
ENTRIES = ["glossary/munaf-tlass/", "glossary/mustafa-tlass/", "glossary/republican-guard/"]


def test_the_general_is_in_the_guard_in_june_and_has_left_in_july(open_page: Open) -> None:
    june = open_page(JUNE)
    told = [june.locator("#box-munaf-tlass .box-text"), june.locator("#story-munaf-tlass .story-summary")]
    for text in told:
        expect(text).to_contain_text("a member of his inner circle")
        expect(text).not_to_contain_text("defected")
    expect(june.locator("#box-munaf-tlass")).not_to_contain_text("July")
    july = open_page(JULY)
    expect(july.locator("#story-munaf-tlass .story-summary")).to_contain_text("had defected")
    expect(july.locator(".what-next")).to_have_count(0)


def test_what_happened_next_is_closed_and_opens_without_scripts(open_page: Open) -> None:
    page = open_page(JUNE, java_script_enabled=False)
    told = page.locator(".what-next .timeline")
    expect(page.locator(".what-next h2")).to_be_visible()
    expect(told).to_be_hidden()
    page.locator(".what-next summary").focus()
    page.keyboard.press("Enter")
    expect(told).to_be_visible()
    dates = [e.get_attribute("datetime") for e in told.locator("time").all()]
    assert dates == sorted(d for d in dates if d)
    assert min(d for d in dates if d) > "2012-06-25"
    defected = told.locator("li", has_text="had defected")
    expect(defected.locator("time")).to_have_attribute("datetime", "2012-07-03")
    defected.locator("a").first.click()
    expect(page).to_have_url(re.compile(r"/glossary/munaf-tlass/$"))


def test_box_and_phrase_lead_to_each_other(open_page: Open) -> None:
    page = open_page(JUNE)
    page.locator('.tether[href="#box-munaf-tlass"]').press("Enter")
    expect(page.locator("#box-munaf-tlass")).to_be_in_viewport()
    page.locator("#box-munaf-tlass .back").press("Enter")
    phrase = page.locator(f"#{page.url.partition('#')[2]}")
    expect(phrase).to_be_in_viewport()
    expect(phrase).to_have_text("Munaf Tlass")


@pytest.mark.parametrize("path", [JUNE, *ENTRIES])
def test_drawings_are_read_or_not_there(open_page: Open, path: str) -> None:
    """Every name stands in its box, at the size of small print or larger; narrow screens have the list alone."""
    page = open_page(path, viewport={"width": 1280, "height": 900})
    picture = page.locator("svg.picture")
    expect(picture).to_be_visible()
    expect(picture).to_have_attribute("aria-hidden", "true")
    sizes = picture.evaluate(
        """svg => [...svg.querySelectorAll("text:not(.tie)")].map(text => {
            const rects = [...svg.querySelectorAll("rect")].map(r => r.getBoundingClientRect());
            const t = text.getBoundingClientRect();
            const inside = rects.some(r => t.left >= r.left && t.right <= r.right && t.top >= r.top && t.bottom <= r.bottom);
            return [inside, t.height, text.textContent];
        })"""
    )
    assert sizes
    assert [text for inside, _, text in sizes if not inside] == []
    assert min(height for _, height, _ in sizes) >= 10
    narrow = open_page(path, viewport={"width": 320, "height": 600}).locator("svg.picture")
    width = int(narrow.get_attribute("width") or 0)
    assert narrow.is_visible() == (width < 300)


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_where_all_is_open(open_page: Open, scheme: str) -> None:
    page = open_page(JUNE, color_scheme=scheme)
    page.locator(".what-next summary").click()
    found = Axe().run(page, options=OPTIONS).response["violations"]
    assert [(v["id"], [n["html"] for n in v["nodes"]]) for v in found] == []
