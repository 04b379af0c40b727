"""The preview in a real browser: what an author sees after saving."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import Browser, Page, expect
from serve_helpers import Running, bad, good

if TYPE_CHECKING:
    from explainer.publish import Content
    from explainer.serve import PreviewBuild

pytestmark = pytest.mark.browser

POLICY = b"<meta http-equiv=Content-Security-Policy content=\"default-src 'self'\">"


def site(text: str = "one", *, style: str = "p{color:red}", fingerprint: str = "0123abcd") -> dict[str, Content]:
    page = (
        f'<!doctype html><html lang="en"><head>%s<title>Preview</title>'
        f'<link rel="stylesheet" href="assets/site.{fingerprint}.css"></head><body><p>{text}</p>'
        '<details id="a"><summary>A</summary>a</details><details open><summary>More</summary>b</details>'
        '<details><summary>More</summary>c</details><div class="tall"></div></body></html>'
    ).encode()
    css = f"html{{scroll-behavior:smooth}}.tall{{height:5000px}}{style}".encode()
    return {"index.html": page % POLICY, "favicon.ico": b"", f"assets/site.{fingerprint}.css": css}


@pytest.fixture
def preview(start: Callable[[PreviewBuild], Running]) -> Running:
    return start(good(site()))


@pytest.fixture
def tab(chromium: Browser, preview: Running) -> Iterator[Page]:
    """The site's home page, connected, with no message on the console."""
    page, said = chromium.new_page(), list[str]()
    page.on("console", lambda message: said.append(message.text))
    page.on("pageerror", lambda error: said.append(str(error)))
    visit(page, preview)
    yield page
    page.close()
    assert said == []


def visit(page: Page, preview: Running) -> None:
    page.goto(f"http://127.0.0.1:{preview.port}/")
    connected(page)


def connected(page: Page) -> None:
    until(page, "Boolean(window.LiveReload) && window.LiveReload.connector.protocol >= 7")


def until(page: Page, expression: str) -> None:
    """As `wait_for_function`, which the site's policy forbids."""
    for _ in range(500):
        if page.evaluate(expression):
            return
        page.wait_for_timeout(10)
    pytest.fail(f"never true: {expression}")


def mark(page: Page) -> None:
    """Leaves something that does not survive a navigation."""
    page.evaluate("window.untouched = true")


def is_untouched(page: Page) -> bool:
    return bool(page.evaluate("window.untouched === true"))


def test_a_save_reloads_the_page_and_keeps_the_place(tab: Page, preview: Running) -> None:
    tab.locator("#a summary").click()
    tab.locator("details").nth(1).locator("summary").click()
    tab.evaluate("history.scrollRestoration = 'manual'")  # else some browsers, and not all, do it for us
    tab.evaluate("scrollTo({left: 0, top: 1234, behavior: 'instant'})")
    mark(tab)
    preview.save(good(site("two")))
    expect(tab.locator("p")).to_have_text("two")
    tab.wait_for_load_state("load")
    assert not is_untouched(tab)
    until(tab, "Math.abs(scrollY - 1234) < 2")
    opened = tab.locator("details").evaluate_all("all => all.map(details => details.open)")
    assert opened == [True, False, False]


def test_a_visit_begins_at_the_top(tab: Page, preview: Running) -> None:
    tab.evaluate("scrollTo({left: 0, top: 1234, behavior: 'instant'})")
    visit(tab, preview)
    assert tab.evaluate("scrollY") == 0
    assert tab.locator("#a").get_attribute("open") is None


def test_styles_are_swapped_in_place(tab: Page, preview: Running) -> None:
    paragraph = tab.locator("p")
    expect(paragraph).to_have_css("color", "rgb(255, 0, 0)")
    mark(tab)
    for color, number, fingerprint in (("0, 0, 255", 1, "89ef4567"), ("0, 128, 0", 2, "aaaa1111")):
        style = f"p{{color:rgb({color})}}"
        preview.save(good(site(style=style, fingerprint=fingerprint), f"styles {number}"))
        expect(paragraph).to_have_css("color", f"rgb({color})")
        assert is_untouched(tab)
    expect(tab.locator("link[rel=stylesheet]")).to_have_count(1)


def test_problems_lie_over_the_last_good_page_until_they_are_mended(tab: Page, preview: Running) -> None:
    alert = tab.get_by_role("alert")
    expect(alert).to_have_count(0)
    preview.save(bad("x.md:3:1: error: <img src=x onerror=alert(1)>", "y.md: error"))
    expect(alert).to_be_visible()
    expect(alert.locator("pre")).to_have_text(["x.md:3:1: error: <img src=x onerror=alert(1)>", "y.md: error"])
    expect(tab.locator("p")).to_have_text("one")
    connected(tab)
    preview.save(good(site("mended")))
    expect(tab.locator("p")).to_have_text("mended")
    expect(alert).to_have_count(0)


@pytest.mark.parametrize("how", ["button", "Escape"])
def test_problems_can_be_dismissed(tab: Page, preview: Running, how: str) -> None:
    preview.save(bad("x.md: error"))
    alert = tab.get_by_role("alert")
    expect(alert).to_be_visible()
    tab.wait_for_load_state("load")
    if how == "button":
        alert.get_by_role("button", name="Dismiss").click()
    else:
        tab.keyboard.press(how)
    expect(alert).to_have_count(0)
    connected(tab)
    preview.save(bad("z.md: another error"))
    expect(alert).to_contain_text("z.md: another error")


def test_a_first_build_that_fails_is_replaced_by_the_site(
    chromium: Browser, start: Callable[[PreviewBuild], Running]
) -> None:
    preview, page = start(bad("site.yaml: error")), chromium.new_page()
    visit(page, preview)
    expect(page.get_by_role("alert")).to_contain_text("site.yaml: error")
    preview.save(good(site()))
    expect(page.locator("p")).to_have_text("one")
    page.close()
