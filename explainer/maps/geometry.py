"""Points, rings and lines in a plane: clipping, simplifying, measuring. Shapes are lists of `(x, y)`."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple, TypeAlias

Point: TypeAlias = tuple[float, float]
Line: TypeAlias = Sequence[Point]
Ring: TypeAlias = Sequence[Point]
"""A closed line; the first point is not repeated at its end."""


class Box(NamedTuple):
    """A rectangle along the axes."""

    x0: float
    y0: float
    x1: float
    y1: float

    def meets(self, other: Box) -> bool:
        """Whether the two share a point."""
        return self.x0 <= other.x1 and other.x0 <= self.x1 and self.y0 <= other.y1 and other.y0 <= self.y1

    def holds(self, other: Box) -> bool:
        """Whether `other` lies inside."""
        return self.x0 <= other.x0 and other.x1 <= self.x1 and self.y0 <= other.y0 and other.y1 <= self.y1

    def grown(self, by: float) -> Box:
        """The rectangle with a margin."""
        return Box(self.x0 - by, self.y0 - by, self.x1 + by, self.y1 + by)


def box_of(points: Iterable[Point]) -> Box:
    """The smallest rectangle around some points; there is at least one."""
    xs, ys = zip(*points, strict=True)
    return Box(min(xs), min(ys), max(xs), max(ys))


def clip_ring(ring: Ring, box: Box) -> list[Point]:
    """The part of a ring's area inside a rectangle, as one ring; empty where there is none.

    Sutherland and Hodgman, “Reentrant polygon clipping” (1974). Parts that fall apart stay joined along the rectangle's
    edge, so a stroke belongs on lines, and a clipped ring is for filling.
    """
    out = list(ring)
    for axis, limit, sign in ((0, box.x0, 1), (0, box.x1, -1), (1, box.y0, 1), (1, box.y1, -1)):
        if not out:
            return out
        out = _clip_half(out, axis, limit, sign)
    return out if len(out) > 2 else []


def _clip_half(ring: list[Point], axis: int, limit: float, sign: int) -> list[Point]:
    """What lies on one side of a line along an axis."""
    out: list[Point] = []
    before = ring[-1]
    was_in = (before[axis] - limit) * sign >= 0
    for point in ring:
        is_in = (point[axis] - limit) * sign >= 0
        if is_in != was_in:
            out.append(_crossing(before, point, axis, limit))
        if is_in:
            out.append(point)
        before, was_in = point, is_in
    return out


def _crossing(a: Point, b: Point, axis: int, limit: float) -> Point:
    """Where the way from a to b meets a line along an axis."""
    share = (limit - a[axis]) / (b[axis] - a[axis])
    other = a[1 - axis] + share * (b[1 - axis] - a[1 - axis])
    return (limit, other) if axis == 0 else (other, limit)


def clip_line(line: Line, box: Box) -> Iterator[list[Point]]:
    """The parts of a line inside a rectangle, by Liang and Barsky's test of every segment (1984)."""
    part: list[Point] = []
    for a, b in pairwise(line):
        inside = _clip_segment(a, b, box)
        if inside is None:
            if len(part) > 1:
                yield part
            part = []
            continue
        begin, end = inside
        if not part or part[-1] != begin:
            if len(part) > 1:
                yield part
            part = [begin]
        part.append(end)
    if len(part) > 1:
        yield part


def _clip_segment(a: Point, b: Point, box: Box) -> tuple[Point, Point] | None:
    dx, dy = b[0] - a[0], b[1] - a[1]
    first, last = 0.0, 1.0
    for p, q in ((-dx, a[0] - box.x0), (dx, box.x1 - a[0]), (-dy, a[1] - box.y0), (dy, box.y1 - a[1])):
        if p == 0:
            if q < 0:
                return None
            continue
        share = q / p
        if p < 0:
            first = max(first, share)
        else:
            last = min(last, share)
        if first > last:
            return None
    begin = a if first == 0 else (a[0] + first * dx, a[1] + first * dy)
    end = b if last == 1 else (a[0] + last * dx, a[1] + last * dy)
    return begin, end


