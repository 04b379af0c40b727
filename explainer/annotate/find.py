"""Every place where a form of the glossary stands as whole words."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from explainer.annotate.folding import fold
from explainer.annotate.forms import Form
from explainer.annotate.joined import begin_of_word, name_in, plain_of
from explainer.annotate.languages import Language, has_own_script, language_at
from explainer.annotate.lexicon import Lexicon
from explainer.annotate.neighbours import REACH, follows
from explainer.annotate.reasons import Method
from explainer.annotate.text import Passage
from explainer.types import EntryId

_MIN_CAPITALS = 4
"""A shorter word in capitals is more likely an acronym than a name in a dateline."""


class Match(NamedTuple):
    """A folded form of the glossary at a place in a passage."""

    passage: int
    """The number of the passage."""
    start: int
    end: int
    """Half-open range of the passage's text."""
    key: int
    """Its place in `Lexicon.keys`."""


class Candidate(NamedTuple):
    """A range of a passage that may name an entry."""

    passage: int
    """The number of the passage."""
    start: int
    end: int
    """Half-open range of the passage's text."""
    forms: tuple[Form, ...]
    """How it can be read, strongest first; empty where only the author or a setting says so."""
    target: str | None = None
    """What the author's own link names."""

    @property
    def length(self) -> int:
        """In characters."""
        return self.end - self.start

    @property
    def is_short(self) -> bool:
        """Whether every form of it needs an introduction."""
        return bool(self.forms) and all(f.is_short for f in self.forms)


def find_matches(passages: Sequence[Passage], lexicon: Lexicon, language: Language) -> tuple[Match, ...]:
    """All forms that stand as whole words, in reading order; they may overlap."""
    return tuple(
        Match(number, start, end, key)
        for number, passage in enumerate(passages)
        for start, end, key in matches_in(passage.text, lexicon, language)
    )


def matches_in(text: str, lexicon: Lexicon, language: Language) -> Iterator[tuple[int, int, int]]:
    """(start, end, key) for every form in a text that stands as whole words."""
    if lexicon.automaton is None:
        return
    if has_own_script(text):
        yield from _matches_in_joined_words(text, lexicon, language)
        return
    around = f" {text} "  # of a range: around[start] stands before it, around[end + 1] behind it
    for key, start, end in lexicon.automaton.find_matches_as_indexes(fold(text), overlapping=True):
        # Most matches lie inside words: those go first, and quickly.
        if around[start].isalnum() or around[end + 1].isalnum():
            continue
        if is_whole(text, start, end, language):
            yield start, end, key


def _matches_in_joined_words(text: str, lexicon: Lexicon, language: Language) -> Iterator[tuple[int, int, int]]:
    """The same where a word may hold signs, and clitics before a name; a word that is a form itself holds no other."""
    if lexicon.automaton is None:
        return
    plain = plain_of(text)
    alone: set[tuple[int, int]] = set()
    found: list[tuple[int, int, int, int]] = []
    for key, start, end in lexicon.automaton.find_matches_as_indexes(fold(plain.text), overlapping=True):
        begin = begin_of_word(plain.text, start, end, language)
        if begin is not None and is_whole(plain.text, begin, end, language):
            found.append((begin, start, end, key))
            if begin == start:
                alone.add((begin, end))
    for begin, start, end, key in found:
        if begin == start or (begin, end) not in alone:
            yield *plain.span(begin, end), key


def explicit_candidates(passages: Sequence[Passage]) -> Iterator[Candidate]:
    """What authors link themselves."""
    for number, passage in enumerate(passages):
        for stretch in passage.stretches:
            if stretch.target:
                yield Candidate(number, stretch.start, stretch.end, (), stretch.target)


def surface_candidates(
    passages: Sequence[Passage], surfaces: Mapping[str, EntryId], language: Language
) -> Iterator[Candidate]:
    """The places of forms, folded, that only `resolve` knows."""
    for number, passage in enumerate(passages) if surfaces else ():
        plain = plain_of(passage.text)
        folded = fold(plain.text)
        for surface in surfaces:
            for match in re.finditer(re.escape(surface), folded):
                begin = begin_of_word(plain.text, match.start(), match.end(), language)
                if begin is not None and is_whole(plain.text, begin, match.end(), language):
                    yield Candidate(number, *plain.span(begin, match.end()), ())


def named_in(title: str, lexicon: Lexicon, language: Language) -> frozenset[EntryId]:
    """The entries that a title names in full and without doubt."""
    named: dict[int, frozenset[EntryId]] = {}
    for start, end, key in sorted(matches_in(title, lexicon, language), key=lambda m: (m[0], -m[1])):
        forms = forms_as_written(lexicon.keys[key].full, title, start, end, language)
        if forms and start >= max(named, default=0):
            named[end] = frozenset(f.entry for f in forms)
    return frozenset(next(iter(entries)) for entries in named.values() if len(entries) == 1)


