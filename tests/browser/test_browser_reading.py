"""Reading in ways of one's own: by keyboard alone, very large, on paper."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import Open
from tests.browser.test_browser_previews import ARABIC, ARTICLE, card

ENTRY = "glossary/munaf-tlass/"


# ---- by keyboard ----------------------------------------------------------------------------------------------------


def tab_to(page: Page, selector: str, *, most: int = 120) -> None:
    """Press Tab until what is focused matches."""
    for _ in range(most):
        page.keyboard.press("Tab")
        if page.evaluate("selector => document.activeElement.matches(selector)", selector):
            return
    pytest.fail(f"Tab does not come to {selector}")


def assert_focus_shows(page: Page) -> None:
    """Focus is in the window, has an outline, and nothing lies over it."""
    problem = page.evaluate("""async () => {
        const element = document.activeElement;
        const problem = () => {
            const style = getComputedStyle(element), box = element.getClientRects()[0];
            if (box.bottom < 0 || box.top > innerHeight) return "outside of the window";
            if (style.outlineStyle === "none" || parseFloat(style.outlineWidth) < 2) return "no outline";
            const over = document.elementFromPoint(box.left + box.width / 2, box.top + box.height / 2);
            return over && (element.contains(over) || over.contains(element)) ? "" : "covered by " + over?.outerHTML;
        };
        // Browsers scroll gently.
        for (let frame = 0; frame < 100 && problem(); frame += 1) await new Promise(requestAnimationFrame);
        return problem();
    }""")
    assert problem == "", page.evaluate("document.activeElement.outerHTML")


def test_the_dossier_is_read_by_keyboard_alone(open_page: Open, address: str) -> None:
    page = open_page("")
    tab_to(page, ".lead .headline a")
    assert_focus_shows(page)
    page.keyboard.press("Enter")
    page.wait_for_url(f"{address}articles/*/")
    tab_to(page, ".prose .entry-link")
    assert_focus_shows(page)
    expect(card(page)).to_be_visible()
    assert_focus_shows(page)
    page.keyboard.press("Escape")
    expect(card(page)).to_be_hidden()
    tab_to(page, ".tether")
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile("#box-"))
    tab_to(page, ".back")
    assert_focus_shows(page)
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile("#m-"))
    tab_to(page, ".entry-link")
    entry = page.evaluate("document.activeElement.href")
    page.keyboard.press("Enter")
    page.wait_for_url(entry)
    tab_to(page, ".sentence a, .appearances a, main a[href*='articles/']")
    assert_focus_shows(page)
    page.keyboard.press("Enter")
    page.wait_for_url(f"{address}articles/*/**")


@pytest.mark.parametrize("path", ["", ARTICLE, ENTRY, "glossary/", ARABIC])
def test_every_stop_of_tab_shows(open_page: Open, path: str) -> None:
    page = open_page(path, viewport={"width": 800, "height": 600})
    for _ in range(30):
        page.keyboard.press("Tab")
        assert_focus_shows(page)


# ---- very large -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("path", ["", ARTICLE, ENTRY, "glossary/", ARABIC])
def test_four_times_as_large(open_page: Open, path: str) -> None:
    """400 % of a window of 1280 × 1024: nothing has to be scrolled sideways, and no text is cut off."""
    page = open_page(path, viewport={"width": 320, "height": 256}, device_scale_factor=4)
    assert page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth") <= 0
    cut = page.evaluate("""() => [...document.querySelectorAll("main :is(p, h1, h2, h3, dd, dt, li, a)")]
        .filter((e) => e.checkVisibility() && getComputedStyle(e).overflowX !== "visible" && e.scrollWidth > e.clientWidth + 1)
        .filter((e) => e.clientWidth > 2)  // what only a screen reader finds has no size
        .map((e) => e.outerHTML.slice(0, 120))""")
    assert cut == []


# ---- on paper -------------------------------------------------------------------------------------------------------


def printed(page: Page, path: Path) -> str:
    """The words of the page's PDF, in one line."""
    program = shutil.which("pdftotext")
    if program is None and os.environ.get("EXPLAINER_REQUIRE_TOOLS"):
        pytest.fail("pdftotext is not installed")
    if program is None:
        pytest.skip("pdftotext is not installed")
    page.pdf(path=path, format="A4")
    done = subprocess.run([program, "-raw", str(path), "-"], capture_output=True, check=True)
    return " ".join(done.stdout.decode("utf-8").split())


def words_of(page: Page, selector: str) -> list[str]:
    return [" ".join(text.split()) for text in page.locator(selector).all_text_contents()]


def test_a_printed_article_has_what_previews_show(open_page: Open, tmp_path: Path) -> None:
    page = open_page(ARTICLE)
    summaries, paragraphs = words_of(page, ".story-summary"), words_of(page, ".prose > p")
    text = printed(page, tmp_path / "article.pdf").replace("\u00ad", "")
    assert len(summaries) > 10
    missing = [one for one in summaries if _letters(one) not in _letters(text)]
    assert missing == []
    assert sum(_letters(one)[:80] in _letters(text) for one in paragraphs) > len(paragraphs) / 2
    assert "Skip to" not in text


def test_a_printed_entry_has_its_facts(open_page: Open, tmp_path: Path) -> None:
    page = open_page(ENTRY)
    facts = words_of(page, ".infobox dd")
    text = _letters(printed(page, tmp_path / "entry.pdf"))
    latin = [fact for fact in facts if fact.isascii()]
    assert latin
    assert [fact for fact in latin if _letters(fact) not in text] == []


def _letters(text: str) -> str:
    """Without what line ends change: spaces and hyphens."""
    return re.sub(r"[\W_]+", "", text)
