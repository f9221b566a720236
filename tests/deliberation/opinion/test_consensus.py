"""What groups agree on, what tells them apart, what to show next: by hand, and for any counts."""

from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from deliberation.opinion import consensus, representative
from deliberation.opinion.components import extremity
from deliberation.opinion.consensus import Tally
from deliberation.opinion.votes import gather


def tally(*groups):
    """Groups of (agree, disagree, seen) by statement."""
    return Tally(*np.array(groups, dtype=np.int64).transpose(2, 0, 1))


def everything(m):
    return np.ones(m, dtype=bool)


@st.composite
def tallies(draw):
    shape = draw(st.integers(1, 5)), draw(st.integers(1, 8))
    agree, disagree, passed = (
        draw(arrays(np.int64, shape, elements=st.integers(0, 40))) for _ in range(3)
    )
    return Tally(agree, disagree, agree + disagree + passed)


def test_votes_are_counted_by_group_and_those_in_none_are_not():
    log = [(1, 5, 1), (1, 6, -1), (2, 5, 0), (3, 5, 1), (4, 6, 1)]
    people, statements, signs = (np.array(side) for side in zip(*log, strict=True))
    votes = gather(people, statements, np.zeros(len(log)), signs)
    counted = consensus.tally(votes, np.array([0, 0, 1, -1]))
    assert counted.agree.tolist() == [[1, 0], [1, 0]]
    assert counted.disagree.tolist() == [[0, 1], [0, 0]]
    assert counted.seen.tolist() == [[2, 1], [1, 0]]
    assert consensus.tally(votes).seen.tolist() == [[3, 2]]


def test_group_informed_consensus_is_the_product_of_smoothed_shares():
    counted = tally([(8, 0, 8), (0, 0, 0)], [(1, 2, 4), (0, 0, 0)])
    expected = [Fraction(9, 10) * Fraction(2, 6), Fraction(1, 4)]
    assert consensus.group_informed(counted) == pytest.approx([float(x) for x in expected])


def test_how_sure_a_share_is_by_hand():
    assert consensus.certainty(np.array([9]), np.array([9])) == pytest.approx([10**0.5])
    assert consensus.certainty(np.array([0]), np.array([0])) == pytest.approx([1.0])


def test_two_shares_against_each_other_by_hand():
    z = representative.contrast(*(np.array([x]) for x in (8, 9, 1, 9)))
    pooled = 11 / 20
    by_hand = (9 / 10 - 2 / 10) / (pooled * (1 - pooled) * (2 / 10)) ** 0.5
    assert z == pytest.approx([by_hand])
    alike = representative.contrast(*(np.array([x]) for x in (9, 9, 4, 4)))
    assert alike.tolist() == [0.0]


def test_priority_by_hand():
    counted = tally([(3, 1, 5), (0, 0, 0)])
    found = consensus.priority(counted, np.array([2.0, 0.0]), np.array([False, False]))
    importance = (1 - 2 / 7) * 3 * (4 / 7)
    assert found[0] == pytest.approx((importance * (1 + 8 * 0.5)) ** 2)
    assert found[1] == pytest.approx((0.5 * 1 * 0.5 * 9) ** 2)
    meta = consensus.priority(counted, np.array([2.0, 0.0]), np.array([True, False]))
    assert meta[0] == 49


def test_extremity_is_how_far_one_agree_alone_would_place_a_person():
    mean, directions = np.array([0.5, 1.0]), np.array([[0.6, 1.0], [0.8, 0.0]])
    assert extremity(mean, directions, 4) == pytest.approx([2 * 0.5 * 1.0, 0.0])


def test_consensus_names_what_is_clear_and_the_clearest_first():
    counts = [(9, 0, 9), (5, 4, 9), (0, 9, 9), (30, 1, 31), (0, 0, 0)]
    agree, disagree = consensus.agreed(tally(counts), everything(5))
    assert [one.column for one in agree] == [3, 0]
    assert [one.column for one in disagree] == [2]
    assert (agree[1].count, agree[1].seen, agree[1].share) == (9, 9, 10 / 11)
    hidden = np.array([True, True, True, False, True])
    assert [one.column for one in consensus.agreed(tally(counts), hidden)[0]] == [0]


