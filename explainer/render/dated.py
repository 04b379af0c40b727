"""The dated items of a timeline that its author wrote: taken out of their list, without their dates."""

from __future__ import annotations

from collections.abc import Sequence

from markdown_it.token import Token

from explainer.read.directives import date_before
from explainer.render.inline import copied

DatedTokens = tuple[str, list[Token]]
"""A date, and what stands behind it."""


def take_dated(tokens: Sequence[Token]) -> tuple[tuple[DatedTokens, ...], list[Token]]:
    """The items of the lists in which every item begins with a date, and the other tokens."""
    taken: list[DatedTokens] = []
    rest: list[Token] = []
    number = 0
    while number < len(tokens):
        end = _end_of(tokens, number)
        items = _items(tokens[number + 1 : end]) if tokens[number].type == "bullet_list_open" else []
        dates = [_date_of(item) for item in items]
        if items and all(dates):
            taken += ((date, _without_date(item, date)) for date, item in zip(dates, items, strict=True))
        else:
            rest += tokens[number : end + 1]
        number = end + 1
    return tuple(taken), rest


def _end_of(tokens: Sequence[Token], number: int) -> int:
    """The token that closes the block which one opens."""
    depth = 0
    for n in range(number, len(tokens)):
        depth += tokens[n].nesting
        if depth <= 0:
            return n
    return len(tokens) - 1


def _items(tokens: Sequence[Token]) -> list[list[Token]]:
    """The contents of the items of a list."""
    out: list[list[Token]] = []
    number = 0
    while number < len(tokens):
        end = _end_of(tokens, number)
        out.append(list(tokens[number + 1 : end]))
        number = end + 1
    return out


def _first(item: Sequence[Token]) -> Token | None:
    """The text with which an item begins."""
    begins = len(item) > 1 and item[0].type == "paragraph_open" and item[1].children
    child = item[1].children[0] if begins and item[1].children else None
    return child if child is not None and child.type == "text" else None


def _date_of(item: Sequence[Token]) -> str:
    child = _first(item)
    return date_before(child.content)[0] if child is not None else ""


def _without_date(item: list[Token], date: str) -> list[Token]:
    child = _first(item)
    if child is None or not date:
        return item
    text, block = copied(child), copied(item[1])
    text.content = child.content[date_before(child.content)[1] :]
    block.children = [text, *(block.children or ())[1:]]
    return [item[0], block, *item[2:]]
