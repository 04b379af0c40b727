"""Links and phrases put into the inline tokens of a block, without changing a visible character."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from markdown_it.common.utils import escapeHtml
from markdown_it.token import Token
from msgspec import Struct

Position = tuple[int, int]
"""(index among the block's children, offset in that child's text)."""


MARKUP = "markup"
"""The kind of token whose content is markup already; its ids are in `meta["ids"]`."""


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


class _Open(Struct, frozen=True):
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
        content, done = child.content, 0
        if content:
            self._finish_if_due()
        whole: list[Mark] = []
        while self.current is not None or (self.marks and self.marks[0].start[0] == index):
            if self.current is None:
                mark = self.marks.popleft()
                if mark.end[0] == index:
                    whole.append(mark)
                    continue
                done = self._put_whole(child, done, mark.start[1], whole)
                whole = []
                self._begin(mark)
            elif self.current.end[0] == index and not self.due:
                self._emit(child, done, self.current.end[1])
                done = self.current.end[1]
                self.due = True
                if done < len(content):
                    self._finish_if_due()
            else:
                break
        self._put_whole(child, done, len(content), whole)

    def _put_whole(self, child: Token, done: int, stop: int, marks: Sequence[Mark]) -> int:
        """A part of a text with the marks that begin and end in it, as nearly all do: together they are one token."""
        pieces: list[str] = []
        ids: list[str] = []
        for mark in marks:
            start, end = mark.start[1], mark.end[1]
            pieces += escapeHtml(child.content[done:start]), mark.opening
            pieces += escapeHtml(child.content[start:end]), mark.closing
            ids.append(mark.id)
            done = end
            if mark.after:
                self.out += _markup("".join(pieces), ids), _behind(mark)
                pieces, ids = [], []
        if pieces:
            pieces.append(escapeHtml(child.content[done:stop]))
            self.out.append(_markup("".join(pieces), ids))
        else:
            self._emit(child, done, stop)
        return stop

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
        self.out.append(_markup(mark.opening, (mark.id,)))
        self.out.extend(element.token for element in cut)
        self.current, self.inside = mark, len(cut)

    def _finish_if_due(self) -> None:
        """Close the mark; what was opened inside it and is still open goes on behind it."""
        if self.current is None or not self.due:
            return
        going_on = self.open[len(self.open) - self.inside :]
        self.out.extend(_closing(element.token) for element in reversed(going_on))
        self.out.append(_markup(self.current.closing, ()))
        if self.current.after:
            self.out.append(_behind(self.current))
        self.out.extend(element.token for element in going_on)
        self.current, self.inside, self.due = None, 0, False


def _closing(token: Token) -> Token:
    return Token(token.type.replace("_open", "_close"), token.tag, -1, markup=token.markup)


def _markup(markup: str, ids: Sequence[str]) -> Token:
    return Token(MARKUP, "", 0, content=markup, meta={"ids": ids})


def _behind(mark: Mark) -> Token:
    return Token("raw", "", 0, content=mark.after)