def test_five_statements_at_most_are_named():
    agree, _ = consensus.agreed(tally([(9, 0, 9)] * 8), everything(8))
    assert [one.column for one in agree] == [0, 1, 2, 3, 4]


def test_what_parts_groups_has_a_clear_yes_and_a_clear_no():
    us = [(9, 0, 9), (20, 0, 20), (9, 0, 9), (5, 4, 9)]
    them = [(0, 9, 9), (0, 20, 20), (9, 0, 9), (0, 9, 9)]
    assert consensus.divisive(tally(us, them), everything(4)) == [1, 0]
    assert consensus.divisive(tally(us), everything(4)) == []


def test_what_a_group_agrees_with_unlike_the_others_stands_for_it():
    us = [(10, 0, 10), (5, 5, 10), (0, 10, 10)]
    them = [(0, 10, 10), (5, 5, 10), (10, 0, 10)]
    ours, theirs = representative.representative(tally(us, them), everything(3))
    assert [(one.column, one.agree, one.best) for one in ours] == [
        (0, True, True),
        (2, False, False),
    ]
    assert [(one.column, one.agree, one.best) for one in theirs] == [
        (2, True, True),
        (0, False, False),
    ]
    assert ours[0].ratio == pytest.approx(11 / 1)
    assert (ours[1].count, ours[1].seen, ours[0].agrees) == (10, 10, 10)


def test_a_group_that_is_sure_of_nothing_has_its_strongest_contrast():
    us, them = [(0, 1, 1), (0, 0, 0)], [(1, 0, 1), (0, 0, 0)]
    ours, _ = representative.representative(tally(us, them), everything(2))
    assert [(one.column, one.agree) for one in ours] == [(0, False)]


def test_what_may_not_be_named_is_not():
    us, them = [(10, 0, 10), (9, 1, 10)], [(0, 10, 10), (1, 9, 10)]
    ours, _ = representative.representative(tally(us, them), np.array([False, True]))
    assert [one.column for one in ours] == [1]
    assert representative.representative(tally(us, them), np.zeros(2, dtype=bool)) == [[], []]


@given(tallies())
def test_no_counts_make_anything_but_numbers(counted):
    m = counted.seen.shape[1]
    assert np.isfinite(consensus.group_informed(counted)).all()
    assert np.isfinite(consensus.priority(counted, np.zeros(m), np.zeros(m, dtype=bool))).all()
    for side in representative.sides(counted):
        for numbers in (side.share, side.certainty, side.ratio, side.contrast, side.metric):
            assert np.isfinite(numbers).all()


@given(tallies())
def test_lists_are_short_name_nothing_twice_and_put_agreement_first(counted):
    shown = everything(counted.seen.shape[1])
    for chosen in representative.representative(counted, shown):
        columns = [one.column for one in chosen]
        assert 1 <= len(columns) == len(set(columns)) <= 5
        assert [one.agree for one in chosen] == sorted((one.agree for one in chosen), reverse=True)


def one_by_one(counted, agree, g):
    """The best statement as a running choice over statements in their order."""
    best = None
    for j in range(counted.seen.shape[1]):
        if counted.agree[g, j] == 0 == counted.disagree[g, j]:
            continue
        part, sure = agree.share[g, j], agree.certainty[g, j]
        ratio, contrast = agree.ratio[g, j], agree.contrast[g, j]
        if best is None:
            better = sure > 1.2816 or (ratio > 1 and part > 0.5)
        elif agree.ratio[g, best] > 1:
            was = agree.ratio[g, best] * agree.contrast[g, best]
            better = ratio * contrast * part * sure > (
                was * agree.share[g, best] * agree.certainty[g, best]
            )
        else:
            better = part * sure > agree.share[g, best] * agree.certainty[g, best]
        best = j if better else best
    return best


@given(tallies())
def test_the_best_is_the_one_a_running_choice_ends_with(counted):
    agree, _ = representative.sides(counted)
    chosen = representative.representative(counted, everything(counted.seen.shape[1]))
    for g, ours in enumerate(chosen):
        flagged = [one.column for one in ours if one.best]
        best = one_by_one(counted, agree, g)
        assert flagged == ([] if best is None else [best])
