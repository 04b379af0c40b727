"""A site's own boundaries: what is read, and what is said of the rest, at its place."""

from __future__ import annotations

import pytest

from explainer.diagnostics import line_and_column
from explainer.read.geojson import parse_boundaries
from explainer.types import SourcePath
from tests.sites import Site

PATH = SourcePath("content/media/areas.geojson")
RING = "[[36, 34], [38, 34], [38, 35], [36, 34]]"


def feature(ring: str = RING, *, kind: str = "Polygon", more: str = "") -> str:
    return f'{{"type": "Feature", {more} "geometry": {{"type": "{kind}", "coordinates": [{ring}]}}}}'


def collection(*features: str) -> str:
    inner = ",\n".join(features)
    return f'{{"type": "FeatureCollection", "name": "areas", "features": [\n{inner}\n]}}'


def said(text: str) -> list[tuple[str, tuple[int, int]]]:
    _, problems = parse_boundaries(text, PATH)
    assert {p.kind for p in problems} == {"bad-boundaries"}
    assert all(p.hint for p in problems)
    return [(p.message, line_and_column(text, p.start)) for p in problems]


def test_areas_with_their_names():
    named = feature(more='"id": "homs-province", "properties": {"name": "Homs"},')
    text = collection(named, feature(f"[{RING}]", kind="MultiPolygon", more='"properties": {"entry": "x"},'), feature())
    areas, problems = parse_boundaries(text, PATH)
    assert problems == ()
    assert [(a.id, a.name) for a in areas] == [("homs-province", "Homs"), ("x", ""), ("", "")]
    assert areas[0].polygons == ((((36.0, 34.0), (38.0, 34.0), (38.0, 35.0)),),)
    assert areas[1].polygons == areas[0].polygons


@pytest.mark.parametrize("text", [feature(), f'{{"type": "Polygon", "coordinates": [{RING}]}}', "\ufeff" + feature()])
def test_one_area_needs_no_collection(text):
    areas, problems = parse_boundaries(text, PATH)
    assert len(areas) == 1
    assert problems == ()


@pytest.mark.parametrize(
    ("wrong", "message"),
    [
        ('{"type": "Feature", "geometry": {"type": "Point", "coordinates": [1, 2]}}', "a feature with the geometry Point has no boundary"),
        ('{"type": "Feature", "geometry": null}', "a feature with the geometry null has no boundary"),
        ('{"type": "Feature", "geometry": {"type": "Polygon"}}', "this Polygon has no coordinates"),
        ('"area"', "this is no feature"),
        (feature("[[36, 34], [38, 34], [36, 34]]"), "a ring has at least four positions, the last of which is the first again"),
        (feature("[[36, 34], [38, 34], [38, 35], [36, 35]]"), "a ring is not closed: its last position is not its first"),
        (feature("[[36, 134], [38, 34], [38, 35], [36, 134]]"), "[36, 134] lies beyond the globe"),
        (feature("[[3600000, 4], [38, 34], [38, 35], [3600000, 4]]"), "[3600000, 4] lies beyond the globe"),
        (feature("[[36, NaN], [38, 34], [38, 35], [36, NaN]]"), "[36, nan] lies beyond the globe"),
        (feature('[["36", "34"], [38, 34], [38, 35], [36, 34]]'), '["36", "34"] is no position'),
        (feature("[[36], [38, 34], [38, 35], [36]]"), "[36] is no position"),
        (feature("[true, [38, 34], [38, 35], true]"), "true is no position"),
    ],
)  # fmt: skip
def test_a_wrong_area_is_told_at_its_place(wrong, message):
    assert said(collection(feature(), wrong, feature())) == [(message, (3, 1))]


def test_every_wrong_area_is_told():
    wrong = '{"type": "Feature", "geometry": null}'
    assert [place for _, place in said(collection(wrong, feature(), wrong))] == [(2, 1), (4, 1)]


@pytest.mark.parametrize(
    ("text", "message", "place"),
    [
        ('{"type": \n oops}', "not JSON: Expecting value", (2, 2)),
        ('{"type": "Topology"}', "not GeoJSON: there are no features in it", (1, 1)),
        ("[1, 2]", "not GeoJSON: there are no features in it", (1, 1)),
        ('{"type": "FeatureCollection", "features": []}', "there are no areas in it", (1, 1)),
        ("[" * 100_000, "not GeoJSON: it is nested too deeply", (1, 1)),
    ],
)
def test_what_is_no_geojson(text, message, place):
    assert said(text) == [(message, place)]


SITE = "title: T\nurl: https://example.org/\nmaps:\n  boundaries: {}\n"


@pytest.mark.parametrize(
    ("path", "problem"),
    [
        ("content/media/none.geojson", "site.yaml:4:15 missing-media"),
        ("areas.geojson", "site.yaml:4:15 bad-value"),
        ("content/media/../../x.json", "site.yaml:4:15 bad-value"),
    ],
)
def test_a_file_that_is_not_there(site: Site, path: str, problem: str):
    site.write(f"-- site.yaml --\n{SITE.format(path)}")
    assert site.problems() == [problem]


def test_a_broken_file_is_shown_with_its_line(site: Site):
    site.write(f"-- site.yaml --\n{SITE.format(PATH)}-- {PATH} --\n" + '{"type": \n oops}\n')
    assert site.problems() == [f"{PATH}:2:2 bad-boundaries"]
