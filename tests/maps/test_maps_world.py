"""The shipped boundaries, projections and frames: countries that a map can go wrong with."""

from __future__ import annotations

import gzip
import hashlib
import json
import re
from pathlib import Path

import pytest

import explainer.maps
from explainer.maps import SMALL, WIDE, Frame, distance, draw, frame_at, frame_of_area, frame_of_places, round_km
from explainer.maps import direction as direction_to
from explainer.maps.frame import Size
from explainer.maps.geometry import Box, area_of
from explainer.maps.ground import ground
from explainer.maps.make_world import shrink
from explainer.maps.project import DIRECTIONS, EARTH_RADIUS, Azimuthal, EqualEarth
from explainer.maps.world import COARSE, NO_BOUNDARIES, Boundaries, OwnArea, holds, meets_window, unrolled, world

FOLDER = Path(explainer.maps.__file__).parent

PLACES = {
    "Rastan": ((36.732, 34.926), "SY"),
    "Suva": ((178.44, -18.14), "FJ"),
    "Taveuni": ((-179.97, -16.85), "FJ"),
    "Longyearbyen": ((15.63, 78.22), "NO"),
    "Anadyr": ((177.5, 64.73), "RU"),
    "Chukotka, beyond 180": ((-172.0, 65.5), "RU"),
    "South Pole": ((0.0, -90.0), "AQ"),
    "Vostok": ((106.84, -78.46), "AQ"),
    "Wellington": ((174.77, -41.29), "NZ"),
    "Madrid": ((-3.7, 40.42), "ES"),
    "Cayenne": ((-52.33, 4.92), "FR"),
    "Latakia, on the coast": ((35.79, 35.53), "SY"),
    "Geneva, on the border": ((6.1432, 46.2044), "CH"),
    "Maseru, in another country's hole": ((27.6, -29.5), "LS"),
    "North Pole": ((0.0, 90.0), ""),
    "Null Island": ((0.0, 0.0), ""),
}


@pytest.mark.parametrize("name", PLACES)
def test_which_country_a_place_lies_in(name):
    point, code = PLACES[name]
    assert world().area_at(point) == code


@pytest.mark.parametrize("name", PLACES)
@pytest.mark.parametrize("size", [SMALL, WIDE], ids=["small", "wide"])
def test_a_place_is_on_the_map_of_its_country(name, size: Size):
    point, code = PLACES[name]
    frame = frame_of_area(code, point, size) if code else frame_at(point, size)
    x, y = frame.place(point)
    assert 0 <= x <= frame.width == size.width
    assert 0 <= y <= frame.height
    assert size.lowest <= frame.height <= size.highest or frame.is_world


@pytest.mark.parametrize("name", ["Suva", "Longyearbyen", "South Pole", "Chukotka, beyond 180", "Rastan"])
def test_land_has_the_size_that_it_has_on_the_globe(name):
    """Equal-area projections: what is land is land whether a date line or a pole lies in it or not."""
    point, code = PLACES[name]
    frame = frame_of_area(code, point, SMALL) if code else frame_at(point, SMALL)
    drawn = area_in(ground(frame, "", NO_BOUNDARIES).land)
    counted = share_of_land(frame)
    assert drawn / (frame.width + 16) / (frame.height + 16) == pytest.approx(counted, abs=0.07)


def area_in(path: str) -> float:
    """The area of a path, holes against outlines; with the margin of eight units around the picture."""
    rings = []
    for ring in path.split("z")[:-1]:
        start, _, steps = ring.removeprefix("M").partition("l")
        x, y = map(int, start.split())
        numbers = list(map(int, re.findall(r"-?\d+", steps)))
        points = [(x, y)]
        for dx, dy in zip(numbers[::2], numbers[1::2], strict=True):
            x, y = x + dx, y + dy
            points.append((x, y))
        rings.append(area_of(points))
    return abs(sum(rings))


def share_of_land(frame: Frame) -> float:
    """By asking, for a grid of points of the picture, whether they are land."""
    projection = frame.projection
    assert isinstance(projection, Azimuthal)
    hits = []
    for row in range(9):
        for column in range(9):
            x, y = (column + 0.5) / 9 * frame.width, (row + 0.5) / 9 * frame.height
            at = projection.back(((x - frame.width / 2) / frame.scale, (frame.height / 2 - y) / frame.scale))
            hits.append(in_land(at))
    return sum(hits) / len(hits)


def in_land(point: tuple[float, float]) -> bool:
    near = Box(*point, *point)
    whole = world()
    return any(holds(whole.rings(o), point) for o in whole.coast if meets_window(o.box, near))


def test_fiji_lies_together():
    """Its islands on both sides of the date line are on one map, near each other."""
    frame = frame_of_area("FJ", (178.44, -18.14), SMALL)
    (west, _), (east, _) = frame.place((179.9, -16.5)), frame.place((-179.9, -16.5))
    assert 0 < east - west < 60


def test_projections_at_known_points():
    """Snyder's example for the sphere (p. 332): R = 3, centre 40° N 100° W, the place 20° S 100° E."""
    x, y = Azimuthal(-100, 40).placing()((100, -20))
    assert x * 3 / EARTH_RADIUS == pytest.approx(-4.2339303)
    assert y * 3 / EARTH_RADIUS == pytest.approx(4.0257775)
    back = Azimuthal(-100, 40).back((x, y))
    assert back == pytest.approx((100, -20))
    edge = EqualEarth(0).placing()((180, 0))[0]
    assert edge / EARTH_RADIUS == pytest.approx(2.7066299836)


