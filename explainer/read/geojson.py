"""A site's own boundaries: a GeoJSON file (RFC 7946) among its media, of which the areas count."""

from __future__ import annotations

import hashlib
import json
import math
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, TypeAlias

from explainer.diagnostics import Diagnostic, Kind
from explainer.maps.geometry import Point
from explainer.maps.world import NO_BOUNDARIES, Boundaries, OwnArea, Rings
from explainer.read.files import Found, find_file, read_text
from explainer.read.schema import MapSettings
from explainer.types import SourcePath

Place: TypeAlias = Callable[..., tuple[int, int]]
"""Where a value of site.yaml stands in its text."""

_MEDIA = "content/media/"
_ORDER = "a position is [longitude, latitude], in degrees"
_FEATURES = re.compile(r'"features"\s*:\s*\[\s*')


_BETWEEN = re.compile(r"[\s,]*")


class _Misfit(Exception):  # noqa: N818 -- it never leaves this module
    """What is wrong with an area, and what to do."""


def read_boundaries(
    root: Path, settings: MapSettings, settings_path: SourcePath, place: Place
) -> tuple[Boundaries, tuple[Diagnostic, ...], dict[SourcePath, str]]:
    """The boundaries that site.yaml names, what is wrong with them, and the text that was read."""
    path = SourcePath(settings.boundaries)
    if not path:
        return NO_BOUNDARIES, (), {}
    span = place("maps", "boundaries")
    if not path.startswith(_MEDIA) or ".." in path.split("/"):
        hint = f"put it there, and write “boundaries: {_MEDIA}…”"
        problem = Diagnostic(Kind.BAD_VALUE, settings_path, "boundaries are a file of content/media/", hint, *span)
        return NO_BOUNDARIES, (problem,), {}
    found, problems = find_file(root, path)
    if found is None:
        missing = Diagnostic(Kind.MISSING_MEDIA, settings_path, f"there is no {path}", "correct the path", *span)
        return NO_BOUNDARIES, problems or (missing,), {}
    return _read(found, replace=settings.replace)


def _read(found: Found, *, replace: bool) -> tuple[Boundaries, tuple[Diagnostic, ...], dict[SourcePath, str]]:
    text, problems = read_text(found)
    if text is None:
        return NO_BOUNDARIES, problems, {}
    areas, problems = parse_boundaries(text, found.path)
    digest = hashlib.sha256(repr((replace, text)).encode()).hexdigest()
    return Boundaries(areas, replace, digest) if areas else NO_BOUNDARIES, problems, {found.path: text}


def parse_boundaries(text: str, path: SourcePath) -> tuple[tuple[OwnArea, ...], tuple[Diagnostic, ...]]:
    """The areas of a GeoJSON file; where one is wrong, a problem at its beginning."""
    skip = len(text) - len(text.removeprefix("\ufeff"))
    try:
        data = json.loads(text[skip:])
    except json.JSONDecodeError as error:
        at = skip + error.pos
        return (), (_problem(path, f"not JSON: {error.msg}", "export the file again", at, at + 1),)
    except RecursionError:
        return (), (_problem(path, "not GeoJSON: it is nested too deeply", "export the file again", 0, 1),)
    features = _features(data)
    if features is None:
        hint = "write a FeatureCollection whose features have the geometry Polygon or MultiPolygon"
        return (), (_problem(path, "not GeoJSON: there are no features in it", hint, 0, 1),)
    starts = _starts(text, len(features))
    areas: list[OwnArea] = []
    problems: list[Diagnostic] = []
    for feature, start in zip(features, starts, strict=True):
        try:
            areas.append(_area(feature))
        except _Misfit as misfit:
            problems.append(_problem(path, str(misfit.args[0]), str(misfit.args[1]), start, start + 1))
    if not areas and not problems:
        problems.append(_problem(path, "there are no areas in it", "add features, or remove the file", 0, 1))
    return tuple(areas), tuple(problems)


