"""From degrees on the sphere to a plane: two projections that keep areas, distances and bearings.

A map of a country or a region is drawn in Lambert's azimuthal equal-area projection around its own middle: shapes there
are nearly true, it knows neither a date line nor poles as special cases, and one formula serves Fiji as well as
Svalbard. Beyond a third of the globe it would bend shapes at its rim, so wider maps use Equal Earth.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import TypeAlias

from msgspec import Struct

from explainer.maps.geometry import Point

EARTH_RADIUS = 6371.0088
"""In km, the mean radius."""


Placing: TypeAlias = Callable[[Point], Point]
"""Takes `(longitude, latitude)` in degrees to `(x, y)` in km, y to the north."""


class Azimuthal(Struct, frozen=True):
    """Lambert azimuthal equal-area on the sphere (Snyder, “Map projections: a working manual”, 1987, p. 185)."""

    lon: float
    lat: float

    def placing(self) -> Placing:
        """The projection as a function."""
        sin0, cos0, lon0 = math.sin(math.radians(self.lat)), math.cos(math.radians(self.lat)), self.lon

        def place(point: Point) -> Point:
            lon, lat = math.radians(point[0] - lon0), math.radians(point[1])
            sin, cos, along = math.sin(lat), math.cos(lat), math.cos(lon)
            # The antipode has no place; it is put where its neighbours are.
            k = EARTH_RADIUS * math.sqrt(2 / max(1e-12, 1 + sin0 * sin + cos0 * cos * along))
            return k * cos * math.sin(lon), k * (cos0 * sin - sin0 * cos * along)

        return place

    def back(self, point: Point) -> Point:
        """Longitude and latitude of a point of the plane."""
        x, y = point
        rho = math.hypot(x, y)
        if rho == 0:
            return self.lon, self.lat
        c = 2 * math.asin(min(1.0, rho / (2 * EARTH_RADIUS)))
        sin0, cos0 = math.sin(math.radians(self.lat)), math.cos(math.radians(self.lat))
        lat = math.asin(max(-1.0, min(1.0, math.cos(c) * sin0 + y * math.sin(c) * cos0 / rho)))
        lon = math.atan2(x * math.sin(c), rho * cos0 * math.cos(c) - y * sin0 * math.sin(c))
        return wrap(self.lon + math.degrees(lon)), math.degrees(lat)


_A = (1.340264, -0.081106, 0.000893, 0.003796)
_ROOT = math.sqrt(3)


class EqualEarth(Struct, frozen=True):
    """Equal Earth (Šavrič, Patterson and Jenny, 2018), cut opposite `lon`."""

    lon: float

    def placing(self) -> Placing:
        """The projection as a function."""
        return self._place

    def _place(self, point: Point) -> Point:
        lon, lat = math.radians(point[0] - self.lon), math.radians(point[1])
        theta = math.asin(_ROOT / 2 * math.sin(lat))
        two = theta * theta
        six = two * two * two
        slope = 9 * _A[3] * six * two + 7 * _A[2] * six + 3 * _A[1] * two + _A[0]
        x = 2 * _ROOT * lon * math.cos(theta) / (3 * slope)
        y = theta * (_A[3] * six * two + _A[2] * six + _A[1] * two + _A[0])
        return EARTH_RADIUS * x, EARTH_RADIUS * y


def wrap(lon: float) -> float:
    """A longitude from -180 up to 180."""
    return (lon + 180) % 360 - 180


def distance(a: Point, b: Point) -> float:
    """The way between two places in km, by the haversine formula."""
    lat1, lat2 = math.radians(a[1]), math.radians(b[1])
    half_lat, half_lon = (lat2 - lat1) / 2, math.radians(b[0] - a[0]) / 2
    h = math.sin(half_lat) ** 2 + math.cos(lat1) * math.cos(lat2) * math.sin(half_lon) ** 2
    return 2 * EARTH_RADIUS * math.asin(min(1.0, math.sqrt(h)))


DIRECTIONS = ("n", "ne", "e", "se", "s", "sw", "w", "nw")


def direction(start: Point, end: Point) -> str:
    """Where `end` lies as seen from `start`: one of the eight `DIRECTIONS`."""
    lat1, lat2 = math.radians(start[1]), math.radians(end[1])
    lon = math.radians(end[0] - start[0])
    east = math.sin(lon) * math.cos(lat2)
    north = math.cos(lat1) * math.sin(lat2) - math.sin(lat1) * math.cos(lat2) * math.cos(lon)
    return DIRECTIONS[round(math.degrees(math.atan2(east, north)) / 45) % 8]


def round_km(km: float) -> int:
    """A distance as people say it: to 1 km below 10, to 5 below 15, to 10 below 200, to 50 below 1,000, then to 100."""
    for limit, step in ((9.5, 1), (12.5, 5), (195, 10), (975, 50)):
        if km < limit:
            return max(1, round(km / step) * step)
    return round(km / 100) * 100


def middle(points: list[Point]) -> Point:
    """The place in the middle of some, on the sphere: longitude and latitude of the sum of their directions."""
    x = y = z = 0.0
    for lon, lat in points:
        a, b = math.radians(lon), math.radians(lat)
        x, y, z = x + math.cos(b) * math.cos(a), y + math.cos(b) * math.sin(a), z + math.sin(b)
    return math.degrees(math.atan2(y, x)), math.degrees(math.atan2(z, math.hypot(x, y)))
