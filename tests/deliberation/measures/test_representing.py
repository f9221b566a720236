"""The index of dissimilarity and what chance alone makes of it, against hand and against drawing."""

from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from deliberation.measures.representing import by_chance_alone, dissimilarity


def shares(parts):
    return [one / sum(parts) for one in parts]


SHARES = st.lists(st.integers(1, 50), min_size=4, max_size=4).map(shares)


def test_by_hand():
    assert dissimilarity([0.5, 0.3, 0.2], [0.3, 0.3, 0.4]) == pytest.approx(0.2)
    assert dissimilarity([1, 0], [0, 1]) == 1


@given(SHARES, SHARES)
def test_it_lies_from_none_to_all_is_the_same_both_ways_and_nothing_for_the_same(one, other):
    assert 0 <= dissimilarity(one, other) <= 1
    assert dissimilarity(one, other) == dissimilarity(other, one)
    assert dissimilarity(one, one) == 0


@given(SHARES, SHARES)
def test_kinds_taken_together_never_make_it_greater(one, other):
    together = [[*each[:2], each[2] + each[3]] for each in (one, other)]
    assert dissimilarity(*together) <= dissimilarity(one, other) + 1e-12


@pytest.mark.parametrize(("targets", "n"), [([0.3, 0.3, 0.4], 50), ([0.5, 0.5], 200)])
def test_chance_alone_is_what_drawing_at_random_gives(targets, n):
    dice, kinds = Random(7), range(len(targets))
    drawn = [dice.choices(kinds, targets, k=n) for _ in range(2000)]
    found = [dissimilarity([one.count(kind) / n for kind in kinds], targets) for one in drawn]
    assert by_chance_alone(targets, n) == pytest.approx(sum(found) / len(found), rel=0.05)
