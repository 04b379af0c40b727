"""Where the places of a glossary are: which country each lies in, and from which better-known one it is found."""

from __future__ import annotations

import contextlib
from collections.abc import Iterable, Mapping, Sequence
from itertools import chain
from typing import NamedTuple

from explainer.maps import NO_BOUNDARIES, SMALL, Boundaries, Frame, distance, frame_at, frame_of_area, round_km, world
from explainer.maps import direction as direction_to
from explainer.maps.frame import fit
from explainer.maps.geometry import Point
from explainer.maps.world import holds
from explainer.read.schema import EntryKind, EntryMeta
from explainer.types import EntryId

_FAR = 400.0
"""Km: nothing is found from a place farther off."""
_FAR_DEGREES = 3.7
"""Of latitude: more than `_FAR`."""
_SAME = 1.5
"""Km: no way worth telling."""
_ORIENTING = 6
"""Other places on the map of one, at most."""


class PlaceName(NamedTuple):
    """What a place is called in a language."""

    text: str
    language: str


class KnownPlace(NamedTuple):
    """An entry with a location."""

    id: EntryId
    kind: str
    lat: float
    lon: float
    wide: bool
    """Whether it is a region or a river, and its location stands for all of it."""
    names: tuple[PlaceName, ...]
    """Its name, then its aliases."""
    area: str
    """The area that it is: a country's code, or the number of one of the site's own after `#`; else empty."""
    within: str
    """The code of the country that it lies in, or empty."""

    @property
    def point(self) -> Point:
        """Longitude and latitude."""
        return self.lon, self.lat

    @property
    def is_spot(self) -> bool:
        """Whether it has a place that distances can be told to."""
        return not self.area and not self.wide


class Near(NamedTuple):
    """From where a place is found."""

    place: KnownPlace
    km: int
    """Rounded; 0 where it is right there."""
    direction: str
    """Of the place, as seen from there: one of `DIRECTIONS`, or empty."""


class Locator(NamedTuple):
    """All that the map of a place shows of the glossary."""

    place: KnownPlace
    country: KnownPlace | None
    """The entry of the country that it lies in."""
    near: Near | None
    around: tuple[KnownPlace, ...]
    """Others for orientation, the best known first."""
    areas: tuple[KnownPlace, ...]
    """The entries of areas that its map may show."""
    neighbours: tuple[KnownPlace, ...]
    """Of a country: the entries of those that it has a boundary with."""


class Counted(NamedTuple):
    """A place, and how many articles name it."""

    place: KnownPlace
    articles: int


def known_place(
    identifier: EntryId, meta: EntryMeta, language: str, boundaries: Boundaries = NO_BOUNDARIES
) -> KnownPlace | None:
    """An entry as a place; None without a location. `language`: the entry's."""
    location = meta.location
    if location is None:
        return None
    shown = (PlaceName(a.text, a.language or language) for a in meta.aliases if not a.demonym)
    names = (PlaceName(meta.name, language), *shown)
    point = (location.lon, location.lat)
    within = world().area_at(point)
    area = ""
    if meta.kind is EntryKind.PLACE:
        area = _own_area(identifier, names, point, boundaries) or (within if _is_called(within, names) else "")
    return KnownPlace(identifier, str(meta.kind), location.lat, location.lon, location.wide, names, area, within)


def _own_area(identifier: EntryId, names: Sequence[PlaceName], point: Point, boundaries: Boundaries) -> str:
    """The site's own area that an entry is: the one with its id, else one of its name that it lies in."""
    texts = {name.text.casefold() for name in names}
    for number, area in enumerate(boundaries.areas):
        if area.id == identifier:
            return f"#{number}"
    for number, area in enumerate(boundaries.areas):
        if area.name.casefold() in texts and any(holds(polygon, point) for polygon in area.polygons):
            return f"#{number}"
    return ""


