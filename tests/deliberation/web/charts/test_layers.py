"""The graph in layers as geometry."""

import re
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from deliberation.web.charts.layers import ACROSS, BOX, TALL, Edge, Node, draw

pairs = st.lists(st.tuples(st.integers(0, 9), st.integers(0, 9)), max_size=25)


def nodes(names):
    return [Node(str(n)) for n in names]


def edges(found):
    return [Edge(str(a), str(b), 0.5) for a, b in found]


@given(pairs)
def test_what_is_wiser_stands_higher_where_nothing_is_in_tension(found):
    upward = [(min(p), max(p)) for p in found if p[0] != p[1]]
    drawn = draw(nodes(range(10)), edges(upward))
    if upward:
        place = {b.id: b.y for b in drawn.boxes}
        assert all(place[str(b)] < place[str(a)] for a, b in upward)
    else:
        assert drawn is None


@given(pairs)
def test_no_box_covers_another_and_all_stand_inside(found):
    drawn = draw(nodes(range(10)), edges(found))
    if drawn is None:
        return
    for row in {b.y for b in drawn.boxes}:
        xs = sorted(b.x for b in drawn.boxes if b.y == row)
        assert all(b - a >= BOX + ACROSS - 1 for a, b in pairwise(xs))
    assert all(b.x >= 0 and b.x + BOX <= drawn.width for b in drawn.boxes)
    assert all(b.y >= 0 and b.y + TALL <= drawn.height for b in drawn.boxes)


@given(pairs)
def test_every_value_with_an_edge_is_drawn_once_and_no_other(found):
    kept = [(a, b) for a, b in found if a != b]
    drawn = draw(nodes(range(10)), edges(found))
    ids = [b.id for b in drawn.boxes] if drawn else []
    assert sorted(ids) == sorted({str(end) for pair in kept for end in pair})


def test_values_in_tension_stand_in_one_row_in_one_frame():
    cycle = [Node("1", 0), Node("2", 0), Node("3")]
    drawn = draw(cycle, edges([(1, 2), (2, 1), (1, 3)]))
    place = {b.id: b for b in drawn.boxes}
    assert place["1"].y == place["2"].y > place["3"].y
    (frame,) = drawn.frames
    assert frame.x < min(place["1"].x, place["2"].x)
    assert frame.x + frame.width > max(place["1"].x, place["2"].x) + BOX


def test_a_surer_edge_is_drawn_stronger():
    drawn = draw(nodes("abc"), [Edge("a", "b", 0.55), Edge("b", "c", 0.99)])
    weak, strong = drawn.lines
    assert strong.stroke > weak.stroke


@given(pairs)
def test_no_line_ends_inside_a_row_it_only_passes(found):
    upward = sorted({(min(p), max(p)) for p in found if p[0] != p[1]})
    drawn = draw(nodes(range(10)), edges(upward))
    if drawn is None:
        return
    for line in drawn.lines:
        verticals = re.findall(r"(-?\d+) (-?\d+)V(-?\d+)", line.path)
        for x, bottom, top in verticals:
            beside = [b for b in drawn.boxes if abs(b.y + TALL - float(bottom)) < 1]
            assert float(bottom) - float(top) == TALL
            assert not [b for b in beside if b.x < float(x) < b.x + BOX]
