"""Names that stand in articles and belong to no entry, found by their capitals.

A name is a run of capitalised words, with the small words that names have inside (`al-`, `de`, `van`, “of the” behind
an institution). What an article says of an entry is taken out first. Headings and lines in title case are passed over:
there capitals tell nothing; so do they at the beginning of a sentence, which is noted.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from msgspec import Struct

from explainer.annotate import Annotation, Reason
from explainer.annotate.folding import fold
from explainer.annotate.languages import Language
from explainer.annotate.neighbours import begins_sentence, is_title_case
from explainer.annotate.text import Zone
from explainer.types import SourcePath

_TOKEN = re.compile(r"(?:[^\W\d_]\.)+(?![^\W\d_])|[^\W\d_][\w'’‐‑-]*")
_INITIALS = re.compile(r"(?:[^\W\d_]\.)+")
_HYPHENS = "-‐‑"
_PART = re.compile(r"[^\s‐‑-]+")
_POSSESSIVE = re.compile(r"['’]s?\Z")
_ELIDED = re.compile(r"([^\W\d_]{1,2})['’](?=[^\W\d_])")
_ROMAN = re.compile(r"[IVXLC]+")

_LONGEST = 200
"""Characters of a run that may be a name; longer ones, as tables and lists without commas make them, tell nothing."""
_WORDS_AROUND = 40
"""Characters before a run in which the word before it is looked for."""

_FREE = frozenset({Reason.LONGER_NAME, Reason.OVERLAP})
"""Reasons of decisions that do not speak against a name: it is the longer name."""


class Token(NamedTuple):
    """A word of a passage."""

    start: int
    end: int
    text: str
    ends_run: bool
    """Whether nothing after it belongs to the same name: a possessive, “-led”."""

    @property
    def is_capital(self) -> bool:
        return self.text[0].isupper() or any(c.isupper() for c in re.split(f"[{_HYPHENS}'’]", self.text)[-1][:1])


class Name(Struct, frozen=True):
    """One place where a name stands."""

    source: SourcePath
    text: str
    passage: int
    begin: int
    stop: int
    """Half-open range in the passage's text."""
    is_first: bool
    """Whether it begins its sentence, where every word has a capital."""
    is_titled: bool
    """Whether a person's title stands before it."""
    is_definite: bool
    """Whether “the” stands before it."""
    is_adjective: bool
    """Whether it looks like one: “Asturian villages”."""


class Vocabulary(Struct, frozen=True):
    """How often the articles write a word, folded: with a small letter, and with a capital inside a sentence."""

    small: Counter[str]
    capital: Counter[str]

    def is_common(self, word: str) -> bool:
        """Whether it is no name, as it is written small at least half as often as with a capital."""
        return self.small[word] * 2 > self.capital[word]


def vocabulary_of(annotations: Iterable[Annotation]) -> Vocabulary:
    """The words of all passages but headings."""
    small: Counter[str] = Counter()
    capital: Counter[str] = Counter()
    for annotation in annotations:
        for passage in annotation.passages:
            if passage.zone is Zone.HEADING or is_title_case(passage.text):
                continue
            for match in _TOKEN.finditer(passage.text):
                word = match.group()
                if word[0].islower():
                    small[fold(word)] += 1
                elif not begins_sentence(passage.text, match.start()):
                    capital[fold(word)] += 1
    return Vocabulary(small, capital)


def find_names(source: SourcePath, annotation: Annotation, words: Vocabulary, language: Language) -> Iterator[Name]:
    """The names in one article that no decision is about, in reading order."""
    if not language.has_capitals:
        return
    taken = _taken(annotation)
    for number, passage in enumerate(annotation.passages):
        if passage.zone is Zone.HEADING or is_title_case(passage.text):
            continue
        for run in _runs(passage.text, taken.get(number, ()), language):
            is_short = run[-1].end - run[0].start <= _LONGEST
            name = _name(passage.text, run, words, language) if is_short else None
            if name is not None:
                tokens, titled = name
                begin, stop = tokens[0].start, tokens[-1].end
                yield Name(
                    source=source,
                    text=passage.text[begin:stop],
                    passage=number,
                    begin=begin,
                    stop=stop,
                    is_first=begins_sentence(passage.text, begin),
                    is_titled=titled,
                    is_definite=_follows_the(passage.text, begin),
                    is_adjective=len(tokens) == 1 and _is_adjective(passage.text, tokens[0], language),
                )


