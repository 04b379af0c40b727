"""Sentence bounds, by spaCy's rules for the language: what “appears in” quotes."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from spacy.language import Language

MAX_SENTENCE = 320
"""A longer sentence is cut around the mention, at spaces."""


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
    doc = _splitter(language.partition("-")[0])(text)
    begin, stop = 0, len(text)
    for sentence in doc.sents:
        if sentence.end_char > start:
            begin, stop = sentence.start_char, max(sentence.end_char, end)
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