def test_rings_over_the_date_line_and_a_pole():
    assert unrolled([(179, 1), (-179, 1), (-179, -1), (179, -1)]) == ((179, 1), (181, 1), (181, -1), (179, -1))
    around = unrolled([(-180, -80), (-60, -80), (60, -80), (179, -80)])
    assert around[-3:] == ((180, -80), (180, -90.0), (-180, -90.0))


def test_places_that_lie_far_apart_show_the_world():
    places = [(2.35, 48.86), (116.4, 39.9), (-77.0, 38.9), (-179.0, -17.0)]
    frame = frame_of_places(places, WIDE)
    assert frame.is_world
    assert all(0 <= frame.place(p)[0] <= frame.width and 0 <= frame.place(p)[1] <= frame.height for p in places)
    assert draw(frame).scale is None


@pytest.mark.parametrize("code", ["RU", "CA", "US", "CN", "BR", "AU", "NO", "GL", "CL", "ID", "GR", "PH", "AQ", "KI"])
def test_no_map_is_too_large(code):
    """Four kilobytes as they are sent, with the names and the markup that surround the paths."""
    frame = frame_of_area(code, None, SMALL)
    paths = ground(frame, code, NO_BOUNDARIES)
    assert len(gzip.compress(repr(paths).encode(), 9, mtime=0)) < 3_300


@pytest.mark.parametrize(
    ("km", "said"), [(0.2, 1), (2.4, 2), (9.4, 9), (11, 10), (12.7, 10), (21.6, 20), (163, 160), (197, 200)]
)
def test_distances_are_rounded_as_people_say_them(km, said):
    assert round_km(km) == said


def test_distances_and_directions():
    homs, rastan, damascus = (36.7137, 34.7324), (36.732, 34.926), (36.2765, 33.5138)
    assert distance(homs, rastan) == pytest.approx(21.6, abs=0.1)
    assert direction_to(homs, rastan) == "n"
    assert direction_to(homs, damascus) == "s"
    assert direction_to((179.5, 0), (-179.5, 0)) == "e"
    ways = [(0, 1), (1, 1), (1, 0), (1, -1), (0, -1), (-1, -1), (-1, 0), (-1, 1)]
    assert tuple(direction_to((0, 0), way) for way in ways) == DIRECTIONS


def test_the_files_are_whole():
    notice = (FOLDER / "NOTICE.txt").read_text(encoding="utf-8")
    assert "Natural Earth" in notice
    assert "public domain" in notice
    assert "Permission to use, copy" in notice
    for detail in ("50m", "110m"):
        data = (FOLDER / f"world-{detail}.json.gz").read_bytes()
        assert data[4:8] == b"\0\0\0\0", "no time of making"
        assert len(data) < 260_000
        assert len({code for code, *_ in json.loads(gzip.decompress(data))["areas"]}) == len(world(detail).areas)


def test_neighbours_share_a_boundary():
    assert world().neighbours("SY") == {"IL", "IQ", "JO", "LB", "TR"}
    assert world(COARSE).neighbours("PT") == {"ES"}
    assert world().neighbours("FJ") == frozenset()


def test_a_topology_is_shrunk_to_what_maps_use():
    topology = {
        "transform": {"scale": [1, 1], "translate": [0, 0]},
        "arcs": [[[0, 0], [1, 0]], [[1, 0], [0, 2], [-1, 0], [0, -2]], [[0, 0], [-1, 1], [2, -1]]],
        "objects": {
            "countries": {
                "geometries": [
                    {"type": "Polygon", "id": "760", "properties": {"name": "Syria"}, "arcs": [[0, 1]]},
                    {"type": "MultiPolygon", "properties": {"name": "N. Land"}, "arcs": [[[~0, 2]]]},
                ]
            },
            "land": {"geometries": [{"type": "MultiPolygon", "arcs": [[[1, 2]]]}]},
        },
    }
    made = shrink(topology)
    assert made["areas"] == [
        ["SY", "Syria", [[[0, 0, 1, 2], [0, 1]]]],
        ["n. land", "N. Land", [[[-1, 0, 1, 1], [-1, 2]]]],
    ]
    assert made["borders"] == [[[0, 0, 1, 0], 0]]
    assert made["land"] == [[[-1, 0, 1, 2], [1, 2]]]
    assert made["arcs"][1] == [1, 0, 0, 2, -1, 0, 0, -2]


def test_own_boundaries_stand_beside_the_countries_or_in_their_place():
    square = (((37.0, 34.0), (38.0, 34.0), (38.0, 35.0), (37.0, 35.0)),)
    frame = frame_of_area("SY", None, SMALL)
    own = OwnArea("homs-province", "Homs", (square,))
    plain, beside, replaced = (
        ground(frame, "#0" if b.areas else "SY", b)
        for b in (NO_BOUNDARIES, Boundaries((own,), False, "a"), Boundaries((own,), True, "b"))
    )
    assert plain.borders
    assert beside.borders.startswith(plain.borders)
    assert len(beside.borders) > len(plain.borders)
    assert 0 < len(replaced.borders) < 80
    assert 0 < len(beside.focus) < 80 < len(plain.focus)


def test_equal_maps_are_equal_bytes():
    """So that a change of the drawing does not go unnoticed."""
    ground.cache_clear()
    frame = frame_of_area("SY", (36.732, 34.926), SMALL)
    one = repr(draw(frame, focus="SY"))
    ground.cache_clear()
    assert repr(draw(frame, focus="SY")) == one
    assert (
        hashlib.sha256(one.encode()).hexdigest() == hashlib.sha256(repr(draw(frame, focus="SY")).encode()).hexdigest()
    )