def _taken(annotation: Annotation) -> dict[int, list[tuple[int, int]]]:
    """What decisions are about in each passage, in order and without overlaps."""
    taken: dict[int, list[tuple[int, int]]] = {}
    spans = ((d.passage, d.begin, d.stop) for d in annotation.decisions if d.reason not in _FREE)
    for passage, begin, stop in sorted(spans):
        ranges = taken.setdefault(passage, [])
        if ranges and begin < ranges[-1][1]:
            ranges[-1] = (ranges[-1][0], max(stop, ranges[-1][1]))
        else:
            ranges.append((begin, stop))
    return taken


def _is_free(token: Token, taken: Sequence[tuple[int, int]]) -> bool:
    """Whether none of the ranges, which are in order, overlaps the token."""
    number = bisect_left(taken, token.end, key=lambda r: r[0])
    return not number or taken[number - 1][1] <= token.start


def _runs(text: str, taken: Sequence[tuple[int, int]], language: Language) -> Iterator[list[Token]]:
    """Capitalised words that stand beside each other, with what joins them."""
    run: list[Token] = []
    joints: list[Token] = []
    for token in _tokens(text, language):
        is_free = _is_free(token, taken)
        beside = is_free and bool(run) and _is_beside(text, (joints or run)[-1], token, language)
        if beside and not token.is_capital and _is_joint(token.text, language):
            joints.append(token)
            continue
        joins = beside and token.is_capital and _may_join(text, run, joints, language)
        if run and not joins:
            yield run
        if joins:
            run += [*joints, token]
        else:
            run = [token] if is_free and token.is_capital else []
        joints = []
        if run and token.ends_run:
            yield run
            run = []
    if run:
        yield run


def _is_beside(text: str, last: Token, token: Token, language: Language) -> bool:
    gap = text[last.end : token.start]
    return gap == " " or (gap == ". " and last.text.lower() in language.titles)


def _is_joint(word: str, language: Language) -> bool:
    return word in language.particles or word in _CONNECTORS


_CONNECTORS = frozenset({"of", "for", "the"})


def _may_join(text: str, run: Sequence[Token], joints: Sequence[Token], language: Language) -> bool:
    """Whether the small words after a run lead on: “of” does behind an institution, or where “the” stands before."""
    small = {j.text for j in joints}
    if not small & _CONNECTORS:
        return True
    if small == {"the"}:
        return False
    head = run[-1].text.lower()
    if head in language.titles or all(t.text.lower() in language.titles for t in run):
        return False
    kinds = language.institutions | {w.lower() for w in language.generic | language.places}
    return head in kinds or _follows_the(text, run[0].start) or run[0].text.lower() == "the"


def _follows_the(text: str, start: int) -> bool:
    return text[max(0, start - 4) : start].lower() == "the "


def _tokens(text: str, language: Language) -> Iterator[Token]:
    """The words, without possessives, elided articles and what a hyphen hangs on a name."""
    for match in _TOKEN.finditer(text):
        start, word, ends = match.start(), match.group(), False
        elided = _ELIDED.match(word)
        if elided and elided.group(1).lower() in language.elided:
            start, word = start + elided.end(), word[elided.end() :]
        stripped = _POSSESSIVE.sub("", word).rstrip("'’-‐‑")
        ends = stripped != word
        start, kept = _without_compound(start, stripped, language)
        if kept:
            yield Token(start, start + len(kept), kept, ends or len(kept) < len(stripped))


