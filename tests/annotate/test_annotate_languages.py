"""Words that hold more than a name, and the languages that names are in."""

import re

import pytest

from explainer.annotate.joined import keys_of, plain_of
from explainer.annotate.languages import _LANGUAGES, EVERY_ARTICLE, language_at, language_of, language_of_name
from explainer.read.schema import LinkingSettings, LinkScope
from tests.texts import annotate, content_of, glossary, read_article, read_entry, render

HOMS = glossary(read_entry("homs", "Homs", "place", front="aliases: [{text: حمص, language: ar}]\n"))
EVERY = LinkingSettings(links=LinkScope.ALL)


@pytest.mark.parametrize(("word", "code"), [("حمص", "ar"), ("Homs", "fr"), ("Хомс", "fr"), ("بحمص", "ar"), ("ک", "ar")])
def test_letters_tell_the_language_of_a_name(word, code):
    assert language_of_name(word, "fr") is language_of(code)


def test_the_articles_of_all_languages_are_known_without_their_tables():
    articles = {article for language in _LANGUAGES.values() for article in language().articles}
    assert tuple(sorted(articles)) == EVERY_ARTICLE


def test_a_word_of_another_script_has_its_own_language():
    text = "In حمص"
    assert [language_at(text, n, language_of("en")).code for n in (0, 3)] == ["en", "ar"]


def test_a_text_without_signs_knows_the_way_back():
    text = "و\u064eفي \u0640ح\u0650م\u0640ص\u064f."
    plain = plain_of(text)
    assert plain.text == "وفي حمص."
    assert text[slice(*plain.span(4, 7))] == "\u0640ح\u0650م\u0640ص\u064f"
    assert text[slice(*plain.span(0, 3))] == "و\u064eفي"


def test_a_mention_is_looked_up_with_its_clitics_and_without():
    assert {"وبحمص", "بحمص", "حمص"} <= set(keys_of("وبحِمص"))
    assert list(keys_of("Homs")) == ["homs"]


def test_the_offsets_are_those_of_the_file():
    article = read_article("قال *إنه* بِحِمْصَ &amp; حـمـص.", front="language: ar\n")
    places = [(d.start, d.end) for d in annotate(content_of(article, HOMS)).decisions]
    assert [article.text[start:end] for start, end in places] == ["بِحِمْصَ", "حـمـص"]


@pytest.mark.parametrize("language", ["ar", "en"])
def test_a_link_has_the_whole_word_and_the_text_keeps_its_order(language):
    article = read_article("غادر حمص ووصل وبحِمص، ثم (للحمص).", front=f"language: {language}\n")
    page = render(content_of(article, HOMS, linking=EVERY))
    assert re.findall(r"<a [^>]*>([^<]*)</a>", page) == ["حمص", "وبحِمص"]
    assert re.sub(r"<[^>]*>", "", page).strip() == "غادر حمص ووصل وبحِمص، ثم (للحمص)."


def test_an_alias_has_the_rules_of_its_language():
    entries = glossary(
        read_entry(
            "fsa", "Free Syrian Army", "organisation", front="aliases: [{text: Armée syrienne libre, language: fr}]\n"
        )
    )
    article = read_article("L'Armée syrienne libre, puis l'ASL.", front="language: fr\n")
    decisions = annotate(content_of(article, entries)).decisions
    assert [(d.text, str(d.method)) for d in decisions] == [("Armée syrienne libre", "alias"), ("ASL", "acronym")]
