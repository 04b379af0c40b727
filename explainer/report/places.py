"""Lines and columns of offsets, and a line with a caret below."""

from __future__ import annotations

import unicodedata
from bisect import bisect_right
from collections.abc import Iterable, Sequence

from msgspec import Struct

_BEFORE, _WIDTH = 60, 100
"""Characters of a long line that are shown before a place, and in all."""


class Lines(Struct, frozen=True):
    """Where the lines of a text begin. As in diagnostics, only a line feed ends one."""

    text: str
    starts: Sequence[int]

    def place(self, offset: int) -> tuple[int, int]:
        """Line and column, both from 1."""
        line = bisect_right(self.starts, offset)
        return line, offset - self.starts[line - 1] + 1

    def span(self, line: int) -> tuple[int, int]:
        """The half-open range of a line, without its end."""
        start = self.starts[line - 1]
        stop = self.starts[line] - 1 if line < len(self.starts) else len(self.text)
        return start, start + len(self.text[start:stop].rstrip("\r"))

    @property
    def count(self) -> int:
        """How many lines an editor counts: nothing stands behind the last line end."""
        return len(self.starts) - (len(self.starts) > 1 and self.starts[-1] == len(self.text))


def lines_of(text: str) -> Lines:
    return Lines(text, [0, *(number + 1 for number, character in enumerate(text) if character == "\n")])


def underlined(lines: Lines, start: int, end: int) -> tuple[str, str]:
    """The line of a place, cut to a screen's width, and the line of carets below it."""
    number, _ = lines.place(start)
    begin, stop = lines.span(number)
    left = begin + max(0, start - begin - _BEFORE)
    source = lines.text[left : min(stop, left + _WIDTH)].replace("\t", " ")
    margin = f"{number} | "
    marked = source[start - left : max(end - left, start - left + 1)]
    carets = " " * columns(source[: start - left]) + "^" * max(1, columns(marked))
    return margin + source, " " * (len(margin) - 2) + "| " + carets


def columns(characters: Iterable[str]) -> int:
    """How many columns of a terminal some characters take."""
    return sum(_columns(c) for c in characters)


def _columns(character: str) -> int:
    if unicodedata.category(character) in {"Mn", "Me", "Cf"}:
        return 0
    return 2 if unicodedata.east_asian_width(character) in {"W", "F"} else 1
