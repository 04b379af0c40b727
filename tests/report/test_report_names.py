"""Which runs of capitals are names, and which spellings are one name."""

from __future__ import annotations

import itertools
import time
from collections import Counter
from functools import cache

import pytest

from explainer.annotate import Annotation
from explainer.annotate.languages import language_of
from explainer.report.kinds import kind_of_words, looks_like_person
from explainer.report.names import Name, find_names, vocabulary_of
from explainer.report.spellings import _distance, initials_of, key_of, near, one_name
from explainer.spacy.passages import passages_of
from tests.sites import Site, article, entry

ENGLISH = language_of("en")


MORE = " and nothing else happened there while everybody waited"
"""Makes a line so long that its capitals do not look like those of a headline."""


def names_in(text: str, *, elsewhere: str = "", language: str = "en", more: str = MORE) -> list[Name]:
    annotation = Annotation(passages_of(text + more), ())
    other = Annotation(passages_of(elsewhere), ())
    return list(find_names("x.md", annotation, vocabulary_of([annotation, other]), language_of(language)))


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("they met Laurent Fabius there", ["Laurent Fabius"]),
        ("they met Laurent Fabius, Rémi Ochlik there", ["Laurent Fabius", "Rémi Ochlik"]),
        ("they met Bashar al-Assad and Ludwig van Beethoven", ["Bashar al-Assad", "Ludwig van Beethoven"]),
        ("they met Jean-Pierre Dupont", ["Jean-Pierre Dupont"]),
        ("the Tlass-led men and pro-Assad men", ["Tlass", "Assad"]),
        ("they met J. R. Smith and U.N. staff", ["J. R. Smith", "U.N."]),
        ("they met General Robert Mood and Dr. Ada Smith", ["Robert Mood", "Ada Smith"]),
        ("they read France's Laurent Fabius", ["France", "Laurent Fabius"]),
        ("at the University of Texas and the Library of Congress", ["University of Texas", "Library of Congress"]),
        ("the Syrian Observatory for Human Rights counts", ["Syrian Observatory for Human Rights"]),
        ("he was President of Ruritania", ["Ruritania"]),
        ("the General Assembly met", ["General Assembly"]),
        ("a report by the General Electric Company", ["General Electric Company"]),
        ("they met in St Andrews", ["St Andrews"]),
        ("in July or on Friday, he and I", []),
        ("the President, Dr and Sir", []),
        ("Louis IX, the 2nd; part II, M. A. Smith Jr", ["Louis IX", "M. A. Smith Jr"]),
        ("In Paris it rained. Yet London was dry.", ["Paris", "London"]),
    ],
)
def test_names_in_a_sentence(text: str, names: list[str]) -> None:
    assert [n.text for n in names_in(text)] == names


def test_a_word_at_the_beginning_that_is_written_small_elsewhere() -> None:
    assert [n.text for n in names_in("Rebels and Rebels United met.", elsewhere="the rebels")] == ["Rebels United"]
    assert [n.text for n in names_in("Yesterday Ada Smith left.", elsewhere="she left yesterday")] == ["Ada Smith"]
    assert [(n.text, n.is_first) for n in names_in("Reuters left. The Reuters man left.")] == [
        ("Reuters", True),
        ("Reuters", False),
    ]


def test_what_is_noted_of_a_name() -> None:
    (titled, plain) = names_in("they met Mr Smith and the Red Crescent")
    assert (titled.text, titled.is_titled, titled.is_definite) == ("Smith", True, False)
    assert (plain.text, plain.is_titled, plain.is_definite) == ("Red Crescent", False, True)
    (adjective, verb) = names_in("the Ruritanian army, where Ian said so")
    assert (adjective.is_adjective, verb.is_adjective) == (True, False)


def test_title_case_and_other_scripts_tell_nothing() -> None:
    assert names_in("The Fall of the House of Usher Again", more="") == []
    assert names_in("they met Ada Smith", language="ar") == []


def test_elided_articles() -> None:
    assert [n.text for n in names_in("dans l'Orient, avec Jean Dupont", language="fr")] == ["Orient", "Jean Dupont"]


