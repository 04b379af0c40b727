"""Places without a mention: what stands there, and which forms of the glossary are near."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any

from msgspec import Struct

from explainer.annotate.text import Passage
from explainer.read.content import Document, Entry
from explainer.report.near import WORD, Near, Nearness, index_forms, near_names, near_word
from explainer.report.remedies import IN_TEXT, Remedy, alias_remedy, new_entry_remedy
from explainer.report.spots import Where, passages_between, spot_at
from explainer.types import EntryId

_MOST = 5
"""Near forms that are told."""
_OPENING, _ENDS = " \"'“‘«([", ".!?…:"
"""What may stand before the first word of a sentence, and what ends the sentence before it."""


class Absence(Struct, frozen=True):
    """A place without a mention, and what is near it."""

    start: int
    end: int
    """Half-open range in the file: the word, or the line."""
    text: str
    """The word; empty where a whole line is meant, or no word stands there."""
    where: Where
    near: tuple[Near, ...]
    remedy: Remedy | None


class Seeker(Struct, frozen=True):
    """What near forms are looked for in."""

    document: Document[Any]
    passages: Sequence[Passage]
    entries: Mapping[EntryId, Entry]


def absence_in_line(seeker: Seeker, start: int, end: int) -> Absence:
    """A line without a mention: the names in it that are near a form."""
    ranges = tuple(passages_between(seeker.passages, start, end))
    if not ranges:
        return Absence(start, end, "", spot_at(seeker.document, seeker.passages, start).where, (), None)
    index = index_forms(seeker.entries)
    near = tuple(n for p, begin, stop in ranges for n in near_names(p.text, begin, stop, index))[:_MOST]
    passage, begin, _ = ranges[0]
    where = spot_at(seeker.document, seeker.passages, passage.file_span(begin, begin + 1)[0]).where
    return Absence(start, end, "", where, near, _remedy(seeker, near[0]) if near else None)


def absence_of_word(seeker: Seeker, start: int, end: int) -> Absence:
    """A place without a mention: the word that stands there, in its passage or, in code and the like, in its line."""
    spot = spot_at(seeker.document, seeker.passages, start)
    if spot.passage is not None:
        text, at = spot.passage.text, spot.position
    else:
        text, at = _line_around(seeker.document.text, start)
    word = _word_at(text, at)
    if word is None:
        where = Where.GAP if spot.where.is_searched else spot.where
        return Absence(start, end, "", where, (), None)
    begin, stop = word.span()
    span = spot.passage.file_span(begin, stop) if spot.passage else (start - at + begin, start - at + stop)
    near = near_word(text, begin, stop, index_forms(seeker.entries))[:_MOST]
    remedy = None
    if spot.where.is_searched:
        remedy = _remedy(seeker, near[0]) if near else _for_name(text, word)
    return Absence(*span, word.group(), spot.where, near, remedy)


def _line_around(text: str, offset: int) -> tuple[str, int]:
    """The line of an offset, and the offset in it."""
    begin = text.rfind("\n", 0, offset) + 1
    return text[begin:].partition("\n")[0], offset - begin


def _word_at(text: str, offset: int) -> re.Match[str] | None:
    return next((m for m in WORD.finditer(text) if m.start() <= offset < m.end()), None)


def _for_name(text: str, word: re.Match[str]) -> Remedy | None:
    """The beginning of an entry for a word that looks like a name: with a capital, and not for opening a sentence."""
    before = text[: word.start()].rstrip(_OPENING)
    is_name = before and before[-1] not in _ENDS and not word.group()[:1].islower()
    return new_entry_remedy(word.group()) if is_name else None


def _remedy(seeker: Seeker, near: Near) -> Remedy | None:
    written, entry = near.written, near.form.entry
    if near.nearness is Nearness.SPELLING:
        condition = f"if “{written}” is a misspelling; under aliases, if it is another spelling"
        return alias_remedy(seeker.entries, entry, written, key="hidden_aliases", condition=condition)
    if near.nearness is Nearness.LONGER_WORD:
        return alias_remedy(seeker.entries, entry, written)
    return Remedy(seeker.document.path, IN_TEXT, f"[{written}](entry:{entry})", f"if {entry} is meant")
