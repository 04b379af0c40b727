"""Forms of names in languages that put the noun before what describes it: “Garde républicaine”, `الحرس الجمهوري`.

Rules like those of `forms`, for what only the tables of such languages have.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from explainer.annotate.folding import fold
from explainer.annotate.languages import Language
from explainer.annotate.reasons import Method

_MOST_INITIALS = 6
_ELIDED = re.compile(r"[^\W\d_]{1,2}['’]")


def parts_of_words(name: str, language: Language) -> Iterator[tuple[str, Method]]:
    """“St-Denis” for “Saint-Denis”: spellings of what stands before a hyphen."""
    for one, other in (pair for a, b in language.spellings for pair in ((a, b), (b, a))):
        if one.endswith("-") and re.search(rf"\b{re.escape(one)}", name):
            yield re.sub(rf"\b{re.escape(one)}", other, name), Method.VARIANT


def small_nouns(name: str, language: Language) -> Iterator[tuple[str, Method]]:
    """“ministère de la Défense” for “Ministère de la Défense”: kinds that are written small inside a sentence."""
    first, space, rest = name.partition(" ")
    if space and first in language.small_nouns:
        yield f"{first[0].lower()}{first[1:]} {rest}", Method.VARIANT


def first_nouns(name: str, language: Language) -> Iterator[tuple[str, Method]]:
    """“la Garde” for “Garde républicaine”, “Conseil de sécurité” for “Conseil de sécurité des Nations unies”."""
    words = name.split()
    if not language.head_first or len(words) < 2:
        return
    noun = _definite(words[0], language)
    if fold(noun) in language.general_heads or not _is_noun(noun, language):
        return
    yield noun, Method.HEAD_NOUN
    for end in _ends_before_genitive(words, language):
        yield " ".join((noun, *words[1:end])), Method.HEAD_NOUN


def _definite(noun: str, language: Language) -> str:
    """With the article that is written together with it: `الوكالة` for the `وكالة` of a longer name."""
    return noun if noun.startswith(language.joined_article) else f"{language.joined_article}{noun}"


def _is_noun(word: str, language: Language) -> bool:
    return (word[:1].isupper() and word[1:].islower()) if language.has_capitals else word.isalpha()


def _ends_before_genitive(words: Sequence[str], language: Language) -> Iterator[int]:
    """The numbers of words, more than one, behind which a complement begins."""
    for number in range(2, len(words)):
        if language.genitive.match(f"{words[number]} "):
            yield number
    if language.joined_article and len(words) > 2 and words[1].startswith(language.joined_article):
        yield 2


def small_initials(name: str, language: Language) -> Iterator[tuple[str, Method]]:
    """“ASL” for “Armée syrienne libre”: small words have their initials in it, “des” and “l'” have not."""
    words = [_ELIDED.sub("", word) for word in re.split(r"[\s-]+", name) if word]
    words = [w for w in words if w and w.lower() not in language.function_words | language.particles]
    initials = "".join(fold(w[0]) for w in words).upper()
    if language.head_first and language.has_capitals and 1 < len(words) <= _MOST_INITIALS:
        yield initials, Method.ACRONYM
        yield "".join(f"{i}." for i in initials), Method.ACRONYM


def joined_article(name: str, language: Language) -> Iterator[str]:
    """A last name with the article that is written together with it, and without: `الأسد`, `أسد`."""
    article = language.joined_article
    rest = name.removeprefix(article)
    if article and rest != name and len(rest) > len(article) and fold(rest) not in language.common_words:
        yield rest
    elif article and rest == name and " " not in name:
        yield f"{article}{name}"


def bound_words(name: str, language: Language) -> Iterator[tuple[str, Method]]:
    """`عبدالرحمن` for `عبد الرحمن`, and the other way round."""
    words = name.split() if language.joined_article else []
    for number, word in enumerate(words):
        if word in language.bound_before and number + 1 < len(words):
            yield " ".join((*words[:number], word + words[number + 1], *words[number + 2 :])), Method.VARIANT
        for bound in language.bound_before:
            if word.startswith(f"{bound}{language.joined_article}"):
                yield " ".join((*words[:number], bound, word[len(bound) :], *words[number + 1 :])), Method.VARIANT


def names_in(words: Sequence[str], language: Language) -> list[str]:
    """The words of a person's name, with those that make one name together: `عبد الرحمن`, `صلاح الدين`."""
    names: list[str] = []
    for number, word in enumerate(words):
        if number and (words[number - 1] in language.bound_before or word in language.bound_behind):
            names[-1] = f"{names[-1]} {word}"
        else:
            names.append(word)
    return names


def contracted(name: str, language: Language) -> Iterator[tuple[str, tuple[str, ...]]]:
    """What a name with an article is behind a preposition that swallows it, and what must stand before: “au” Caire."""
    for article, together in language.contractions.items():
        if name.startswith(article):
            yield name.removeprefix(article), together
