"""What lies under the names: land, boundaries and one area in focus, as paths of an SVG."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from itertools import pairwise

from msgspec import Struct

from explainer.maps.frame import Frame
from explainer.maps.geometry import (
    Box,
    Point,
    Ring,
    area_of,
    box_of,
    clip_line,
    clip_ring,
    densify,
    inner_point,
    simplify,
    simplify_ring,
)
from explainer.maps.world import COARSE, FINE, Boundaries, Rings, World, world

_MARGIN = 8.0
"""Units beyond the frame, so that the edges that clipping makes are not seen."""
_TOLERANCES = (0.9, 1.3, 1.9, 2.8, 4.2, 6.5, 10.0)
_MOST = 6_000
"""Characters of all paths together: about 2.7 KB as they are sent."""
_COARSE_FROM = 3_000
"""Km across."""
_STEP = 3.0
"""Degrees: longer straight lines are bent as the projection bends them."""


class Ground(Struct, frozen=True):
    """The paths of a map, as values of `d`."""

    land: str
    borders: str
    focus: str


@lru_cache(maxsize=256)
def ground(frame: Frame, focus: str, boundaries: Boundaries) -> Ground:
    """The land in a frame. `focus` is the code of a country, the number of an own area after `#`, or empty."""
    whole = atlas(frame)
    land = list(_in_frame(whole.land(frame.window), frame))
    middle = list(_in_frame(polygons_of(whole, focus, boundaries), frame))
    lines = [] if boundaries.replace else list(_lines(whole.borders(frame.window), frame))
    lines += _lines((edge for a in boundaries.areas for p in a.polygons for edge in _closed(p)), frame)
    made = Ground("", "", "")
    for tolerance in _TOLERANCES:
        made = Ground(
            land=_areas(land, tolerance, least=4 * tolerance),
            borders="".join(_open_path(simplify(line, tolerance)) for line in lines),
            focus=_areas(middle, tolerance, least=1.0),
        )
        if len(made.land) + len(made.borders) + len(made.focus) <= _MOST:
            break
    return made


def atlas(frame: Frame) -> World:
    """The boundaries in the detail that a frame can show."""
    return world(COARSE if frame.width / frame.scale > _COARSE_FROM else FINE)


def polygons_of(whole: World, code: str, boundaries: Boundaries) -> Sequence[Rings]:
    """The polygons of a country, or of an own area."""
    if code.startswith("#"):
        return boundaries.areas[int(code[1:])].polygons
    return [whole.rings(outline) for outline in whole.shapes(code)]


def _closed(polygon: Rings) -> Iterator[tuple[Point, ...]]:
    return ((*ring, ring[0]) for ring in polygon)


def _in_frame(polygons: Iterable[Rings], frame: Frame) -> Iterator[list[Point]]:
    """The rings of polygons, projected and clipped."""
    window, edge, place = frame.window, frame.box.grown(_MARGIN), frame.placing()
    for polygon in polygons:
        for ring in polygon:
            for turned in _turned(ring, window):
                near = clip_ring(turned, window)
                drawn = clip_ring([place(p) for p in densify(near, _STEP)], edge) if near else []
                if drawn:
                    yield drawn


def _turned(line: Sequence[Point], window: Box) -> Iterator[Sequence[Point]]:
    """A line where it meets a window, turned around the globe as often as it does."""
    box = box_of(line)
    if box.y0 > window.y1 or box.y1 < window.y0:
        return
    for turns in range(math.ceil((window.x0 - box.x1) / 360), math.floor((window.x1 - box.x0) / 360) + 1):
        turn = 360 * turns
        yield [(x + turn, y) for x, y in line] if turn else line


def _lines(lines: Iterable[Sequence[Point]], frame: Frame) -> Iterator[list[Point]]:
    window, edge, place = frame.window, frame.box.grown(_MARGIN), frame.placing()
    for line in lines:
        for turned in _turned(_continuous(line), window):
            for near in clip_line(turned, window):
                yield from clip_line([place(p) for p in near], edge)


def _continuous(line: Sequence[Point]) -> Sequence[Point]:
    """A line without leaps at the date line."""
    if all(abs(a[0] - b[0]) <= 180 for a, b in pairwise(line)):
        return line
    return [(x + 360 if x < 0 else x, y) for x, y in line]


# ---- paths ----------------------------------------------------------------------------------------------------------


def _areas(rings: Iterable[Ring], tolerance: float, least: float) -> str:
    """Rings as a path; what is too small to be seen is left out."""
    shown = (simplify_ring(ring, tolerance) for ring in rings if abs(area_of(ring)) >= least)
    return "".join(path for ring in shown if (path := _open_path(ring, least=3)) and (path := f"{path}z"))


def _open_path(line: Sequence[Point], least: int = 2) -> str:
    """A line in whole units: `M10 20l3-4`."""
    points = [(round(x), round(y)) for x, y in line]
    steps = [(x - a, y - b) for (a, b), (x, y) in pairwise(points) if (x, y) != (a, b)]
    if len(steps) + 1 < least:
        return ""
    written = (f"{' ' if x >= 0 else ''}{x}{' ' if y >= 0 else ''}{y}" for x, y in steps)
    return f"M{points[0][0]} {points[0][1]}l{''.join(written).lstrip()}"


# ---- room for names -------------------------------------------------------------------------------------------------


@lru_cache(maxsize=2048)
def room(frame: Frame, code: str, boundaries: Boundaries) -> tuple[Point, float] | None:
    """Where a country's name has most room in a frame, and how much; None where it does not reach into it."""
    inside = [clip_ring(ring, frame.box) for ring in _in_frame(polygons_of(atlas(frame), code, boundaries), frame)]
    seen = [simplify_ring(ring, 6) for ring in inside if ring]
    large = max((ring for ring in seen if len(ring) > 2), key=lambda r: abs(area_of(r)), default=None)
    if large is None:
        return None
    return inner_point([large])
