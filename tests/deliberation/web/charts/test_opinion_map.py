"""The opinion map as geometry."""

import re

from hypothesis import given
from hypothesis import strategies as st

from deliberation.web.charts.opinion_map import HEIGHT, WIDTH, draw, hull

finite = st.floats(-50, 50, allow_nan=False).map(lambda x: round(x, 4))
voices = st.lists(
    st.tuples(finite, finite, st.integers(-1, 6), st.integers(0, 1)), min_size=1, max_size=60
)
NAMES = "ABCDEFG"


def starts(path):
    return [tuple(map(float, xy)) for xy in re.findall(r"M(-?[\d.]+) (-?[\d.]+)", path)]


@given(voices)
def test_every_voice_has_one_mark_inside_the_frame(points):
    drawn = draw(points, NAMES)
    paths = [path for g in drawn.groups for path in (g.sure, g.unsure)] + [drawn.loose]
    marks = [mark for path in paths for mark in starts(path)]
    assert len(marks) == len(points)
    assert all(0 <= x <= WIDTH and 0 <= y <= HEIGHT for x, y in marks)


@given(voices)
def test_the_map_says_no_nan(points):
    assert "nan" not in repr(draw(points, NAMES))


def test_sure_and_unsure_voices_are_told_apart():
    (only,) = draw([(0, 0, 0, 0), (1, 1, 0, 1)], ["A"]).groups
    assert (len(starts(only.sure)), len(starts(only.unsure))) == (1, 1)


def test_up_is_up_and_right_is_right():
    low, high = draw([(0, 0, 0, 0), (3, 5, 1, 0)], "AB").groups
    (x1, y1), (x2, y2) = low.label, high.label
    assert x2 > x1
    assert y2 < y1


def test_one_voice_far_out_does_not_squeeze_the_others_and_is_counted():
    near = [(n % 10, n // 10, 0, 0) for n in range(100)]
    drawn = draw([*near, (1000, 0, 0, 0)], ["A"])
    assert drawn.beyond == 1
    xs = [x for x, _ in starts(drawn.groups[0].sure)]
    assert max(xs[:100]) - min(xs[:100]) > HEIGHT / 3


def test_without_voices_there_is_no_map():
    assert draw([], ["A"]) is None


def test_the_sixth_group_takes_the_first_shape_again_and_keeps_its_own_name():
    groups = draw([(n, n, n, 0) for n in range(6)], NAMES[:6]).groups
    assert groups[5].shape == groups[0].shape
    assert groups[5].name == "F"


def test_the_hull_of_a_square_is_its_corners():
    inside = [(0.5, 0.5), (0.2, 0.9)]
    assert hull([(0, 0), (1, 1), (1, 0), (0, 1), *inside]) == [(0, 0), (1, 0), (1, 1), (0, 1)]


@given(st.lists(st.tuples(st.integers(-9, 9), st.integers(-9, 9)), min_size=3, max_size=30))
def test_no_point_lies_outside_its_hull(points):
    around = hull(points)
    for (ax, ay), (bx, by) in zip(around, [*around[1:], around[0]], strict=True):
        if len(around) > 2:
            assert all((bx - ax) * (y - ay) - (by - ay) * (x - ax) >= 0 for x, y in points)
