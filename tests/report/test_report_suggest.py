"""What a glossary lacks, and what it has in vain."""

from __future__ import annotations

import pytest

from explainer.report.aliases import Collision, CommonWord, Why
from explainer.report.new_names import Entities
from explainer.report.suggest import Suggestions, suggest
from tests.sites import Site, article, entry


def suggestions(site: Site, *bodies: str, entities: Entities | None = None) -> Suggestions:
    """For articles with these texts, named a, b, c …"""
    for letter, body in zip("abcdefgh", bodies, strict=False):
        site.write(f"-- content/articles/{letter}.md --\n{article(body)}")
    return suggest(site.content(), site.annotations().by_path, entities=entities)


def with_entry(site: Site, identifier: str, name: str, kind: str = "person", front: str = "") -> Site:
    return site.write(f"-- content/glossary/{identifier}.md --\n{entry(name, kind, front=front)}")


def test_the_most_widely_used_names_come_first(site: Site) -> None:
    found = suggestions(
        site, "He met Ada Smith. He met Zoe Young, Zoe Young, Zoe Young.", "He met Ada Smith.", "He met Bob Old twice."
    )
    assert [(n.name, n.articles, n.mentions) for n in found.names] == [
        ("Ada Smith", 2, 2),
        ("Zoe Young", 1, 3),
        ("Bob Old", 1, 1),
    ]


def test_spellings_and_short_forms_count_for_the_full_name(site: Site) -> None:
    found = suggestions(
        site,
        "He met Laurent Fabius. Then Fabius and LAURENT FABIUS left; so did Laurent.",
        "He met L. Fabius and Laurant Fabius. Then Fabius left.",
        "He met the Free Army of Ruritania (FAR). The FAR left.",
    )
    (fabius, army) = found.names
    assert (fabius.name, fabius.kind, fabius.articles, fabius.mentions) == ("Laurent Fabius", "person", 2, 7)
    assert dict(fabius.spellings)["Fabius"] == 2
    assert fabius.aliases == ("L. Fabius", "Laurant Fabius")
    assert (army.name, army.kind, army.mentions, army.aliases) == (
        "Free Army of Ruritania",
        "organisation",
        3,
        ("FAR",),
    )


def test_a_last_name_without_a_full_one_stands_alone(site: Site) -> None:
    found = suggestions(site, "He met Fabius.", "He met Laurent Fabius.")
    assert [n.name for n in found.names] == ["Fabius", "Laurent Fabius"]


def test_the_stub_can_be_saved_as_it_is(site: Site) -> None:
    """It reads as an entry of the right kind, beside the others; then the name is suggested no more."""
    site.write(f"-- content/glossary/people/bob.md --\n{entry('Bob Old')}")
    site.write(f"-- content/glossary/people/rémi-ochlik.md --\n{entry('Somebody Else')}")
    (name,) = suggestions(site, "He met Rémi Ochlik.").names
    assert name.file == "content/glossary/people/remi-ochlik.md"
    site.write(f"-- {name.file} --\n{name.stub}")
    assert site.content().entries["remi-ochlik"].meta.name == "Rémi Ochlik"
    assert suggestions(site).names == ()


def test_an_id_that_is_taken(site: Site) -> None:
    with_entry(site, "mercury", "Mercury (planet)", "concept", "aliases: [the planet]\n")
    site.write(f"-- content/glossary/ada-smith.md --\n{entry('Somebody Else')}")
    (name,) = suggestions(site, "He met Ada Smith.").names
    assert name.file == "content/glossary/ada-smith-person.md"


def test_the_example(site: Site) -> None:
    (name,) = suggestions(site, "It rained. He met *Ada*\nSmith there. It rained.").names
    assert (name.example.source, name.example.line, name.example.column) == ("content/articles/a.md", 7, 20)
    assert name.example.sentence == "He met [[Ada Smith]] there."


