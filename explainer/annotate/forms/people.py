"""What people are called: by parts of their names, by titles, with initials; and which given names stand for each other."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache, lru_cache
from typing import NamedTuple

from explainer.annotate.folding import fold
from explainer.annotate.forms.spelling import letters
from explainer.annotate.languages import Language
from explainer.annotate.reasons import Method

_ROMAN = re.compile(r"[IVX]+")
_INITIAL = re.compile(r"(?:[^\W\d_]\.-?)+")

_SAME_ARTICLE = ("al", "el")
"""Two spellings of the Arabic article in Latin letters."""

_MAY_DOUBLE = re.compile(r"(?<=[aeiouy])([sdlmnftkrb])(\1?)(?=[aeiouy])")


class PersonName(NamedTuple):
    """A person's name in parts: `given`, then `last` with the particles before it."""

    given: tuple[str, ...]
    """What stands before the last name: `("Ludwig",)`."""
    particles: tuple[str, ...]
    """Small words of the last name that do not begin it: `("van",)`."""
    last: str
    """The last name alone: `Beethoven`."""


@lru_cache(maxsize=16)  # several rules ask for the parts of a name, one after the other
def split_person(name: str, language: Language) -> PersonName | None:
    """The parts of “Ludwig van Beethoven”; None for a name of one word, or one that ends otherwise than in a name."""
    words = _names_in([w for w in name.partition(",")[0].split() if not language.suffixes.fullmatch(w)], language)
    if len(words) < 2 or not _is_name(words[-1], language) or f" {language.of} " in f" {name} ":
        return None
    while len(words) > 1 and words[0].rstrip(".").lower() in language.titles:
        words = words[1:]
    begin = len(words) - 1
    while begin > 1 and words[begin - 1].lower() in language.particles:
        begin -= 1
    return PersonName(tuple(words[:begin]), tuple(words[begin:-1]), words[-1])


def _names_in(words: Sequence[str], language: Language) -> list[str]:
    """The words of a person's name, with those that make one name together: `عبد الرحمن`, `صلاح الدين`."""
    names: list[str] = []
    for number, word in enumerate(words):
        if number and (words[number - 1] in language.bound_before or word in language.bound_behind):
            names[-1] = f"{names[-1]} {word}"
        else:
            names.append(word)
    return names


def _is_name(word: str, language: Language) -> bool:
    if word.endswith(("'s", "’s")):
        return False
    return any(map(str.isupper, word)) if language.has_capitals else word[:1].isalpha()


# ---- whole names ----------------------------------------------------------------------------------------------------


def given_and_last(name: str, language: Language) -> Iterator[tuple[str, Method]]:
    """The name without what stands in its middle, the initials written otherwise, the Arabic article in its spellings."""
    parts = split_person(name, language)
    if parts is not None and parts.given:
        for text in (*_without_middle(parts), *_initials_otherwise(parts), *_last_otherwise(parts, language)):
            yield text, Method.VARIANT


def _without_middle(parts: PersonName) -> Iterator[str]:
    """“Habern Freeman” for “Habern William Freeman”, “Ludwig Beethoven” for “Ludwig van Beethoven”."""
    first, *middle = parts.given
    if middle:
        yield " ".join((first, *parts.particles, parts.last))
    if middle or parts.particles:
        yield f"{first} {parts.last}"


def _initials_otherwise(parts: PersonName) -> Iterator[str]:
    """“J.B. Priestley” and “JB Priestley” for “J. B. Priestley”, “Habern W Freeman” for “Habern W. Freeman”."""
    given, particles, last = parts
    initials = [w for w in given if _INITIAL.fullmatch(w)]
    if len(initials) > 1:
        for joint in ("".join(initials), "".join(initials).replace(".", "")):
            yield " ".join((joint, *(w for w in given if w not in initials), *particles, last))
    elif initials:
        yield " ".join((*(w.rstrip(".") for w in given), *particles, last))


def _last_otherwise(parts: PersonName, language: Language) -> Iterator[str]:
    """“Bashar el-Assad” for “Bashar al-Assad”."""
    for other in _lasts(parts, language):
        if "-" in f"{parts.last}{other}":
            yield " ".join((*parts.given, other))


