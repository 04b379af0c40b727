"""What stands at a place of a text: words, a heading, code, front matter, markup."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from enum import StrEnum
from typing import Any

from markdown_it.token import Token
from msgspec import Struct

from explainer.annotate.text import OBJECT, Passage, Zone
from explainer.read.content import Document
from explainer.read.positions import LINE_END


class Where(StrEnum):
    """What an offset of a file lies in."""

    FRONT_MATTER = "front matter"
    TEXT = "text"
    HEADING = "a heading"
    LINK = "a link"
    NOLINK = "text marked nolink"
    QUOTATION = "a quotation"
    BOX = "the text of a directive"
    CODE = "code"
    HTML = "raw HTML"
    IMAGE = "an image"
    MARKUP = "markup"
    GAP = "a gap between words"
    NOTHING = "an empty line"

    @property
    def is_searched(self) -> bool:
        """Whether mentions are looked for there."""
        return self in _ZONES.values()


_ZONES = {
    Zone.PROSE: Where.TEXT,
    Zone.HEADING: Where.HEADING,
    Zone.LINK: Where.LINK,
    Zone.NOLINK: Where.NOLINK,
    Zone.QUOTATION: Where.QUOTATION,
    Zone.BOX: Where.BOX,
}
_BLOCKS = {"fence": Where.CODE, "code_block": Where.CODE, "html_block": Where.HTML}
_OBJECTS = {"code_inline": Where.CODE, "html_inline": Where.HTML, "image": Where.IMAGE}


class Spot(Struct, frozen=True):
    """What stands at an offset; with the passage and the position in it where it is text that readers see."""

    where: Where
    passage: Passage | None = None
    position: int = 0


def spot_at(document: Document[Any], passages: Sequence[Passage], offset: int) -> Spot:
    if offset < document.body.offset:
        return Spot(Where.FRONT_MATTER)
    line = _line(document, offset)
    before = [p for p in passages if p.runs and p.runs[0].file_start <= offset]
    if before and line in range(*(document.body.tokens[before[-1].block].map or (0, 0))):
        return _in_passage(document, before[-1], offset)
    return Spot(_between(document, line))


def _line(document: Document[Any], offset: int) -> int:
    """The line of an offset, counted from 0 at the body's beginning, as tokens count."""
    return sum(1 for _ in LINE_END.finditer(document.text, document.body.offset, offset))


def _in_passage(document: Document[Any], passage: Passage, offset: int) -> Spot:
    run = passage.runs[bisect_right(passage.runs, offset, key=lambda r: r.file_start) - 1]
    if passage.text[run.start : run.start + run.length] == OBJECT:
        return Spot(_OBJECTS.get(_child(document, passage, run.child).type, Where.MARKUP))
    if offset >= run.file_start + run.file_length:
        return Spot(Where.MARKUP)
    position = run.start + (offset - run.file_start if run.file_length == run.length else 0)
    return Spot(_ZONES[passage.zone_of(position, position + 1)], passage, position)


def _child(document: Document[Any], passage: Passage, number: int) -> Token:
    return (document.body.tokens[passage.block].children or [])[number]


def _between(document: Document[Any], line: int) -> Where:
    """What no passage holds: blocks of code and HTML, the lines of directives, empty lines."""
    for token in document.body.tokens:
        if token.type in _BLOCKS and token.map is not None and line in range(*token.map):
            return _BLOCKS[token.type]
    lines = LINE_END.split(document.text[document.body.offset :])
    return Where.MARKUP if line < len(lines) and lines[line].strip() else Where.NOTHING


def passages_between(passages: Sequence[Passage], start: int, end: int) -> Iterator[tuple[Passage, int, int]]:
    """The passages that a range of the file touches, each with the range in its text."""
    for passage in passages:
        touched = [r for r in passage.runs if r.file_start < end and start < r.file_start + r.file_length]
        if touched:
            first, last = touched[0], touched[-1]
            begin = first.start + (max(0, start - first.file_start) if first.file_length == first.length else 0)
            whole = last.file_length != last.length
            stop = last.start + (last.length if whole else min(last.length, end - last.file_start))
            yield passage, begin, stop
