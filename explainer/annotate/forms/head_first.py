"""What organisations are called in languages whose nouns stand before their adjectives: “Garde républicaine”, `الحرس الجمهوري`."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from explainer.annotate.folding import fold
from explainer.annotate.languages import Language
from explainer.annotate.reasons import Method

_MOST_INITIALS = 6
_ELIDED = re.compile(r"[^\W\d_]{1,2}['’]")


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
    if not (language.head_first and language.has_capitals):
        return
    small = language.function_words | language.particles
    words = [_ELIDED.sub("", word) for word in re.split(r"[\s-]+", name) if word]
    words = [w for w in words if w and w.lower() not in small]
    initials = "".join(fold(w[0]) for w in words).upper()
    if 1 < len(words) <= _MOST_INITIALS:
        yield initials, Method.ACRONYM
        yield "".join(f"{i}." for i in initials), Method.ACRONYM
