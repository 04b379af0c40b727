"""The maps of pages: what the site knows of places, drawn and named in the page's language."""

from __future__ import annotations

import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence

from explainer.maps import WIDE, AreaName, Drawing, Spot, draw, frame_of_area, frame_of_places
from explainer.maps.frame import Frame, frame_at
from explainer.render.theme import direction_of
from explainer.render.views import MapDot, MapLabel, MapScale, MapView, Where
from explainer.site import Site
from explainer.site.places import KnownPlace, Locator, PlaceName, frame_of, name_in
from explainer.types import EntryId

_MANY = 4
"""Places in a country that has a map of its own among those of all places."""
_ISOLATE = "\u2068{}\u2069"
"""First strong isolate: a name in another script does not change the order of the words around it."""


def locator_map(locator: Locator | None, site: Site, *, identifier: str, language: str) -> MapView | None:
    """The map of one place: its country, with the place in it."""
    if locator is None:
        return None
    place, boundaries = locator.place, site.boundaries()
    own = _own_name(place, language)
    subject = Spot(place.point, own.text, own.language, main=True)
    others = [Spot(p.point, n.text, n.language, main=False) for p in locator.around if (n := name_in(p, language))]
    areas = tuple(_area_names(locator.areas, language, main=place.area))
    focus = place.area or place.within
    drawing = draw(
        frame_of(place, boundaries),
        others if place.area else [subject, *others],
        areas if place.area else [a for a in areas if a.code != place.area],
        focus=focus,
        boundaries=boundaries,
    )
    return _map_view(
        drawing,
        identifier=identifier,
        sort="small",
        language=language,
        subject=own.text,
        where=(where(locator, language),),
    )


def places_map(locators: Sequence[Locator], site: Site, *, identifier: str, language: str) -> MapView | None:
    """The map of several places."""
    if not locators:
        return None
    spots = [_spot(loc.place, language) for loc in locators if not loc.place.area]
    shown = tuple(dict.fromkeys(area for loc in locators for area in loc.areas))
    frame = _frame_of([loc.place for loc in locators])
    countries = {loc.place.within for loc in locators}
    main = [loc.place.area for loc in locators if loc.place.area]
    drawing = draw(
        frame,
        spots,
        tuple(_area_names(shown, language, main=main[0] if len(locators) == 1 and main else "")),
        focus=countries.pop() if len(countries) == 1 else "",
        boundaries=site.boundaries(),
    )
    return _map_view(
        drawing,
        identifier=identifier,
        sort="wide",
        language=language,
        subject="",
        where=tuple(where(loc, language) for loc in locators),
    )


def index_maps(site: Site, *, language: str) -> tuple[MapView, ...]:
    """All places of the glossary: together, then country by country where there are many in one."""
    places = site.places()
    spots = [p for p in places if p.kind == "place" and p.is_spot]
    if not spots:
        return ()
    every = _index_map(spots, places, site, None, language)
    counts = Counter(p.within for p in spots if p.within)
    many = sorted((code for code, n in counts.items() if n >= _MANY), key=lambda code: (-counts[code], code))
    if len(many) == 1 and counts[many[0]] == len(spots):
        return (_index_map(spots, places, site, many[0], language),)
    own = (_index_map([p for p in spots if p.within == code], places, site, code, language) for code in many)
    return (every, *own)


def _index_map(
    spots: Sequence[KnownPlace], places: Iterable[KnownPlace], site: Site, country: str | None, language: str
) -> MapView:
    frame = frame_of_area(country, spots[0].point, WIDE) if country else _frame_of(spots)
    areas = [p for p in places if p.area]
    named = next((_own_name(p, language).text for p in areas if p.area == country), "")
    drawing = draw(
        frame,
        [_spot(p, language) for p in spots],
        tuple(_area_names(areas, language)),
        focus=country or "",
        boundaries=site.boundaries(),
    )
    return _map_view(
        drawing,
        identifier=f"x-map-{(country or 'all').lower()}",
        sort="wide",
        language=language,
        subject=named,
        where=(),
        count=len(spots),
    )


def _frame_of(places: Sequence[KnownPlace]) -> Frame:
    points = [p.point for p in places]
    if len(points) == 1 and places[0].within:
        return frame_of_area(places[0].within, points[0], WIDE)
    return frame_of_places(points, WIDE) if len(points) > 1 else frame_at(points[0], WIDE)


def _spot(place: KnownPlace, language: str) -> Spot:
    name = _own_name(place, language)
    return Spot(place.point, name.text, name.language, main=True)


def _own_name(place: KnownPlace, language: str) -> PlaceName:
    """A place's name in a language; the one that its entry begins with where there is none."""
    return name_in(place, language) or place.names[0]


def _area_names(areas: Iterable[KnownPlace], language: str, *, main: str = "") -> Iterator[AreaName]:
    """Areas that have a name in the page's language; others stay without one."""
    for area in areas:
        name = _own_name(area, language) if area.area == main else name_in(area, language)
        if name is not None:
            yield AreaName(area.area, name.text, name.language, main=area.area == main)


def where(locator: Locator, language: str) -> Where:
    """Where a place is, in the names of a language."""
    country = locator.country and name_in(locator.country, language)
    near = _own_name(locator.near.place, language) if locator.near else None
    own = _own_name(locator.place, language)
    return Where(
        place=_isolated(own, language),
        language=_other_language(own.language, language),
        country=_isolated(country, language) if country else "",
        near=_isolated(near, language) if near else "",
        near_vowel=near is not None and _begins_with_vowel(near.text),
        km=locator.near.km if locator.near else 0,
        direction=locator.near.direction if locator.near else "",
        neighbours=tuple(sorted(_isolated(n, language) for p in locator.neighbours if (n := name_in(p, language)))),
    )


def _other_language(one: str, page: str) -> str:
    """A language as an attribute tells it; empty where it is the page's, whatever the country."""
    return "" if one.partition("-")[0] == page.partition("-")[0] else one


def _isolated(name: PlaceName, language: str) -> str:
    """A name that is written in the other direction does not disturb the words around it."""
    same = direction_of(name.language) == direction_of(language)
    return name.text if same else _ISOLATE.format(name.text)


def _begins_with_vowel(name: str) -> bool:
    return unicodedata.normalize("NFD", name.strip())[:1].casefold() in set("aeiouyœæ")


def _map_view(  # noqa: PLR0913
    drawing: Drawing,
    *,
    identifier: str,
    sort: str,
    language: str,
    subject: str,
    where: tuple[Where, ...],
    count: int | None = None,
) -> MapView:
    labels = tuple(
        MapLabel(n.x, n.y, n.anchor, n.text, _other_language(n.language, language), n.sort) for n in drawing.labels
    )
    return MapView(
        id=identifier,
        sort=sort,
        width=drawing.width,
        height=drawing.height,
        land=drawing.land,
        borders=drawing.borders,
        focus=drawing.focus,
        dots=tuple(MapDot(d.x, d.y, "main" if d.main else "place") for d in drawing.dots),
        labels=labels,
        scale=MapScale(*drawing.scale) if drawing.scale else None,
        subject=subject,
        count=len(where) if count is None else count,
        where=where,
        others=tuple(n.text for n in labels if n.sort != "main"),
    )


def located(site: Site, entries: Iterable[EntryId]) -> tuple[Locator, ...]:
    """The locators of those entries that have one."""
    return tuple(found for entry in entries if (found := site.locator(entry)) is not None)
