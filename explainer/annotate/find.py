"""Every place where a form of the glossary stands as whole words."""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from explainer.annotate.lexicon import Form, Lexicon, fold
from explainer.annotate.neighbours import is_part_of_longer_name
from explainer.annotate.reasons import Method
from explainer.annotate.text import Passage
from explainer.types import EntryId

_ARTICLES = ("the ", "al-", "el-", "a ", "an ")
_MIN_CAPITALS = 4
"""A shorter word in capitals is more likely an acronym than a name in a dateline."""
_ELISION_LANGUAGES = frozenset({"fr", "it", "ca"})


@dataclass(frozen=True, slots=True)
class Candidate:
    """A range of a passage that may name an entry."""

    passage: int
    start: int
    end: int
    forms: tuple[Form, ...]
    target: str | None = None
    """What the author's own link names."""

    @property
    def length(self) -> int:
        return self.end - self.start

    def overlaps(self, other: Candidate) -> bool:
        return self.passage == other.passage and self.start < other.end and other.start < self.end


def find_candidates(
    passages: Sequence[Passage], lexicon: Lexicon, *, language: str, surfaces: Mapping[str, EntryId]
) -> tuple[Candidate, ...]:
    """All candidates in reading order, longest first where they begin together; they may overlap.

    `surfaces` are forms, folded, that only `resolve` knows.
    """
    found: list[Candidate] = []
    for number, passage in enumerate(passages):
        found += (Candidate(number, s.start, s.end, (), s.target) for s in passage.stretches if s.target)
        found += find_in_text(passage.text, lexicon, passage=number, language=language)
        found += _surfaces(passage.text, surfaces, number, language)
    return tuple(sorted(found, key=lambda c: (c.passage, c.start, -c.end)))


def find_in_text(text: str, lexicon: Lexicon, *, language: str, passage: int = 0) -> Iterator[Candidate]:
    """The candidates in one text."""
    if lexicon.automaton is None:
        return
    for key, start, end in lexicon.automaton.find_matches_as_indexes(fold(text), overlapping=True):
        if not is_whole(text, start, end, language):
            continue
        written = text[start:end]
        forms = tuple(f for f in lexicon.forms[key] if same_name(written, f) and _may_stand(f, text, start))
        if forms:
            yield Candidate(passage, start, end, _exact_first(written, forms))


def _surfaces(text: str, surfaces: Mapping[str, EntryId], passage: int, language: str) -> Iterator[Candidate]:
    folded = fold(text) if surfaces else ""
    for surface in surfaces:
        for match in re.finditer(re.escape(surface), folded):
            if is_whole(text, match.start(), match.end(), language):
                yield Candidate(passage, match.start(), match.end(), ())


def select_longest(candidates: Iterable[Candidate]) -> tuple[tuple[Candidate, ...], tuple[Candidate, ...]]:
    """Candidates that do not overlap, in reading order, and those that a chosen one overlaps.

    The author's links come first, then the longest, then the first. What a covered candidate names only by a short
    form, or what the one over it names too, says nothing new and is left out of both; so is all that an author's link
    covers.
    """
    chosen: list[Candidate] = []
    shadowed: list[Candidate] = []
    taken: dict[int, list[Candidate]] = {}  # what is chosen in each passage, in reading order
    for candidate in sorted(candidates, key=lambda c: (c.target is None, -c.length, c.passage, c.start, not c.forms)):
        row = taken.setdefault(candidate.passage, [])
        place = bisect_right(row, candidate.start, key=lambda t: t.end)
        over = row[place] if place < len(row) and row[place].overlaps(candidate) else None
        if over is None:
            row.insert(place, candidate)
            chosen.append(candidate)
        elif over.target is None and {f.entry for f in candidate.forms if not f.is_short} - {
            f.entry for f in over.forms
        }:
            shadowed.append(candidate)
    return _in_order(chosen), _in_order(shadowed)


def _in_order(candidates: Iterable[Candidate]) -> tuple[Candidate, ...]:
    return tuple(sorted(candidates, key=lambda c: (c.passage, c.start, c.end)))


def parts_of_longer_names(candidates: Sequence[Candidate], passages: Sequence[Passage]) -> frozenset[Candidate]:
    """The candidates whose neighbours show them to be part of a name that the glossary does not have."""
    starts: dict[int, set[int]] = {}
    for candidate in candidates:
        starts.setdefault(candidate.passage, set()).add(candidate.start)
    return frozenset(
        c
        for c in candidates
        if c.forms
        and is_part_of_longer_name(
            passages[c.passage].text,
            c.start,
            c.end,
            short=all(f.is_short for f in c.forms),
            starts=starts[c.passage],
        )
    )


def _exact_first(written: str, forms: tuple[Form, ...]) -> tuple[Form, ...]:
    """Where one entry has exactly these characters, entries that differ in an accent or in case are not meant."""
    return tuple(f for f in forms if f.text == written) or forms


def _may_stand(form: Form, text: str, start: int) -> bool:
    """A head noun is a name only with its article: “the Guard”."""
    return form.method is not Method.HEAD_NOUN or text[max(0, start - 4) : start].lower() == "the "


def is_whole(text: str, start: int, end: int, language: str) -> bool:
    """Whether a range begins and ends where words do.

    “Tlass-led” and “pro-Assad” have the name as a word of its own, “O'Brien” and “Baden-Württemberg” do not.
    """
    before = text[start - 1] if start else " "
    after = text[end] if end < len(text) else " "
    if _in_word(before) or _in_word(after):
        return False
    if before in "-‐‑" and start > 1 and _in_word(text[start - 2]):
        return _word_before(text, start - 1)[:1].islower()
    if before in "'’" and start > 1 and _in_word(text[start - 2]):
        return language.partition("-")[0] in _ELISION_LANGUAGES
    if after in "-‐‑" and end + 1 < len(text):
        return not text[end + 1].isupper()
    return True


def _in_word(character: str) -> bool:
    return character.isalnum() or character == "_" or unicodedata.category(character).startswith("M")


_LAST_WORD = re.compile(r"[^\W_]+\Z")


def _word_before(text: str, end: int) -> str:
    match = _LAST_WORD.search(text, max(0, end - 40), end)
    return match.group() if match else ""


def same_name(written: str, form: Form) -> bool:
    """Whether a difference of case leaves the meaning as it is.

    It does in datelines and headlines in capitals, at the beginning of a sentence, and in the later words of a long
    name (“Free Syrian army”).
    """
    text = form.text
    if written == text or _cases(written) == _cases(text):
        return True
    if form.method is Method.ACRONYM:
        return False
    if written.isupper():
        return sum(map(str.isalpha, written)) >= _MIN_CAPITALS
    same_rest = _cases(written[1:]) == _cases(text[1:])
    if written[0].isupper() or text[0].islower():
        return same_rest or " " in text
    return same_rest and text.casefold().startswith(_ARTICLES)


def _cases(text: str) -> str:
    return "".join("A" if c.isupper() else "a" for c in text)
