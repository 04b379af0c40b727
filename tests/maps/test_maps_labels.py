"""Names on maps: they keep clear of each other, of the dots, of the scale and of the frame."""

from __future__ import annotations

from itertools import combinations

from hypothesis import given, settings
from hypothesis import strategies as st

from explainer.maps import SMALL, AreaName, Drawing, Spot, draw, frame_of_area, frame_of_places
from explainer.maps.draw import _text_box, text_width
from explainer.maps.geometry import Box

SYRIA = frame_of_area("SY", None, SMALL)
FONT = SMALL.font


def boxes_of(drawing: Drawing) -> list[Box]:
    sizes = {"area": FONT * 0.85, "main": FONT, "place": FONT}
    return [_text_box(n.x, n.y, n.anchor, text_width(n.text) * sizes[n.sort], sizes[n.sort]) for n in drawing.labels]


def check(drawing: Drawing) -> None:
    boxes = boxes_of(drawing)
    inside = Box(0, 0, drawing.width, drawing.height)
    assert all(inside.holds(box) for box in boxes)
    # Places are whole units: a box may be off by half of one at each side.
    assert not any(a.grown(-1).meets(b.grown(-1)) for a, b in combinations(boxes, 2))
    for dot in drawing.dots:
        at = Box(dot.x, dot.y, dot.x, dot.y)
        assert not any(box.grown(-1).meets(at) for box in boxes)
    if drawing.scale:
        bar = Box(drawing.scale.x, drawing.scale.y - FONT, drawing.scale.x + drawing.scale.length, drawing.scale.y)
        assert not any(box.meets(bar) for box in boxes)


names = st.text("abcdefgh مرحبا W", min_size=1, max_size=24)
spots = st.lists(st.tuples(st.floats(35.5, 42.4), st.floats(32.3, 37.3), names, st.booleans()), max_size=14)


@settings(max_examples=60, deadline=None)
@given(spots)
def test_names_keep_clear_of_each_other(found):
    marks = [Spot((x, y), name, "en", main) for x, y, name, main in found]
    drawing = draw(SYRIA, marks, [AreaName("SY", "Syria", "en"), AreaName("TR", "Turkey", "en")], focus="SY")
    check(drawing)
    assert sum(d.main for d in drawing.dots) == sum(m.main for m in marks), "what a map is about is always marked"


def test_neighbouring_towns_are_named_on_different_sides():
    towns = [Spot((36.732, 34.926), "Rastan", "en", True), Spot((36.7137, 34.7324), "Homs", "en", True)]
    drawing = draw(frame_of_places([t.point for t in towns] + [(36.28, 33.51)], SMALL), towns)
    assert [n.text for n in drawing.labels] == ["Rastan", "Homs"]
    check(drawing)


def test_a_name_at_the_edge_stays_in_the_frame():
    drawing = draw(SYRIA, [Spot((42.2, 37.1), "A long name in the east", "en", True)])
    (label,) = drawing.labels
    assert label.anchor == "end"
    check(drawing)


def test_a_name_without_room_is_left_out_and_its_mark_is_not():
    crowd = [Spot((38 + n / 1000, 35.0), f"Place number {n}", "en", True) for n in range(12)]
    drawing = draw(SYRIA, crowd)
    assert len(drawing.dots) == 12
    assert 0 < len(drawing.labels) < 12
    check(drawing)


def test_a_place_for_orientation_is_not_marked_without_its_name():
    same = [Spot((38.0, 35.0), "Here", "en", True), Spot((38.0, 35.0), "Beside", "en", False)]
    drawing = draw(SYRIA, same)
    assert [d.main for d in drawing.dots] == [True]
    assert [n.text for n in drawing.labels] == ["Here"]


def test_an_area_is_named_where_it_has_room():
    drawing = draw(SYRIA, (), [AreaName("SY", "Syria", "en"), AreaName("LB", "A name too long for it", "en")])
    assert [n.text for n in drawing.labels] == ["Syria"]
    check(drawing)


def test_the_scale_keeps_out_of_the_way():
    left, right = draw(SYRIA), draw(SYRIA, [Spot((35.7, 32.4), "Corner", "en", True)])
    assert left.scale is not None
    assert right.scale is not None
    assert left.scale.x == 16
    assert right.scale.x > SYRIA.width / 2
    assert left.scale.km == 200
    check(right)
