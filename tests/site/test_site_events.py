"""What is dated of an entry, before a day and after it."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from explainer.site.as_of import ends_before_it_begins, is_contested
from explainer.site.events import Event, events_after, events_by, events_of, is_dated, present
from tests.site.helpers import write_article
from tests.site.test_site_as_of import meta
from tests.sites import Site

TLASS = meta(
    history=[{"from": "2012-07-03", "summary": "Left."}, {"from": "2011-03-15", "summary": "Served."}],
    facts=[
        {"label": "Rank", "value": "Colonel", "from": "1990/1999"},
        {"label": "Force", "value": "Guard", "to": "2012-07-03"},
        {"label": "Home", "value": "Paris", "from": "2012-07~"},
        {"label": "Age", "value": "48"},
    ],
    relations=[
        {"type": "son of", "entry": "mustafa"},
        {"type": "served in", "entry": "guard", "to": "2012-07-05"},
        {"type": "member of", "entry": "staff", "from": "2005", "to": "2012-08"},
    ],
)

RANK = Event("1990", "1999", "Rank", "Colonel")
STAFF = Event("2005", "2012-08", "member of", other="staff")  # type: ignore[arg-type]
SERVED, LEFT = Event("2011-03-15", "", text="Served."), Event("2012-07-03", "", text="Left.")
HOME = Event("2012-07~", "", "Home", "Paris")
GUARD = Event("", "2012-07-05", "served in", other="guard")  # type: ignore[arg-type]


def day(text: str) -> dt.date:
    return dt.date.fromisoformat(text)


def test_all_that_is_dated_oldest_first_and_once() -> None:
    """The fact that ends with the day of a summary is told by the summary."""
    assert events_of(TLASS) == (RANK, STAFF, SERVED, HOME, LEFT, GUARD)


@pytest.mark.parametrize(
    ("on", "by", "after"),
    [
        ("1989-12-31", [], [RANK, STAFF, SERVED, HOME, LEFT, GUARD]),
        ("1995-01-01", [("1990", "")], [("", "1999"), STAFF, SERVED, HOME, LEFT, GUARD]),
        ("2012-06-30", [RANK, ("2005", ""), SERVED], [HOME, LEFT, GUARD, ("", "2012-08")]),
        ("2012-07-02", [RANK, ("2005", ""), SERVED, HOME], [LEFT, GUARD, ("", "2012-08")]),
        ("2012-07-05", [RANK, ("2005", ""), SERVED, HOME, LEFT], [GUARD, ("", "2012-08")]),
        ("2012-07-06", [RANK, ("2005", ""), SERVED, HOME, LEFT, GUARD], [("", "2012-08")]),
        ("2012-09-01", [RANK, STAFF, SERVED, HOME, LEFT, GUARD], []),
    ],
)
def test_before_a_day_and_after_it(on: str, by: list[object], after: list[object]) -> None:
    """What was still to come is not told; nothing is told twice, and nothing is lost."""

    def short(events: tuple[Event, ...], expected: list[object]) -> list[object]:
        return [e if isinstance(x, Event) else (e.since, e.until) for e, x in zip(events, expected, strict=True)]

    assert short(events_by(events_of(TLASS), day(on)), by) == by
    assert short(events_after(events_of(TLASS), day(on)), after) == after


@given(st.dates(dt.date(1985, 1, 1), dt.date(2015, 1, 1)))
def test_every_event_is_told_before_or_after(on: dt.date) -> None:
    every, by, after = events_of(TLASS), events_by(events_of(TLASS), on), events_after(events_of(TLASS), on)
    ends = [e for e in after if not e.since and e.date not in {x.date for x in every if not x.since}]
    assert len(by) + len(after) - len(ends) == len(every)


def test_the_present_is_what_has_begun() -> None:
    now = present(TLASS, day("2012-07-04"))
    assert now.summary == "Left."
    assert [f.label for f in now.facts] == ["Rank", "Force", "Home", "Age"]
    assert [f.label for f in present(TLASS, day("2012-06-30")).facts] == ["Rank", "Force", "Age"]
    assert [r.type for r in present(TLASS, day("2004-12-31")).relations] == ["son of", "served in"]
    assert is_dated(TLASS)
    assert not is_dated(meta(facts=[{"label": "Age", "value": "48"}]))


def test_an_end_before_the_beginning() -> None:
    facts = [("2012", "2011"), ("2012-07", "2012"), ("2012", "2012-01"), ("1972", ""), ("2012-07-03", "2012-07-02")]
    made = meta(facts=[{"label": "A", "value": "B", "from": s, **({"to": u} if u else {})} for s, u in facts]).facts
    assert [ends_before_it_begins(f) for f in made] == [True, False, False, False, True]


def test_two_sources_that_differ_for_one_time() -> None:
    facts = meta(
        facts=[
            {"label": "Strength", "value": "10,000", "source": "a", "to": "2010"},
            {"label": "Strength", "value": "25,000", "source": "b", "from": "2009"},
            {"label": "Strength", "value": "30,000", "source": "b", "from": "2012"},
            {"label": "Seat", "value": "Damascus", "source": "a"},
            {"label": "Seat", "value": "Damascus", "source": "b"},
            {"label": "Head", "value": "X", "source": "a"},
            {"label": "Head", "value": "Y"},
        ]
    ).facts
    assert [is_contested(f, facts) for f in facts] == [True, True, False, False, False, False, False]


ENTRY = (
    "-- content/glossary/munaf-tlass.md --\n---\nname: Munaf Tlass\nkind: person\nsummary: Undated.\n"
    "history: [{from: 2012-07-03, summary: Left.}, {from: 2030-01-01, summary: To come.}]\n"
    "facts: [{label: Force, value: Guard, to: 2012-08-01}]\n"
    "relations: [{type: served in, entry: guard, to: 2012-09}, {type: met, entry: nobody, from: 2013}, {type: on, entry: staff, from: 2005}]\n---\n"
    "-- content/glossary/guard.md --\n---\nname: Guard\nkind: organisation\nsummary: A force.\n"
    "relations: [{type: had, entry: munaf-tlass, from: 1999}]\n---\n"
    "-- content/glossary/staff.md --\n---\nname: Staff\nkind: organisation\nsummary: A staff.\n---\n"
)


def test_what_happened_next_ends_with_the_day_of_the_build(site: Site) -> None:
    write_article(site.write(ENTRY), "Munaf Tlass.", front="as_of: 2012-07-01\n")
    page = site.page("articles/x/")
    assert page.count('<section class="what-next"') == 1
    told = page.partition('<section class="what-next"')[2].partition("</section>")[0]
    assert [told.index(x) for x in ("Left.", "Force: Guard", "served in")] == sorted(
        told.index(x) for x in ("Left.", "Force: Guard", "served in")
    )
    assert "<details>" in told  # closed
    assert "until August 1, 2012</time>" in told
    assert "To come." not in page
    assert "had" not in told  # that is the other entry's to tell


def test_nothing_happened_next(site: Site) -> None:
    write_article(site.write(ENTRY), "Munaf Tlass.", front="as_of: 2020-07-01\n")
    assert "what-next" not in site.page("articles/x/")


def test_timeline_of_an_entry_has_the_events_of_others(site: Site) -> None:
    page = site.write(ENTRY).page("glossary/staff/")
    timeline = page.partition('<ol class="timeline">')[2].partition("</ol>")[0]
    assert '<time datetime="2005">2005</time>' in timeline
    assert ">Munaf Tlass</bdi></a>" in timeline
    assert "served in" not in site.page("glossary/guard/")  # it says something of him itself
    assert "To come." not in site.page("glossary/munaf-tlass/")


def test_relations_and_cast_of_an_article_are_of_its_day(site: Site) -> None:
    body = "Munaf Tlass.\n\n::: cast munaf-tlass\n:::\n\n::: relations munaf-tlass guard\n:::\n"
    write_article(site.write(ENTRY), body, front="as_of: 1990-07-01\n")
    page = site.page("articles/x/").partition('<section class="what-next"')[0]
    assert "Undated." in page.partition('class="directive cast"')[2]
    assert '<span class="relation">served in</span>' in page
    assert "2012" not in page.partition('class="directive cast"')[2]
    assert '<span class="relation">had</span>' not in page
    write_article(site, body, front="as_of: 2012-10-01\n")
    page = site.page("articles/x/")
    assert "Left." in page.partition('class="directive cast"')[2]
    assert "until September 2012" in page
    assert '<span class="relation">had</span>' in page
