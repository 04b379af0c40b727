"""What the words around a range say: whose name it is a part of, and what kind of thing it is."""

from __future__ import annotations

import re
from collections.abc import Collection
from functools import lru_cache

from explainer.annotate.joined import keys_of
from explainer.annotate.languages import Language

_WORD = r"[^\W\d_][\w.'’-]*"
_WHOLE_WORD = re.compile(_WORD)
_AFTER = re.compile(r" ([^\W\d_][\w'’-]*)")
_TOKEN_BEFORE = re.compile(rf"({_WORD}|[\"“][^\W\d_][\w'’-]*[\"”]|\([^\W\d_][\w'’-]*\)) \Z")
_SPACED_INITIALS = re.compile(r"([^\W\d_])\.")
_INITIALS = re.compile(r"(?:[^\W\d_]\.-?)+")

REACH = 40
"""Characters in which words beside a range are looked for."""

_COMPOUND = re.compile(r"[-‐‑–][a-z]")
"""“Nazi-occupied” is an adjective, no name."""

_MOST_GIVEN_NAMES = 4

_LONGEST_ARTICLE = 4
"""Characters, with what joins it to its noun: `the `."""

_APOSTROPHES = frozenset("'’")
_BEFORE_WORD = _APOSTROPHES | {" "}
_OPENING = "([{\"'“‘«„"
_QUOTES = '"“«'

_MOST_OPENING = 8
"""More marks than these do not stand before a word."""

_LONGEST_TITLE = 60
"""Characters between quotation marks."""

_QUOTED = re.compile(rf"[{_QUOTES}]([^\"“”«»]{{1,{_LONGEST_TITLE}}})[\"”»]")

_SMALL_IN_TITLES = frozenset("a an and at by for from in of on or the to with de la le et".split())
"""Words without a capital inside titles: a title keeps its own language in a text of another."""


def names_before(text: str, start: int, language: Language) -> tuple[int, tuple[str, ...]]:
    """Where the given names directly before a last name begin, and these names: initials one by one, no nicknames."""
    if text[start - 1 : start] != " " or not _may_be_name(
        text[text.rfind(" ", 0, start - 1) + 1 : start - 1], language
    ):
        return start, ()
    begin = start
    run: list[str] = []
    for _ in range(_MOST_GIVEN_NAMES):
        word, first = _token_before(text, begin)
        if not word or not _is_given(word, language):
            break
        if word[0].isupper():
            run[:0] = _SPACED_INITIALS.findall(word) if _INITIALS.fullmatch(word) else [word]
        begin = first
        if _ends_possessive(word):
            return start, ()
    while begin < start and (not run or not text[begin].isupper()):  # nicknames and particles begin no name
        begin = text.index(" ", begin) + 1
    return begin, tuple(run)


def _may_be_name(word: str, language: Language) -> bool:
    """Whether a word can be a given name, a nickname or a particle: most words are small and none of these."""
    if not word[:1].islower():
        return True
    return word.lower() in language.particles if word.isalpha() else word[0] in "abdefilmoqtuvwyz"


def _token_before(text: str, begin: int) -> tuple[str, int]:
    """The word or the nickname one space before a place, and where it begins; else nothing."""
    first = text.rfind(" ", 0, max(0, begin - 1)) + 1
    word = text[first : begin - 1] if begin else ""
    if word.isalpha() and text[begin - 1] == " " and len(word) < REACH:
        return word, first
    match = _TOKEN_BEFORE.search(text, max(first, begin - REACH), begin)
    return (match.group(1), match.start()) if match else ("", begin)


def _is_given(word: str, language: Language) -> bool:
    if word[0] in '"“(':
        return True
    plain = word.rstrip(".").lower()
    if word.isalpha():
        return _is_own_name(plain, language) if word[0].isupper() else plain in language.particles
    if _INITIALS.fullmatch(word):
        return plain not in language.titles  # the French “M.” is no initial
    if word.endswith(".") or _COMPOUND.search(word):
        return False
    if not word[0].isupper():
        return plain in language.particles
    return _is_own_name(plain, language)


def _is_own_name(plain: str, language: Language) -> bool:
    """Whether a capitalised word, here in small letters, is neither a title nor there for its grammar."""
    return plain not in language.titles and plain not in language.function_words


def _ends_possessive(word: str) -> bool:
    return word.endswith(("'s", "’s", "'", "’"))


def word_before(text: str, start: int) -> str:
    """The word directly before a range, one space away, without what opens a bracket or a quotation; else nothing."""
    if text[start - 1 : start] != " ":
        return ""
    return text[text.rfind(" ", 0, start - 1) + 1 : start - 1].lstrip(_OPENING)


def follows(text: str, start: int, words: tuple[str, ...]) -> bool:
    """Whether one of some short words, each with what joins it, stands directly before a range: `the `, `l'`."""
    return text[max(0, start - _LONGEST_ARTICLE) : start].lower().endswith(words)


