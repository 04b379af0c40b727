"""The order of names, language by language."""

from __future__ import annotations

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from explainer.render.collation import collation_key, initial


@pytest.mark.parametrize(
    ("language", "names"),
    [
        ("en", "15 March|Ålesund|Assad|al-Assad|Évian|evil|The Hague|Łódź|Øresund|Zola|Москва|بيروت"),
        ("fr", "cote|coté|côte|côté|coter|Évian|Œdipe|offre|Zola"),
        ("sv", "Adam|Zola|Åland|Ärla|Öland"),
        ("da", "Adam|Zola|Æbelø|Ørsted|Århus"),
        ("de", "Ärger|Arm|Öl|Olaf|Straße|Strassen|Übel|Zoo"),
        ("es", "nube|ñandú|oso"),
        ("pl", "lampa|Łódź|mapa"),
        ("ar", "1967|أحمد|بيروت|القاهرة|قطر|المرصد|ياسر|Paris"),
        ("el", "Αθήνα|Βόλος|Έλλη|Ωμέγα|Paris"),
        ("ru", "Анна|Ёлка|Москва|Paris"),
        ("en-GB", "Adam|Zola|Ярославль"),
    ],
)
def test_order(language: str, names: str) -> None:
    wanted = names.split("|")
    given = wanted[1::2] + wanted[::2]
    assert sorted(given, key=lambda name: collation_key(name, language)) == wanted


@pytest.mark.parametrize(
    ("language", "name", "letter"),
    [
        ("en", "Åland", "A"),
        ("sv", "Åland", "Å"),
        ("en", "al-Assad", "A"),
        ("ar", "المرصد", "م"),
        ("ar", "أحمد", "ا"),
        ("en", "«Ümit»", "U"),
        ("en", "ßx", "S"),
        ("en", "1967", "#"),
        ("en", "–", "#"),
        ("en", "al-", "A"),
        ("es", "Ñandú", "Ñ"),
        ("en", "Łódź", "L"),
    ],
)
def test_the_letter_of_a_name(language: str, name: str, letter: str) -> None:
    assert initial(name, language) == letter


@given(st.text(max_size=8), st.text(max_size=8), st.sampled_from(["en", "sv", "ar", "tr", "xx"]))
def test_different_names_have_different_keys(one: str, other: str, language: str) -> None:
    assert (collation_key(one, language) == collation_key(other, language)) == (one == other)


@given(st.lists(st.text(max_size=6), max_size=12), st.sampled_from(["en", "da", "ar"]))
@example(["", "0", "¸A"], "en")
def test_names_of_one_letter_stand_together(names: list[str], language: str) -> None:
    letters = [initial(name, language) for name in sorted(names, key=lambda name: collation_key(name, language))]
    runs = [letter for n, letter in enumerate(letters) if n == 0 or letters[n - 1] != letter]
    assert len(runs) == len(set(runs))
