"""Vectors in memory find what a search through all would find, whatever was put, replaced and removed before."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from elicitation.graph.nearby import EXACT_TO, LEAST, Nearby

steps = st.lists(st.tuples(st.booleans(), st.integers(0, 9), st.integers(0, 2**16)), max_size=40)


def vector(seed):
    found = np.random.default_rng(seed).normal(size=512).astype(np.float32)
    return found / np.linalg.norm(found)


@given(steps=steps)
def test_it_holds_what_was_put_last_and_not_removed(steps):
    index, kept = Nearby(), {}
    for put, key, seed in steps:
        if put:
            index.put([key], vector(seed)[None])
            kept[key] = vector(seed)
        else:
            index.remove([key])
            kept.pop(key, None)
    asked = vector(1)
    wanted = sorted(kept, key=lambda key: -float(kept[key] @ asked))
    assert len(index) == len(kept)
    assert index.nearest(asked, 20) == wanted or len(set(map(bytes, kept.values()))) < len(kept)
    assert set(index.nearest(asked, 20)) == set(kept)


def test_it_grows_beyond_the_room_it_had():
    index = Nearby()
    many = LEAST * 3
    vectors = np.stack([vector(seed) for seed in range(many)])
    for start in range(0, many, 7):
        index.put(range(start, min(start + 7, many)), vectors[start : start + 7])
    assert len(index) == many
    assert all(index.nearest(vectors[n], 1) == [n] for n in range(many))


def test_an_empty_one_knows_nothing():
    assert Nearby().nearest(vector(1), 5) == []


def test_what_was_removed_is_not_left_in_memory():
    index = Nearby()
    index.put(["a", "b"], np.stack([vector(1), vector(2)]))
    index.remove(["a", "nobody"])
    assert "a" not in index
    assert not (np.abs(index._room[:LEAST] @ vector(1)) > 0.9).any()


def test_among_many_the_rough_look_loses_none_of_the_likest():
    draw = np.random.default_rng(3)
    many = EXACT_TO + 5_000
    vectors = draw.standard_normal((many, 512), dtype=np.float32)
    close = draw.choice(many, 50, replace=False)
    vectors[close] += 12 * vector(1) * np.linspace(1, 2, 50, dtype=np.float32)[:, None]
    vectors /= np.linalg.norm(vectors, axis=1, keepdims=True)
    index = Nearby()
    index.put(range(many), vectors)
    found = index.nearest(vector(1), 50)
    assert found == np.argsort(-(vectors @ vector(1)))[:50].tolist()
