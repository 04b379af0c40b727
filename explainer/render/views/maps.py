"""Maps, and where places are."""

from __future__ import annotations

from msgspec import Struct


class Where(Struct, frozen=True):
    """Where a place is, for `partials/where.html` to say: about 20 km north of Homs."""

    place: str
    """Its name in the page's language, else the entry's."""
    language: str
    """Of that name; empty where it is the page's."""
    country: str
    """What it is called in the page's language; empty where the glossary has no such entry."""
    near: str
    """A better-known place, or empty."""
    near_vowel: bool
    """Whether that name begins with a vowel."""
    km: int
    """How far it is from there, rounded; 0 where it is the same place."""
    direction: str
    """`n`, `ne`, `e`, `se`, `s`, `sw`, `w`, `nw` of there, or empty."""
    neighbours: tuple[str, ...]
    """Of a country: the countries around it that the glossary names in the page's language."""


class MapDot(Struct, frozen=True):
    x: int
    y: int
    sort: str
    """`main`: what the map is about; `place`: for orientation."""


class MapLabel(Struct, frozen=True):
    """A name on a map."""

    x: int
    y: int
    """Its baseline."""
    anchor: str
    """`start`, `middle` or `end` of the text is at `x`."""
    text: str
    language: str
    """Empty where it is the page's."""
    sort: str
    """`main`, `place` or `area`."""


class MapScale(Struct, frozen=True):
    x: int
    y: int
    length: int
    km: int


class MapView(Struct, frozen=True):
    """A map as an SVG draws it, in units of its own. Template: `partials/map-figure.html`."""

    id: str
    """The id of its title on the page."""
    sort: str
    """`small` or `wide`."""
    width: int
    height: int
    land: str
    borders: str
    focus: str
    """Paths, as values of `d`: land, boundaries, and the country or province that the map is about; may be empty."""
    dots: tuple[MapDot, ...]
    labels: tuple[MapLabel, ...]
    scale: MapScale | None
    subject: str
    """What one place's map is called by, or the country of several; empty where there is none."""
    count: int
    """How many places it is about."""
    where: tuple[Where, ...]
    """The same in words: one for each place that it is about."""
    others: tuple[str, ...]
    """What else is named on it."""