def test_headings_and_words_at_the_beginning_are_no_names(site: Site) -> None:
    assert suggestions(site, "## Ada Smith\n\nWeather was bad. Clouds were seen. Clouds!").names == ()


def test_a_model_tells_kinds_and_what_is_no_name(site: Site) -> None:
    """Its entity has to be the name, not a part of it."""

    def entities(text: str) -> list[tuple[int, int, str]]:
        seen = {"Amman": "GPE", "Soviet": "NORP", "Middle East": "LOC"}
        return [(text.index(words), text.index(words) + len(words), label) for words, label in seen.items()]

    body = "He read from Amman a Soviet note and Middle East Intelligence Bulletin."
    found = suggestions(site, body, entities=entities).names
    assert [(n.name, n.kind) for n in found] == [("Amman", "place"), ("Middle East Intelligence Bulletin", "person")]
    assert [n.name for n in suggestions(site, body).names] == ["Amman", "Middle East Intelligence Bulletin", "Soviet"]


@pytest.mark.parametrize(
    ("body", "texts"),
    [
        ("The Syrian National Council (SNC) met.", []),
        ("The Syrian National Council (SyNC) met.", ["SyNC"]),
        ("The Syrian National Council (also known as SyNC) met.", ["SyNC"]),
        ("The Syrian National Council (المجلس) met.", ["المجلس"]),
        ("The Syrian National Council (2011) met.", []),
        ("The Syrian National Council (XQZ) met.", []),
        ("The Syrian National Council (in Paris) met.", []),
    ],
)
def test_forms_in_brackets(site: Site, body: str, texts: list[str]) -> None:
    """Initials follow from the name: they need no alias."""
    with_entry(site, "snc", "Syrian National Council", "organisation")
    found = [a for a in suggestions(site, body).aliases if a.why is Why.BRACKETS]
    assert [a.text for a in found] == texts


def test_last_names_that_several_articles_do_not_introduce(site: Site) -> None:
    with_entry(site, "munaf-tlass", "Munaf Tlass")
    assert suggestions(site, "He met Tlass.").aliases == ()
    (alias,) = suggestions(site, "He met Tlass.", "She met Tlass, then Tlass.").aliases
    assert (alias.entry, alias.text, alias.why) == ("munaf-tlass", "Tlass", Why.NOT_INTRODUCED)
    assert (alias.articles, alias.mentions) == (2, 3)
    with_entry(site, "mustafa-tlass", "Mustafa Tlass")
    assert suggestions(site).aliases == (), "two could be meant"


def test_other_spellings_of_an_entry(site: Site) -> None:
    with_entry(site, "munaf-tlass", "Munaf Tlass")
    found = suggestions(site, "He met Manaf Tlass.")
    assert [(a.entry, a.text, a.why) for a in found.aliases] == [("munaf-tlass", "Manaf Tlass", Why.SPELLING)]
    assert found.names == ()


def test_entries_that_no_article_mentions(site: Site) -> None:
    with_entry(with_entry(site, "homs", "Homs", "place"), "hama", "Hama", "place")
    assert suggestions(site, "In Homs.").unused == ("hama",)


def test_common_words(site: Site) -> None:
    with_entry(site, "reading", "Reading", "place")
    with_entry(site, "defection", "Defection", "concept", "aliases: [defection]\n")
    found = suggestions(site, "The reading room, the defection. In Reading, and in Reading.")
    assert found.common == (CommonWord("reading", "Reading", 1, 2),)


def test_collisions(site: Site) -> None:
    with_entry(site, "homs", "Homs", "place")
    with_entry(site, "homs-governorate", "Homs Governorate", "place", "aliases: [HOMS]\n")
    assert suggestions(site, "It rained.").collisions == (Collision("Homs", ("homs", "homs-governorate"), 0),)


def test_a_site_without_articles(site: Site) -> None:
    assert suggestions(site) == Suggestions((), (), (), (), ())
