"""Where sentences begin and end, by marks and abbreviations alone.

Every mention's first sentence is quoted on a page, so a build looks at more sentences than a tokenizer has time for:
spaCy's took three quarters of the time of linking an article, and its splitter goes by the same marks.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from functools import lru_cache

MAX_SENTENCE = 320
"""A longer sentence is cut around the mention, at spaces."""
_REACH = 2_000
"""Characters on each side in which its ends are looked for."""


_END = re.compile(r"[.!?…؟۔।。！？](?:(?<=[。！？])|[\"'”’»)\]\ufffc]*(?=\s))")
"""A mark, what closes behind it, and the marks of footnotes (`text.OBJECT`)."""
_ABBREVIATION = re.compile(
    r"\b(?:[^\W\d_]|Mr|Mrs|Ms|MM|Dr|Prof|St|Gen|Brig|Col|Maj|Capt|Cmdr|Adm|Lt|Sgt|Sen|Rep|Gov|Pres|Hon|Rev|Mgr|Jr|Sr|Sra"
    r"|No|Nr|vs|Mt|Ft|Jan|Feb|Mar|Apr|Aug|Sept|Oct|Nov|Dec)\.\Z"
)
_LONGEST_WORD = 4
"""Letters of an abbreviation."""
_SPACE = re.compile(r"\s*")


def sentence_ends(text: str, start: int, stop: int) -> Iterator[int]:
    """The places within a range behind which a sentence has ended; the full stop of a title or an initial ends none."""
    return (match.end() for match in _marks(text, start, stop))


def _marks(text: str, start: int, stop: int) -> Iterator[re.Match[str]]:
    for match in _END.finditer(text, start, stop):
        mark = match.start()
        is_long = mark > _LONGEST_WORD and text[mark - _LONGEST_WORD - 1 : mark].isalpha()
        if is_long or not _ABBREVIATION.search(text, max(0, match.end() - _LONGEST_WORD - 2), match.end()):
            yield match


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
    marks, ends = _ends_of_sentences(text)
    place = bisect_right(ends, start)
    begin = max(ends[place - 1], first) if place else first
    following = bisect_left(marks, end)
    stop = min(ends[following], last) if following < len(ends) else last
    return _shortened(text, min(_behind_space(text, begin), start), stop, start, end)


@lru_cache(maxsize=64)
def _ends_of_sentences(text: str) -> tuple[list[int], list[int]]:
    """Where their marks stand, and where they end behind these. A text is asked for once for each entry that it mentions.

    Where a small letter follows, the sentence goes on: “at approx. nine”, “he asked ‘Why?’ and left”.
    """
    found = [(m.start(), m.end()) for m in _marks(text, 0, len(text)) if not _goes_on(text, m.end())]
    return [mark for mark, _ in found], [end for _, end in found]


def _goes_on(text: str, end: int) -> bool:
    following = text[end : end + 2].lstrip() or text[_behind_space(text, end) :]
    return following[:1].islower()


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
