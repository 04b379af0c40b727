"""Gaps in a body's HTML: places where something of the site will stand, marked until all is rendered and sanitised."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Iterable, Iterator
from functools import cached_property
from itertools import groupby
from typing import Any, TypeAlias

from msgspec import Struct

from explainer.read.directives import Directive
from explainer.render.sanitise import HELD
from explainer.render.typography import localise_quotes
from explainer.types import Html


class LinkGap(Struct, frozen=True):
    """The `href` of a link."""

    reference: str
    """What the author wrote."""


class ImageGap(Struct, frozen=True):
    """An image."""

    reference: str
    """What the author wrote."""
    attributes: tuple[tuple[str, str], ...]
    """All but its address and what of its measures the author does not say."""


class BoxGap(Struct, frozen=True):
    """The boxes that follow a block."""

    block: int
    """The index of the block's token."""


class DirectiveGap(Struct, frozen=True):
    """A directive, with what the author wrote inside it."""

    directive: Directive
    block: int
    """The index of its opening token."""
    inner: tuple[Any, ...]
    """`Parts`."""
    dated: tuple[tuple[str, tuple[Any, ...]], ...] = ()
    """The items of a timeline that begin with a date: the date, and the `Parts` behind it."""


Gap: TypeAlias = LinkGap | ImageGap | BoxGap | DirectiveGap
Parts: TypeAlias = tuple[str | Gap, ...]
"""A body's HTML in order: markup, and gaps that the site fills."""

Fill: TypeAlias = Callable[[Gap], str]
"""What stands in a gap. Of an attribute: ` href="…"` with the space before it, or nothing."""


def join_body(parts: Parts, fill: Fill) -> Html:
    """The body with its gaps filled."""
    return Html("".join(part if isinstance(part, str) else fill(part) for part in parts))


class Gaps:
    """The gaps of a body, each marked in the HTML by its number until all is rendered and sanitised."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._held: list[Parts] = []

    @cached_property
    def _seal(self) -> str:
        """Of the text: no author can write a mark."""
        return hashlib.sha256(self._text.encode("utf-8", "surrogatepass")).hexdigest()[:16]

    def address(self, gap: LinkGap) -> str:
        """The value that stands for an `href` that is not known yet."""
        self._held.append((gap,))
        return f"gap-{self._seal}-{len(self._held) - 1}"

    def hold(self, parts: Parts) -> str:
        """A mark between tags."""
        self._held.append(parts)
        return f"{HELD}{self._seal}-{len(self._held) - 1}{HELD}"

    def split(self, markup: str, language: str) -> Parts:
        """Markup with its marks as parts, its quotation marks as the language writes them."""
        return tuple(_joined(self._split(markup, language)))

    def _split(self, markup: str, language: str) -> Iterator[str | Gap]:
        before, *rest = markup.split(self._seal) if self._held else (markup,)
        for piece in rest:
            yield localise_quotes(before.removesuffix(HELD if before.endswith(HELD) else _ADDRESS), language)
            number = _AFTER_SEAL.match(piece)
            for part in self._held[int(number[1])] if number else ():
                yield from self._split(part, language) if isinstance(part, str) else (part,)
            before = piece[number.end() :] if number else piece
        yield localise_quotes(before, language)


_ADDRESS = ' href="gap-'
"""What stands before the seal in the mark of an address."""
_AFTER_SEAL = re.compile(rf'-([0-9]+)(?:"|{HELD})')


def _joined(parts: Iterable[str | Gap]) -> Iterator[str | Gap]:
    """With one text between two gaps, and no empty ones."""
    for is_text, some in groupby(parts, key=lambda p: isinstance(p, str)):
        if not is_text:
            yield from some
        elif text := "".join(p for p in some if isinstance(p, str)):
            yield text
