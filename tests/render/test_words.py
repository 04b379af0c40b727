"""The interface's words: every language complete, plural forms by rule, fallbacks by key."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from explainer.render.theme import default_theme
from explainer.render.words import PLURALS, WordError, base_language, load_words, locale_of, own_name, parse_words

FOLDER = default_theme() / "words"
SHIPPED = sorted(path.stem for path in FOLDER.glob("*.yaml"))


def shipped(language: str):
    return parse_words((FOLDER / f"{language}.yaml").read_text(encoding="utf-8"))


def wordbook(**texts: str):
    return load_words((language, parse_words(text)) for language, text in texts.items())


def placeholders(form) -> set[str]:
    return set(re.findall(r"\{(\w+)\}", form if isinstance(form, str) else form["other"]))


def test_the_shipped_languages():
    assert {"ar", "en", "fr"} <= set(SHIPPED)


@pytest.mark.parametrize("language", SHIPPED)
def test_every_language_has_exactly_the_keys_of_english_with_the_same_placeholders(language):
    english, other = shipped("en"), shipped(language)
    assert list(other) == list(english)
    assert {key: placeholders(form) for key, form in other.items()} == {
        key: placeholders(form) for key, form in english.items()
    }


@pytest.mark.parametrize("language", SHIPPED)
def test_plural_forms_are_those_that_the_language_uses(language):
    rule = locale_of(language).plural_form
    used = {rule(n) for n in range(200)}
    for key, form in shipped(language).items():
        if not isinstance(form, str):
            assert used <= form.keys(), key
            assert form.keys() <= PLURALS, key


@pytest.mark.parametrize(
    ("language", "n", "expected"),
    [
        ("en", 1, "1 minute"),
        ("en", 4, "4 minutes"),
        ("en", 12000, "12,000 minutes"),
        ("fr", 0, "0 minute"),
        ("fr", 2, "2 minutes"),
        ("ar", 1, "دقيقة واحدة"),
        ("ar", 2, "دقيقتان"),
        ("ar", 4, "4 دقائق"),
        ("ar", 11, "11 دقيقة"),
    ],
)
def test_numbers_choose_the_plural_form(language, n, expected):
    words = load_words((name, shipped(name)) for name in SHIPPED).words(language)
    assert words("minutes", n=n) == expected


@pytest.mark.parametrize(
    ("language", "expected"),
    [("fr", "oui"), ("fr-CA", "ouais"), ("fr-CH", "oui"), ("FR-ca", "ouais"), ("de", "yes"), ("not a tag", "yes")],
)
def test_a_language_falls_back_to_its_base_and_to_english(language, expected):
    book = load_words([("en", {"yes": "yes"}), ("fr", {"yes": "oui"}), ("fr-CA", {"yes": "ouais"})])
    assert book.words(language)("yes") == expected


def test_a_missing_key_is_shown_in_english_and_counted_by_english_rules():
    book = wordbook(en='cats: {one: "{n} cat", other: "{n} cats"}\nyes: yes!', fr="yes: oui")
    words = book.words("fr")
    assert (words("yes"), words("cats", n=0)) == ("oui", "0 cats")


def test_a_later_source_overrides_key_by_key():
    book = load_words([("en", {"a": "A", "b": "B"}), ("en", {"b": "mine"})])
    words = book.words("en")
    assert (words("a"), words("b")) == ("A", "mine")


def test_values_are_put_in_as_they_are():
    words = load_words([("en", {"by": "By {who}, {who}"})]).words("en")
    assert words("by", who="{n} \\1 <b>") == "By {n} \\1 <b>, {n} \\1 <b>"


def test_an_unknown_word_and_a_missing_value_are_errors():
    words = load_words([("en", {"by": "By {who}"})]).words("en")
    with pytest.raises(WordError, match="no word “nope”"):
        words("nope")
    with pytest.raises(WordError, match="“by” needs a value for “who”"):
        words("by")


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("a: [", "not YAML"),
        ("- a", "expected a mapping"),
        ("a: [x]", "the word “a”"),
        ("a: {one: x}", "the word “a”"),
        ("a: {other: x, several: y}", "the word “a”"),
    ],
)
def test_files_that_are_no_words(text, message):
    with pytest.raises(WordError, match=message):
        parse_words(text)


@pytest.mark.parametrize(
    ("text", "words"),
    [("", {}), ("# nothing", {}), ("no: No\non: yes\nn: 1.10", {"no": "No", "on": "yes", "n": "1.10"})],
)
def test_words_are_texts_whatever_they_look_like(text, words):
    assert parse_words(text) == words


def test_every_word_is_used_or_is_for_the_stages_before():
    """A word that nothing shows would be translated for nothing."""
    templates = "".join(path.read_text(encoding="utf-8") for path in default_theme().rglob("*.html"))
    code = "".join(path.read_text(encoding="utf-8") for path in Path(__file__).parents[2].glob("explainer/**/*.py"))
    by_kind = ("kind_", "kinds_", "of_kind_", "season_", "direction_")
    unused = [
        k for k in shipped("en") if not k.startswith(by_kind) and f"'{k}'" not in templates + code and k not in code
    ]
    assert unused == []


def test_locales_of_unknown_languages():
    assert [str(locale_of(tag)) for tag in ("fr-CA", "xx-YY", "???", "")] == ["fr_CA", "en", "en", "en"]
    assert base_language("FR-ca") == "fr"


@pytest.mark.parametrize(
    ("language", "name"),
    [("fr", "Français"), ("ar", "العربية"), ("en-GB", "English"), ("de-AT", "Deutsch"), ("xx", "xx")],
)
def test_languages_are_called_as_they_call_themselves(language, name):
    assert own_name(language) == name
