"""Pages as a browser shows them: ways through them, widths, colours, print, no JavaScript, accessibility."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import Open
from tests.browser.test_browser_previews import ARABIC, ARTICLE, link

ENTRY = "glossary/munaf-tlass/"
PAGES = ["", ARTICLE, ENTRY, "glossary/", ARABIC]
WIDTHS = [320, 768, 1280, 1920]


# ---- ways -----------------------------------------------------------------------------------------------------------


def test_from_home_to_an_entry_and_back(open_page: Open, address: str) -> None:
    page = open_page("")
    page.locator(".card.lead .headline a").click()
    page.wait_for_url(f"{address}articles/*/")
    article = page.url
    name = link(page).get_attribute("data-entry")
    link(page).click()
    page.wait_for_url(f"{address}glossary/{name}/")
    expect(page.locator("h1")).to_be_visible()
    sentence = page.locator(f'.sentence a[href*="{article.removeprefix(address)}"]').first
    sentence.click()
    page.wait_for_url(f"{article}#m-*")
    page.go_back()
    page.go_back()
    expect(page).to_have_url(article)


def test_phrase_leads_to_its_box_and_back(open_page: Open) -> None:
    page = open_page(ARTICLE)
    tether = page.locator('.tether[href="#box-republican-guard"]')
    expect(tether).to_be_visible()
    tether.click()
    expect(page).to_have_url(re.compile(r"#box-republican-guard$"))
    box = page.locator("#box-republican-guard")
    expect(box).to_be_in_viewport()
    box.locator(".back").click()
    expect(page).to_have_url(re.compile(r"#m-\d+$"))
    phrase = page.url.partition("#")[2]
    expect(page.locator(f"#{phrase}")).to_be_in_viewport()
    assert "Guard" in page.locator(f"#{phrase}").inner_text()


def test_story_leads_to_the_mentions(open_page: Open) -> None:
    page = open_page(ARTICLE)
    page.locator(".story-mentions a").last.click()
    expect(page).to_have_url(re.compile(r"#m-\d+$"))
    expect(page.locator(f"#{page.url.partition('#')[2]}")).to_be_in_viewport()


def test_skip_link_is_first_and_leads_to_the_text(open_page: Open) -> None:
    for path in PAGES:
        page = open_page(path)
        page.keyboard.press("Tab")
        skip = page.locator(".skip")
        expect(skip).to_be_focused()
        expect(skip).to_be_in_viewport()
        page.keyboard.press("Enter")
        expect(page).to_have_url(re.compile(r"#x-main$"))
        page.keyboard.press("Tab")
        assert page.evaluate("document.getElementById('x-main').contains(document.activeElement)")


def test_tab_order_is_the_order_of_the_text_with_and_without_scripts(open_page: Open) -> None:
    stops = [_stops(open_page(ARTICLE, java_script_enabled=enabled)) for enabled in (True, False)]
    assert stops[0] == stops[1]


def _stops(page: Page) -> list[str]:
    """Where Tab stops, from the beginning."""
    out = []
    for _ in range(60):
        page.keyboard.press("Tab")
        out.append(page.evaluate("document.activeElement.outerHTML.slice(0, 120)"))
    assert len(set(out)) > 50
    return out


# ---- widths, colours, directions ------------------------------------------------------------------------------------


@pytest.mark.parametrize("path", PAGES)
def test_nothing_overflows(open_page: Open, path: str) -> None:
    page = open_page(path)
    for scheme in ("light", "dark"):
        page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
        for width in WIDTHS:
            page.set_viewport_size({"width": width, "height": 900})
            over = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
            assert over <= 0, f"{width} px, {scheme}"


@pytest.mark.parametrize("path", PAGES)
def test_dark_is_dark(open_page: Open, path: str) -> None:
    page = open_page(path, color_scheme="dark")
    lightness = (
        "getComputedStyle(document.documentElement).backgroundColor + getComputedStyle(document.body).backgroundColor"
    )
    dark = page.evaluate(lightness)
    page.emulate_media(color_scheme="light")
    assert page.evaluate(lightness) != dark


@pytest.mark.parametrize(("path", "side"), [(ARTICLE, "right"), (ARABIC, "left")])
def test_boxes_stand_in_the_margin_at_the_end_of_lines(open_page: Open, path: str, side: str) -> None:
    page = open_page(path, viewport={"width": 1440, "height": 900})
    assert page.evaluate("document.documentElement.dir") == ("rtl" if side == "left" else "ltr")
    text = page.locator(".prose > p").first.bounding_box()
    assert text is not None
    for box in page.locator(".context-box").all():
        place = box.bounding_box()
        assert place is not None
        beside = place["x"] + place["width"] <= text["x"] if side == "left" else place["x"] >= text["x"] + text["width"]
        assert beside, (place, text)


@pytest.mark.parametrize("path", [ARTICLE, ARABIC])
def test_boxes_stand_in_the_text_on_narrow_screens(open_page: Open, path: str) -> None:
    page = open_page(path, viewport={"width": 600, "height": 900})
    text, box = page.locator(".prose > p").first.bounding_box(), page.locator(".context-box").first.bounding_box()
    assert text is not None
    assert box is not None
    assert abs(box["x"] - text["x"]) < 40


# ---- without scripts, on paper --------------------------------------------------------------------------------------


def test_without_scripts_nothing_is_missing(open_page: Open) -> None:
    page = open_page(ARTICLE, java_script_enabled=False)
    summary = page.locator("#story-munaf-tlass .story-summary")
    expect(summary).to_be_visible()
    assert len(summary.inner_text()) > 40
    expect(page.locator(".context-box .box-text").first).to_be_visible()
    expect(page.locator("#x-card")).to_be_hidden()
    expect(page.locator("#x-previews")).to_be_hidden()
    link(page).click()
    page.wait_for_url("**/glossary/**")


def test_print_shows_what_previews_hold_and_no_navigation(open_page: Open) -> None:
    page = open_page(ARTICLE)
    page.emulate_media(media="print")
    for selector in (".masthead-nav", ".skip", "#x-card", "#x-previews"):
        expect(page.locator(selector)).to_be_hidden()
    expect(page.locator("h1")).to_be_visible()
    for summary in page.locator(".story-summary").all():
        assert summary.is_visible()
    for text in page.locator(".context-box .box-text").all():
        assert text.is_visible()
