"""Matching proposes what is the same: bounded, symmetric, sure of what is equal, silent about what says nothing."""

import json
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from elicitation.extraction.encoder import encode
from elicitation.graph import matching
from elicitation.graph.matching import (
    STRANGER,
    WEIGHTS,
    Kind,
    crowding,
    nearest,
    read,
    same_from,
    scores,
)

WORDS = st.sampled_from(
    [
        "we",
        "must",
        "not",
        "close",
        "the",
        "park",
        "honesty",
        "matters",
        "respect",
        "dolphins",
        "fair",
        "平和",
        "公園",
        "сад",
        "école",
        "لا",
        "tea",
    ]
)
text = st.one_of(st.lists(WORDS, min_size=1, max_size=8).map(" ".join), st.text(max_size=20))
kinds = pytest.mark.parametrize("kind", list(Kind))


AROUND = encode(["Parks should stay open", "People ought to be honest", "Tea is good", "Be fair"])


def scored(left, right, kind, company=AROUND):
    return scores(read(left, company), read(right, company), kind)


@kinds
@settings(deadline=None, max_examples=40)
@given(left=st.lists(text, min_size=1, max_size=4), right=st.lists(text, min_size=1, max_size=4))
def test_scores_are_probabilities_and_the_same_both_ways(kind, left, right):
    found = scored(left, right, kind)
    assert found.shape == (len(left), len(right))
    assert ((found >= 0) & (found <= 1)).all()
    np.testing.assert_allclose(found, scored(right, left, kind).T, atol=1e-4)


@kinds
@settings(deadline=None, max_examples=25)
@given(texts=st.lists(text, min_size=2, max_size=6), data=st.data())
def test_a_pair_scores_the_same_whatever_the_order(kind, texts, data):
    order = data.draw(st.permutations(range(len(texts))))
    moved = [texts[n] for n in order]
    for company in (AROUND, None):
        found = scored(texts, texts, kind, company)
        np.testing.assert_allclose(
            scored(moved, moved, kind, company), found[np.ix_(order, order)], atol=1e-4
        )
    np.testing.assert_allclose(
        scored(texts[:1], texts[1:2], kind), scored(texts, texts, kind)[:1, 1:2], atol=1e-4
    )


def test_a_text_is_no_company_to_itself_and_the_nearest_count():
    vectors = encode(["Close the park", "Keep the park open", "Boil the onions"])
    alone = crowding(vectors[:1], vectors[:1])
    assert alone == pytest.approx([STRANGER])
    crowd = crowding(vectors, vectors)
    assert crowd[0] > STRANGER
    assert crowd[2] == pytest.approx(STRANGER, abs=0.02)


@kinds
def test_many_texts_score_as_they_do_one_by_one(kind):
    many = [f"Rule number {n} should be kept by everybody" for n in range(matching.BLOCK + 3)]
    one = "Everybody should keep the rules"
    whole = scored(many, [one], kind)
    for n in (0, matching.BLOCK - 1, matching.BLOCK, matching.BLOCK + 2):
        assert whole[n, 0] == pytest.approx(scored([many[n]], [one], kind)[0, 0], abs=1e-4)


@kinds
@pytest.mark.parametrize(
    "again", ["Be honest with people.", " be honest, with people", "BE HONEST WITH PEOPLE"]
)
def test_the_same_letters_are_the_same_for_sure(kind, again):
    assert scored(["Be honest with people."], [again], kind)[0, 0] == 1


@kinds
@pytest.mark.parametrize("nothing", ["", "   ", "...", "\n", "—"])
def test_what_says_nothing_is_like_nothing_not_even_itself(kind, nothing):
    assert scored([nothing, "Kindness"], [nothing, "Kindness"], kind).tolist() == [[0, 0], [0, 1]]


@kinds
def test_no_texts_make_no_pairs(kind):
    assert scores(read([]), read(["Kindness"]), kind).shape == (0, 1)
    assert scores(read(["Kindness"]), read([]), kind).shape == (1, 0)


def test_one_value_in_other_words_is_nearer_than_another_value():
    near, far = scored(
        ["Always tell the truth, even when it costs you something"],
        ["Honesty", "Looking after rivers and forests"],
        Kind.VALUE,
    )[0]
    assert near > far


def test_a_point_and_its_denial_are_kept_apart():
    point = "School uniforms make pupils more equal"
    again, denied = scored(
        [point],
        [
            "Uniforms at school bring equality among pupils",
            "School uniforms do not make pupils more equal",
        ],
        Kind.POINT,
    )[0]
    assert again > denied
    assert denied < same_from(Kind.POINT)


@kinds
def test_the_threshold_is_a_probability_a_pair_can_reach(kind):
    assert 0 < same_from(kind) < 1


def test_the_nearest_come_first_and_none_is_missed():
    rng = np.random.default_rng(1)
    stored = rng.standard_normal((500, 512)).astype(np.float32)
    stored /= np.linalg.norm(stored, axis=1, keepdims=True)
    found = nearest(stored[42], stored, most=10)
    nearness = stored @ stored[42]
    assert found[0] == 42
    assert all(a >= b for a, b in pairwise(nearness[found]))
    assert set(found) == set(np.argsort(-nearness)[:10])
    assert len(nearest(stored[0], stored[:3], most=10)) == 3
    assert len(nearest(stored[0], stored[:0])) == 0


def test_the_weights_are_small_and_say_where_they_come_from():
    assert WEIGHTS.stat().st_size < 500_000
    with np.load(WEIGHTS) as kept:
        told = json.loads(str(kept["provenance"]))
        assert all(kept[name].dtype == np.float16 for name in kept.files if name != "provenance")
    assert {source["licence"] for source in told["sources"]} >= {"Apache-2.0", "CC BY-SA 4.0"}
    assert set(told) >= {"features", "date", "seed", "scores", "script"}


def test_reading_leaves_its_input_alone_and_takes_stored_vectors():
    texts = ["Kindness", "Peace"]
    fresh = read(texts)
    stored = read(texts, vectors=fresh.vectors)
    assert texts == ["Kindness", "Peace"]
    np.testing.assert_array_equal(stored.vectors, fresh.vectors)
