"""Groups of the stable rule: the same whatever the order, names that last, none too small, and those that were planted found again."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from deliberation.opinion import stable
from deliberation.opinion.stable import group
from deliberation.opinion.votes import Votes, gather
from tests.benchmarks.graph._agreement import adjusted_rand
from tests.benchmarks.graph._planted import planted

CELL = st.sampled_from([1, 0, -1, None])
MATRICES = st.integers(1, 6).flatmap(
    lambda m: st.lists(st.lists(CELL, min_size=m, max_size=m), min_size=1, max_size=24)
)


def votes_of(rows, people=None, statements=None):
    """Votes from a list of rows, None where nobody voted; by default person i is called i."""
    people = range(len(rows)) if people is None else people
    statements = range(len(rows[0])) if statements is None else statements
    log = [
        (person, statement, 0, cell)
        for person, row in zip(people, rows, strict=True)
        for statement, cell in zip(statements, row, strict=True)
        if cell is not None
    ]
    return gather(*(np.array([each[place] for each in log], dtype=int) for place in range(4)))


def by_person(votes, found):
    return dict(zip(votes.people.tolist(), found.labels.tolist(), strict=True))


def crowd(people=120, statements=30, per_person=20, sizes=(0.5, 0.3, 0.2), seed=0):
    """A planted conversation as votes, and each person's group."""
    known = planted(people, statements, people * per_person, seed, sizes)
    votes = gather(known.person, known.statement, known.time, known.vote)
    return votes, known.group[votes.people]


def renamed(votes, order):
    """The same votes with person i called order[i], so that rows stand in another order."""
    row = np.repeat(np.arange(len(votes.people)), np.diff(votes.starts))
    time = np.zeros(len(row))
    return gather(np.asarray(order)[row], votes.statements[votes.columns], time, votes.signs)


def some(votes, rows):
    """The votes of those rows alone."""
    each = np.diff(votes.starts)
    kept = np.repeat(rows, each)
    starts = np.concatenate([[0], np.cumsum(each[rows])])
    people = votes.people[rows]
    return Votes(people, votes.statements, starts, votes.columns[kept], votes.signs[kept])


@given(MATRICES, st.randoms(use_true_random=False))
def test_groups_and_their_names_do_not_depend_on_the_order_of_people(rows, random):
    order = list(range(len(rows)))
    random.shuffle(order)
    votes, mixed = votes_of(rows), votes_of(rows, people=order)
    first, second = by_person(votes, group(votes)), by_person(mixed, group(mixed))
    assert {order[person]: label for person, label in first.items()} == second


@pytest.mark.parametrize("seed", range(12))
def test_who_stands_between_two_groups_goes_to_the_same_one_in_any_order(seed):
    rows = [[1, 1]] * 5 + [[1, 0], [0, 1], [0, 1], [0, 0], [1, None], [1, None]]
    order = np.random.default_rng(seed).permutation(len(rows)).tolist()
    votes, mixed = votes_of(rows), votes_of(rows, people=order)
    first, second = by_person(votes, group(votes)), by_person(mixed, group(mixed))
    assert {order[person]: label for person, label in first.items()} == second


@pytest.mark.parametrize("seed", range(4))
def test_a_crowd_in_another_order_is_the_same_crowd(seed):
    votes, _ = crowd(1_500, 60, 25, seed=seed)  # more people than splits are tried on
    order = np.random.default_rng(seed).permutation(len(votes.people))
    mixed = renamed(votes, order)
    first, second = group(votes), group(mixed)
    assert second.labels[order].tolist() == first.labels.tolist()
    assert second.k == first.k
    np.testing.assert_allclose(second.points[order], first.points, atol=1e-6)


def test_other_names_for_statements_leave_people_together():
    votes, _ = crowd()
    mixed = Votes(votes.people, votes.statements + 100, votes.starts, votes.columns, votes.signs)
    assert group(mixed).labels.tolist() == group(votes).labels.tolist()
    backwards = gather(
        np.repeat(votes.people, np.diff(votes.starts)),
        -votes.statements[votes.columns],
        np.zeros(len(votes.signs)),
        votes.signs,
    )
    assert adjusted_rand(group(backwards).labels, group(votes).labels) == 1


