"""Where sentences begin and end, by marks and abbreviations alone.

Every mention's first sentence is quoted on a page, so a build looks at more sentences than a tokenizer has time for:
spaCy's took three quarters of the time of linking an article, and its splitter goes by the same marks.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

MAX_SENTENCE = 320
"""A longer sentence is cut around the mention, at spaces."""
_REACH = 2_000
"""Characters on each side in which its ends are looked for."""


_END = re.compile(r"[.!?…؟۔।][\"'”’»)\]\ufffc]*(?=\s)|[。！？]")
"""A mark, what closes behind it, and the marks of footnotes (`text.OBJECT`)."""
_ABBREVIATION = re.compile(
    r"\b(?:[^\W\d_]|Mr|Mrs|Ms|MM|Dr|Prof|St|Gen|Brig|Col|Maj|Capt|Cmdr|Adm|Lt|Sgt|Sen|Rep|Gov|Pres|Hon|Rev|Mgr|Jr|Sr|Sra"
    r"|No|Nr|vs|Mt|Ft|Jan|Feb|Mar|Apr|Aug|Sept|Oct|Nov|Dec)\.\Z"
)
_LONGEST_ABBREVIATION = 6
_SPACE = re.compile(r"\s*")


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


def sentence_around(text: str, start: int, end: int) -> tuple[int, int]:
    """The range of the sentence that holds `text[start:end]`, cut at spaces where it is long."""
    first, last = max(0, start - _REACH), min(len(text), end + _REACH)
    begin = max(_ends_of_sentences(text, first, start), default=first)
    stop = next(_ends_of_sentences(text, end, last), last)
    return _shortened(text, min(_behind_space(text, begin), start), stop, start, end)


def _ends_of_sentences(text: str, start: int, stop: int) -> Iterator[int]:
    """Where a small letter follows, the sentence goes on: “at approx. nine”, “he asked ‘Why?’ and left”."""
    for end in sentence_ends(text, start, stop):
        if not text[_behind_space(text, end) : _behind_space(text, end) + 1].islower():
            yield end


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
