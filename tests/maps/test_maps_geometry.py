"""Clipping, simplifying and measuring, with literals."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from explainer.maps.geometry import (
    Box,
    area_of,
    clip_line,
    clip_ring,
    contains,
    densify,
    distance_to,
    inner_point,
    simplify,
    simplify_ring,
)

BOX = Box(0, 0, 10, 10)
SQUARE = [(2.0, 2.0), (4.0, 2.0), (4.0, 4.0), (2.0, 4.0)]


def test_a_ring_inside_stays():
    assert clip_ring(SQUARE, BOX) == SQUARE


def test_a_ring_outside_goes():
    assert clip_ring([(20, 2), (24, 2), (24, 4)], BOX) == []
    assert clip_ring([], BOX) == []


def test_a_ring_across_an_edge_is_cut_there():
    cut = clip_ring([(5, 5), (15, 5), (15, 8), (5, 8)], BOX)
    assert set(cut) == {(5, 5), (10, 5), (10, 8), (5, 8)}
    assert abs(area_of(cut)) == 15


def test_a_ring_around_all_becomes_the_box():
    assert abs(area_of(clip_ring([(-5, -5), (50, -5), (50, 50), (-5, 50)], BOX))) == 100


def test_a_corner_is_kept():
    """A triangle over a corner of the box: what is left has that corner."""
    assert (10.0, 10.0) in clip_ring([(5, 12), (12, 12), (12, 5), (0, 0)], BOX)


coordinates = st.floats(-30, 30, allow_nan=False).map(lambda n: round(n, 2))
points = st.tuples(coordinates, coordinates)


@given(st.lists(points, min_size=3, max_size=12))
def test_nothing_is_left_outside(ring):
    slack = BOX.grown(1e-9)
    assert all(slack.x0 <= x <= slack.x1 and slack.y0 <= y <= slack.y1 for x, y in clip_ring(ring, BOX))
    for part in clip_line(ring, BOX):
        assert all(slack.x0 <= x <= slack.x1 and slack.y0 <= y <= slack.y1 for x, y in part)


@pytest.mark.parametrize(
    ("line", "parts"),
    [
        ([(1, 1), (9, 9)], [[(1, 1), (9, 9)]]),
        ([(-5, 5), (15, 5)], [[(0, 5), (10, 5)]]),
        ([(5, 5), (15, 5), (15, 8), (5, 8)], [[(5, 5), (10, 5)], [(10, 8), (5, 8)]]),
        ([(-5, 20), (15, 20)], []),
        ([(1, 1), (2, 2), (3, 1)], [[(1, 1), (2, 2), (3, 1)]]),
    ],
)
def test_lines_are_clipped_into_parts(line, parts):
    assert list(clip_line(line, BOX)) == parts


def test_simplifying_leaves_out_what_is_near_the_line():
    assert simplify([(0, 0), (1, 0.1), (2, -0.1), (3, 0)], 0.5) == [(0, 0), (3, 0)]
    assert simplify([(0, 0), (1, 2), (2, 0)], 0.5) == [(0, 0), (1, 2), (2, 0)]
    assert simplify([(0, 0), (1, 1)], 9) == [(0, 0), (1, 1)]


def test_what_is_left_is_near_what_was():
    line = [(n / 3, (n * 7919 % 13) / 13) for n in range(60)]
    simple = simplify(line, 0.4)
    assert 2 < len(simple) < len(line)
    assert all(distance_to(simple, point) <= 0.4 for point in line)


def test_a_ring_is_simplified_into_a_ring():
    ring = [(0, 0), (5, 0.1), (10, 0), (10, 10), (5, 9.9), (0, 10)]
    assert sorted(simplify_ring(ring, 0.5)) == [(0, 0), (0, 10), (10, 0), (10, 10)]
    assert simplify_ring([(1, 1), (1, 1)], 0.5) == []


def test_inside_and_outside():
    assert contains(SQUARE, (3, 3))
    assert not contains(SQUARE, (5, 3))
    assert not contains(SQUARE, (3, 5))


def test_the_place_with_most_room():
    (x, y), away = inner_point([[(0, 0), (12, 0), (12, 12), (0, 12)]])
    assert (x, y) == (6, 6)
    assert away == 6


def test_long_sides_get_points():
    assert densify([(0, 0), (9, 0), (9, 1)], 3)[:5] == [(6.75, 0.75), (4.5, 0.5), (2.25, 0.25), (0, 0), (2.25, 0)]
    assert densify(SQUARE, 3) == SQUARE
