"""Other ways to write a whole name, whatever it names."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from explainer.annotate.languages import Language
from explainer.annotate.reasons import Method

_MOST_HYPHENS = 3
"""Names of more words keep their hyphens."""

_TWO_LETTERS = (("ß", "ss"), ("æ", "ae"), ("œ", "oe"), ("ü", "ue"), ("ö", "oe"), ("ä", "ae"), ("ø", "oe"))


def spellings(name: str, language: Language) -> Iterator[tuple[str, Method]]:
    """“Centre” and “Center”, “and” and “&”, “Saint” and “St.”; “Al-Qaeda” and “Al Qaeda”."""
    words = name.split()
    for one, other in _both_ways(language) if len(words) > 1 else ():
        if one in words:
            yield " ".join(other if w == one else w for w in words), Method.VARIANT
    if "-" in name and len(re.split(r"[\s-]+", name)) <= _MOST_HYPHENS:
        yield name.replace("-", " "), Method.VARIANT
    yield from ((text, Method.VARIANT) for text in letters(name))


@cache
def _both_ways(language: Language) -> tuple[tuple[str, str], ...]:
    """Each spelling of the language's words, and what may stand for it."""
    return tuple(pair for a, b in language.spellings for pair in ((a, b), (b, a)))


def letters(name: str) -> Iterator[str]:
    """“Mueller” for “Müller”: what some keyboards write with two letters."""
    for one, two in _TWO_LETTERS if not name.isascii() else ():
        if one in name:
            yield name.replace(one, two)


def parts_of_words(name: str, language: Language) -> Iterator[tuple[str, Method]]:
    """“St-Denis” for “Saint-Denis”: spellings of what stands before a hyphen."""
    for one, other in _both_ways(language) if "-" in name else ():
        if one.endswith("-") and re.search(rf"\b{re.escape(one)}", name):
            yield re.sub(rf"\b{re.escape(one)}", other, name), Method.VARIANT


def small_nouns(name: str, language: Language) -> Iterator[tuple[str, Method]]:
    """“ministère de la Défense” for “Ministère de la Défense”: kinds that are written small inside a sentence."""
    first, space, rest = name.partition(" ")
    if space and first in language.small_nouns:
        yield f"{first[0].lower()}{first[1:]} {rest}", Method.VARIANT


def bound_words(name: str, language: Language) -> Iterator[tuple[str, Method]]:
    """`عبدالرحمن` for `عبد الرحمن`, and the other way round."""
    words = name.split() if language.joined_article else []
    for number, word in enumerate(words):
        if word in language.bound_before and number + 1 < len(words):
            yield " ".join((*words[:number], word + words[number + 1], *words[number + 2 :])), Method.VARIANT
        for bound in language.bound_before:
            if word.startswith(f"{bound}{language.joined_article}"):
                yield " ".join((*words[:number], bound, word[len(bound) :], *words[number + 1 :])), Method.VARIANT


def without_article(name: str, language: Language) -> Iterator[tuple[str, Method]]:
    """“Go-Betweens” for “The Go-Betweens”."""
    small = name.lower()
    for article in language.articles:
        if small.startswith(article) and article.endswith(" ") and " " in name[len(article) :]:
            yield name[len(article) :], Method.VARIANT


def contracted(name: str, language: Language) -> Iterator[tuple[str, tuple[str, ...]]]:
    """What a name with an article is behind a preposition that swallows it, and what must stand before: “au” Caire."""
    for article, together in language.contractions.items():
        if name.startswith(article):
            yield name.removeprefix(article), together


def numerals(name: str, language: Language) -> Iterator[tuple[str, Method]]:
    """“Formula 1” for “Formula One”, “4th Armoured Division” for “Fourth Armoured Division”."""
    words = name.split()
    known = _number_words(language)
    for place, word in enumerate(words) if len(words) > 1 else ():
        for other in _same_number(word, language, is_last=place == len(words) - 1) if word in known else ():
            yield " ".join((*words[:place], other, *words[place + 1 :])), Method.VARIANT


@cache
def _number_words(language: Language) -> frozenset[str]:
    """Every way to write one of the language's numbers."""
    return frozenset(word for row in language.numbers for word in row)


def _same_number(word: str, language: Language, *, is_last: bool) -> Iterator[str]:
    """The other ways to write a number; a Roman one stands at a name's end, and “I” is none."""
    for cardinal, digit, roman, ordinal, short in language.numbers:
        if word in {cardinal, digit} or (word == roman and is_last and len(word) > 1):
            yield from (other for other in (cardinal, digit) if other != word)
        elif word in {ordinal, short}:
            yield from (other for other in (ordinal, short) if other != word)


def well_known(name: str, language: Language) -> Iterator[tuple[str, Method]]:
    """“U.S.” for “United States”, and “U.S. Air Force” for “United States Air Force”."""
    for long, shorts in language.well_known.items():
        if not name.startswith(long):
            continue
        rest = name[len(long) :]
        if not rest or rest.startswith(f" {language.of} "):
            yield from ((short, Method.VARIANT) for short in shorts)
        elif rest.startswith(" "):
            yield from ((short + rest, Method.VARIANT) for short in shorts)


def before_comma(name: str, language: Language) -> Iterator[tuple[str, Method]]:
    """“Springfield” for “Springfield, Illinois”."""
    if "," in name and not language.legal.search(name):
        yield name.partition(",")[0], Method.SHORT_NAME