def forms_as_written(forms: Sequence[Form], text: str, start: int, end: int, language: Language) -> tuple[Form, ...]:
    """The forms that the characters of a range may stand for, each entry once."""
    written = text[start:end]
    if len(forms) == 1 and forms[0].text == written and forms[0].method is not Method.HEAD_NOUN:
        return tuple(forms) if not forms[0].before or follows(text, start, forms[0].before) else ()
    if forms and len(written) != len(forms[0].text):
        written = name_in(written, forms[0].text)
    language = language if text.isascii() else language_at(text, start, language)
    other = not language.has_capitals and written in language.function_words  # على is no spelling of علي
    kept: dict[EntryId, Form] = {}
    exact = False
    for form in forms:
        if form.text == written:
            if not exact:  # where one entry has exactly these characters, those that differ in an accent are not meant
                kept, exact = {}, True
        elif exact or other or not same_name(written, form, language):
            continue
        if form.method is Method.HEAD_NOUN and not _is_definite(text, start, form, language):
            continue
        if form.before and not follows(text, start, form.before):
            continue
        kept.setdefault(form.entry, form)
    return tuple(kept.values())


def _is_definite(text: str, start: int, form: Form, language: Language) -> bool:
    """A head noun is a name only with its article: “the Guard”."""
    if form.text in language.bare_heads:
        return True
    if not language.definite:
        return language.has_tables
    return follows(text, start, language.definite)


def is_whole(text: str, start: int, end: int, language: Language) -> bool:
    """Whether a range begins and ends where words do.

    “Tlass-led” and “pro-Assad” have the name as a word of its own, “O'Brien” and “Baden-Württemberg” do not.
    """
    before = text[start - 1] if start else " "
    after = text[end] if end < len(text) else " "
    if before == after == " ":
        return True
    if _in_word(before) or _in_word(after):
        return False
    if before in "-‐‑" and start > 1 and _in_word(text[start - 2]):
        word = _word_ending_at(text, start - 1)
        return word[:1].islower() or _joined(word, text[start:end], text, end, language)
    if before in "'’" and start > 1 and _in_word(text[start - 2]):
        return _word_ending_at(text, start - 1).lower() in language.elided
    if after in "-‐‑" and end + 1 < len(text) and text[end + 1].isupper():
        following = _WORD_AT.match(text, end + 1)
        other = following.group() if following else ""
        return _joined(text[start:end], other, text, end + 1 + len(other), language)
    return True


def _joined(one: str, other: str, text: str, end: int, language: Language) -> bool:
    """Whether a hyphen joins two names: “British-American”, “US-Iran”, “the Israel-Hamas war”; not “Baden-Württemberg”."""
    if one in language.peoples and other in language.peoples:
        return True
    if one.replace(".", "").isupper() or other.isupper():
        return one.isupper() == other.isupper() or len(one) <= _MIN_CAPITALS or len(other) <= _MIN_CAPITALS
    following = _WORD_AT.match(text, end + 1)
    return following is not None and following.group() in language.compounds


_WORD_AT = re.compile(r"[^\W_]+")


def _in_word(character: str) -> bool:
    if character.isascii():
        return character.isalnum() or character == "_"
    return character.isalnum() or unicodedata.category(character).startswith("M")


_LAST_WORD = re.compile(r"[^\W_]+\Z")


def _word_ending_at(text: str, end: int) -> str:
    match = _LAST_WORD.search(text, max(0, end - REACH), end)
    return match.group() if match else ""


def same_name(written: str, form: Form, language: Language) -> bool:
    """Whether a difference of case leaves the meaning as it is.

    It does in datelines and headlines in capitals, at the beginning of a sentence, and in the later words of a long
    name (“Free Syrian army”).
    """
    text = form.text
    small = written[0].islower() and text[0].isupper()
    if small and not text.casefold().startswith(language.articles):
        return False
    if written == text or _cases(written) == _cases(text):
        return True
    if form.method is Method.ACRONYM or (text.isupper() and len(text) <= _MIN_CAPITALS):
        return False
    if written.isupper():
        return sum(map(str.isalpha, written)) >= _MIN_CAPITALS
    return _same_words(written, text, small=small)


def _same_words(written: str, text: str, *, small: bool) -> bool:
    """The same but for the first letter, or for the later words of a long name."""
    same_rest = _cases(written[1:]) == _cases(text[1:])
    return same_rest or (" " in text and not small)


def _cases(text: str) -> list[bool]:
    """For each character, whether it is a capital."""
    return list(map(str.isupper, text))
