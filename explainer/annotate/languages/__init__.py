"""What linking knows of a language, as tables. A new language is a new module with a `Language`, listed here."""

from __future__ import annotations

import re
from functools import cache

from explainer.annotate.languages.arabic import ARABIC
from explainer.annotate.languages.english import ENGLISH
from explainer.annotate.languages.french import FRENCH
from explainer.annotate.languages.tables import Language

__all__ = ["Language", "has_own_script", "language_at", "language_of", "language_of_name"]

_LANGUAGES = {language.code: language for language in (ENGLISH, FRENCH, ARABIC)}

_ARABIC_LETTER = re.compile(r"[\u0621-\u064a\u0671-\u06d3]")
_LAST_LATIN = "\u024f"
_NO_TABLES = Language(code="")


@cache
def language_of(code: str) -> Language:
    """The tables for a language code (`en-GB`); a language without tables has exact forms alone."""
    base = code.partition("-")[0]
    return _LANGUAGES.get(base) or Language(code=base)


def language_of_name(text: str, code: str) -> Language:
    """The tables for a name: its letters tell, where they can."""
    return ARABIC if _ARABIC_LETTER.search(text) else language_of(code)


def has_own_script(text: str) -> bool:
    """Whether a text has letters that tell the language of their words."""
    return not text.isascii() and _ARABIC_LETTER.search(text) is not None


def language_at(text: str, place: int, language: Language | None) -> Language:
    """The tables for the word at a place of a text in `language`: its letters tell, where they can."""
    return ARABIC if text[place] > _LAST_LATIN and _ARABIC_LETTER.match(text, place) else language or _NO_TABLES
