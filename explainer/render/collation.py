"""The order of lists: by letter, as readers of a language look names up.

Python has no collation of its own and the Unicode Collation Algorithm needs tables of its own, so this is a smaller one, of
the same shape: articles at the beginning do not count; then letters without accents and case decide; then accents; then
case. A language may have letters of its own, which are no accents there: ä is the last letter but one in Swedish, and an a
with an accent in French. The script of the site's language comes first, signs and digits before it.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping
from functools import lru_cache
from itertools import dropwhile
from typing import NamedTuple

from explainer.render.words import base_language

_ARTICLE = re.compile(r"(?:al|el|the)[-\s]+|ال", re.IGNORECASE)
"""What does not count at the beginning of a name. Other articles are a matter of names (Le Caire, La Fontaine): `sort` of
an entry says what it is filed under."""

_FOLDED = str.maketrans(
    {"ß": "ss", "æ": "ae", "œ": "oe", "ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "ı": "i", "ħ": "h", "ŧ": "t"}
)
"""Letters that Unicode does not take apart."""

_OWN: Mapping[str, Mapping[str, str]] = {
    "sv": {"å": "z", "ä": "z", "ö": "z"},
    "fi": {"å": "z", "ä": "z", "ö": "z"},
    "da": {"æ": "z", "ø": "z", "å": "z"},
    "nb": {"æ": "z", "ø": "z", "å": "z"},
    "nn": {"æ": "z", "ø": "z", "å": "z"},
    "no": {"æ": "z", "ø": "z", "å": "z"},
    "is": {"þ": "z", "æ": "z", "ö": "z"},
    "et": {"õ": "w", "ä": "w", "ö": "w", "ü": "w"},
    "es": {"ñ": "n"},
    "tr": {"ç": "c", "ğ": "g", "ö": "o", "ş": "s", "ü": "u"},
    "pl": {"ą": "a", "ć": "c", "ę": "e", "ł": "l", "ń": "n", "ó": "o", "ś": "s", "ź": "z", "ż": "z"},
    "cs": {"č": "c", "ř": "r", "š": "s", "ž": "z"},
    "sk": {"ä": "a", "č": "c", "ô": "o", "š": "s", "ž": "z"},
    "hu": {"ö": "o", "ü": "u"},
}
"""Letters that are letters of their own, in their order, each with the letter that it follows."""

_SCRIPTS: Mapping[str, str] = {
    "ar": "ARABIC",
    "fa": "ARABIC",
    "ur": "ARABIC",
    "ckb": "ARABIC",
    "he": "HEBREW",
    "ru": "CYRILLIC",
    "uk": "CYRILLIC",
    "bg": "CYRILLIC",
    "sr": "CYRILLIC",
    "be": "CYRILLIC",
    "el": "GREEK",
}
"""The script of a language, as Unicode's names of letters begin; of all others, Latin."""


class Key(NamedTuple):
    """What is compared, in this order."""

    group: int
    """Signs and digits, the language's own script, others."""
    letters: tuple[tuple[str, int], ...]
    accents: str
    text: str


@lru_cache(maxsize=65536)  # every page of a long list sorts all of it
def collation_key(text: str, language: str = "en") -> Key:
    """What a name is sorted by in a list of a language: `al-Assad` as Assad, `Évian` as Evian."""
    bare = _bare(text)
    # Signs may come apart into a space and a mark.
    letters = tuple(dropwhile(lambda letter: letter[0] == " ", _letters(bare, base_language(language))))
    first = letters[0][0] if letters else ""
    group = 0 if not first.isalpha() else 1 if _is_own(first, base_language(language)) else 2
    return Key(group, letters, unicodedata.normalize("NFKD", bare), text)


def initial(text: str, language: str = "en") -> str:
    """The letter that a name is listed under, as a capital; `#` for digits and signs."""
    for character in _bare(text):
        if character in _OWN.get(base_language(language), {}):
            return character.upper()
        plain = "".join(letter for letter, _ in _letters(character, base_language(language))).strip()
        if plain:
            return plain[0].upper() if plain[0].isalpha() else "#"
    return "#"


def _bare(text: str) -> str:
    """Without an article, in small letters, every accent on its letter."""
    stripped = text.strip()
    rest = _ARTICLE.sub("", stripped, count=1) if _ARTICLE.match(stripped) else stripped
    return unicodedata.normalize("NFC", (rest.strip() or stripped).casefold())


def _letters(text: str, language: str) -> Iterable[tuple[str, int]]:
    """Each letter, digit or space with its rank among those that begin the same: 0, or that of a letter of its own."""
    own = _OWN.get(language, {})
    ranks = {letter: number for number, letter in enumerate(own, 1)}
    for character in text:
        if character in own:
            yield own[character], ranks[character]
            continue
        for part in unicodedata.normalize("NFKD", character).translate(_FOLDED):
            if not unicodedata.combining(part) and (part.isalnum() or part == " "):
                yield part, 0


def _is_own(letter: str, language: str) -> bool:
    return unicodedata.name(letter, "").startswith(_SCRIPTS.get(language, "LATIN"))