@given(MATRICES)
def test_nothing_shown_is_ever_not_a_number(rows):
    found = group(votes_of(rows))
    for array in (found.points, found.components, found.centre):
        assert np.isfinite(array).all()
    assert all(np.isfinite(value) for value in found.silhouette.values())


@given(MATRICES, st.integers(1, 8))
def test_no_group_is_under_two_people_or_two_in_a_hundred(rows, k):
    for found in (group(votes_of(rows)), group(votes_of(rows), k=k)):
        grouped = found.labels[found.labels >= 0]
        sizes = np.bincount(grouped, minlength=found.k)
        assert len(sizes) == found.k
        assert (sizes >= max(2, 0.02 * len(grouped))).all()


@given(MATRICES)
def test_shapes_are_as_the_grouping_says(rows):
    votes = votes_of(rows)
    found = group(votes)
    n, m = len(votes.people), len(votes.statements)
    assert (found.labels.shape, found.labels.dtype) == ((n,), np.int64)
    assert (found.unsure.shape, found.unsure.dtype) == ((n,), bool)
    assert (found.points.shape, found.components.shape, found.centre.shape) == (
        (n, 2),
        (2, m),
        (m,),
    )


def test_planted_groups_are_found_again():
    votes, known = crowd(2_000, 200, 40)
    found = group(votes)
    assert found.k == 3
    assert adjusted_rand(found.labels, known) > 0.97


def test_the_votes_place_better_than_the_map_where_groups_stand_apart(monkeypatch):
    votes, known = crowd(3_000, 300, 16)
    better = adjusted_rand(group(votes).labels, known)
    monkeypatch.setattr(stable, "ONE_WAY", -1)  # the map alone
    assert better > adjusted_rand(group(votes).labels, known) + 0.03


def test_a_cut_through_people_who_differ_by_degrees_is_the_map_s():
    """On one line from one camp to the other, with a thick middle: who is in a group is who stands on its side."""
    rng = np.random.default_rng(1)
    stands = np.concatenate([rng.normal(-0.3, 0.5, 500), rng.normal(2, 1.5, 100)])
    chance = 1 / (1 + np.exp(-stands[:, None] * rng.normal(0, 1, 60) - rng.normal(0, 1, 60)))
    rows = np.where(rng.random(chance.shape) < chance, 1, -1).tolist()
    found = group(votes_of(rows), k=2)
    along = found.points[:, 0]
    low, high = sorted((along[found.labels == one].mean(), one) for one in (0, 1))
    overlap = along[found.labels == low[1]].max() - along[found.labels == high[1]].min()
    assert overlap < 0.25 * (high[0] - low[0])


def test_five_planted_groups_are_found_and_seven_can_be_asked_for():
    votes, known = crowd(1_500, 120, 80, sizes=(0.2,) * 5)
    assert group(votes).k == 5
    assert adjusted_rand(group(votes).labels, known) > 0.95
    assert group(votes, k=7).k == 7
    assert group(votes, k=2).k == 2
    assert list(group(votes, k=2).silhouette) == [2]


def test_more_than_five_groups_are_found_where_somebody_asks_for_them():
    votes, known = crowd(2_400, 160, 110, sizes=(0.125,) * 8)
    found = group(votes, k=8)
    assert found.k == 8
    assert adjusted_rand(found.labels, known) > 0.95


def test_fewer_groups_come_where_so_many_cannot_be():
    rows = [[1, 1, -1]] * 4 + [[-1, -1, 1]] * 4
    assert group(votes_of(rows), k=6).k == 2
    assert group(votes_of(rows), k=1).labels.tolist() == [0] * 8


@pytest.mark.parametrize("k", [0, -1])
def test_no_number_of_groups_is_refused(k):
    with pytest.raises(ValueError, match="at least one group"):
        group(votes_of([[1], [1]]), k=k)
