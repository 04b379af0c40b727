"""What a map shows: a frame around a country, around places, or around the whole world."""

from __future__ import annotations

import math
from collections.abc import Sequence
from functools import lru_cache

from msgspec import Struct

from explainer.maps.geometry import Box, Point, area_of, box_of
from explainer.maps.project import EARTH_RADIUS, Azimuthal, EqualEarth, Placing, middle, wrap
from explainer.maps.world import Outline, World, holds, meets_window, world


class Size(Struct, frozen=True):
    """A picture's size in its own units, of which a screen shows about two a pixel."""

    width: int
    lowest: int
    highest: int
    """Its height depends on what it shows."""
    font: int
    """The size of names."""


SMALL = Size(640, 440, 620, 27)
"""In a margin, in an infobox, on a phone."""
WIDE = Size(800, 480, 680, 32)
"""In a column of text; a stylesheet may set names smaller where the column is wide."""

_PAD = 0.08
_LEAST_KM = 240
"""So wide is a map at least: the boundaries are too coarse for more."""
_WIDEST = 10_500
"""In km: a wider map shows the world."""
_WITH, _LARGE_WITH, _LARGE = 0.12, 0.6, 0.08
"""Islands and exclaves belong to the picture of a country where they reach into its main part's bounds, grown by a share
of these; large ones, which have some share of the main part's area, even where they lie farther off."""
_CUT = 11.0
"""The world is cut opposite to this meridian, in the Bering Strait."""


class Frame(Struct, frozen=True):
    """A rectangle of a projection's plane, and the picture that it is drawn as."""

    projection: Azimuthal | EqualEarth
    x: float
    y: float
    """Its middle, in km."""
    scale: float
    """Units a km."""
    width: int
    height: int
    font: int

    def place(self, point: Point) -> Point:
        """Where a place of degrees is in the picture, from its upper left corner."""
        if isinstance(self.projection, EqualEarth):
            point = (self.projection.lon + wrap(point[0] - self.projection.lon), point[1])
        return self.placing()(point)

    def placing(self) -> Placing:
        """`place` as a function, for many places, none beyond the window."""
        to_km, scale = self.projection.placing(), self.scale
        left, top = self.width / 2 - self.x * scale, self.height / 2 + self.y * scale

        def place(point: Point) -> Point:
            x, y = to_km(point)
            return left + x * scale, top - y * scale

        return place

    @property
    def box(self) -> Box:
        """The picture."""
        return Box(0, 0, self.width, self.height)

    @property
    def is_world(self) -> bool:
        """Whether lengths differ too much from place to place for a scale."""
        return isinstance(self.projection, EqualEarth)

    @property
    def window(self) -> Box:
        """The degrees that it needs; longitudes may go beyond the date line."""
        if isinstance(self.projection, EqualEarth):
            return Box(self.projection.lon - 180, -90, self.projection.lon + 180, 90)
        lon, lat = self.projection.lon, self.projection.lat
        corner = math.hypot(self.width, self.height) / 2 / self.scale
        radius = 2 * math.asin(min(1.0, corner / (2 * EARTH_RADIUS)))
        low, high = lat - math.degrees(radius) - 1, lat + math.degrees(radius) + 1
        around = 180.0
        if low > -90 and high < 90:
            around = math.degrees(math.asin(min(1.0, math.sin(radius) / math.cos(math.radians(lat))))) + 2
        return Box(lon - around, max(-90, low), lon + around, min(90, high))


def fit(points: Sequence[Point], size: Size, *, pad: float = _PAD, least: float = _LEAST_KM) -> Frame:
    """The frame around places of degrees; the world where they lie too far apart."""
    around = middle(list(points))
    projection = Azimuthal(*around)
    for _ in range(3):
        x0, y0, x1, y1 = box_of(map(projection.placing(), points))
        projection = Azimuthal(*_rounded(projection.back(((x0 + x1) / 2, (y0 + y1) / 2))))
    x0, y0, x1, y1 = box_of(map(projection.placing(), points))
    across, down = 2 * max(x1, -x0) * (1 + 2 * pad), 2 * max(y1, -y0) * (1 + 2 * pad)
    if max(across, down) > _WIDEST:
        return _world(points, size)
    across = max(across, least)
    down = max(down, least * size.lowest / size.width)
    height = round(min(size.highest, max(size.lowest, size.width * down / across)))
    scale = min(size.width / across, height / down)
    return Frame(projection, 0, 0, scale, size.width, height, size.font)


def _rounded(point: Point) -> Point:
    """So that the last bits of floating point do not show."""
    return round(wrap(point[0]), 2), round(point[1], 2)


def _world(points: Sequence[Point], size: Size) -> Frame:
    """All of the longitudes, as far north and south as there are places; cut where there is least to cut."""
    projection = EqualEarth(_CUT)
    place = projection.placing()
    half = place((_CUT + 180, 0))[0] * 1.01
    scale = size.width / (2 * half)
    top = place((_CUT, min(84.0, max(76.0, max(p[1] for p in points) + 8))))[1]
    bottom = place((_CUT, max(-84.0, min(-56.0, min(p[1] for p in points) - 8))))[1]
    return Frame(projection, 0, (top + bottom) / 2, scale, size.width, round((top - bottom) * scale), size.font)


@lru_cache(maxsize=512)
def frame_of_area(code: str, around: Point | None, size: Size) -> Frame:
    """The frame of a country: of the part of it that a place lies in, or else of its largest."""
    whole = world()
    return fit(_outline_of(whole, whole.shapes(code), around), size)


def _outline_of(whole: World, outlines: Sequence[Outline], around: Point | None) -> list[Point]:
    """The points of a country's main part, with the islands beside it."""
    rings = [whole.rings(outline)[0] for outline in outlines]
    main = max(rings, key=lambda r: (bool(around and holds((r,), around)), abs(area_of(r))))
    box, whole_area = box_of(main), abs(area_of(main))
    extent = max(box.x1 - box.x0, box.y1 - box.y0)
    shown: list[Point] = []
    for ring in rings:
        is_large = _LARGE <= abs(area_of(ring)) / whole_area <= 1
        reach = box.grown(extent * (_LARGE_WITH if is_large else _WITH))
        if meets_window(box_of(ring), reach):
            shown += ring
    return shown


def frame_of_places(points: Sequence[Point], size: Size) -> Frame:
    """The frame of several places, with room for their names."""
    return fit(points, size, pad=0.16)


@lru_cache(maxsize=512)
def frame_at(point: Point, size: Size, least: float = 600) -> Frame:
    """The frame around a place that lies in no country."""
    return fit([point], size, least=least)
