"""What linking knows of a language, as tables. A new language is a new module with a `Language`, listed here."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from functools import cache

from explainer.annotate.languages.tables import Language

__all__ = ["EVERY_ARTICLE", "Language", "has_own_script", "language_at", "language_of", "language_of_name"]

# ruff: noqa: PLC0415 - a language's tables take 10 to 30 ms, which only a site with texts in it should spend.


def _english() -> Language:
    from explainer.annotate.languages.english import ENGLISH

    return ENGLISH


def _french() -> Language:
    from explainer.annotate.languages.french import FRENCH

    return FRENCH


def _arabic() -> Language:
    from explainer.annotate.languages.arabic import ARABIC

    return ARABIC


_LANGUAGES: Mapping[str, Callable[[], Language]] = {"en": _english, "fr": _french, "ar": _arabic}

EVERY_ARTICLE = ("a ", "al-", "an ", "el-", "l'", "la ", "le ", "les ", "l’", "the ")
"""What a name may begin with in small letters though its entry has a capital: the `articles` of all languages, here so
that it is known without their tables.
"""

_ARABIC_LETTER = re.compile(r"[\u0621-\u064a\u0671-\u06d3]")
_LAST_LATIN = "\u024f"
_NO_TABLES = Language(code="")


@cache
def language_of(code: str) -> Language:
    """The tables for a language code (`en-GB`); a language without tables has exact forms alone."""
    base = code.partition("-")[0]
    if base != code:
        return language_of(base)
    return _LANGUAGES[base]() if base in _LANGUAGES else Language(code=base)


def language_of_name(text: str, code: str) -> Language:
    """The tables for a name: its letters tell, where they can."""
    return language_of("ar") if has_own_script(text) else language_of(code)


def has_own_script(text: str) -> bool:
    """Whether a text has letters that tell the language of their words."""
    return not text.isascii() and _ARABIC_LETTER.search(text) is not None


def language_at(text: str, place: int, language: Language | None) -> Language:
    """The tables for the word at a place of a text in `language`: its letters tell, where they can."""
    own_script = text[place] > _LAST_LATIN and _ARABIC_LETTER.match(text, place)
    return language_of("ar") if own_script else language or _NO_TABLES
