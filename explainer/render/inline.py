"""Links and phrases put into the inline tokens of a block, without changing a visible character."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from markdown_it.token import Token

Position = tuple[int, int]
"""(index among the block's children, offset in that child's text)."""


MARKUP = "markup"
"""The kind of token whose content is markup already."""


class Mark(NamedTuple):
    """An element to be put around a range of a block's text."""

    start: Position
    """Of its first character, which a text token holds."""
    end: Position
    """Behind its last character, in the token that holds it."""
    opening: str
    """Its tags, as markup."""
    closing: str
    id: str = ""
    """The id in its opening tag, if it has one."""
    after: str = ""
    """Markup that follows it."""


def copied(token: Token) -> Token:
    """A token like another, with attributes of its own. `copy.copy` takes five times as long."""
    return Token(
        token.type,
        token.tag,
        token.nesting,
        dict(token.attrs),
        token.map,
        token.level,
        token.children,
        token.content,
        token.markup,
        token.info,
        token.meta,
        token.block,
        token.hidden,
    )


def put_marks(children: Sequence[Token], marks: Sequence[Mark]) -> list[Token]:
    """The children with every mark around its range. Marks are in order and do not overlap.

    Where a range begins or ends inside an emphasis that it does not wholly hold, the emphasis is closed and opened
    again, so that elements nest.
    """
    weaver = _Weaver(marks, _closings(children))
    for index, child in enumerate(children):
        weaver.take(index, child)
    weaver.finish()
    return weaver.out


def _closings(children: Sequence[Token]) -> dict[int, int]:
    """For every opening child, which child closes it."""
    closings: dict[int, int] = {}
    stack: list[int] = []
    for index, child in enumerate(children):
        if child.nesting > 0:
            stack.append(index)
        elif child.nesting < 0 and stack:
            closings[stack.pop()] = index
    return closings


@dataclass(frozen=True, slots=True)
class _Open:
    """An element that is open around the current place."""

    token: Token
    closed_by: int


class _Weaver:
    """The tokens made so far, and what is open."""

    def __init__(self, marks: Iterable[Mark], closings: dict[int, int]) -> None:
        self.marks = deque(marks)
        self.closings = closings
        self.out: list[Token] = []
        self.open: list[_Open] = []
        self.current: Mark | None = None
        self.inside = 0
        """How many of `open`, from the innermost, are inside the current mark."""
        self.due = False
        """The current mark's range is over; it is closed once what was opened inside it is."""

    def take(self, index: int, child: Token) -> None:
        if child.type in {"text", "text_special"}:
            self._text(index, child)
        elif child.nesting < 0:
            self._close(child)
        else:
            self._finish_if_due()
            self.out.append(child)
            if child.nesting > 0:
                self.open.append(_Open(child, self.closings.get(index, index)))
                self.inside += self.current is not None

    def finish(self) -> None:
        self._finish_if_due()

    def _text(self, index: int, child: Token) -> None:
        done = 0
        if child.content:
            self._finish_if_due()
        while self.current is not None or (self.marks and self.marks[0].start[0] == index):
            if self.current is None:
                mark = self.marks.popleft()
                self._emit(child, done, mark.start[1])
                done = mark.start[1]
                if mark.end[0] == index:
                    self._put_whole(mark, child)
                    done = mark.end[1]
                else:
                    self._begin(mark)
            elif self.current.end[0] == index and not self.due:
                self._emit(child, done, self.current.end[1])
                done = self.current.end[1]
                self.due = True
                if done < len(child.content):
                    self._finish_if_due()
            else:
                break
        self._emit(child, done, len(child.content))

    def _put_whole(self, mark: Mark, child: Token) -> None:
        """A mark that begins and ends in one text, as nearly all do."""
        self.out.append(_opened(mark))
        self._emit(child, mark.start[1], mark.end[1])
        self.out.extend(_closed(mark))

    def _emit(self, child: Token, start: int, end: int) -> None:
        if end <= start:
            return  # Markdown leaves empty texts behind, which must not stand between an element and its end
        if end - start == len(child.content):
            self.out.append(child)
        else:
            self.out.append(Token("text", "", 0, content=child.content[start:end]))

    def _close(self, closing: Token) -> None:
        if not self.inside:
            self._finish_if_due()
        self.out.append(closing)
        if self.open:
            self.open.pop()
            self.inside -= self.inside > 0

    def _begin(self, mark: Mark) -> None:
        """Open the mark, outside of every element that ends before the mark does."""
        cut = [o for o in self.open if o.closed_by < mark.end[0]]
        for element in reversed(cut):
            if self.out and self.out[-1] is element.token:
                self.out.pop()
            else:
                self.out.append(_closing(element.token))
        self.out.append(_opened(mark))
        self.out.extend(element.token for element in cut)
        self.current, self.inside = mark, len(cut)

    def _finish_if_due(self) -> None:
        """Close the mark; what was opened inside it and is still open goes on behind it."""
        if self.current is None or not self.due:
            return
        going_on = self.open[len(self.open) - self.inside :]
        self.out.extend(_closing(element.token) for element in reversed(going_on))
        self.out.extend(_closed(self.current))
        self.out.extend(element.token for element in going_on)
        self.current, self.inside, self.due = None, 0, False


def _closing(token: Token) -> Token:
    return Token(token.type.replace("_open", "_close"), token.tag, -1, markup=token.markup)


def _opened(mark: Mark) -> Token:
    return Token(MARKUP, "", 0, {"id": mark.id} if mark.id else {}, content=mark.opening)


def _closed(mark: Mark) -> tuple[Token, ...]:
    closing = Token(MARKUP, "", 0, content=mark.closing)
    return (closing, Token("raw", "", 0, content=mark.after)) if mark.after else (closing,)
