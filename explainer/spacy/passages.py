"""The paragraphs of a plain text as passages, with the way back to its offsets."""

from __future__ import annotations

import re
from collections.abc import Iterator

from explainer.annotate.text import FOLDED, Passage, Run, Zone

_BREAK = re.compile(r"(?>\r\n|[\n\r])[^\S\n\r]*(?>\r\n|[\n\r])\s*|\u2029\s*")
"""A blank line, or the character that says the same."""


def passages_of(text: str) -> tuple[Passage, ...]:
    """One passage for each paragraph. As in an article, a line end inside it is a space, and what is invisible is gone.

    `Passage.file_span` leads from a range of a passage back to the text.
    """
    spans = _paragraphs(text)
    return tuple(_passage(text, start, end, number) for number, (start, end) in enumerate(spans))


def _paragraphs(text: str) -> Iterator[tuple[int, int]]:
    """Half-open ranges that are not blank."""
    start = 0
    for end, after in (*((m.start(), m.end()) for m in _BREAK.finditer(text)), (len(text), len(text))):
        if text[start:end].strip():
            yield start, end
        start = after


def _passage(text: str, start: int, end: int, number: int) -> Passage:
    runs: list[Run] = []
    parts: list[str] = []
    length = 0
    for part, begin, stop in _pieces(text, start, end):
        runs.append(Run(length, len(part), 0, 0, begin, stop - begin))
        parts.append(part)
        length += len(part)
    return Passage(number, "".join(parts), tuple(runs), (), Zone.PROSE, section=0)


def _pieces(text: str, start: int, end: int) -> Iterator[tuple[str, int, int]]:
    """What a reader sees, in parts, each with its range of the text. A part that is one space may stand for more."""
    done = start
    for found in FOLDED.finditer(text, start, end):
        if found.group() == " ":
            continue
        if done < found.start():
            yield text[done : found.start()], done, found.start()
        if found.lastgroup == "space":
            yield " ", found.start(), found.end()
        done = found.end()
    if done < end:
        yield text[done:end], done, end
