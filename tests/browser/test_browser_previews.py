"""Preview cards under mouse, keyboard and finger. The clock stands still but for what a test lets pass."""

from __future__ import annotations

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.conftest import Open

ARTICLE = "articles/why-a-generals-flight-mattered/"
ARABIC = "articles/limadha-kana-inshiqaq-talas-muhimman/"
PHONE = {"has_touch": True, "is_mobile": True, "viewport": {"width": 360, "height": 640}}


def card(page: Page) -> Locator:
    return page.locator("#x-card")


def link(page: Page, number: int = 0) -> Locator:
    return page.locator(".prose .entry-link").nth(number)


def rest_on(page: Page, target: Locator) -> None:
    """On the beginning of the link: one that is broken over two lines has nothing in its middle."""
    target.scroll_into_view_if_needed()
    line = target.evaluate("element => element.getClientRects()[0].toJSON()")
    page.mouse.move(line["x"] + 3, line["y"] + line["height"] / 2)


def away(page: Page) -> None:
    page.mouse.move(1, 1)


def test_card_opens_when_the_mouse_rests(open_page: Open) -> None:
    page = open_page(ARTICLE, frozen=True)
    rest_on(page, link(page))
    page.clock.run_for(400)
    expect(card(page)).to_be_hidden()
    page.clock.run_for(250)
    expect(card(page)).to_be_visible()
    entry = link(page).get_attribute("data-entry")
    summary = page.locator(f"#story-{entry} .story-summary").inner_text()
    assert summary in card(page).inner_text()
    assert card(page).locator(".more a").get_attribute("href")


def test_card_covers_neither_link_nor_window_s_edge(open_page: Open) -> None:
    page = open_page(ARTICLE, frozen=True, viewport={"width": 320, "height": 480})
    for number in range(0, page.locator(".prose .entry-link").count(), 6):
        rest_on(page, link(page, number))
        page.clock.run_for(700)
        expect(card(page)).to_be_visible()
        place, around = card(page).bounding_box(), link(page, number).bounding_box()
        assert place is not None
        assert around is not None
        assert place["x"] >= 0
        assert place["x"] + place["width"] <= 320
        assert place["y"] >= around["y"] + around["height"] or place["y"] + place["height"] <= around["y"]
        away(page)
        page.clock.run_for(400)
        expect(card(page)).to_be_hidden()


def test_crossing_links_opens_nothing(open_page: Open) -> None:
    page = open_page(ARTICLE, frozen=True)
    for number in range(10):
        rest_on(page, link(page, number))
        page.clock.run_for(30)
    away(page)
    page.clock.run_for(2_000)
    expect(card(page)).to_be_hidden()


def test_mouse_may_go_to_the_card_and_stay(open_page: Open) -> None:
    page = open_page(ARTICLE, frozen=True)
    rest_on(page, link(page))
    page.clock.run_for(650)
    box = card(page).bounding_box()
    assert box is not None
    away(page)
    page.clock.run_for(200)
    page.mouse.move(box["x"] + 20, box["y"] + 20)
    page.clock.run_for(10_000)
    expect(card(page)).to_be_visible()
    rest_on(page, link(page))
    page.clock.run_for(1_000)
    expect(card(page)).to_be_visible()
    away(page)
    page.clock.run_for(350)
    expect(card(page)).to_be_hidden()


def test_escape_closes_and_nothing_reopens_until_the_mouse_has_left(open_page: Open) -> None:
    page = open_page(ARTICLE, frozen=True)
    rest_on(page, link(page))
    page.clock.run_for(650)
    focused = page.evaluate("document.activeElement.tagName")
    page.keyboard.press("Escape")
    expect(card(page)).to_be_hidden()
    assert page.evaluate("document.activeElement.tagName") == focused
    page.clock.run_for(3_000)
    expect(card(page)).to_be_hidden()
    away(page)
    page.clock.run_for(500)
    rest_on(page, link(page))
    page.clock.run_for(650)
    expect(card(page)).to_be_visible()


def test_keyboard_focus_opens_and_leaving_closes(open_page: Open) -> None:
    page = open_page(ARTICLE, frozen=True)
    tab_to(page, ".prose .entry-link")
    page.clock.run_for(400)
    expect(card(page)).to_be_hidden()
    page.clock.run_for(250)
    expect(card(page)).to_be_visible()
    focused = page.evaluate("document.activeElement.id")
    page.keyboard.press("Escape")
    expect(card(page)).to_be_hidden()
    assert page.evaluate("document.activeElement.id") == focused
    page.keyboard.press("Tab")
    page.clock.run_for(650)
    expect(card(page)).to_be_visible()
    page.keyboard.press("Shift+Tab")
    expect(card(page)).to_be_hidden()


def tab_to(page: Page, selector: str) -> None:
    for _ in range(60):
        page.keyboard.press("Tab")
        if page.evaluate("selector => document.activeElement.matches(selector)", selector):
            return
    pytest.fail(f"Tab does not reach {selector}")


def test_enter_navigates_at_once(open_page: Open, address: str) -> None:
    page = open_page(ARTICLE, frozen=True)
    link(page).focus()
    wanted = link(page).evaluate("element => element.href")
    page.keyboard.press("Enter")
    page.wait_for_url(wanted)
    assert page.url.startswith(f"{address}glossary/")


def test_modified_click_opens_another_tab(open_page: Open) -> None:
    page = open_page(ARTICLE)
    with page.context.expect_page() as opened:
        link(page).click(modifiers=["ControlOrMeta"])
    assert "/glossary/" in opened.value.url or opened.value.url == "about:blank"
    assert page.url.endswith(ARTICLE)


def test_first_tap_opens_a_sheet_whose_link_navigates(open_page: Open) -> None:
    page = open_page(ARTICLE, **PHONE)
    target = link(page).evaluate("element => element.href")
    link(page).tap()
    expect(card(page)).to_be_visible()
    assert page.url.endswith(ARTICLE)
    box = card(page).bounding_box()
    assert box is not None
    assert box["height"] <= 0.6 * 640 + 1
    assert box["y"] + box["height"] >= 640 - 1
    button = card(page).locator("button").bounding_box()
    assert button is not None
    assert min(button["width"], button["height"]) >= 44
    card(page).locator(".more a").tap()
    page.wait_for_url(target)
    page.go_back()
    page.wait_for_url(f"**/{ARTICLE}")
    expect(card(page)).to_be_hidden()


@pytest.mark.parametrize("way", ["button", "back", "Escape"])
def test_sheet_closes(open_page: Open, way: str) -> None:
    page = open_page(ARTICLE, **PHONE)
    link(page).tap()
    expect(card(page)).to_be_visible()
    if way == "button":
        card(page).locator("button").tap()
    elif way == "back":
        page.go_back()
    else:
        page.keyboard.press("Escape")
    expect(card(page)).to_be_hidden()
    assert page.url.endswith(ARTICLE)


def test_previews_can_be_switched_off(open_page: Open) -> None:
    page = open_page(ARTICLE, frozen=True)
    page.locator("#x-previews").click()
    page.reload()
    rest_on(page, link(page))
    page.clock.run_for(2_000)
    expect(card(page)).to_be_hidden()
    assert page.context.cookies() == []


def test_card_in_a_text_from_right_to_left(open_page: Open) -> None:
    page = open_page(ARABIC, frozen=True)
    rest_on(page, link(page))
    page.clock.run_for(650)
    place = card(page).bounding_box()
    assert place is not None
    assert 0 <= place["x"] <= 1280 - place["width"]
