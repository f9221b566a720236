"""Sets of values that seem one, and cards of one value that seem to speak of two."""

from itertools import combinations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from elicitation.extraction.encoder import encode
from elicitation.graph.covering import cards, cover
from elicitation.graph.grouping import (
    APART,
    LEAST_CARDS,
    MOST,
    Pair,
    Values,
    close_pairs,
    parting,
    sets,
)

SAID = [
    ["TRUTH told even when it is hard to hear", "PROMISES kept"],
    ["SHADE under old trees in summer"],
    ["PROMISES that are kept", "TRUTH told, even if it is hard to hear"],
    ["BILLS a family can pay at the end of the month"],
    ["SHADE of old trees in the summer"],
]
scored = st.floats(0.5, 1)


def values(said):
    texts = [text for of in said for text in of]
    return Values(encode([". ".join(of) for of in said]), said, encode(texts))


def blocks(*sizes, within=0.9, between=0.05):
    side = np.repeat(np.arange(len(sizes)), sizes)
    return np.where(side[:, None] == side[None, :], within, between)


def test_values_in_nearly_the_same_words_are_pairs_and_others_are_not():
    assert {(pair.a, pair.b) for pair in close_pairs(values(SAID))} == {(0, 2), (1, 4)}


@pytest.mark.parametrize("said", [[], SAID[:1]])
def test_fewer_than_two_values_make_no_pair(said):
    assert (
        close_pairs(Values(np.zeros((len(said), 512)), said, np.zeros((len(said) * 2, 512)))) == []
    )


def test_pairs_are_the_same_whatever_the_order_of_the_values():
    there = {(pair.a, pair.b): pair.score for pair in close_pairs(values(SAID))}
    back = close_pairs(values(SAID[::-1]))
    last = len(SAID) - 1
    turned = {(last - pair.b, last - pair.a): pair.score for pair in back}
    assert turned.keys() == there.keys()
    assert all(turned[key] == pytest.approx(there[key], abs=1e-4) for key in there)


def test_pairs_found_among_the_nearest_score_as_the_two_compared_in_the_company_of_all():
    found = values(SAID)
    every = cards(SAID, found.vectors)
    likeness = cover(every, every).likeness
    for pair in close_pairs(found):
        assert pair.score == pytest.approx(likeness[pair.a, pair.b], abs=1e-4)


def test_a_chain_is_no_set_for_its_ends_are_not_alike():
    (one,) = sets([Pair(0, 1, 0.9), Pair(1, 2, 0.8)])
    assert one.places == (0, 1)
    assert one.score == pytest.approx(0.9)


def test_a_set_is_as_sure_as_its_two_least_alike():
    (one,) = sets([Pair(0, 1, 0.9), Pair(1, 2, 0.8), Pair(0, 2, 0.6)])
    assert one.places == (0, 1, 2)
    assert one.score == pytest.approx(0.6)
    assert len(one.pairs) == 3


def test_what_somebody_called_apart_is_not_put_together_again():
    pairs = [Pair(0, 1, 0.9), Pair(1, 2, 0.8), Pair(0, 2, 0.6)]
    (one,) = sets(pairs, {(0, 1)})
    assert one.places == (1, 2)
    assert sets([Pair(0, 1, 0.9)], {(0, 1)}) == []


@given(
    st.lists(
        st.tuples(st.integers(0, 9), st.integers(0, 9), scored).filter(lambda p: p[0] < p[1]),
        unique_by=lambda p: p[:2],
        max_size=45,
    )
)
def test_in_a_set_every_two_are_a_pair_and_a_value_is_in_one_set_at_most(found):
    pairs = [Pair(*one) for one in found]
    close = {(pair.a, pair.b) for pair in pairs}
    groups = sets(pairs)
    placed = [place for group in groups for place in group.places]
    assert len(placed) == len(set(placed))
    for group in groups:
        assert 2 <= len(group.places) <= MOST
        assert set(combinations(group.places, 2)) <= close
    if pairs:
        assert groups


def test_cards_that_fall_into_two_are_parted():
    found = parting(blocks(3, 4))
    assert found.parts == ((0, 1, 2), (3, 4, 5, 6))
    assert found.within == pytest.approx(0.9)
    assert found.between == pytest.approx(0.05)
    assert found.score == pytest.approx(0.85)


@given(order=st.permutations(range(7)))
def test_the_parts_are_the_same_whatever_the_order_of_the_cards(order):
    likeness = blocks(3, 4)[np.ix_(order, order)]
    parts = {frozenset(order[n] for n in part) for part in parting(likeness).parts}
    assert parts == {frozenset({0, 1, 2}), frozenset({3, 4, 5, 6})}


@pytest.mark.parametrize(
    "likeness",
    [
        blocks(7),
        blocks(3, 4, between=APART + 0.1),
        blocks(6, 1),
        blocks(3, 4, within=0.3),
        blocks(1, 1, 1, 1),
        blocks(1, LEAST_CARDS - 2),
        np.zeros((5, 5)),
    ],
    ids=["one", "too near", "one alone", "loose", "four apart", "too few", "nothing alike"],
)
def test_cards_that_are_one_or_many_or_few_are_not_parted(likeness):
    assert parting(likeness) is None
