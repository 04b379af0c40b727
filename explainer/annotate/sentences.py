"""Where sentences begin and end: by marks and abbreviations alone, and by spaCy's rules for the language.

Reports and the witness look at many sentences and cannot wait for a tokenizer; a sentence that is cut a word too early
does no harm there. What readers see on a page, as “appears in” quotes it, is worth spaCy.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from spacy.language import Language

MAX_SENTENCE = 320
"""A longer sentence is cut around the mention, at spaces."""
_REACH = 2_000
"""Characters on each side in which its ends are looked for: a tokenizer takes minutes over a word of 40,000 brackets."""


_END = re.compile(r"[.!?…؟۔।][\"'”’»)\]]*(?=\s)|[。！？]")
_ABBREVIATION = re.compile(
    r"(?:\b[^\W\d_]|\b(?:Mr|Mrs|Ms|Dr|Prof|St|Gen|Brig|Col|Maj|Capt|Lt|Sen|Rep|Gov|Jr|Sr|No))\.\Z"
)
_LONGEST_ABBREVIATION = 6
_SPACE = re.compile(r"\s*")


# ---- by marks -------------------------------------------------------------------------------------------------------


def sentence_ends(text: str, start: int, stop: int) -> Iterator[int]:
    """The places within a range behind which a sentence has ended; the full stop of a title or an initial ends none."""
    for match in _END.finditer(text, start, stop):
        if not _ABBREVIATION.search(text, max(0, match.end() - _LONGEST_ABBREVIATION), match.end()):
            yield match.end()


def sentence_bounds(text: str, start: int, end: int) -> tuple[int, int]:
    """The range of the sentence that holds `text[start:end]`, with the white space behind it."""
    begin = max(sentence_ends(text, 0, start), default=0)
    stop = next(sentence_ends(text, end, len(text)), len(text))
    return _behind_space(text, begin), _behind_space(text, stop)


def _behind_space(text: str, place: int) -> int:
    space = _SPACE.match(text, place)
    return space.end() if space else place


# ---- by spaCy -------------------------------------------------------------------------------------------------------


@cache
def _splitter(language: str) -> Language:
    import spacy  # noqa: PLC0415  # 0.7 s that only a build needs

    try:
        nlp = spacy.blank(language)
    except ImportError:
        nlp = spacy.blank("xx")
    nlp.add_pipe("sentencizer", config={"punct_chars": [".", "!", "?", "…", "؟", "۔", "。", "！", "？", "।"]})
    return nlp


def sentence_around(text: str, start: int, end: int, *, language: str) -> tuple[int, int]:
    """The range of the sentence that holds `text[start:end]`."""
    first, last = max(0, start - _REACH), min(len(text), end + _REACH)
    doc = _splitter(language.partition("-")[0])(text[first:last])
    begin, stop = first, last
    for sentence in doc.sents:
        if first + sentence.end_char > start:
            begin, stop = first + sentence.start_char, max(first + sentence.end_char, end)
            break
    return _shortened(text, begin, stop, start, end)


def _shortened(text: str, begin: int, stop: int, start: int, end: int) -> tuple[int, int]:
    if stop - begin <= MAX_SENTENCE:
        return begin, stop
    room = (MAX_SENTENCE - (end - start)) // 2
    left, right = max(begin, start - room), min(stop, end + room)
    if left > begin:
        left = text.find(" ", left, start) + 1 or start
    if right < stop:
        right = max(text.rfind(" ", end, right), end)
    return left, right
