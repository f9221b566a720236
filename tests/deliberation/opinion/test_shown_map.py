"""The map everybody may see gives no ballot away."""

import itertools

import numpy as np
from hypothesis import given
from hypothesis import strategies as some

from deliberation.opinion import stable
from deliberation.opinion.rough_map import MOST_CELLS, rough
from deliberation.opinion.shown import for_everybody
from tests.deliberation.opinion.conftest import result_of


def crowd(seed, people=30, statements=9):
    """Votes of two camps with some chance in them, and the ballots they make: a sign or None for each statement."""
    chance = np.random.default_rng(seed)
    log, ballots = [], []
    for person, camp in enumerate(chance.integers(0, 2, people)):
        leans = [1 if (s % 3 == 0) == bool(camp) else -1 for s in range(statements)]
        says = [int(chance.choice([lean, 0, -lean], p=[0.65, 0.15, 0.2])) for lean in leans]
        ballot = [None if chance.random() < 0.2 else said for said in says]
        ballots.append(tuple(ballot))
        log += [(person, s, said) for s, said in enumerate(ballot) if said is not None]
    return result_of(log, lambda votes: stable.group(votes, seed=0)), ballots


def decoded(result, points, ballots):
    """How many points, by the ballot whose place is nearest, are a real ballot: with the statements' exact places, which nobody is told."""
    counts = [
        [told[way] for way in ("agree", "disagree", "pass")]
        for told in result["statements"].values()
    ]
    agree, disagree, passed = np.array(counts, dtype=float).T
    mean = (agree - disagree) / (agree + disagree + passed)
    m = len(mean)
    alone = np.array([result["map"]["statements"][one] for one in result["statements"]])
    components = alone / (np.sqrt(m) * (1 - mean))[:, None]
    every = np.array(list(itertools.product([np.nan, -1, 0, 1], repeat=m)))
    answered = np.maximum((~np.isnan(every)).sum(axis=1), 1)
    centred = np.where(np.isnan(every), 0, every - mean)
    places = (centred @ components) * np.sqrt(m / answered)[:, None]
    nearest = [every[np.argmin(np.hypot(*(places - point[:2]).T))] for point in points]
    told = [tuple(None if np.isnan(v) else int(v) for v in ballot) for ballot in nearest]
    return sum(ballot in set(ballots) for ballot in told)


def test_ballots_cannot_be_read_from_the_public_map():
    exact = public = chance = 0
    for seed in range(4):
        result, ballots = crowd(seed)
        others, _ = crowd(seed + 100)
        exact += decoded(result, result["map"]["points"], ballots)
        public += decoded(result, for_everybody(result)["map"]["points"], ballots)
        chance += decoded(result, for_everybody(others)["map"]["points"], ballots)
    assert exact >= 115
    assert public <= chance + 3  # of 120; another crowd's points are as good


def test_the_public_map_tells_neither_statements_nor_who_is_unsure():
    result, _ = crowd(1)
    told = for_everybody(result)["map"]
    assert set(told) == {"points"}
    assert {len(point) for point in told["points"]} == {3}
    assert len(told["points"]) == len(result["map"]["points"])


POINTS = some.lists(
    some.tuples(
        some.floats(-9, 9), some.floats(-9, 9), some.integers(-1, 2), some.booleans()
    ).map(list),
    min_size=1,
    max_size=60,
)  # fmt: skip


@given(POINTS, some.randoms(use_true_random=False))
def test_a_rough_place_follows_from_the_cells_alone(points, chance):
    told = rough(points, ())
    shuffled = list(points)
    chance.shuffle(shuffled)
    assert rough(shuffled, ()) == told
    assert sorted(p[2] for p in told) == sorted(p[2] for p in points)


@given(POINTS)
def test_a_small_groups_points_go_with_those_of_nobodys_group(points):
    assert not {p[2] for p in rough(points, [1])} & {1, -1}


def test_a_large_crowd_is_told_by_at_most_so_many_cells():
    line = [[n / 100, 0.0, 0, False] for n in range(5_000)]
    xs = np.array([p[0] for p in rough(line, ())])
    side = 2.0  # 49.99 over 48, as a power of two
    assert len({*np.floor(xs / side)}) <= MOST_CELLS
    assert np.histogram(xs % side, 4)[0].min() > 1_000  # spread evenly within


def test_people_in_one_place_are_a_map_too():
    assert len(rough([[1.0, 1.0, 0, False]] * 7, ())) == 7
    assert rough([], ()) == []
