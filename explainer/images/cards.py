"""What a social card shows, and where it is: known without drawing it."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from functools import lru_cache
from typing import NamedTuple

from explainer.images import pillow
from explainer.images.fonts import Font, font_for
from explainer.types import Url

WIDTH, HEIGHT = 1200, 630
"""In pixels: what Open Graph's readers take for a large picture."""

_SHAPE = 1
"""Counts the ways in which cards have been drawn: each draws other bytes."""


class CardText(NamedTuple):
    """All that a card shows."""

    title: str
    site: str
    """The site's title."""
    date: str
    """In words."""
    cast: tuple[str, ...]
    """Names of entries, the most important first."""
    direction: str
    """`ltr` or `rtl`."""


def card_url(card: CardText, fonts: str) -> Url:
    """Where a card is published: it changes with what it shows, with the `fonts` (a digest) and with who draws it."""
    return Url(f"/assets/social/{key_of(card, fonts)[:16]}.png")


def key_of(card: CardText, fonts: str) -> str:
    """What a card is drawn from."""
    return hashlib.sha256(repr((_SHAPE, card, fonts, pillow.version())).encode()).hexdigest()


def can_draw(title: str, fonts: Sequence[Font]) -> bool:
    """Whether there are letters for a title."""
    return "freetype" in pillow.drawing() and font_for(title, fonts) is not None


@lru_cache(maxsize=64)
def card_data(card: CardText, fonts: tuple[Font, ...]) -> bytes:
    """The card as PNG."""
    from explainer.images.draw import draw_card  # noqa: PLC0415  # Pillow is imported where there is something to draw

    return draw_card(card, fonts)
