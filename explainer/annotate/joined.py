"""Words that hold more than a name: signs in them that do not matter, small words written together with them.

Arabic texts may have vowel signs and lengthening strokes, and they write “and”, “in” or “for” together with the next
word: `بحمص` is “in Homs”. Names are looked for in the text without signs, and a clitic of the language's table may stand
before them; the range of a mention is the whole word all the same, with its signs, so that the text of a link is what
the author wrote.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from explainer.annotate.folding import fold
from explainer.annotate.languages import Language, language_at

_SIGN = re.compile("[\u0640\u064b-\u065f\u0670]")
"""Arabic vowel signs and other marks, and the stroke that lengthens a word."""

_SHORTEST_BEHIND_CLITIC = 3
"""Fewer letters behind the letter of a clitic are more likely a part of another word."""

_LONGEST_CLITIC = 2

_FIRST_WORD = re.compile(r"[^\W\d_]+")


class Plain(NamedTuple):
    """A text without signs, with the way back."""

    text: str
    """Without signs."""
    places: tuple[int, ...]
    """For each of its characters, and for its end, the place in the text with signs."""

    def span(self, start: int, end: int) -> tuple[int, int]:
        """The range in the text with signs: with those before its first character, and those of its last."""
        return self.places[start - 1] + 1 if start else 0, self.places[end]


def without_signs(text: str) -> str:
    """The text as if nobody had written vowel signs."""
    return text if text.isascii() else _SIGN.sub("", text)


def plain_of(text: str) -> Plain:
    """The text without signs, and where it stands in the text."""
    if text.isascii() or not _SIGN.search(text):
        return Plain(text, tuple(range(len(text) + 1)))
    places = [place for place, character in enumerate(text) if not _SIGN.match(character)]
    return Plain("".join(text[place] for place in places), (*places, len(text)))


def key_of(text: str) -> str:
    """What a text is looked up by."""
    return fold(without_signs(text))


def keys_of(text: str) -> Iterator[str]:
    """What the words of a mention are looked up by: as they are, then without the clitics they may begin with."""
    key = key_of(text)
    yield key
    clitics = language_at(text, 0, None).clitics if text else ()
    yield from (key[len(c) :] for c in clitics if key.startswith(c))


def fused_forms(name: str, language: Language) -> Iterator[str]:
    """What a name becomes where its article and a clitic are written as one: `للرستن` for `الرستن`."""
    for article, together in language.fused:
        if name.startswith(article):
            yield together + name[len(article) :]


def begin_of_word(text: str, start: int, end: int, language: Language) -> int | None:
    """Where the word begins whose name is `text[start:end]`; None where more than a clitic stands before the name.

    A word that is one of its own is no clitic and name: `كريم` (Karim) is not `ك` and `ريم`.
    """
    if not start or not text[start - 1].isalnum():
        return start
    clitics = language_at(text, start, language).clitics
    if not clitics or end - start < _SHORTEST_BEHIND_CLITIC:
        return None
    begin = start
    while begin and start - begin <= _LONGEST_CLITIC and text[begin - 1].isalnum():
        begin -= 1
    return begin if text[begin:start] in clitics and not _is_own_word(text, begin, language) else None


def _is_own_word(text: str, begin: int, language: Language) -> bool:
    tables = language_at(text, begin, language)
    word = _FIRST_WORD.match(text, begin)
    folded = fold(word.group()) if word else ""
    return folded in tables.given_names or folded in tables.common_words


def has_clitic(written: str, form: str) -> bool:
    """Whether a small word is written together with a mention: what stands before it then belongs to others."""
    if written.isascii():
        return False
    fused = language_at(form, 0, None).fused
    return len(without_signs(written)) > len(form) or any(form.startswith(together) for _, together in fused)


def name_in(written: str, form: str) -> str:
    """The part of a mention that is the name, without signs and clitics: as long as the form that was found in it."""
    plain = without_signs(written)
    return plain[len(plain) - len(form) :]
