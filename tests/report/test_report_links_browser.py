"""The report as a page, in a real browser: it is read with and without its script, and nothing leaves it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page

from explainer.annotate import annotate_articles
from explainer.report.links import report_links
from explainer.report.links_html import render
from tests.sites import Site, article, entry

pytestmark = pytest.mark.browser


@pytest.fixture
def report(site: Site) -> Path:
    """A report with something in most groups, in two languages."""
    site.write(
        f"-- content/glossary/munaf-tlass.md --\n{entry('Munaf Tlass')}\n"
        f"-- content/glossary/mustafa-tlass.md --\n{entry('Mustafa Tlass')}\n"
        f"-- content/glossary/homs.md --\n{entry('Homs', 'place', front='aliases: [حمص]' + chr(10))}\n"
        f"-- content/articles/a.md --\n{article('Munaf Tlass, Mustafa Tlass. Tlass. Homs, Homs.', title='One')}\n"
        f"-- content/articles/b.md --\n{article('في حمص.', title='Two', front='language: ar' + chr(10))}\n"
    )
    content = site.content()
    page = site.root / "links.html"
    page.write_text("".join(render(report_links(content, annotate_articles(content)))), encoding="utf-8")
    return page


@pytest.fixture
def problems() -> Iterator[list[str]]:
    """What a reader should never cause: messages, errors, requests beside the page itself."""
    seen: list[str] = []
    yield seen
    assert seen == []


def opened(chromium: Browser, report: Path, problems: list[str], **options: object) -> Page:
    page = chromium.new_context(**options).new_page()
    page.on("console", lambda message: problems.append(message.text))
    page.on("pageerror", lambda error: problems.append(str(error)))
    page.on("request", lambda r: r.url == report.as_uri() or problems.append(r.url))
    page.goto(report.as_uri())
    return page


def shown(page: Page) -> list[str]:
    return page.locator("mark").filter(visible=True).all_text_contents()


@pytest.mark.parametrize("width", [375, 1280])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing(chromium: Browser, report: Path, problems: list[str], scheme: str, width: int) -> None:
    page = opened(chromium, report, problems, color_scheme=scheme, viewport={"width": width, "height": 800})
    page.evaluate("document.querySelectorAll('details').forEach((d) => (d.open = true))")
    found = Axe().run(page, options={"resultTypes": ["violations"]})
    assert found.violations_count == 0, found.generate_report()
    assert page.evaluate("document.documentElement.scrollWidth") == width


def test_without_its_script_everything_is_there(chromium: Browser, report: Path, problems: list[str]) -> None:
    page = opened(chromium, report, problems, java_script_enabled=False)
    assert shown(page) == ["Tlass"]
    assert not page.locator("#controls").is_visible()
    page.locator("#linked summary").click()
    assert shown(page) == ["Tlass", "Munaf Tlass", "Mustafa Tlass", "Homs", "حمص"]


def test_filters(chromium: Browser, report: Path, problems: list[str]) -> None:
    page = opened(chromium, report, problems)
    page.get_by_label("Words").fill("MUSTAFA-tlass first")
    assert shown(page) == ["Mustafa Tlass"]
    assert page.locator("#linked .count").inner_text() == "1 of 4"
    page.get_by_label("Words").fill("")
    page.get_by_label("Article").select_option(label="Two")
    assert shown(page) == ["حمص"]
    assert page.locator("#result").inner_text() == "1 of 6 shown"
    page.get_by_label("Article").select_option(label="all")
    page.get_by_label("Reason").select_option("several entries fit")
    assert shown(page) == ["Tlass"]


def test_order(chromium: Browser, report: Path, problems: list[str]) -> None:
    page = opened(chromium, report, problems)
    page.locator("#linked summary").click()
    page.get_by_label("Order").select_option("entry")
    assert shown(page) == ["Tlass", "Homs", "حمص", "Munaf Tlass", "Mustafa Tlass"]
    page.get_by_label("Order").select_option("place")
    assert shown(page) == ["Tlass", "Munaf Tlass", "Mustafa Tlass", "Homs", "حمص"]


def test_the_keyboard_reaches_every_group(chromium: Browser, report: Path, problems: list[str]) -> None:
    page = opened(chromium, report, problems)
    page.locator("nav a[href='#linked']").focus()
    page.keyboard.press("Enter")
    page.wait_for_function("document.querySelector('#linked > details').open")
    page.locator("#linked summary").focus()
    page.keyboard.press("Enter")
    assert "Homs" not in shown(page)


def test_arabic_reads_from_the_right(chromium: Browser, report: Path, problems: list[str]) -> None:
    page = opened(chromium, report, problems)
    sentence = page.locator(".sentence", has_text="حمص")
    assert sentence.evaluate("e => getComputedStyle(e).direction") == "rtl"
