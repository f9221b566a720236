"""Where values stand: close to what they were compared with, and where they stood before."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from deliberation.opinion.layout import Network, arrange
from deliberation.opinion.positions import pack, unpack

TOPICS = 6


def planted(nodes, edges, seed=3):
    """A network of topics, nine of ten edges within one."""
    chance = np.random.default_rng(seed)
    one = chance.integers(0, nodes, edges)
    other = chance.integers(0, nodes // TOPICS, edges) * TOPICS + one % TOPICS
    ends = np.stack([one, np.where(chance.random(edges) < 0.9, other, one[::-1])], axis=1)
    return Network([f"{n:04}" for n in range(nodes)], ends, chance.random(edges))


def among(network, ids):
    """A part of a network."""
    place = {network.ids.index(one): n for n, one in enumerate(ids)}
    kept = [n for n, (a, b) in enumerate(network.ends) if a in place and b in place]
    ends = np.array([[place[a], place[b]] for a, b in network.ends[kept]]).reshape(-1, 2)
    return Network(ids, ends, network.weights[kept])


def as_array(points, ids):
    return np.array([points[one] for one in ids], dtype=float)


def test_values_hardly_move_when_one_in_a_hundred_comes_in():
    whole = planted(600, 2400)
    before = arrange(among(whole, whole.ids[:594]), {})
    after = arrange(whole, before)
    were, are = (as_array(points, whole.ids[:594]) for points in (before, after))
    moved = np.hypot(*(are - were).T) / np.ptp(were, axis=0).max()
    assert np.median(moved) < 0.01
    assert moved.max() < 0.03


def test_new_values_come_in_near_what_they_were_compared_with():
    whole = planted(600, 2400)
    after = as_array(arrange(whole, arrange(among(whole, whole.ids[:594]), {})), whole.ids)
    near = [np.hypot(*(after[a] - after[b])) for a, b in whole.ends if max(a, b) >= 594]
    apart = np.hypot(*(after - np.random.default_rng(1).permutation(after)).T)
    assert np.median(near) < np.median(apart) / 2


def test_values_that_were_compared_stand_closer_than_others():
    network = planted(600, 2400)
    at = as_array(arrange(network, {}), network.ids)
    compared = np.hypot(*(at[network.ends[:, 0]] - at[network.ends[:, 1]]).T)
    others = np.hypot(*(at - np.random.default_rng(1).permutation(at)).T)
    assert np.median(compared) < np.median(others) / 2


def test_no_two_values_stand_on_one_another():
    network = planted(300, 900)
    assert len(set(arrange(network, {}).values())) == 300


@settings(max_examples=4)
@given(st.permutations(range(12)))
def test_the_order_of_ids_and_edges_makes_no_difference(order):
    network = planted(12, 20)
    place = {before: after for after, before in enumerate(order)}
    ids = [network.ids[n] for n in order]
    ends = np.array([[place[a], place[b]] for a, b in network.ends])[::-1]
    assert arrange(Network(ids, ends, network.weights[::-1]), {}) == arrange(network, {})


@pytest.mark.parametrize("nodes", [0, 1, 2])
def test_next_to_nothing_can_be_laid_out(nodes):
    ids = [str(n) for n in range(nodes)]
    points = arrange(Network(ids, np.zeros((0, 2), dtype=np.intp), np.zeros(0)), {})
    assert set(points) == set(ids)


def test_positions_come_back_as_they_were_packed():
    points = {"a": (1, -2), "b": (30_000, 0)}
    assert unpack(pack(points)) == points
    assert unpack(b"") == {}
