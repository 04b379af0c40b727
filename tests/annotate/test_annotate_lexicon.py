"""Forms of entries, and how texts are compared with them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from explainer.annotate.folding import fold
from explainer.annotate.forms import forms_of
from explainer.annotate.lexicon import build_lexicon
from tests.texts import glossary, read_entry


@pytest.mark.parametrize(
    ("kind", "name", "whole", "short"),
    [
        ("person", "Munaf Tlass", set(), {"Tlass", "Munaf"}),
        ("person", "Plato", set(), set()),
        (
            "person",
            "Bashar al-Assad",
            {"Bashar Assad", "Bashar al Assad", "Bashar el-Assad"},
            {"al-Assad", "Assad", "al Assad", "el-Assad", "Bashar"},
        ),
        ("person", "Ludwig van Beethoven", {"Ludwig Beethoven"}, {"van Beethoven", "Beethoven", "Ludwig"}),
        ("person", "Vincent van der Meer", {"Vincent Meer"}, {"van der Meer", "Meer", "Vincent"}),
        ("person", "George W. Bush", {"George Bush", "George W Bush"}, {"Bush", "George"}),
        ("person", "J. B. Priestley", {"J.B. Priestley", "JB Priestley", "J. Priestley"}, {"Priestley"}),
        ("person", "Ángel Sánchez Martín", {"Ángel Martín"}, {"Martín", "Sánchez", "Ángel"}),
        ("person", "Martin Luther King Jr.", {"Martin King"}, {"King", "Luther", "Martin"}),
        ("person", "Bo Xi", set(), {"Xi"}),
        ("person", "Sammy Davis III", set(), {"Davis", "Sammy"}),
        ("person", "Xi Jinping (politician)", set(), {"Jinping"}),
        ("person", "Pope Liberius", set(), {"Liberius"}),
        ("person", "Belarusian partisans", set(), set()),
        ("organisation", "Republican Guard", set(), {"Guard", "RG", "R.G."}),
        ("organisation", "Bank of England", {"England Bank", "English Bank"}, {"Bank", "BE", "B.E."}),
        (
            "organisation",
            "Syrian Observatory for Human Rights",
            set(),
            {"Observatory", "Syrian Observatory", "SOHR", "S.O.H.R."},
        ),
        ("organisation", "Baldwin Locomotive Works", set(), {"Baldwin", "Locomotive Works", "Works", "BLW", "B.L.W."}),
        ("organisation", "Quiksilver, Inc.", {"Quiksilver"}, set()),
        ("organisation", "Syria's Guard", set(), {"Guard", "SG", "S.G."}),
        ("organisation", "NATO", set(), set()),
        ("organisation", "Médecins sans frontières", set(), set()),
        ("place", "Homs Governorate", {"Governorate Homs", "Governorate of Homs"}, {"Homs"}),
        ("place", "Springfield, Illinois", set(), {"Springfield"}),
        ("place", "Mediterranean Sea", {"Mediterranean"}, set()),
        ("place", "People's Republic of China", {"China"}, {"PRC", "P.R.C."}),
        ("place", "Al-Tall", {"Al Tall"}, set()),
        ("event", "Formula One", {"Formula 1"}, set()),
        ("event", "Siege of Homs", set(), set()),
        ("work", "War and Peace", {"War & Peace"}, set()),
    ],
)
def test_forms(kind, name, whole, short):
    forms = forms_of("x", read_entry("x", name, kind).meta, language="en")
    assert {f.text for f in forms if f.is_short} == short
    assert {f.text for f in forms if f.method == "variant"} == whole


@pytest.mark.parametrize(
    ("kind", "name", "forms"),
    [
        ("person", "Louis IX of Hesse-Darmstadt", {"Louis IX", "King Louis", "King Louis IX", "Louis"}),
        ("person", "Abdel Fattah el-Sisi", {"Abdel Fattah al-Sissi", "Sissi", "al-Sisi"}),
        ("organisation", "Supreme Court of the United States", {"U.S. Supreme Court", "American Supreme Court"}),
        ("organisation", "United States Department of Justice", {"Justice Department", "U.S. Justice Department"}),
        ("organisation", "United States Department of Justice", {"Department of Justice"}),
        ("organisation", "Fourth Armoured Division", {"4th Armoured Division", "Armoured Division", "Division"}),
        ("place", "United States of America", {"United States", "U.S.", "US", "American", "Americans"}),
        ("place", "France", {"French", "Frenchman", "Frenchmen"}),
    ],
)
def test_some_forms_among_many(kind, name, forms):
    found = {f.text for f in forms_of("x", read_entry("x", name, kind).meta, language="en")}
    assert forms <= found


def test_aliases_give_short_forms_and_hidden_ones_do_not():
    entry = read_entry("x", "Samuel Clemens", front="aliases: [Mark Twain]\nhidden_aliases: [Marc Twein]\n")
    forms = {f.text: str(f.method) for f in forms_of("x", entry.meta, language="en")}
    assert forms == {
        "Samuel Clemens": "name",
        "Mark Twain": "alias",
        "Marc Twein": "hidden alias",
        "Clemens": "last name",
        "Samuel": "first name",
        "Twain": "last name",
        "Mark": "first name",
    }


@given(st.text())
def test_folding_keeps_the_length(text):
    assert len(fold(text)) == len(text)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("São Tomé", "sao tome"),
        ("O’Brien", "o'brien"),
        ("Tlass–led", "tlass-led"),
        ("a\u00a0b", "a b"),
        ("İstanbul", "istanbul"),
        ("“x”", '"x"'),
    ],
)
def test_folding_makes_equal(one, other):
    assert fold(one) == fold(other)


@pytest.mark.parametrize(("one", "other"), [("Straße", "Strasse"), ("حمص", "حماة"), ("Æ", "AE")])
def test_folding_keeps_apart(one, other):
    assert fold(one) != fold(other)


def test_the_order_of_entries_does_not_matter():
    one, other = read_entry("a", "Munaf Tlass"), read_entry("b", "Mustafa Tlass")
    first, second = build_lexicon({"a": one, "b": other}), build_lexicon({"b": other, "a": one})
    assert first.keys == second.keys
    assert first.index == second.index
    assert first.names == second.names


def test_a_name_that_two_entries_share_is_no_wikilink():
    entries = glossary(read_entry("a", "Jordan", "place"), read_entry("b", "jordan"), read_entry("c", "Homs", "place"))
    assert build_lexicon(entries).names == {"homs": "c"}


def test_an_empty_glossary():
    assert build_lexicon({}).automaton is None
