"""Opinion groups exactly as Polis finds them: its own results, and what must hold of any votes."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from deliberation.opinion import analysis, polis
from deliberation.opinion.votes import gather
from tests.benchmarks.graph import _oracles
from tests.benchmarks.graph.polis import LIMITS

needs_data = pytest.mark.skipif(not _oracles.COLD, reason="the Polis conversations are not here")
CELLS = st.sampled_from([None, -1, 0, 1])


@st.composite
def matrices(draw):
    """What each person (row) said on each statement (column); None where nothing."""
    n, m = draw(st.integers(1, 30)), draw(st.integers(1, 12))
    return draw(st.lists(st.lists(CELLS, min_size=m, max_size=m), min_size=n, max_size=n))


def log_of(matrix):
    rows = [(i, j, 0, cell) for i, row in enumerate(matrix) for j, cell in enumerate(row)]
    return [row for row in rows if row[3] is not None]


def votes_of(log):
    people, statements, times, signs = zip(*log, strict=True) if log else ((), (), (), ())
    return gather(*(np.array(side, dtype=np.int64) for side in (people, statements, times, signs)))


def told(matrix, **options):
    votes = votes_of(log_of(matrix))
    grouping = polis.group(votes, **options)
    return (
        votes,
        grouping,
        analysis.analyse(votes, grouping, **{k: v for k, v in options.items() if k != "k"}),
    )


@needs_data
def test_there_are_thirteen_results_of_polis_itself():
    assert len(_oracles.COLD) == 13


@needs_data
@pytest.mark.parametrize("name", _oracles.COLD)
def test_people_groups_and_lists_equal_those_of_polis(name):
    assert [what for what, equal in _oracles.compared(name).equal.items() if not equal] == []


@needs_data
@pytest.mark.parametrize("name", _oracles.COLD)
def test_numbers_are_those_of_polis(name):
    worst = _oracles.compared(name).worst
    assert [what for what, most in LIMITS.items() if not worst[what] <= most] == []


@needs_data
def test_given_the_groups_of_a_live_server_the_rest_is_the_same():
    found = _oracles.live()
    assert all(found.equal.values()), found.equal
    assert found.worst["group-informed consensus"] <= 1e-12


TWO_CAMPS = [[1] * 8 + [0], [-1] * 8 + [1]]


def test_two_camps_are_two_groups_named_by_who_is_seen_first():
    _, grouping, _ = told([TWO_CAMPS[i % 2] for i in range(20)])
    assert grouping.k == 2
    assert grouping.labels.tolist() == [0, 1] * 10
    assert grouping.silhouette == {
        2: 0.0
    }  # each camp stands in one place, and one place alone counts 0


def test_people_with_fewer_than_seven_votes_are_placed_but_not_grouped():
    short = [1, 1, 1, 1, 1, 1, None, None, None]
    _, grouping, _ = told([TWO_CAMPS[i % 2] for i in range(20)] + [short])
    assert grouping.labels[-1] == -1
    assert np.abs(grouping.points[-1]).max() > 0
    assert not grouping.unsure.any()


def test_where_fewer_than_fifteen_are_left_those_with_the_most_votes_are_taken_in_and_unsure():
    sixes, fours = [[1] * 6 + [None] * 3] * 6, [[1] * 4 + [None] * 5] * 3
    _, grouping, _ = told([TWO_CAMPS[i % 2] for i in range(10)] + fours + sixes)
    assert (grouping.labels >= 0).tolist() == [True] * 10 + [False] * 3 + [True] * 5 + [False]
    assert grouping.unsure.tolist() == [False] * 13 + [True] * 5 + [False]


def test_a_statement_moderated_out_moves_nobody_and_is_never_named():
    matrix = [[*TWO_CAMPS[i % 2], 1 if i < 10 else -1] for i in range(20)]
    _, grouping, said = told(matrix, moderated_out=[9])
    assert grouping.centre[9] == 0
    assert (grouping.components[:, 9] == 0).all()
    named = {one.column for group in said.representative for one in group}
    named |= {one.column for one in (*said.agree, *said.disagree)} | set(said.divisive)
    assert named
    assert 9 not in named
    assert said.counted.seen[:, 9].sum() == 20


@pytest.mark.parametrize(("wanted", "found"), [(1, 1), (3, 3), (8, 8), (50, 24)])
def test_a_chosen_number_of_groups_is_made_where_people_stand_in_as_many_places(wanted, found):
    rng = np.random.default_rng(5)
    matrix = rng.integers(-1, 2, (24, 40)).tolist()
    _, grouping, said = told(matrix, k=wanted)
    assert grouping.k == found
    assert sorted(set(grouping.labels.tolist())) == list(range(found))
    assert len(said.representative) == found


def test_no_group_at_all_cannot_be_asked_for():
    with pytest.raises(ValueError, match="at least one"):
        polis.group(votes_of([]), k=0)


@pytest.mark.parametrize(
    "matrix",
    [
        [],
        [[1]],
        [[0]],
        [[1, -1, 0, 1, 1, 1, 1, 1]],
        [[1]] * 20,
        [[-1], [1]] * 10,
        [[0] * 9] * 30,
        [[1] * 9] * 30,
        [[None, 1], [None, -1]],
    ],
    ids=str,
)
def test_the_least_there_can_be_is_no_error(matrix):
    votes, grouping, said = told(matrix)
    assert grouping.k == (0 if not matrix else len({tuple(row) for row in matrix}))
    assert_all_numbers(votes, grouping, said)


def test_statements_nobody_saw_and_people_who_said_nothing_change_nothing():
    matrix = [TWO_CAMPS[i % 2] for i in range(20)]
    votes = votes_of(log_of(matrix))
    wider = type(votes)(
        people=np.append(votes.people, 99),
        statements=np.append(votes.statements, 99),
        starts=np.append(votes.starts, votes.starts[-1]),
        columns=votes.columns,
        signs=votes.signs,
    )
    plain, grouping = polis.group(votes), polis.group(wider)
    assert grouping.labels.tolist() == [*plain.labels.tolist(), -1]
    assert grouping.points[:-1] == pytest.approx(plain.points)
    assert grouping.silhouette == pytest.approx(plain.silhouette)
    said = analysis.analyse(wider, grouping)
    assert said.group_aware_consensus[-1] == 0.25
    assert_all_numbers(wider, grouping, said)


def assert_all_numbers(votes, grouping, said):
    n, m = len(votes.people), len(votes.statements)
    assert grouping.points.shape == (n, 2)
    assert grouping.components.shape == (2, m)
    for numbers in (grouping.points, grouping.components, grouping.centre, said.priority):
        assert np.isfinite(numbers).all()
    assert np.isfinite([*grouping.silhouette.values()]).all()
    assert np.isfinite(said.extremity).all()
    assert ((said.group_aware_consensus > 0) & (said.group_aware_consensus <= 1)).all()
    assert set(grouping.labels.tolist()) - {-1} == set(range(grouping.k))
    for one in [r for group in said.representative for r in group]:
        assert np.isfinite([one.share, one.certainty, one.ratio, one.contrast]).all()


@settings(deadline=None)
@given(matrices())
def test_whatever_people_vote_every_number_is_one(matrix):
    assert_all_numbers(*told(matrix))


@settings(deadline=None)
@given(matrices(), st.integers(1, 6))
def test_a_chosen_number_is_never_exceeded(matrix, k):
    votes, grouping, said = told(matrix, k=k)
    assert grouping.k <= k
    assert_all_numbers(votes, grouping, said)


@settings(deadline=None)
@given(matrices(), st.randoms(use_true_random=False))
def test_the_order_of_the_log_and_votes_said_twice_or_changed_make_no_difference(matrix, random):
    log = log_of(matrix)
    changed = [(i, j, -1, random.choice([-1, 0, 1])) for i, j, *_ in log if random.random() < 0.3]
    again = [row for row in log if random.random() < 0.3]
    muddled = log + changed + again
    random.shuffle(muddled)
    plain, other = polis.group(votes_of(log)), polis.group(votes_of(muddled))
    assert plain.labels.tolist() == other.labels.tolist()
    assert plain.points.tolist() == other.points.tolist()


@settings(deadline=None)
@given(matrices())
def test_names_that_keep_their_order_make_no_difference(matrix):
    log = log_of(matrix)
    renamed = [(i * 7 + 3, j * 5 + 11, t, v) for i, j, t, v in log]
    plain, other = polis.group(votes_of(log)), polis.group(votes_of(renamed))
    assert plain.labels.tolist() == other.labels.tolist()
    assert plain.silhouette == other.silhouette


@settings(deadline=None)
@given(matrices())
def test_agree_and_disagree_exchanged_everywhere_leave_the_groups(matrix):
    turned = [[None if cell is None else -cell for cell in row] for row in matrix]
    plain, other = polis.group(votes_of(log_of(matrix))), polis.group(votes_of(log_of(turned)))
    assert plain.labels.tolist() == other.labels.tolist()
    assert other.points == pytest.approx(-plain.points, abs=1e-9)


@settings(deadline=None)
@given(matrices())
def test_votes_given_are_left_as_they_were(matrix):
    votes = votes_of(log_of(matrix))
    before = [side.copy() for side in (votes.people, votes.starts, votes.columns, votes.signs)]
    grouping = polis.group(votes)
    analysis.analyse(votes, grouping)
    after = (votes.people, votes.starts, votes.columns, votes.signs)
    assert all((a == b).all() for a, b in zip(before, after, strict=True))