def _without_compound(start: int, word: str, language: Language) -> tuple[int, str]:
    """“Assad” of “pro-Assad”, “Tlass” of “Tlass-led”; “al-Assad”, “Jean-Pierre” and “Stratford-upon-Avon” are whole."""
    parts = list(_PART.finditer(word))
    capital = [p for p in parts if p.group()[0].isupper()]
    if len(parts) < 2 or not capital:
        return start, word
    first, last = capital[0].start(), capital[-1].end()
    if all(p.group().lower() in language.particles for p in parts if p.end() <= first):
        first = 0
    return start + first, word[first:last]


def _name(
    text: str, run: Sequence[Token], words: Vocabulary, language: Language
) -> tuple[Sequence[Token], bool] | None:
    """What of a run is a name, and whether a title stands before it; None where nothing is."""
    tokens = list(run)
    if begins_sentence(text, tokens[0].start) and words.small[fold(tokens[0].text)] and not _is_acronym(tokens[0].text):
        tokens = tokens[1:]
    tokens = _trimmed(tokens, language)
    untitled = _trimmed(_without_titles(tokens, language), language)
    if len(untitled) == 1 < len(tokens) and _follows_the(text, tokens[0].start):
        untitled = tokens  # “the General Assembly” has no general
    if not untitled or (len(untitled) == 1 and not _can_stand_alone(untitled[0].text, words, language)):
        return None
    before = re.search(r"(\w+)\.? \Z", text[max(0, untitled[0].start - _WORDS_AROUND) : untitled[0].start])
    return untitled, before is not None and before.group(1).lower() in language.titles


def _trimmed(tokens: Sequence[Token], language: Language) -> list[Token]:
    """Without words that have a capital for their grammar, days, months, and joints at the ends."""
    trimmed = list(tokens)
    while trimmed and _is_grammar(trimmed[0], language):
        trimmed = trimmed[1:]
    while trimmed and _is_grammar(trimmed[-1], language):
        trimmed = trimmed[:-1]
    return trimmed


def _is_grammar(token: Token, language: Language) -> bool:
    return token.text.lower() in language.function_words or not token.is_capital


def _without_titles(tokens: Sequence[Token], language: Language) -> Sequence[Token]:
    """“Laurent Fabius” of “Foreign Minister Laurent Fabius”; “General Electric Company” and “St John's” are whole."""
    begin = 0
    while begin < len(tokens) and tokens[begin].text.rstrip(".").lower() in language.titles:
        begin += 1
    rest = {t.text for t in tokens[begin:]}
    bodies = rest & (language.generic | language.places) or {w.lower() for w in rest} & language.institutions
    saint = begin > 0 and tokens[0].text.rstrip(".") in _SAINTS
    return tokens if bodies or saint else tokens[begin:]


_SAINTS = frozenset({"St", "Saint"})

_ADJECTIVE = re.compile(r".{2,}(?:an|ese|ish|ic|[iy][sz]ed)\Z")
_NEXT_WORD = re.compile(r" ([^\W\d_]+)")


def _is_adjective(text: str, token: Token, language: Language) -> bool:
    after = _NEXT_WORD.match(text, token.end)
    if after is None or not _ADJECTIVE.match(token.text) or language.speaks.match(text, token.end):
        return False
    return after.group(1).islower() and after.group(1) not in language.function_words


def _is_acronym(word: str) -> bool:
    return len(word) > 1 and word.isupper() and not _INITIALS.fullmatch(word)


def _can_stand_alone(word: str, words: Vocabulary, language: Language) -> bool:
    folded = fold(word)
    return not (
        len(word.rstrip(".")) == 1
        or _ROMAN.fullmatch(word)
        or language.suffixes.fullmatch(word)
        or language.legal.fullmatch(f" {word}")
        or folded in language.titles | language.institutions
        or word in language.generic | language.places
        or (words.is_common(folded) and not _is_acronym(word))
    )
