"""Forms of entries, and how texts are compared with them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from explainer.annotate.lexicon import build_lexicon, fold, forms_of
from tests.texts import glossary, read_entry


@pytest.mark.parametrize(
    ("kind", "name", "short"),
    [
        ("person", "Munaf Tlass", {"Tlass", "Munaf"}),
        ("person", "Plato", set()),
        ("person", "Bashar al-Assad", {"al-Assad", "Assad", "Bashar"}),
        ("person", "Ludwig van Beethoven", {"van Beethoven", "Beethoven", "Ludwig", "Ludwig Beethoven"}),
        ("person", "Vincent van der Meer", {"van der Meer", "Meer", "Vincent", "Vincent Meer"}),
        ("person", "George W. Bush", {"Bush", "George Bush", "George"}),
        ("person", "Martin Luther King Jr.", {"King", "Martin King", "Martin"}),
        ("person", "Louis IX of Hesse-Darmstadt", {"Louis IX"}),
        ("person", "Bo Xi", {"Xi"}),
        ("person", "Henry VIII", set()),
        ("person", "Sammy Davis III", {"Davis", "Sammy"}),
        ("person", "Xi Jinping (politician)", {"Jinping"}),
        ("organisation", "Republican Guard", {"Guard", "RG"}),
        ("organisation", "Bank of England", {"Bank", "BE"}),
        ("organisation", "Free Syrian Army", {"Army", "FSA"}),
        ("organisation", "NATO", set()),
        ("organisation", "Médecins sans frontières", set()),
        ("place", "Homs Governorate", set()),
        ("place", "Springfield, Illinois", {"Springfield"}),
        ("event", "Siege of Homs", set()),
        ("work", "War and Peace", set()),
    ],
)
def test_short_forms(kind, name, short):
    forms = list(forms_of("x", read_entry("x", name, kind)))
    assert {f.text for f in forms if f.is_short} == short


def test_aliases_give_short_forms_and_hidden_ones_do_not():
    entry = read_entry("x", "Samuel Clemens", front="aliases: [Mark Twain]\nhidden_aliases: [Marc Twein]\n")
    forms = {f.text: str(f.method) for f in forms_of("x", entry)}
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
    assert first.forms == second.forms
    assert first.names == second.names


def test_a_name_that_two_entries_share_is_no_wikilink():
    entries = glossary(read_entry("a", "Jordan", "place"), read_entry("b", "jordan"), read_entry("c", "Homs", "place"))
    assert build_lexicon(entries).names == {"homs": "c"}


def test_an_empty_glossary():
    assert build_lexicon({}).automaton is None