def _is_called(code: str, names: Iterable[PlaceName]) -> bool:
    """Whether a country has one of some names, in the name's language or in English."""
    if not code:
        return False
    from babel import Locale, UnknownLocaleError  # noqa: PLC0415  # 20 ms that a site without places never needs

    english = {world().areas[code][0].casefold(), _plain(Locale.parse("en").territories.get(code, ""))}
    for name in names:
        called = set(english)
        with contextlib.suppress(ValueError, UnknownLocaleError):
            called.add(_plain(Locale.parse(name.language, sep="-").territories.get(code, "")))
        if _plain(name.text) in called:
            return True
    return False


def _plain(name: str) -> str:
    return name.casefold().removeprefix("the ").replace("’", "'")


def locator(place: KnownPlace, known: Sequence[Counted], areas: Iterable[KnownPlace]) -> Locator:
    """What the map of a place shows. `known`: the places in its country, the best known first; `areas`: of the glossary."""
    own = next((k.articles for k in known if k.place.id == place.id), 0)
    others = [k for k in known if k.place.kind == EntryKind.PLACE and k.place.is_spot and k.place.id != place.id]
    frame = frame_of(place)
    window = frame.window
    codes = set(world().areas_in(window))
    beside = world().neighbours(place.area) if place.area else frozenset()
    areas = tuple(areas)
    return Locator(
        place=place,
        country=next((a for a in areas if a.area == place.within and a.id != place.id), None) if place.within else None,
        near=_near(place, own, others) if place.is_spot else None,
        around=tuple(k.place for k in others[:_ORIENTING]),
        areas=tuple(a for a in areas if a.area in codes or a.area.startswith("#")),
        neighbours=tuple(a for a in areas if a.area in beside),
    )


def _near(place: KnownPlace, own: int, others: Iterable[Counted]) -> Near | None:
    """From where it is found: of the better-known places, one that is near for how well it is known."""
    least = own + 1 if place.kind == EntryKind.PLACE else 1
    close = (k for k in others if k.articles >= min(own, least) and abs(k.place.lat - place.lat) < _FAR_DEGREES)
    off = [(distance(place.point, k.place.point), k) for k in close]
    here = min(((km, k.place.id, k) for km, k in off if km < _SAME and k.articles >= own), default=None)
    if here is not None and place.kind != EntryKind.PLACE:
        return Near(here[2].place, 0, "")
    better = [(km / k.articles**2, k.place.id, km, k) for km, k in off if _SAME <= km <= _FAR and k.articles >= least]
    if not better:
        return None
    _, _, km, found = min(better)
    return Near(found.place, round_km(km), direction_to(found.place.point, place.point))


def frame_of(place: KnownPlace, boundaries: Boundaries = NO_BOUNDARIES) -> Frame:
    """What the map of one place shows: the country that it is, or that it lies in; at sea, what is around it."""
    if place.area.startswith("#") and not place.within:
        own = boundaries.areas[int(place.area[1:])] if boundaries.areas else None
        if own is not None:
            return fit([p for polygon in own.polygons for p in polygon[0]], SMALL, pad=0.3)
    if place.within:
        return frame_of_area(place.within, place.point, SMALL)
    return frame_at(place.point, SMALL)


def locators(places: Iterable[KnownPlace], articles: Mapping[EntryId, int]) -> dict[EntryId, Locator]:
    """The locator of every place. `articles`: how many name an entry."""
    every = tuple(places)
    areas = tuple(p for p in every if p.area)
    known = by_country(every, articles)
    return {p.id: locator(p, known[p.within], areas) for p in every}


def by_country(places: Iterable[KnownPlace], articles: Mapping[EntryId, int]) -> dict[str, tuple[Counted, ...]]:
    """The places of each country, the best known first; under the empty code those at sea."""
    found: dict[str, list[Counted]] = {}
    for place in places:
        found.setdefault(place.within, []).append(Counted(place, articles.get(place.id, 0)))
    return {code: tuple(sorted(counted, key=lambda k: (-k.articles, k.place.id))) for code, counted in found.items()}


def name_in(place: KnownPlace, language: str) -> PlaceName | None:
    """What a place is called in a language, whatever the country of that language; None where nothing is known."""
    wanted = language.partition("-")[0]
    return next((n for n in chain(place.names) if n.language.partition("-")[0] == wanted), None)