def test_mentions_of_entries_are_taken_out(site: Site) -> None:
    """A title that stands before one is no name either; the longer name around one is."""
    site.write(
        f"-- content/glossary/homs.md --\n{entry('Homs', 'place')}\n"
        f"-- content/glossary/munaf-tlass.md --\n{entry('Munaf Tlass')}\n"
        f"-- content/articles/x.md --\n{article('Then General Munaf Tlass left Homs for the Homs Military Academy.')}"
    )
    annotations = site.annotations().by_path
    found = find_names("x", annotations["content/articles/x.md"], vocabulary_of(annotations.values()), ENGLISH)
    assert [n.text for n in found] == ["Homs Military Academy"]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Rémi Ochlik", "REMI OCHLIK"),
        ("Jean-Pierre Dupont", "Jean Pierre Dupont"),
        ("J. R. R. Tolkien", "J.R.R. Tolkien"),
        ("Bashar al-Assad", "Bashar Assad"),
        ("the United Nations", "United Nations"),
        ("U.N.", "UN"),
    ],
)
def test_equal_but_for_how_it_is_written(one: str, other: str) -> None:
    assert key_of(one) == key_of(other)


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        ("Manaf Tlass", "Munaf Tlass", True),
        ("Muammar Gadhafi", "Muammar Gaddafi", True),
        ("Gladys Berejiklian", "Gladys Berejikilian", True),
        ("John Smith", "Joan Smith", False),
        ("Laurent Fabius", "Laurent Gabius", False),
        ("Austria", "Austrian", False),
        ("Asturias", "Asturian", False),
        ("Homs", "Hims", False),
        ("Hudson", "Hudsons", False),
        ("Ada Smith", "Ada Smith", False),
        ("Ada Smith", "Smith", False),
    ],
)
def test_near_spellings(one: str, other: str, expected: bool) -> None:  # noqa: FBT001
    assert near(key_of(one), key_of(other)) is expected
    assert near(key_of(other), key_of(one)) is expected


def leaders(**counts: int) -> dict[str, str]:
    """By name, with underscores for spaces."""
    keys = {key_of(name.replace("_", " ")): number for name, number in counts.items()}
    return {" ".join(key): " ".join(leader) for key, leader in one_name(keys, ENGLISH).items() if key != leader}


def test_the_commonest_spelling_leads() -> None:
    assert leaders(Munaf_Tlass=5, Manaf_Tlass=2, Munif_Haddad=1) == {"manaf tlass": "munaf tlass"}


def test_initials_belong_to_the_full_name_if_only_one_fits() -> None:
    assert leaders(W_Beattie=3, William_Beattie=1) == {"w beattie": "william beattie"}
    assert leaders(George_Bush=9, George_W_Bush=1) == {"george bush": "george w bush"}
    assert leaders(J_Smith=3, John_Smith=1, Jane_Smith=1) == {}
    assert leaders(World_Championship=3, World_Rowing_Championship=1) == {}


def test_initials() -> None:
    assert initials_of("Free Syrian Army") == "fsa"
    assert initials_of("Library of Congress") == "lc"
    assert initials_of("Reuters") == ""


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("Siege of Homs", "event"),
        ("World War", "event"),
        ("Bank of England", "organisation"),
        ("National Council", "organisation"),
        ("Idlib Province", "place"),
        ("New York", None),
        ("Ada Smith", None),
    ],
)
def test_kinds_that_words_tell(name: str, kind: str | None) -> None:
    assert kind_of_words(name, ENGLISH) == kind


def test_who_looks_like_a_person() -> None:
    words = vocabulary_of([Annotation(passages_of("the iron gate"), ())])
    found = [looks_like_person(n, words, ENGLISH) for n in ("Ada Smith", "Iron Gate", "Smith", "Idlib Province")]
    assert found == [True, False, False, False]
    assert Counter(words.small) == {"the": 1, "iron": 1, "gate": 1}


# ---- texts that nobody writes, and strangers may send: none takes long ------------------------------------------------


@pytest.mark.parametrize(
    "text", ["Aa " * 100_000, "Mc-" * 60_000, "Of The " * 60_000, "Aa of the " * 30_000], ids=lambda text: text[:10]
)
def test_a_run_without_end_is_no_name(text: str) -> None:
    names = names_in(f"They met Ada Smith, and {text}, and Bo Li too.")
    assert {n.text for n in names} >= {"Ada Smith", "Bo Li"}
    assert max(len(n.text) for n in names) <= 200


def test_many_names_are_grouped_quickly() -> None:
    """Twenty thousand names of one word; one for one they were compared for minutes."""
    letters = "abcdefghijklmnopqrst"
    words = [f"x{a}{b}{c}{d}{b}{a}" for a in letters for b in letters for c in letters for d in letters[:3]]
    counts = Counter({(word,): 1 for word in words})
    begun = time.process_time()
    assert len(one_name(counts, ENGLISH)) == len(words)
    assert time.process_time() - begun < 10


@pytest.mark.parametrize("limit", [0, 1, 2])
def test_the_distance_of_words_is_that_of_the_whole_table(limit: int) -> None:
    words = [a + b for a in ("", "a", "ab", "ba", "abab") for b in ("", "b", "ab", "bba", "aab")]
    for one, other in itertools.product(words, words):
        assert _distance(one, other, limit) == min(levenshtein(one, other), limit + 1), (one, other)


@cache
def levenshtein(one: str, other: str) -> int:
    if not one or not other:
        return len(one) + len(other)
    change = levenshtein(one[1:], other[1:]) + (one[0] != other[0])
    return min(change, levenshtein(one[1:], other) + 1, levenshtein(one, other[1:]) + 1)
