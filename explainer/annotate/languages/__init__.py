"""What linking knows of a language, as tables. A new language is a new module with a `Language`, listed here."""

from __future__ import annotations

import re
from functools import cache

from explainer.annotate.languages.arabic import ARABIC
from explainer.annotate.languages.english import ENGLISH
from explainer.annotate.languages.french import FRENCH
from explainer.annotate.languages.tables import Language

__all__ = ["Language", "language_of", "language_of_name"]

_LANGUAGES = {language.code: language for language in (ENGLISH, FRENCH, ARABIC)}

_ARABIC_LETTER = re.compile(r"[\u0621-\u064a]")


@cache
def language_of(code: str) -> Language:
    """The tables for a language code (`en-GB`); a language without tables has exact forms alone."""
    base = code.partition("-")[0]
    return _LANGUAGES.get(base) or Language(code=base)


def language_of_name(text: str, code: str) -> Language:
    """The tables for a name: its letters tell, where they can."""
    return ARABIC if _ARABIC_LETTER.search(text) else language_of(code)