def sovereigns(name: str, language: Language) -> Iterator[tuple[str, Method]]:
    """“Louis IX” and “King Louis” for “Louis IX of Hesse-Darmstadt” or “Louis IX, Landgrave of Hesse-Darmstadt”."""
    given = re.split(rf",| {language.of} ", name)[0] if language.of else name.partition(",")[0]
    words = given.split()
    if given != name and words:
        yield given, Method.VARIANT if len(words) > 1 else Method.SHORT_NAME
    if len(words) == 2 and _ROMAN.fullmatch(words[1]):
        yield words[0], Method.SHORT_NAME
        for title in language.royal_titles:
            yield f"{title} {given}", Method.VARIANT
            yield f"{title} {words[0]}", Method.VARIANT


# ---- parts of names -------------------------------------------------------------------------------------------------


def last_names(name: str, language: Language) -> Iterator[tuple[str, Method]]:
    """Last names with their particles and without; “Sánchez” too for “Ángel Sánchez Martín”."""
    parts = split_person(name, language)
    if parts is None:
        return
    yield from ((text, Method.LAST_NAME) for text in _lasts(parts, language))
    for middle in parts.given[1:]:
        if middle[:1].isupper() and len(middle) > 2 and not _INITIAL.fullmatch(middle):
            yield middle, Method.MIDDLE_NAME


def _lasts(parts: PersonName, language: Language) -> Iterator[str]:
    """The last name in its spellings."""
    yield parts.last
    yield from letters(parts.last)
    yield from _joined_article(parts.last, language)
    if parts.particles:
        yield " ".join((*parts.particles, parts.last))
    particle, _, stem = parts.last.partition("-")
    if stem and particle.lower() in language.particles:
        yield stem
        yield f"{particle} {stem}"
        yield from (f"{other}-{stem}" for other in _SAME_ARTICLE if other != particle.lower())
    if stem and particle.lower() in _SAME_ARTICLE:
        yield from _doubled(stem)
        yield from (f"{article}-{other}" for other in _doubled(stem) for article in _SAME_ARTICLE)


def _joined_article(name: str, language: Language) -> Iterator[str]:
    """A last name with the article that is written together with it, and without: `الأسد`, `أسد`."""
    article = language.joined_article
    rest = name.removeprefix(article)
    if article and rest != name and len(rest) > len(article) and fold(rest) not in language.common_words:
        yield rest
    elif article and rest == name and " " not in name:
        yield f"{article}{name}"


def _doubled(name: str) -> Iterator[str]:
    """“Sissi” for “Sisi”, and “Sisi” for “Sissi”: a consonant between vowels, which transliterations double or not."""
    for match in _MAY_DOUBLE.finditer(name):
        letter, twice = match.groups()
        yield name[: match.start()] + (letter if twice else letter * 2) + name[match.end() :]


def first_names(name: str, language: Language) -> Iterator[tuple[str, Method]]:
    """“Mustafa” for “Mustafa Tlass”; no initials, and no particles."""
    parts = split_person(name, language)
    if parts is None or not parts.given:
        return
    first = parts.given[0]
    if not language.has_capitals and fold(first) in language.common_words:
        return
    if len(first) > 2 and _is_name(first, language) and first.lower() not in language.particles and first[-1] != ".":
        yield first, Method.FIRST_NAME


# ---- given names in texts -------------------------------------------------------------------------------------------


def compatible(run: Sequence[str], given: Sequence[str], language: Language) -> bool:
    """Whether the words before a last name may be these given names: “J.”, “Bill”, “Habern William” for “Habern W.”."""
    if not run or not given or not _same_given(run[0], given[0], language):
        return False
    return all(_same_given(word, name, language) for word, name in zip(run[1:], given[1:], strict=False))


def _same_given(one: str, other: str, language: Language) -> bool:
    a, b = one.rstrip(".").casefold(), other.rstrip(".").casefold()
    if a == b or (len(a) == 1 and b.startswith(a)) or (len(b) == 1 and a.startswith(b)):
        return True
    return len(a) > 1 < len(b) and b in _names_for(language).get(a, ())


@cache
def _names_for(language: Language) -> dict[str, frozenset[str]]:
    """For each first name that others stand for, all of them and itself."""
    names = {name for group in language.nicknames for name in group}
    return {name: frozenset().union(*(group for group in language.nicknames if name in group)) for name in names}
