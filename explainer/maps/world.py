"""Natural Earth's land and countries, as this package ships them; and the boundaries of a site's own.

The shipped files are read when the first map is drawn, and of them only the arcs that maps show are unpacked.
"""

from __future__ import annotations

import gzip
import json
import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import cache
from itertools import accumulate, chain
from pathlib import Path
from typing import Any, NamedTuple, TypeAlias

from explainer.maps.geometry import Box, Point, contains, distance_to

Rings: TypeAlias = tuple[tuple[Point, ...], ...]
"""A polygon in degrees: its outline, then its holes."""

_NEAR_COAST = 0.25
"""Degrees: so far off a generalised coast a town may lie."""
_POLAR = 89.9
"""Degrees: what lies nearer to a pole lies where its neighbours do."""
FINE, COARSE = "50m", "110m"


class OwnArea(NamedTuple):
    """An area of a site's own boundaries."""

    id: str
    """What its author calls it, or empty: the id of an entry."""
    name: str
    polygons: tuple[Rings, ...]


class Boundaries(NamedTuple):
    """What a site says of boundaries."""

    areas: tuple[OwnArea, ...] = ()
    replace: bool = False
    """Whether they stand in place of the countries' boundaries, not beside them."""
    digest: str = ""
    """Of all that."""

    def __hash__(self) -> int:
        return hash(self.digest)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Boundaries) and self.digest == other.digest


NO_BOUNDARIES = Boundaries()


class Outline(NamedTuple):
    """A polygon of the shipped files, packed."""

    box: Box
    """In degrees."""
    rings: tuple[tuple[int, ...], ...]
    """Numbers of arcs; ~n is arc n backwards."""


@dataclass(frozen=True, slots=True)
class World:
    """One of the shipped files."""

    data: dict[str, Any] = field(repr=False)
    areas: dict[str, tuple[str, tuple[Outline, ...]]] = field(repr=False)
    """By code: the name in English and the polygons."""
    coast: tuple[Outline, ...] = field(repr=False)
    _arcs: dict[int, tuple[Point, ...]] = field(default_factory=dict, repr=False)
    _rings: dict[Outline, Rings] = field(default_factory=dict, repr=False)
    _sides: dict[int, set[str]] = field(default_factory=dict, repr=False)
    """By arc: the areas that it bounds."""

    def arc(self, number: int) -> tuple[Point, ...]:
        """An arc's points in degrees."""
        if number < 0:
            return self.arc(~number)[::-1]
        if number not in self._arcs:
            steps, (sx, sy), (tx, ty) = self.data["arcs"][number], self.data["scale"], self.data["translate"]
            xs, ys = accumulate(steps[::2]), accumulate(steps[1::2])
            self._arcs[number] = tuple((x * sx + tx, y * sy + ty) for x, y in zip(xs, ys, strict=True))
        return self._arcs[number]

    def rings(self, outline: Outline) -> Rings:
        """A polygon's points; an arc begins where the one before it ends."""
        if outline not in self._rings:
            closed = (tuple(chain.from_iterable(self.arc(n)[:-1] for n in ring)) for ring in outline.rings)
            self._rings[outline] = tuple(map(unrolled, closed))
        return self._rings[outline]

    def shapes(self, code: str) -> tuple[Outline, ...]:
        """The polygons of an area; none where there is no such area."""
        return self.areas[code][1] if code in self.areas else ()

    def land(self, window: Box) -> Iterator[Rings]:
        """The polygons of land that may reach into a window of degrees."""
        return (self.rings(o) for o in self.coast if meets_window(o.box, window))

    def borders(self, window: Box) -> Iterator[tuple[Point, ...]]:
        """The boundaries between areas that may reach into a window of degrees."""
        for box, number in self.data["borders"]:
            if meets_window(self.degrees(box), window):
                yield self.arc(number)

    def degrees(self, box: Sequence[int]) -> Box:
        """Bounds of the file's grid in degrees."""
        (sx, sy), (tx, ty) = self.data["scale"], self.data["translate"]
        return Box(box[0] * sx + tx, box[1] * sy + ty, box[2] * sx + tx, box[3] * sy + ty)

    def area_at(self, point: Point) -> str:
        """The code of the area that a place lies in, or next to whose coast; empty at sea."""
        point = (point[0], max(-_POLAR, min(_POLAR, point[1])))
        near = Box(*point, *point).grown(_NEAR_COAST)
        around = [(code, o) for code, (_, outlines) in self.areas.items() for o in outlines if o.box.meets(near)]
        nearest, away = "", _NEAR_COAST
        for code, outline in around:
            rings = self.rings(outline)
            if holds(rings, point):
                return code
            distance = min(distance_to((*rings[0], rings[0][0]), turned) for turned in turns_of(point))
            if distance < away:
                nearest, away = code, distance
        return nearest

    def neighbours(self, code: str) -> frozenset[str]:
        """The codes of the areas that share a boundary with one."""
        if not self._sides:
            for other, (_, outlines) in self.areas.items():
                for number in chain.from_iterable(ring for o in outlines for ring in o.rings):
                    self._sides.setdefault(max(number, ~number), set()).add(other)
        return frozenset(chain.from_iterable(s for s in self._sides.values() if code in s)) - {code}

    def areas_in(self, window: Box) -> tuple[str, ...]:
        """The codes of the areas that may reach into a window of degrees."""
        return tuple(
            code for code, (_, outlines) in self.areas.items() if any(meets_window(o.box, window) for o in outlines)
        )


