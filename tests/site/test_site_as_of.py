"""What held on a day."""

from __future__ import annotations

import datetime as dt

import pytest
from pydantic import TypeAdapter

from explainer.read.edtf import Span
from explainer.read.schema import EntryMeta
from explainer.site.as_of import facts_on, span_on, summary_on, surely_outside
from tests.site.helpers import assembled, only_article, write_article
from tests.sites import Site


def meta(**values: object) -> EntryMeta:
    return TypeAdapter(EntryMeta).validate_python({"name": "X", "kind": "person", "summary": "Undated.", **values})


HISTORY = [
    {"from": "2012-07-03", "summary": "Left."},
    {"from": "2000-01-01", "summary": "Served."},
]


@pytest.mark.parametrize(
    ("day", "summary"),
    [
        ("1999-12-31", "Undated."),
        ("2000-01-01", "Served."),
        ("2012-07-02", "Served."),
        ("2012-07-03", "Left."),
        ("2030-01-01", "Left."),
    ],
)
def test_the_latest_summary_that_has_begun(day: str, summary: str) -> None:
    assert summary_on(meta(history=HISTORY), dt.date.fromisoformat(day)) == summary


@pytest.mark.parametrize(
    ("since", "until", "day", "holds"),
    [
        ("", "", "2012-07-03", True),
        ("2012-07-03", "", "2012-07-02", False),
        ("2012-07-03", "", "2012-07-03", True),
        ("", "2012-07-03", "2012-07-03", True),
        ("", "2012-07-03", "2012-07-04", False),
        ("2012", "", "2011-12-31", False),
        ("2012", "", "2012-01-01", True),
        ("", "2012", "2012-12-31", True),
        ("", "2012", "2013-01-01", False),
        ("2012-07", "2012-07", "2012-06-30", False),
        ("2012-07", "2012-07", "2012-07-31", True),
        ("2012-07", "2012-07", "2012-08-01", False),
        ("2012-07~", "", "2012-06-30", False),
        ("2012-07~", "", "2012-07-01", True),
        ("", "2012-07?", "2012-08-01", False),
        ("201X", "", "2010-01-01", True),
        ("2012-22", "", "2012-05-31", False),
        ("2012-22", "", "2012-06-01", True),
        ("1972/2004", "", "1971-12-31", False),
        ("1972/2004", "", "2004-12-31", True),
        ("1972/2004", "", "2005-01-01", False),
        ("1972/..", "", "2030-01-01", True),
        ("../2004", "", "2005-01-01", False),
    ],
)
def test_facts_hold_for_their_whole_year_month_or_day(since: str, until: str, day: str, *, holds: bool) -> None:
    fact = {"label": "L", "value": "V", "from": since, "to": until}
    facts = facts_on(meta(facts=[{k: v for k, v in fact.items() if v}]), dt.date.fromisoformat(day))
    assert bool(facts) is holds


@pytest.mark.parametrize(
    ("since", "until", "day", "outside"),
    [
        ("2012-07", "", "2012-06-30", True),
        ("2012-07", "", "2012-07-01", False),
        ("2012-07~", "", "2012-06-01", False),
        ("2012-07~", "", "2012-05-31", True),
        ("2012-07-03?", "", "2012-07-02", False),
        ("2012-07-03?", "", "2012-07-01", True),
        ("2012~", "", "2011-01-01", False),
        ("2012~", "", "2010-12-31", True),
        ("", "2012-12-31~", "2013-01-01", False),
        ("", "2012-12-31~", "2013-01-02", True),
        ("", "2012-12~", "2013-01-31", False),
        ("", "2012-12~", "2013-02-01", True),
        ("", "2012-11%", "2012-12-31", False),
        ("", "", "2012-01-01", False),
    ],
)
def test_what_is_surely_outside_allows_for_doubt(since: str, until: str, day: str, *, outside: bool) -> None:
    name = Span(since, until)
    assert surely_outside(name, dt.date.fromisoformat(day)) is outside


@pytest.mark.parametrize(
    ("since", "until", "day", "told"),
    [
        ("2012-07-03", "2012-07-06", "2012-07-06", ("2012-07-03", "")),
        ("2012-07-03", "2012-07-06", "2012-07-07", ("2012-07-03", "2012-07-06")),
        ("", "2012", "2012-12-31", ("", "")),
        ("1972/2004", "", "2012-07-06", ("1972", "2004")),
        ("1972/2004", "", "1990-01-01", ("1972", "")),
    ],
)
def test_an_end_that_is_still_to_come_is_not_told(since: str, until: str, day: str, told: tuple[str, str]) -> None:
    name = Span(since, until)
    assert span_on(name, dt.date.fromisoformat(day)) == told


def test_articles_are_of_their_date_unless_they_say_otherwise(site: Site) -> None:
    write_article(site, "Text.")
    assert only_article(site).as_of == dt.date(2024, 1, 1)
    write_article(site, "Text.", front="as_of: 2012-07-02\n")
    assert only_article(site).as_of == dt.date(2012, 7, 2)


def test_boxes_and_story_state_what_held(site: Site) -> None:
    site.write(
        "-- content/glossary/munaf-tlass.md --\n---\nname: Munaf Tlass\nkind: person\nsummary: Undated.\n"
        "history: [{from: 2012-07-03, summary: Left.}, {from: 2000-01-01, summary: Served.}]\n"
        "facts:\n  - {label: Rank, value: General, to: 2012-07-03}\n  - {label: Home, value: Paris, from: 2012-07-06}\n---\n"
    )
    write_article(site, "Munaf Tlass.", front="as_of: 2012-07-02\ncontext: [munaf-tlass]\n")
    before, later = site.page("articles/x/").split('<section class="what-next"')
    later, _, story = later.partition("</section>")
    before += story
    assert before.count("Served.") == 2
    assert "Left." not in before
    assert "<bdi>General</bdi>" in before
    assert "Paris" not in before
    assert "Left." in later
    assert "Home: Paris" in later
    write_article(site, "Munaf Tlass.", front="as_of: 2012-07-07\ncontext: [munaf-tlass]\n")
    after = site.page("articles/x/")
    assert after.count("Left.") == 2
    assert "<bdi>Paris</bdi>" in after
    assert "General" not in after


def test_entry_s_own_summary_is_of_today(site: Site) -> None:
    site.write(
        "-- content/glossary/a.md --\n---\nname: A\nkind: person\nsummary: Undated.\n"
        "history: [{from: 2024-05-01, summary: Now.}, {from: 2025-01-01, summary: Later.}]\n---\n"
    )
    assert assembled(site).entries["a"].summary == "Now."  # type: ignore[index]
    page = site.page("glossary/a/")
    assert '<p class="standfirst">Now.</p>' in page
    assert page.count("Undated.") == 0
    assert "<p>Now.</p>" in site.page("glossary/")