def simplify(line: Line, tolerance: float) -> list[Point]:
    """The line with fewer points, nowhere farther from itself than `tolerance`.

    Douglas and Peucker, “Algorithms for the reduction of the number of points …” (1973), with a stack of its own.
    """
    if len(line) < 3:
        return list(line)
    keep = bytearray(len(line))
    keep[0] = keep[-1] = 1
    stack = [(0, len(line) - 1)]
    limit = tolerance * tolerance
    while stack:
        begin, end = stack.pop()
        at, most = _farthest(line, begin, end)
        if most > limit:
            keep[at] = 1
            stack += ((begin, at), (at, end))
    return [point for point, kept in zip(line, keep, strict=True) if kept]


def _farthest(line: Line, begin: int, end: int) -> tuple[int, float]:
    """The point between two others that is farthest from the way between them, and the square of how far."""
    (ax, ay), (bx, by) = line[begin], line[end]
    dx, dy = bx - ax, by - ay
    length = dx * dx + dy * dy
    at, most = begin, 0.0
    for n in range(begin + 1, end):
        px, py = line[n][0] - ax, line[n][1] - ay
        share = min(1.0, max(0.0, (px * dx + py * dy) / length)) if length else 0.0
        ox, oy = px - share * dx, py - share * dy
        away = ox * ox + oy * oy
        if away > most:
            at, most = n, away
    return at, most


def simplify_ring(ring: Ring, tolerance: float) -> list[Point]:
    """A ring with fewer points: it is cut at its first point and at the one farthest from it."""
    x, y = ring[0]
    far = max(range(len(ring)), key=lambda n: (ring[n][0] - x) ** 2 + (ring[n][1] - y) ** 2)
    if not far:
        return []
    there = simplify(ring[: far + 1], tolerance)
    back = simplify([*ring[far:], ring[0]], tolerance)
    return [*there, *back[1:-1]]


def area_of(ring: Ring) -> float:
    """A ring's area; negative where it runs against the axes' sense."""
    total = 0.0
    x0, y0 = ring[-1]
    for x, y in ring:
        total += x0 * y - x * y0
        x0, y0 = x, y
    return total / 2


def contains(ring: Ring, point: Point) -> bool:
    """Whether a point lies inside a ring, by the parity of its crossings."""
    x, y = point
    inside = False
    x0, y0 = ring[-1]
    for x1, y1 in ring:
        if (y1 > y) != (y0 > y) and x < (x0 - x1) * (y - y1) / (y0 - y1) + x1:
            inside = not inside
        x0, y0 = x1, y1
    return inside


def distance_to(line: Line, point: Point) -> float:
    """The way from a point to the nearest one of a line."""
    px, py = point
    best = float("inf")
    for (ax, ay), (bx, by) in pairwise(line):
        dx, dy = bx - ax, by - ay
        length = dx * dx + dy * dy
        share = min(1.0, max(0.0, ((px - ax) * dx + (py - ay) * dy) / length)) if length else 0.0
        best = min(best, (ax + share * dx - px) ** 2 + (ay + share * dy - py) ** 2)
    return math.sqrt(best)


def inner_point(rings: Sequence[Ring], room: Callable[[Point], float] | None = None) -> tuple[Point, float]:
    """A point well inside an area, and how far it is from its edge: where a name has room.

    A grid over the area is searched; `room` may weigh a point's distance (by default by nothing).
    """
    box = box_of(p for ring in rings for p in ring)
    best, most = ((box.x0 + box.x1) / 2, (box.y0 + box.y1) / 2), 0.0
    closed = [[*ring, ring[0]] for ring in rings]
    for row in range(1, 12):
        for column in range(1, 12):
            point = (box.x0 + (box.x1 - box.x0) * column / 12, box.y0 + (box.y1 - box.y0) * row / 12)
            if sum(contains(ring, point) for ring in rings) % 2 == 0:
                continue
            away = min(distance_to(ring, point) for ring in closed)
            away *= room(point) if room else 1
            if away > most:
                best, most = point, away
    return best, most


def densify(ring: Ring, step: float) -> list[Point]:
    """The ring with no side longer than `step`."""
    out: list[Point] = []
    x0, y0 = ring[-1]
    for x, y in ring:
        parts = int(max(abs(x - x0), abs(y - y0)) / step)
        out += ((x0 + (x - x0) * n / (parts + 1), y0 + (y - y0) * n / (parts + 1)) for n in range(1, parts + 1))
        out.append((x, y))
        x0, y0 = x, y
    return out