def turns_of(point: Point) -> Iterator[Point]:
    """A place by its longitude, and by that longitude a turn to the west and to the east."""
    return ((point[0] + turn, point[1]) for turn in (0, -360, 360))


def holds(polygon: Rings, point: Point) -> bool:
    """Whether a place lies in a polygon."""
    return any(sum(contains(ring, turned) for ring in polygon) % 2 for turned in turns_of(point))


def unrolled(ring: Sequence[Point]) -> tuple[Point, ...]:
    """A ring without leaps at the date line: its longitudes go on beyond 180.

    A ring that runs around a pole is closed there.
    """
    turn, before, out = 0, ring[0][0], list[Point]()
    for lon, lat in ring:
        if abs(lon - before) > 180:
            turn += 360 if lon < before else -360
        out.append((lon + turn, lat) if turn else (lon, lat))
        before = lon
    if abs(ring[0][0] - before) > 180:
        turn += 360 if ring[0][0] < before else -360
    if turn:
        pole = 90.0 if sum(lat for _, lat in ring) > 0 else -90.0
        first = (out[0][0] + turn, out[0][1])
        out += (first, (first[0], pole), (out[0][0], pole))
    return tuple(out)


def meets_window(box: Box, window: Box) -> bool:
    """Whether bounds meet a window whose longitudes may go beyond the date line."""
    if box.y0 > window.y1 or box.y1 < window.y0:
        return False
    turn = 360 * math.floor(
        (window.x1 - box.x0) / 360
    )  # the last one that leaves its beginning before the window's end
    return box.x1 + turn >= window.x0


@cache
def world(detail: str = FINE) -> World:
    """The shipped file of a detail: `FINE` or `COARSE`."""
    file = Path(__file__).with_name(f"world-{detail}.json.gz")
    data: dict[str, Any] = json.loads(gzip.decompress(file.read_bytes()))
    empty = World(data, {}, ())
    areas = {code: (name, tuple(_outline(empty, p) for p in polygons)) for code, name, polygons in data["areas"]}
    return World(data, areas, tuple(_outline(empty, p) for p in data["land"]))


def _outline(frame: World, packed: list[list[int]]) -> Outline:
    bounds, *rings = packed
    return Outline(frame.degrees(bounds), tuple(map(tuple, rings)))
