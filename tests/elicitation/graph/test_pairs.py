"""Pairing: close and not the same, everybody some, nobody many, nothing twice."""

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from elicitation.graph.pairs import EXACT, MOST, NEIGHBOURS, WANTED, Dealing, deal, neighbours


def some_vectors(n, seed=0, topics=1):
    dice = np.random.default_rng(seed)
    around = dice.standard_normal((topics, 32))[np.arange(n) % topics] * 2
    vectors = (dice.standard_normal((n, 32)) + around).astype(np.float32)
    return vectors / np.linalg.norm(vectors, axis=1, keepdims=True)


def nothing_alike(left, right):
    return np.zeros(len(left), dtype=np.float32)


def degrees(pairs, n, had=()):
    ends = [v for p in pairs for v in (p.one, p.other)] + [v for pair in had for v in pair]
    return np.bincount(np.array(ends, dtype=int), minlength=n)


def all_of(n):
    return np.arange(n, dtype=np.int64)


@settings(max_examples=40)
@given(st.integers(2, 60), st.integers(0, 1000))
def test_every_value_comes_into_some_pairs_and_none_into_many(n, seed):
    pairs = deal(
        neighbours(some_vectors(n, seed), seed), nothing_alike, 0.5, Dealing(all_of(n), seed=seed)
    )
    found = degrees(pairs, n)
    assert found.min() >= min(WANTED, n - 1)
    assert found.max() <= MOST
    known = [frozenset((p.one, p.other)) for p in pairs]
    assert len(set(known)) == len(known)
    assert all(len(ends) == 2 for ends in known)


def test_small_crowds_are_compared_exactly_and_the_nearest_come_first():
    vectors = some_vectors(40)
    near = neighbours(vectors, 1)
    cosines = vectors @ vectors.T
    np.fill_diagonal(cosines, -2)
    for one in range(40):
        assert (
            near.places[one].tolist()
            == np.argsort(-cosines[one], kind="stable")[:NEIGHBOURS].tolist()
        )


def test_a_large_crowd_is_not_all_compared_and_close_ones_are_found_all_the_same():
    n = 4 * EXACT
    vectors = some_vectors(n, topics=n // 16)
    near = neighbours(vectors, 1)
    cosines = vectors @ vectors.T
    np.fill_diagonal(cosines, -2)
    nearest = np.argmax(cosines, axis=1)
    hit = np.mean([nearest[n] in near.places[n] for n in range(n)])
    assert hit > 0.8
    assert (near.places >= 0).all()
    assert not (near.places == np.arange(n)[:, None]).any()
    rows = np.sort(near.places, axis=1)
    assert (rows[:, 1:] != rows[:, :-1]).all()


def test_what_is_the_same_is_never_paired():
    vectors = some_vectors(12)

    def twins(left, right):
        return (left // 2 == right // 2).astype(np.float32)

    pairs = deal(neighbours(vectors, 1), twins, 0.5, Dealing(all_of(12)))
    assert all(p.one // 2 != p.other // 2 for p in pairs)
    assert degrees(pairs, 12).min() >= WANTED


def test_where_all_are_the_same_nothing_is_paired():
    def same(left, right):
        return np.ones(len(left), dtype=np.float32)

    assert deal(neighbours(some_vectors(9), 1), same, 0.5, Dealing(all_of(9))) == []


@settings(max_examples=30)
@given(st.integers(6, 40), st.integers(0, 100))
def test_a_newcomer_is_paired_and_the_others_are_left_as_they_were(n, seed):
    vectors = some_vectors(n, seed)
    first = deal(
        neighbours(vectors[:-1], seed), nothing_alike, 0.5, Dealing(all_of(n - 1), seed=seed)
    )
    had = [(p.one, p.other) for p in first]
    later = deal(
        neighbours(vectors, seed), nothing_alike, 0.5, Dealing(np.array([n - 1]), had, seed)
    )
    assert all(n - 1 in (p.one, p.other) for p in later)
    assert 1 <= len(later) <= WANTED
    assert not {frozenset(pair) for pair in had} & {frozenset((p.one, p.other)) for p in later}
    assert degrees(later, n, had).max() <= MOST


def test_one_value_alone_and_none_are_no_fault():
    for n in (0, 1):
        near = neighbours(some_vectors(n), 1)
        assert deal(near, nothing_alike, 0.5, Dealing(all_of(n))) == []


def test_the_same_seed_deals_the_same():
    vectors = some_vectors(30)
    dealt = [
        deal(neighbours(vectors, 3), nothing_alike, 0.5, Dealing(all_of(30), seed=3))
        for _ in range(2)
    ]
    assert dealt[0] == dealt[1]