def name_before(text: str, start: int, language: Language) -> str:
    """The capitalised word directly before a range, unless it is a title or stands there for its grammar."""
    return _as_name(word_before(text, start), language)


def _as_name(word: str, language: Language) -> str:
    """The word, if it is capitalised and neither a title nor there for its grammar."""
    if not language.has_capitals:
        return word if any(key in language.given_names for key in keys_of(word)) else ""
    elided, _, rest = word.replace("’", "'").partition("'") if language.elided else ("", "", "")
    if rest and elided.lower() in language.elided:
        word = rest
    if not word[:1].isupper() or not _WHOLE_WORD.fullmatch(word) or _COMPOUND.search(word):
        return ""
    if (word[-1] == "." and not _INITIALS.fullmatch(word)) or _ends_possessive(word):
        return ""
    return word if _is_own_name(word.rstrip(".").lower(), language) else ""


def name_after(text: str, end: int, language: Language) -> str:
    """The capitalised word directly behind a range, unless it is a title, a day or a month."""
    match = _AFTER.match(text, end)
    if match is None:
        return ""
    word = match.group(1)
    plain = re.split(r"[-‐‑]", word.lower(), maxsplit=1)[0]  # “Vice-President”, “Secretary-General”
    if not word[0].isupper() or plain in language.titles or plain in language.function_words:
        return ""
    return word


def _institution_before(text: str, start: int, word: str, language: Language) -> str:
    """The “University” of “University of Texas”; `word` is the one directly before the range."""
    if text[start - 1] not in _APOSTROPHES and word not in language.connecting_words:
        return ""
    match = language.connectors.search(text, max(0, start - REACH), start)
    noun = match.group(1) if match else ""
    return noun if noun[:1].isupper() and noun.lower() in language.institutions else ""


def begins_sentence(text: str, start: int) -> bool:
    """Whether a range is the first thing of its sentence, quotation marks aside."""
    near = max(0, start - _MOST_OPENING)
    before = text[near:start].rstrip(" \"'“‘«([")
    return before[-1] in ".!?:;…–—•\n" if before else near == 0


@lru_cache(maxsize=64)
def has_quotes(text: str) -> bool:
    """Whether there is any quotation mark that a title may stand behind."""
    return any(mark in text for mark in _QUOTES)


def quoted_title(text: str, start: int, end: int) -> str:
    """The title between quotation marks that a range stands in, every word of which is capitalised; else nothing."""
    near = max(0, start - _LONGEST_TITLE)
    opening = max([text.rfind(mark, near, start) for mark in _QUOTES])
    if opening < 0:
        return ""
    quoted = _QUOTED.match(text, opening)
    if quoted is None or not quoted.start(1) <= start <= end <= quoted.end(1):
        return ""
    title = quoted.group(1).strip()  # « Damas » has spaces inside
    words = title.split()
    is_title = all(w[0].isupper() or w[0].isdigit() or w in _SMALL_IN_TITLES for w in words) and words[0][0].isupper()
    return title if is_title and not title.endswith((",", ".", "!", "?")) else ""


@lru_cache(maxsize=64)
def is_title_case(text: str) -> bool:
    """Whether nearly every longer word of a text is capitalised, as in a headline: capitals then tell nothing."""
    if text.isupper():
        return True
    if text.rstrip().endswith("."):
        return False
    words = [w for w in text.split() if len(w) > 3 and w[0].isalpha()]
    return len(words) > 2 and sum(w[0].isupper() for w in words) >= len(words) * 0.8


def longer_name(  # noqa: PLR0913
    text: str, start: int, end: int, language: Language, *, short: bool, starts: Collection[int]
) -> str:
    """The word that makes a range a part of a name that the glossary does not have; else nothing.

    `short` forms are more easily so: any name before them makes them the last name of somebody else. `starts` are the
    offsets at which other candidates begin: what follows there is a name of its own (“France's Laurent Fabius”).
    """
    behind = _rest_of_name(text, start, end, language) if end + 1 not in starts else ""
    return behind or _beginning_of_name(text, start, end, language, short=short)


def _rest_of_name(text: str, start: int, end: int, language: Language) -> str:
    """The word or sign directly behind a range that the name goes on with."""
    following = text[end : end + 2]
    if following[:1] == "+":
        return "+"
    if following[:1] != " " or not following[1:].isupper():
        return ""
    after = name_after(text, end, language)
    is_model = after.isupper() and text[start:end] in language.peoples  # “Russian SA5”, “British MP”
    return "" if is_model else after


def _beginning_of_name(text: str, start: int, end: int, language: Language, *, short: bool) -> str:
    """The word before a range that the name began with."""
    if text[start - 1 : start] not in _BEFORE_WORD:
        return ""
    word = word_before(text, start)
    institution = _institution_before(text, start, word, language)
    if institution or (not short and " " in text[start:end]):
        return institution
    before = _as_name(word, language)
    if not before or short or before in language.directions:
        return before
    if before in language.peoples and text[start:end] in language.peoples:
        return before
    return "" if begins_sentence(text, start - 1 - len(before)) else before
