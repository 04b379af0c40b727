from __future__ import annotations

import os
from typing import TYPE_CHECKING

import pytest
from msgspec.structs import replace

from explainer.serve.shown import LateFiles, News, Shown, advance

if TYPE_CHECKING:
    from pathlib import Path

    from explainer.publish import Content

from serve_helpers import bad, good

BEFORE: dict[str, Content] = {
    "index.html": b'<link href="assets/site.0123abcd.css"><link href="assets/print.css">',
    "a/index.html": b'<link href="../assets/site.0123abcd.css">',
    "assets/site.0123abcd.css": b"p{}",
    "assets/print.css": b"q{}",
    "feed.xml": b"<feed/>",
}
AFTER: dict[str, Content] = {
    "index.html": b'<link href="assets/site.89ef4567.css"><link href="assets/print.css">',
    "a/index.html": b'<link href="../assets/site.89ef4567.css">',
    "assets/site.89ef4567.css": b"p{color:red}",
    "assets/print.css": b"q{}",
    "feed.xml": b"<feed/>",
}


def news(before: dict[str, Content], after: dict[str, Content]) -> News:
    shown, first = advance(Shown(), good(before))
    assert first is News.PAGE
    return advance(shown, good(after))[1]


def test_the_same_site_is_no_news() -> None:
    shown, _ = advance(Shown(), good(BEFORE))
    assert advance(shown, good(dict(BEFORE))) == (shown, News.NOTHING)


def test_pages_that_are_told_to_have_changed_are_all_that_is_looked_at() -> None:
    shown, _ = advance(Shown(), good(BEFORE))
    assert advance(shown, replace(good(BEFORE), changed=())) == (shown, News.NOTHING)
    after = {**BEFORE, "index.html": b"new"}
    second, told = advance(shown, replace(good(after), changed=["index.html"]))
    assert (second.files, second.stamps, told) == (after, shown.stamps, News.PAGE)


def test_after_a_failure_everything_is_looked_at() -> None:
    shown, _ = advance(advance(Shown(), good(BEFORE))[0], bad("a mistake"))
    assert advance(shown, replace(good(BEFORE), changed=()))[1] is News.PAGE


@pytest.mark.parametrize(
    "changed",
    [AFTER, {**BEFORE, "assets/print.css": b"new"}, {**AFTER, "assets/print.css": b"new"}],
    ids=["fingerprint", "plain", "both"],
)
def test_styles_alone(changed: dict[str, Content]) -> None:
    assert news(BEFORE, changed) is News.STYLES


@pytest.mark.parametrize(
    "changed",
    [
        {**AFTER, "index.html": b'<p><link href="assets/site.89ef4567.css"><link href="assets/print.css">'},
        {**AFTER, "feed.xml": b"<feed>new</feed>"},
        {**AFTER, "b/index.html": b""},
        {path: data for path, data in AFTER.items() if path != "feed.xml"},
        {**AFTER, "assets/new.css": b""},
        {path: data for path, data in BEFORE.items() if path != "assets/print.css"},
    ],
    ids=["html", "feed", "new page", "gone", "new style", "style gone"],
)
def test_more_than_styles(changed: dict[str, Content]) -> None:
    assert news(BEFORE, changed) is News.PAGE


def test_media_that_changed_in_place(tmp_path: Path) -> None:
    photo = tmp_path / "photo.jpg"
    photo.write_bytes(b"one")
    files = {**BEFORE, "photo.jpg": photo}
    shown, _ = advance(Shown(), good(files))
    assert advance(shown, good(files))[1] is News.NOTHING
    os.utime(photo, ns=(1, 1))
    assert advance(shown, good(files))[1] is News.PAGE


def test_problems_come_change_and_go() -> None:
    first, _ = advance(Shown(), good(BEFORE))
    failed, told = advance(first, bad("one"))
    assert (told, failed.files, failed.problems, failed.version) == (News.PAGE, BEFORE, ("one",), first.version + 1)
    assert advance(failed, bad("one")) == (failed, News.NOTHING)
    assert advance(failed, bad("two"))[1] is News.PAGE
    mended, told = advance(failed, good(BEFORE))
    assert (told, mended.problems) == (News.PAGE, ())
    assert advance(failed, good(AFTER))[1] is News.PAGE


def test_a_failed_build_always_has_something_to_say() -> None:
    shown, _ = advance(Shown(), bad(summary="3 problems"))
    assert shown.problems == ("x.md:1: error",)


def test_old_names_of_styles_and_scripts_lead_to_the_new_ones() -> None:
    shown, _ = advance(Shown(), good({**AFTER, "a.12345678.js": b"js", "i.12345678.png": b""}))
    assert shown.find("assets/site.0123abcd.css") == b"p{color:red}"
    assert shown.find("a.87654321.js") == b"js"
    assert shown.find("assets/site.css") is None
    assert shown.find("i.87654321.png") is None
    assert shown.find("i.12345678.png") == b""


def test_no_name_is_made_up_where_two_would_fit() -> None:
    shown, _ = advance(Shown(), good({"a.12345678.js": b"1", "a.abcdef00.js": b"2"}))
    assert shown.find("a.99999999.js") is None


def test_late_files_are_made_once_when_they_are_asked_for() -> None:
    asked: list[str] = []

    def make() -> dict[str, Content]:
        asked.append("made")
        return {"search/pagefind/pagefind.js": b"1"}

    build = replace(good(BEFORE), late=LateFiles("search/pagefind/", make))
    shown, _ = advance(Shown(), build)
    assert shown.find("index.html") == BEFORE["index.html"]
    assert asked == []
    assert shown.find("search/pagefind/pagefind.js") == b"1"
    assert shown.find("search/pagefind/nothing") is None
    assert asked == ["made"]
    after, told = advance(shown, replace(good(AFTER), late=LateFiles("search/pagefind/", make)))
    assert told is News.STYLES
    assert after.find("search/pagefind/pagefind.js") == b"1"
    assert asked == ["made", "made"]
