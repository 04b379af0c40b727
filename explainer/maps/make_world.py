"""Makes the files of boundaries that this package ships; run by hand when the data has a new version:

    npm pack world-atlas@2.0.2 && tar xzf world-atlas-2.0.2.tgz
    python -m explainer.maps.make_world package/countries-110m.json package/countries-50m.json

Of each TopoJSON file it keeps what maps use: names, codes, the arcs, which arcs make up land and countries, which are
boundaries, and the bounds of every polygon. The same input gives the same bytes.
"""

from __future__ import annotations

import gzip
import json
import sys
from collections import Counter
from collections.abc import Iterable
from itertools import accumulate
from pathlib import Path
from typing import Any

from babel.core import get_global

NOTICE = "Made with Natural Earth (public domain), by way of world-atlas 2.0.2."


def main(paths: Iterable[str]) -> None:
    """Write `world-110m.json.gz` and so on beside this module."""
    for path in map(Path, paths):
        world = shrink(json.loads(path.read_bytes()))
        data = json.dumps(world, ensure_ascii=False, separators=(",", ":")).encode()
        target = Path(__file__).with_name(f"world-{path.stem.rpartition('-')[2]}.json.gz")
        target.write_bytes(gzip.compress(data, 9, mtime=0))


def shrink(topology: dict[str, Any]) -> dict[str, Any]:
    """What maps use of a TopoJSON file of countries; arcs as flat lists of steps, bounds in the file's own grid."""
    boxes = [_box(arc) for arc in topology["arcs"]]
    geometries = topology["objects"]["countries"]["geometries"]
    used = Counter(_index(a) for g in geometries for polygon in _polygons(g) for ring in polygon for a in ring)
    land = (polygon for g in topology["objects"]["land"]["geometries"] for polygon in _polygons(g))
    return {
        "notice": NOTICE,
        "scale": topology["transform"]["scale"],
        "translate": topology["transform"]["translate"],
        "areas": [
            [code, g["properties"]["name"], [_packed(p, boxes) for p in _polygons(g)]]
            for code, g in zip(_codes(geometries), geometries, strict=True)
        ],
        "land": [_packed(p, boxes) for p in land],
        "borders": [[boxes[arc], arc] for arc in sorted(a for a, times in used.items() if times > 1)],
        "arcs": [[number for step in arc for number in step] for arc in topology["arcs"]],
    }


def _polygons(geometry: dict[str, Any]) -> list[list[list[int]]]:
    return [geometry["arcs"]] if geometry["type"] == "Polygon" else list(geometry["arcs"])


def _codes(geometries: list[dict[str, Any]]) -> list[str]:
    """Two letters each, by ISO 3166; the name in small letters where there are none, or where a larger one has them."""
    codes = [get_global("territory_aliases").get(g.get("id", ""), [""])[0] for g in geometries]
    names = [g["properties"]["name"].lower() for g in geometries]
    largest = {code: max(_extent(g) for c, g in zip(codes, geometries, strict=True) if c == code) for code in codes}
    return [
        code if code and _extent(g) == largest[code] else name
        for code, name, g in zip(codes, names, geometries, strict=True)
    ]


def _extent(geometry: dict[str, Any]) -> int:
    return len(_polygons(geometry))


def _index(arc: int) -> int:
    return arc if arc >= 0 else ~arc


def _box(arc: list[list[int]]) -> list[int]:
    xs, ys = (list(accumulate(step[axis] for step in arc)) for axis in (0, 1))
    return [min(xs), min(ys), max(xs), max(ys)]


def _packed(polygon: list[list[int]], boxes: list[list[int]]) -> list[list[int]]:
    """A polygon's bounds, then its rings: the outline first, which has the widest bounds.

    Around a pole the outline does not bound the polygon; that of Antarctica has a second ring, at the pole.
    """
    bounds = [_bounds(ring, boxes) for ring in polygon]
    order = sorted(range(len(polygon)), key=lambda n: -_spread(bounds[n]))
    x0, y0, x1, y1 = zip(*bounds, strict=True)
    return [[min(x0), min(y0), max(x1), max(y1)], *(polygon[n] for n in order)]


def _bounds(ring: list[int], boxes: list[list[int]]) -> list[int]:
    x0, y0, x1, y1 = zip(*(boxes[_index(arc)] for arc in ring), strict=True)
    return [min(x0), min(y0), max(x1), max(y1)]


def _spread(box: list[int]) -> int:
    return (box[2] - box[0]) * (box[3] - box[1])


if __name__ == "__main__":
    main(sys.argv[1:])
