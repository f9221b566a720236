"""A log of votes as arrays: the last vote of a pair, whatever the order, the ids and the repetitions."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from deliberation.opinion import votes as module
from deliberation.opinion.votes import gather

ROW = st.tuples(
    st.integers(0, 6), st.integers(0, 5), st.integers(0, 4), st.sampled_from([-1, 0, 1])
)
LOGS = st.lists(ROW, max_size=40)


def arrays(log):
    return [np.array([row[place] for row in log], dtype=np.int64) for place in range(4)]


def cells(votes):
    """The matrix as a dictionary from (person, statement) to vote."""
    rows = np.repeat(np.arange(len(votes.people)), np.diff(votes.starts))
    people, statements = votes.people[rows].tolist(), votes.statements[votes.columns].tolist()
    pairs = zip(people, statements, strict=True)
    return dict(zip(pairs, votes.signs.tolist(), strict=True))


def last_votes(log):
    """The same read off one vote after another."""
    found = {}
    for person, statement, _, vote in sorted(log, key=lambda row: row[2]):  # stable
        found[person, statement] = vote
    return found


@given(LOGS)
def test_the_last_vote_of_each_pair_counts_and_of_equal_times_the_later_in_the_log(log):
    votes = gather(*arrays(log))
    assert cells(votes) == last_votes(log)
    assert len(votes.signs) == len(last_votes(log))


@given(LOGS)
def test_people_statements_and_the_statements_of_a_row_come_out_sorted(log):
    votes = gather(*arrays(log))
    assert votes.people.tolist() == sorted({row[0] for row in log})
    assert votes.statements.tolist() == sorted({row[1] for row in log})
    for start, stop in zip(votes.starts[:-1], votes.starts[1:], strict=True):
        assert (np.diff(votes.columns[start:stop]) > 0).all()


@given(LOGS, st.randoms(use_true_random=False))
def test_the_order_of_the_log_does_not_matter_where_times_differ(log, random):
    log = [(person, statement, at, vote) for at, (person, statement, _, vote) in enumerate(log)]
    mixed = log.copy()
    random.shuffle(mixed)
    assert cells(gather(*arrays(mixed))) == cells(gather(*arrays(log)))


@given(LOGS)
def test_ids_may_be_words_or_numbers_far_apart(log):
    person, statement, time, vote = arrays(log)
    known = cells(gather(person, statement, time, vote))
    words = gather(person.astype(str), statement.astype(str), time, vote)
    assert cells(words) == {(str(p), str(s)): sign for (p, s), sign in known.items()}
    apart = gather(person * 2**60 - 5, statement - 2**40, time, vote)
    assert cells(apart) == {(p * 2**60 - 5, s - 2**40): sign for (p, s), sign in known.items()}


@given(LOGS)
def test_a_log_longer_than_a_piece_is_read_the_same(log):
    known = cells(gather(*arrays(log)))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(module, "PIECE", 3)
        assert cells(gather(*arrays(log))) == known


def test_types_are_small_and_as_said():
    votes = gather(np.array([7, 7]), np.array([1, 2]), np.array([0.5, 0.25]), np.array([1.0, -1.0]))
    assert (votes.columns.dtype, votes.signs.dtype) == (np.int32, np.int8)
    assert votes.starts.tolist() == [0, 2]


@pytest.mark.parametrize("vote", [[2], [-2], [0.5], [float("nan")]])
def test_a_vote_that_is_none_is_refused(vote):
    one = np.array([1])
    with pytest.raises(ValueError, match="A vote is 1"):
        gather(one, one, one, np.array(vote))


def test_the_arrays_given_are_left_as_they_were():
    given_arrays = arrays([(1, 1, 1, 1), (1, 1, 0, -1), (0, 1, 1, 0)])
    copies = [each.copy() for each in given_arrays]
    gather(*given_arrays)
    for array, copy in zip(given_arrays, copies, strict=True):
        assert array.tolist() == copy.tolist()
