"""What articles use of their entries outside its time."""

from __future__ import annotations

import pytest

from tests.site.helpers import messages, write_article
from tests.sites import Site


def write(site: Site, front: str, *, summary: str = "summary: S.\n", name: str = "Peter", kind: str = "person") -> Site:
    identifier = name.lower()
    text = f"---\nname: {name}\nkind: {kind}\n{summary}{front}---\n"
    return site.write(f"-- content/glossary/{identifier}.md --\n{text}")


def found(site: Site, body: str, day: str = "2012-07-01", front: str = "") -> list[str]:
    write_article(site, body, front=f"as_of: {day}\n{front}")
    return [m.partition("date, ")[2] or m for m in messages(site) if not m.startswith("missing-summary")]


HISTORY = "history: [{from: 2012-07-03, summary: Left.}, {from: 2012-08-01, summary: Back.}]\n"
NO_SUMMARY = (
    "nothing is said of “peter”: its first summary is of 2012-07-03"
    " = give the entry a summary without a date, or one for that time; or set “as_of” in the article"
)


@pytest.mark.parametrize(
    ("day", "summary", "expected"),
    [
        ("2012-07-02", "", [NO_SUMMARY]),
        ("2012-07-03", "", []),
        ("2012-07-02", "summary: S.\n", []),
    ],
)
def test_an_entry_of_which_nothing_is_said_yet(site: Site, day: str, summary: str, expected: list[str]) -> None:
    assert found(write(site, HISTORY, summary=summary), "Peter came. Peter went.", day) == expected


def test_a_name_that_is_not_yet_or_no_longer_the_entry_s(site: Site) -> None:
    write(site, "aliases: [{text: Leningrad, from: 1924, to: 1991-09}, Petersburg]\n", name="Piter", kind="place")
    message = (
        "“Leningrad” is no name of “piter”: it is one from 1924 until 1991-09"
        " = if it is meant, write the link yourself: [Leningrad](entry:piter)"
    )
    assert found(site, "Leningrad. Petersburg. Leningrad.", "1992-01-01") == [message]
    assert found(site, "Leningrad.", "1923-01-01") == [message]
    assert found(site, "Leningrad.", "1991-09-30") == []
    assert found(site, "[Leningrad](entry:piter).", "1992-01-01") == []
    assert found(site, "Petersburg.", "1992-01-01") == []


def test_a_date_in_doubt_may_be_a_little_off(site: Site) -> None:
    write(site, "aliases: [{text: Leningrad, to: 1991-09~}]\n", name="Piter", kind="place")
    assert found(site, "Leningrad.", "1991-10-31") == []
    assert len(found(site, "Leningrad.", "1991-11-01")) == 1


FACTS = "facts: [{label: Rank, value: General, from: 2000, to: 2012-07-03}, {label: Home, value: Paris, from: 2013}]\n"
NO_FACT = (
    "none of the facts of “peter” holds: its box shows none"
    " = give the entry a fact for that time; or set “as_of” in the article"
)


@pytest.mark.parametrize(
    ("day", "body", "front", "expected"),
    [
        ("2012-08-01", "Peter.\n\n::: context peter\n:::", "", [NO_FACT]),
        ("2012-08-01", "Peter.", "context: [peter]\n", [NO_FACT]),
        ("2012-08-01", "Peter.", "", []),
        ("2012-07-03", "Peter.\n\n::: context peter\n:::", "", []),
        ("1999-12-31", "Peter.\n\n::: context peter\n:::", "", [NO_FACT]),
    ],
)
def test_a_box_whose_facts_do_not_hold(site: Site, day: str, body: str, front: str, expected: list[str]) -> None:
    assert found(write(site, FACTS), body, day, front) == expected


def test_relations_that_have_not_begun(site: Site) -> None:
    write(write(site, "", name="Guard"), "relations: [{type: head of, entry: guard, from: 2012-07}]\n")
    body = "::: relations peter guard\n:::"
    told = (
        "“peter”, head of “guard”, does not hold: it is left out, for it begins 2012-07"
        " = write it in the text if it is meant; or set “as_of” in the article"
    )
    assert found(site, body, "2012-06-30") == [told]
    assert found(site, body, "2012-07-01") == []
    assert found(site, "Peter. Guard.\n\n::: relations\n:::", "2012-06-30") == []


def test_a_timeline_with_nothing_to_show(site: Site) -> None:
    write(write(site, FACTS), HISTORY, name="Paul")
    body = "::: timeline peter paul\n:::"
    told = (
        "nothing had happened to “paul”: its first date is 2012-07-03"
        " = remove it from the timeline; or set “as_of” in the article"
    )
    assert found(site, body, "2012-07-02") == [told]
    assert found(site, body, "2012-07-03") == []


def test_the_place_is_where_it_is_used(site: Site) -> None:
    write(site, HISTORY, summary="")
    write_article(site, "So Peter came.", front="as_of: 2012-07-02\n")
    assert [p for p in site.problems() if "outside" in p] == ["content/articles/x.md:8:4 outside-validity"]
    write_article(site, "Nobody.\n\n::: context peter\n:::", front="as_of: 2012-07-02\n")
    assert [p for p in site.problems() if "outside" in p] == ["content/articles/x.md:10:13 outside-validity"]
    write_article(site, "Nobody.", front="as_of: 2012-07-02\ncontext: peter\n")
    assert [p for p in site.problems() if "outside" in p] == ["content/articles/x.md:6:10 outside-validity"]


def test_it_is_a_warning_that_can_be_ignored(site: Site) -> None:
    write_article(write(site, HISTORY, summary=""), "Peter.", front="as_of: 2012-07-02\n")
    assert site.build().files
    assert {d.severity for d in site.build().diagnostics} == {"warning"}
    site.write("-- site.yaml --\ntitle: T\nurl: https://example.org/\nignore: [outside-validity]\n")
    assert [p for p in site.problems() if "outside" in p] == []


@pytest.mark.parametrize(
    ("front", "expected"),
    [
        ("facts: [{label: A, value: B, from: 2012, to: 2011}]\n", "it ends (2011) before it begins (2012)"),
        ("relations: [{type: A, entry: peter, from: 2012-07, to: 2012-06~}]\n", "it ends (2012-06~) before"),
        ("aliases: [{text: A, from: 2012, to: 2011}]\n", "it ends (2011) before it begins (2012)"),
        ("facts: [{label: A, value: B, from: 1972/2004, to: 2005}]\n", "“from” is an interval, which says both ends"),
        ("facts: [{label: A, value: B, from: 2012, to: 2012-01}]\n", ""),
    ],
)
def test_dates_that_contradict_each_other_are_errors(site: Site, front: str, expected: str) -> None:
    told = [m for m in messages(write(site, front)) if m.startswith("bad-date")]
    assert [expected in m for m in told] == ([True] if expected else [])
