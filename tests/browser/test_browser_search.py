"""The page of search, asked as readers ask: by keyboard, from right to left, without a script, with nothing found."""

from __future__ import annotations

import gzip
import re

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from tests.browser.conftest import Open
from tests.browser.test_browser_axe import OPTIONS
from tests.browser.test_browser_pages import WIDTHS
from tests.browser.test_browser_previews import ARTICLE
from tests.whole.dossier import Dossier

SEARCH = "search/"


def requests_of(page: Page, path: str) -> list[str]:
    seen: list[str] = []
    page.on("request", lambda request: seen.append(request.url.partition(path)[2]))
    return seen


def type_and_wait(page: Page, query: str) -> None:
    page.locator("#x-query").fill(query)
    expect(page.locator("#x-found")).to_contain_text(query)


def test_by_keyboard_from_the_home_page_to_an_entry(open_page: Open, address: str) -> None:
    page = open_page("")
    link = page.locator(".masthead-nav a", has_text="Search")
    link.focus()
    page.keyboard.press("Enter")
    page.wait_for_url(f"{address}search/")
    for _ in range(20):
        page.keyboard.press("Tab")
        if page.locator("#x-query").evaluate("e => e === document.activeElement"):
            break
    page.keyboard.type("orontes")
    status = page.locator("#x-found")
    expect(status).to_have_attribute("role", "status")
    expect(status).to_have_text(re.compile(r"^Results for “\W?orontes\W?”: \d+$"))
    expect(page).to_have_url(f"{address}search/?q=orontes")
    expect(page.locator("#x-query")).to_be_focused()
    page.keyboard.press("Tab")  # the button
    page.keyboard.press("Tab")  # the kinds, of which all are chosen
    expect(page.locator('[name=kind][value=""]')).to_be_focused()
    page.keyboard.press("ArrowRight")
    page.keyboard.press("ArrowRight")
    expect(page.locator("#x-results h2")).to_have_count(1)
    chosen = page.locator("[name=kind]:checked").get_attribute("value")
    expect(page.locator(f"#x-found-{chosen}")).to_be_visible()
    page.keyboard.press("Tab")
    expect(page.locator("#x-results a").first).to_be_focused()
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile(r"/(glossary|articles)/[^/]+/$"))
    page.go_back()
    expect(page.locator("#x-query")).to_have_value("orontes")


def test_results_stand_in_groups_with_what_was_found(open_page: Open) -> None:
    page = open_page(f"{SEARCH}?q=tlass")
    expect(page.locator("#x-results h2")).to_have_text(
        [
            re.compile(rf"^\s*{name} \d+$")
            for name in ("Articles", "People", "Places", "Organisations", "Events", "Concepts", "Other pages")
        ]
    )
    people = page.locator("section:has(> #x-found-person)")
    expect(people.locator("li")).to_have_count(5)
    assert page.locator("#x-results mark").first.inner_text().startswith("Tlass")
    rest = int(people.locator("h2 .count").inner_text()) - 5
    people.locator("button").click()
    expect(people.locator("li")).to_have_count(5 + rest)
    expect(people.locator("li a").nth(5)).to_be_focused()
    expect(people.locator("button")).to_be_hidden()


def test_every_language_is_searched(open_page: Open) -> None:
    """The Arabic article stands in another index than the entry whose Arabic name this is."""
    page = open_page(SEARCH)
    type_and_wait(page, "حمص")
    expect(page.locator('#x-results li[lang="ar"]')).not_to_have_count(0)
    expect(page.locator('#x-results a[href="../glossary/homs/"]')).to_be_visible()


def test_nothing_is_loaded_before_the_search_and_nothing_from_elsewhere(open_page: Open) -> None:
    for path in ("", ARTICLE, SEARCH):
        page = open_page(path)
        page.wait_for_load_state("networkidle")
        loaded = page.evaluate("performance.getEntriesByType('resource').map(e => e.name)")
        assert len(loaded) + 1 <= 4
        assert not [url for url in loaded if "pagefind" in url]
    type_and_wait(page, "homs")
    assert page.evaluate("performance.getEntriesByType('resource').filter(e => e.name.includes('pagefind')).length > 3")


def test_nothing_found_and_an_empty_field(open_page: Open, address: str) -> None:
    page = open_page(SEARCH)
    type_and_wait(page, "qwxyz")
    expect(page.locator("#x-found")).to_contain_text("Nothing found")
    expect(page.locator("#x-results section")).to_have_count(0)
    page.locator("#x-query").fill("")
    expect(page.locator("#x-found")).to_be_empty()
    expect(page.locator(".search fieldset")).to_be_hidden()
    expect(page).to_have_url(f"{address}search/")


def test_the_last_of_many_searches_is_shown(open_page: Open) -> None:
    page = open_page(SEARCH)
    for query in ("tlass", "homs", "paris", "orontes", "geneva"):
        page.locator("#x-query").fill(query)
        page.locator(".search").evaluate("form => form.requestSubmit()")
    expect(page.locator("#x-found")).to_contain_text("geneva")
    page.wait_for_timeout(500)
    expect(page.locator("#x-found")).to_contain_text("geneva")


def test_a_query_is_text(open_page: Open) -> None:
    page = open_page(SEARCH)
    type_and_wait(page, "<img src=x onerror=alert(1)>{n}")
    assert page.locator("main img").count() == 0


def test_without_a_script_it_leads_to_the_lists(open_page: Open, address: str) -> None:
    page = open_page(SEARCH, java_script_enabled=False)
    expect(page.locator("#x-search")).to_be_hidden()
    expect(page.locator(".no-script")).to_be_visible()
    page.locator(".ways a").first.click()
    page.wait_for_url(f"{address}glossary/")


@pytest.mark.parametrize("state", ["rest", "found", "dark", "narrow", "rtl"])
def test_axe_finds_nothing(open_page: Open, state: str) -> None:
    options = {"dark": {"color_scheme": "dark"}, "narrow": {"viewport": {"width": 320, "height": 640}}}
    page = open_page(SEARCH, **options.get(state, {}))
    if state == "rtl":
        page.evaluate("document.documentElement.dir = 'rtl'")
    if state != "rest":
        type_and_wait(page, "homs")
    result = Axe().run(page, options=OPTIONS)
    assert [v["id"] for v in result.response["violations"]] == []


@pytest.mark.parametrize("width", WIDTHS)
def test_it_fits_every_width(open_page: Open, width: int) -> None:
    page = open_page(f"{SEARCH}?q=syria", viewport={"width": width, "height": 800})
    expect(page.locator("#x-results li").first).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_our_scripts_together_are_small(dossier: Dossier) -> None:
    sizes = {path.name: len(gzip.compress(path.read_bytes())) for path in (dossier.output / "assets").glob("*.js")}
    assert sum(sizes.values()) <= 4096, sizes