def _problem(path: SourcePath, message: str, hint: str, start: int, end: int) -> Diagnostic:
    return Diagnostic(Kind.BAD_BOUNDARIES, path, message, hint, start, end)


def _features(data: Any) -> list[Any] | None:
    if not isinstance(data, dict):
        return None
    if data.get("type") == "FeatureCollection" and isinstance(data.get("features"), list):
        return list(data["features"])
    if data.get("type") == "Feature":
        return [data]
    return [{"type": "Feature", "geometry": data}] if data.get("type") in {"Polygon", "MultiPolygon"} else None


def _starts(text: str, count: int) -> list[int]:
    """Where each feature begins in the file; for all the file's beginning, where they cannot be told apart."""
    match = _FEATURES.search(text)
    decoder, starts, at = json.JSONDecoder(), list[int](), match.end() if match else -1
    while match and len(starts) < count:
        try:
            _, end = decoder.raw_decode(text, at)
        except ValueError:
            break
        starts.append(at)
        gap = _BETWEEN.match(text, end)
        at = gap.end() if gap else end
    return starts if len(starts) == count else [0] * count


def _area(feature: Any) -> OwnArea:
    if not isinstance(feature, dict) or feature.get("type") != "Feature":
        message, hint = "this is no feature", "write {“type”: “Feature”, “properties”: …, “geometry”: …}"
        raise _Misfit(message, hint)
    raw = feature.get("properties")
    properties: dict[str, Any] = raw if isinstance(raw, dict) else {}
    geometry = feature.get("geometry")
    kind = geometry.get("type") if isinstance(geometry, dict) else None
    if not isinstance(geometry, dict) or kind not in {"Polygon", "MultiPolygon"}:
        message = f"a feature with the geometry {kind or 'null'} has no boundary"
        raise _Misfit(message, "keep the features whose geometry is Polygon or MultiPolygon")
    coordinates = geometry.get("coordinates")
    polygons = [coordinates] if kind == "Polygon" else coordinates
    if not isinstance(coordinates, list) or not isinstance(polygons, list) or not polygons:
        message = f"this {kind} has no coordinates"
        raise _Misfit(message, _ORDER)
    identifier = properties.get("entry", feature.get("id"))
    name = properties.get("name")
    return OwnArea(
        id=identifier if isinstance(identifier, str) else "",
        name=name if isinstance(name, str) else "",
        polygons=tuple(tuple(_rings(polygon)) for polygon in polygons),
    )


def _rings(polygon: Any) -> Iterator[tuple[Point, ...]]:
    if not isinstance(polygon, list) or not polygon:
        message = "a polygon is a list of rings"
        raise _Misfit(message, _ORDER)
    for ring in polygon:
        if not isinstance(ring, list) or len(ring) < 4:
            message = "a ring has at least four positions, the last of which is the first again"
            raise _Misfit(message, "close the ring, or leave out the area")
        points = tuple(map(_point, ring))
        if points[0] != points[-1]:
            message = "a ring is not closed: its last position is not its first"
            raise _Misfit(message, "close the ring")
        yield points[:-1]


def _point(position: Any) -> Point:
    good = isinstance(position, list) and len(position) >= 2 and all(type(n) in {int, float} for n in position[:2])
    if not good:
        message = f"{json.dumps(position)[:40]} is no position"
        raise _Misfit(message, _ORDER)
    lon, lat = float(position[0]), float(position[1])
    if not (math.isfinite(lon) and math.isfinite(lat) and -180 <= lon <= 180 and -90 <= lat <= 90):
        message = f"[{position[0]}, {position[1]}] lies beyond the globe"
        raise _Misfit(message, f"{_ORDER}: export the file in WGS 84 (EPSG:4326)")
    return lon, lat


__all__ = ["Rings", "parse_boundaries", "read_boundaries"]
