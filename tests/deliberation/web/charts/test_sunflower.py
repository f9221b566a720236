"""The picture that grows: nothing in it moves, nothing overlaps, nothing leaves it."""

from itertools import combinations
from math import dist

import pytest
from hypothesis import given
from hypothesis import strategies as st

from deliberation.web.charts.sunflower import RADIUS, draw, place


def test_places_are_those_of_the_formula():
    """By hand: number 0 at 20 * sqrt(0.5), no turn; number 1 turned by 137.508 degrees, at 20 * sqrt(1.5)."""
    assert place(0) == (14.1, 0.0)
    assert place(1) == (-18.1, 16.5)


def test_no_two_of_a_thousand_overlap():
    nearest = min(dist(a, b) for a, b in combinations([place(n) for n in range(1000)], 2))
    assert nearest > 2 * RADIUS


@given(st.sets(st.integers(0, 3000), max_size=60))
def test_all_dots_are_within_reach_at_the_places_they_had(numbers):
    drawn = draw([(n, n) for n in sorted(numbers)], [])
    assert [(dot.x, dot.y) for dot in drawn.dots] == [place(n) for n in sorted(numbers)]
    assert all(abs(c) + RADIUS <= drawn.reach for dot in drawn.dots for c in (dot.x, dot.y))
    assert sum(dot.new for dot in drawn.dots) == min(1, len(numbers))


def test_a_link_of_what_is_not_there_is_left_out():
    drawn = draw([("a", 0), ("b", 1)], [("a", "b"), ("a", "gone")])
    assert [(line.x1, line.x2) for line in drawn.lines] == [(14.1, -18.1)]


@pytest.mark.parametrize("number", [0, 1, 12, 13, 400])
def test_it_has_room_for_a_dozen_from_the_start_and_grows_then(number):
    assert draw([], []).reach <= draw([(n, n) for n in range(number)], []).reach
