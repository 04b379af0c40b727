"""A whole map: the ground, dots and names that keep clear of each other, a scale."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from msgspec import Struct

from explainer.maps.frame import Frame
from explainer.maps.geometry import Box, Point
from explainer.maps.ground import ground, room
from explainer.maps.world import NO_BOUNDARIES, Boundaries

_DOT = 9
"""Units: half of a dot with the space around it."""
_EDGE = 8
"""Units between a name and the frame."""


class Spot(NamedTuple):
    """A place to be marked."""

    point: Point
    """Longitude and latitude."""
    text: str
    language: str
    main: bool
    """What the map is about; other places are there for orientation, and only if their name has room."""


class AreaName(NamedTuple):
    """An area to be named, if there is room."""

    code: str
    text: str
    language: str
    main: bool = False


class Dot(NamedTuple):
    """A mark, in units."""

    x: int
    y: int
    main: bool


class Label(NamedTuple):
    """A name, in units; `y` is its baseline."""

    x: int
    y: int
    anchor: str
    """`start`, `middle` or `end` of the text is at `x`."""
    text: str
    language: str
    sort: str
    """`main`, `place` or `area`."""


class Bar(NamedTuple):
    """A scale."""

    x: int
    y: int
    length: int
    km: int


class Drawing(Struct, frozen=True):
    """A map, ready to be written down."""

    width: int
    height: int
    land: str
    borders: str
    focus: str
    dots: tuple[Dot, ...]
    labels: tuple[Label, ...]
    scale: Bar | None


def draw(
    frame: Frame,
    spots: Sequence[Spot] = (),
    areas: Sequence[AreaName] = (),
    *,
    focus: str = "",
    boundaries: Boundaries = NO_BOUNDARIES,
) -> Drawing:
    """Draw a map. Of `spots` and `areas` those that come first have first choice of where their names stand."""
    under = ground(frame, focus, boundaries)
    places = [(spot, frame.place(spot.point)) for spot in spots]
    shown = [(spot, at) for spot, at in places if _inside(at, frame.box.grown(-_EDGE / 2))]
    main = [at for spot, at in shown if spot.main]
    scale = _scale(frame, main)
    taken = [Box(x, y, x, y).grown(_DOT) for x, y in main]
    if scale is not None:
        taken.append(Box(scale.x - 4, scale.y - frame.font - 4, scale.x + scale.length + 4, scale.y + 6))
    desk = _Desk(frame, taken)
    labels: list[Label] = []
    labels += (label for area in areas if area.main and (label := desk.area(area, boundaries)))
    dots: list[Dot] = []
    for spot, at in shown:
        label = desk.spot(spot, at)
        if label or spot.main:
            dots.append(Dot(round(at[0]), round(at[1]), spot.main))
        labels += [label] if label else []
    labels += (label for area in areas if not area.main and (label := desk.area(area, boundaries)))
    return Drawing(frame.width, frame.height, under.land, under.borders, under.focus, tuple(dots), tuple(labels), scale)


def _inside(at: Point, box: Box) -> bool:
    return box.x0 <= at[0] <= box.x1 and box.y0 <= at[1] <= box.y1


def _scale(frame: Frame, marks: Iterable[Point]) -> Bar | None:
    """A bar of round length, in a lower corner that no mark is in; none for the world, where it would be wrong."""
    if frame.is_world:
        return None
    most = frame.width * 0.3 / frame.scale
    km = max(step * 10**power for power in range(5) for step in (1, 2, 5) if step * 10**power <= most or power == 0)
    length, y = round(km * frame.scale), frame.height - 16
    left = Box(0, y - 2 * frame.font, 32 + length, frame.height)
    x = frame.width - 16 - length if any(_inside(mark, left) for mark in marks) else 16
    return Bar(x, y, length, km)


@dataclass(slots=True)
class _Desk:
    """Where names are laid out."""

    frame: Frame
    taken: list[Box]

    def spot(self, spot: Spot, at: Point) -> Label | None:
        """A place's name beside its dot."""
        size = self.frame.font
        width = text_width(spot.text) * size
        dot = Box(at[0], at[1], at[0], at[1]).grown(_DOT)
        others = [box for box in self.taken if box != dot] if spot.main else self.taken
        if not spot.main and any(dot.meets(box) for box in others):
            return None
        for x, y, anchor in _around(at, size):
            box = _text_box(x, y, anchor, width, size)
            if self._is_free(box, others):
                self.taken += [box] if spot.main else [box, dot]
                return Label(round(x), round(y), anchor, spot.text, spot.language, "main" if spot.main else "place")
        return None

    def area(self, area: AreaName, boundaries: Boundaries) -> Label | None:
        """A country's name where it has most room."""
        found = room(self.frame, area.code, boundaries)
        size = self.frame.font * (1 if area.main else 0.85)
        width = text_width(area.text) * size * 1.12  # letters are spaced
        if found is None or found[1] * 3.2 < width:
            return None
        (x, y), _ = found
        for shift in (0, -1.2, 1.2, -2.2, 2.2):
            line = y + size * (0.35 + shift)
            box = _text_box(x, line, "middle", width, size)
            if self._is_free(box, self.taken):
                self.taken.append(box)
                sort = "main" if area.main else "area"
                return Label(round(x), round(line), "middle", area.text, area.language, sort)
        return None

    def _is_free(self, box: Box, others: Iterable[Box]) -> bool:
        return self.frame.box.grown(-_EDGE).holds(box) and not any(box.meets(other) for other in others)


def _around(at: Point, size: float) -> Iterator[tuple[float, float, str]]:
    """Where a name may stand, the best first: beside the dot, above, below, then at its corners."""
    x, y = at
    near, low, high = _DOT + 3, size * 0.34, size * 0.3
    yield x + near, y + low, "start"
    yield x - near, y + low, "end"
    yield x, y - near - high, "middle"
    yield x, y + near + size * 0.8, "middle"
    for dy in (-size * 0.6, size * 1.1):
        yield x + near * 0.8, y + dy, "start"
        yield x - near * 0.8, y + dy, "end"


def _text_box(x: float, y: float, anchor: str, width: float, size: float) -> Box:
    left = {"start": x, "middle": x - width / 2, "end": x - width}[anchor]
    return Box(left, y - size * 0.82, left + width, y + size * 0.26)


_NARROW, _BROAD = frozenset("iljtfrI.,:;'’()[]|!- "), frozenset("mwMW@%—")


def text_width(text: str) -> float:
    """About how wide a text is in a sans-serif, in units of its size; rather too wide than too narrow."""
    return sum(map(_letter_width, text))


def _letter_width(letter: str) -> float:
    if letter in _NARROW:
        return 0.36
    if letter in _BROAD:
        return 0.92
    if letter >= "\u2e80":
        return 1.04
    if "\u0590" <= letter < "\u0900":
        return 0.58
    return 0.72 if letter.isupper() else 0.6
