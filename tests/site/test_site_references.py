"""Ids that authors write, and mentions that several entries fit."""

from __future__ import annotations

import pytest

from tests.site.helpers import messages, problems, write_article, write_entries
from tests.sites import Site, entry


@pytest.fixture
def cities(site: Site) -> Site:
    return write_entries(site, "Homs", "Hama")


@pytest.mark.parametrize(
    ("front", "place"),
    [
        ("context: [homs, hmos]\n", "5:17"),
        ("context: hmos\n", "5:10"),
        ("linking:\n  resolve: {The city: hmos}\n", "6:23"),
        ("linking:\n  never: [homs, hmos]\n", "6:17"),
    ],
)
def test_front_matter_of_an_article(cities: Site, front: str, place: str) -> None:
    write_article(cities, "Text.", front=front)
    assert problems(cities) == [f"content/articles/x.md:{place} unknown-entry"]
    assert messages(cities) == ["unknown-entry: there is no entry “hmos” = did you mean “homs”?"]


@pytest.mark.parametrize(
    ("settings", "place"),
    [("linking:\n  resolve: {The city: hmos}\n", "4:23"), ("linking:\n  never: [hmos]\n", "4:11")],
)
def test_settings(cities: Site, settings: str, place: str) -> None:
    cities.write(f"-- site.yaml --\ntitle: T\nurl: https://example.org/\n{settings}")
    assert problems(cities) == [f"site.yaml:{place} unknown-entry"]


@pytest.mark.parametrize(
    ("body", "column"),
    [
        ("::: context hmos\n:::", 13),
        ("::: cast homs hmos\n:::", 15),
        ("::: timeline hmos\n:::", 14),
        ("::: relations hmos\n:::", 15),
        ("::: map hmos\n:::", 9),
        ("To [the city](entry:hmos).", 5),
        ("To [[hmos]].", 6),
        ("To [[hmos|the city]].", 11),
    ],
)
def test_text_of_an_article(cities: Site, body: str, column: int) -> None:
    write_article(cities, body)
    assert problems(cities) == [f"content/articles/x.md:7:{column} unknown-entry"]
    assert messages(cities) == ["unknown-entry: there is no entry “hmos” = did you mean “homs”?"]


def test_entries_and_pages_are_checked_too(cities: Site) -> None:
    cities.write(f"-- content/glossary/a.md --\n{entry('A', body='To [x](entry:hmos).')}\n")
    cities.write("-- content/pages/p.md --\n---\ntitle: P\n---\n\nTo [x](entry:hmos).\n")
    assert problems(cities) == ["content/glossary/a.md:7:5 unknown-entry", "content/pages/p.md:5:5 unknown-entry"]


def test_relations(cities: Site) -> None:
    front = "relations: [{type: near, entry: homs}, {type: near, entry: hmos}]\n"
    cities.write(f"-- content/glossary/a.md --\n{entry('A', front=front)}\n")
    assert problems(cities) == ["content/glossary/a.md:5:60 unknown-entry"]


def test_sources_of_facts(cities: Site) -> None:
    front = "facts: [{label: L, value: V, source: afp-2}]\nsources: [{id: afp-1, title: T}]\n"
    cities.write(f"-- content/glossary/a.md --\n{entry('A', front=front)}\n")
    assert problems(cities) == ["content/glossary/a.md:5:38 bad-value"]
    assert "did you mean “afp-1”?" in messages(cities)[0]


def test_an_id_like_no_other_gets_another_hint(site: Site) -> None:
    write_article(site, "[[somewhere]]")
    assert messages(site) == [
        "unknown-entry: there is no entry “somewhere” = write content/glossary/somewhere.md, or correct the id"
    ]


# ---- ambiguous mentions ---------------------------------------------------------------------------------------------


@pytest.fixture
def family(site: Site) -> Site:
    return write_entries(site, "Munaf Tlass", "Mustafa Tlass", kind="person")


def test_ambiguous_mentions_are_reported_with_a_way_out(family: Site) -> None:
    write_article(family, "Munaf Tlass and Mustafa Tlass met. Tlass left.")
    assert problems(family) == ["content/articles/x.md:7:36 ambiguous-mention"]
    (message,) = messages(family)
    assert "“Tlass” may be munaf-tlass or mustafa-tlass; it is not linked" in message
    assert "[Tlass](entry:munaf-tlass)" in message


@pytest.mark.parametrize(
    "body",
    [
        "Munaf Tlass and Mustafa Tlass met. [Tlass](entry:munaf-tlass) left.",
        "Munaf Tlass and Mustafa Tlass met. [Tlass]{.nolink} left.",
        "Munaf Tlass and Mustafa Tlass met.\n\n## Tlass leaves\n\nText.",
        "Munaf Tlass and Mustafa Tlass met. See [on Tlass](https://example.org/).",
        "Munaf Tlass and Mustafa Tlass met. `Tlass` left.",
    ],
)
def test_where_it_makes_no_difference_nothing_is_reported(family: Site, body: str) -> None:
    write_article(family, body)
    assert problems(family) == []


def test_an_article_may_say_who_is_meant(family: Site) -> None:
    body = "Munaf Tlass and Mustafa Tlass met. Tlass left."
    write_article(family, body, front="linking: {resolve: {Tlass: munaf-tlass}}\n")
    assert problems(family) == []
