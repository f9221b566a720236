"""Nobody works out a small count: a solver tries, on one release and on several after each other, with all it may know of the rule."""

from itertools import product
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from deliberation.exports.disclosure import FEWEST, LATER, Told, again, first, is_many
from tests.deliberation.exports._recovering import recovered

KINDS = "abcdef"
CELLS = st.dictionaries(st.sampled_from(KINDS), st.integers(0, 60), min_size=1)
SEEDS = st.integers(0, 2**32)


def by(seed):
    """An order that knows nothing of numbers."""
    kinds = list(KINDS)
    Random(seed).shuffle(kinds)
    return kinds.index


@settings(deadline=None, max_examples=60)
@given(CELLS, SEEDS)
def test_of_one_release_the_solver_recovers_no_small_count(cells, seed):
    told = first(cells, by(seed))
    if told is None:
        return
    assert all(is_many(number) for number in told.counts.values())
    assert is_many(told.rest) or not told.hidden
    assert told.whole == sum(cells.values())
    assert recovered([told], [cells], growing=False) == []


@settings(deadline=None, max_examples=60)
@given(CELLS, SEEDS)
def test_who_knows_the_rule_finds_more_than_one_answer_to_every_small_count(cells, seed):
    told = first(cells, by(seed))
    if told is None or not told.hidden or told.rest > 30 or len(told.hidden) > 3:
        return
    fitting = [one for one in product(range(told.rest + 1), repeat=len(told.hidden)) if sum(one) == told.rest and fits(one)]  # fmt: skip
    for at, kind in enumerate(told.hidden):
        assert cells[kind] in {one[at] for one in fitting}
        assert len({one[at] for one in fitting}) > 1


def fits(hidden):
    """Whether the rule hides just these: the small ones if they are two and many together, else they and one more."""
    small = [number for number in hidden if number < FEWEST]
    alone = len(small) < 2 or sum(small) < FEWEST
    return len(hidden) - len(small) == int(alone and bool(small)) and bool(small)


MOVES = st.lists(
    st.dictionaries(st.sampled_from(KINDS), st.integers(-12, 40)), min_size=1, max_size=2
)


@settings(deadline=None, max_examples=80)
@given(CELLS, MOVES, SEEDS, st.booleans())
def test_of_releases_after_each_other_the_solver_recovers_no_small_count_and_no_move_of_few(cells, moves, seed, growing):  # fmt: skip
    truth, releases, before = [cells], [first(cells, by(seed))], []
    for move in moves:
        before += [one for one in releases[-1:] if one]
        last = truth[-1]
        steps = {kind: max(move.get(kind, 0), 0 if growing else -last[kind]) for kind in last}
        truth.append({kind: last[kind] + steps[kind] for kind in last})
        releases.append(again(truth[-1], before) if before else first(truth[-1], by(seed), LATER))
    if any(releases):
        assert recovered(releases, truth, growing=growing) == []


def test_the_solver_does_recover_what_a_careless_rule_would_tell():
    careless = Told({"a": 20, "b": 30}, ("c",), 4)
    assert recovered([careless], [{"a": 20, "b": 30, "c": 4}], growing=False) == [(2, 4)]
    one, two = (Told({"a": n, "b": 30}, (), 0) for n in (20, 21))
    truth = [{"a": 20, "b": 30}, {"a": 21, "b": 30}]
    assert recovered([one, two], truth, growing=False) == [(4, 1)]


@pytest.mark.parametrize("seed", range(3))
def test_of_two_hundred_planted_people_what_they_said_is_told_from_what_they_did_not_no_better_than_by_chance(seed):  # fmt: skip
    """Each joins alone between two releases, in a kind of their own choice. Whoever knows all but what they said sees the same, whatever it was."""
    chance, different = Random(seed), 0
    for _ in range(200):
        says = {what: {kind: chance.randrange(40) // chance.choice((1, 8)) for kind in KINDS} for what in "ynp"}  # fmt: skip
        theirs = chance.choice(KINDS)
        before = {what: first(cells, by(seed)) for what, cells in says.items()}
        seen = []
        for guess in says:
            after = {what: {**cells, theirs: cells[theirs] + (what == guess)} for what, cells in says.items()}  # fmt: skip
            seen.append([again(after[what], [told]) if told else first(after[what], by(seed), LATER) for what, told in before.items()])  # fmt: skip
        different += seen[1:] != seen[:-1]
    assert different == 0
