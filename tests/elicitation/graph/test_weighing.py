"""The question's yes is taken out as the model says: against integrals done another way, planted effects and hand calculations."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.integrate import dblquad
from scipy.stats import norm

from elicitation.graph import posteriors as room
from elicitation.graph import potential
from elicitation.graph.direction import PRIOR_MEAN, PRIOR_SPREAD, direction_effect
from elicitation.graph.grid import BIAS, normal
from elicitation.graph.judgements import entropy
from elicitation.graph.pagerank import pagerank
from elicitation.graph.patterns import patterns
from elicitation.graph.posteriors import posteriors
from elicitation.graph.potential import Flows, Heights, cyclic_share, heights, rank_ranges
from elicitation.graph.tension import tensions
from elicitation.graph.transitions import Tally

ROWS = [(8, 0, 0, 0), (6, 2, 0, 0), (10, 1, 9, 2), (12, 0, 1, 9), (0, 3, 2.5, 0.5), (0, 0, 0, 0)]


def tally(scores):
    scores = np.array(scores, dtype=float).reshape(-1, 2, 2)
    return Tally(
        np.concatenate([scores, np.zeros_like(scores)], axis=2), np.zeros((len(scores), 8))
    )


def weighed(scores):
    told = tally(scores)
    alike = patterns(told.scores)
    return posteriors(alike, direction_effect(told, alike))


@pytest.mark.parametrize("row", ROWS)
def test_a_posterior_is_the_integral_over_lean_and_effect(row):
    yes_up, no_up, yes_down, no_down = row

    def density(lean, bias):
        up, down = 1 / (1 + np.exp(-bias - lean)), 1 / (1 + np.exp(-bias + lean))
        likely = up**yes_up * (1 - up) ** no_up * down**yes_down * (1 - down) ** no_down
        return likely * norm.pdf(lean) * norm.pdf(bias, PRIOR_MEAN, PRIOR_SPREAD)

    whole = dblquad(density, -2, 3, -5, 5)[0]
    above = dblquad(density, -2, 3, 0, 5)[0]
    mean = dblquad(lambda lean, bias: lean * density(lean, bias), -2, 3, -5, 5)[0]
    found = weighed([row])
    assert found.probability[0] == pytest.approx(above / whole, abs=2e-3)
    assert found.mean[0] == pytest.approx(mean / whole, abs=1e-3)


def test_the_curve_for_many_answers_continues_the_grid_for_few(monkeypatch):
    rows = [(40, 15, 0, 0), (20, 9, 18, 12), (25, 4, 6, 24)]
    grid = weighed(rows)
    monkeypatch.setattr(room, "MANY", 10)
    curve = weighed(rows)
    for name in ("mean", "spread", "least", "most", "probability"):
        np.testing.assert_allclose(getattr(curve, name), getattr(grid, name), atol=0.1)


@given(st.lists(st.tuples(*[st.integers(0, 40)] * 4), min_size=1, max_size=12))
def test_turning_a_pair_round_turns_its_lean_and_nothing_else(rows):
    found, turned = weighed(rows), weighed([(c, d, a, b) for a, b, c, d in rows])
    np.testing.assert_allclose(turned.mean, -found.mean, atol=1e-9)
    np.testing.assert_allclose(turned.least, -found.most, atol=1e-9)
    np.testing.assert_allclose(turned.probability, 1 - found.probability, atol=1e-9)
    assert (found.least <= found.most).all()
    assert np.isfinite([found.mean, found.spread, found.least, found.most]).all()


@given(st.lists(st.tuples(*[st.integers(0, 9)] * 4), max_size=20))
def test_patterns_give_every_row_back(rows):
    scores = np.array(rows, dtype=float).reshape(-1, 4) / 2
    found = patterns(scores)
    np.testing.assert_array_equal(found.scores[found.place], scores)
    assert len(np.unique(found.scores, axis=0)) == len(found.scores)


def test_large_counts_are_told_apart_too():
    scores = np.array([[100_000.5, 0, 3, 1], [100_000, 0, 3, 1], [100_000.5, 0, 3, 1]])
    found = patterns(scores)
    np.testing.assert_array_equal(found.scores[found.place], scores)
    assert len(found.scores) == 2


@pytest.mark.parametrize("planted", [-0.5, 0.0, 0.8, 1.6])
def test_a_planted_direction_effect_is_found(planted):
    chance = np.random.default_rng(5)
    lean = chance.normal(0, 1, 300)
    rows = []
    for tilt in lean:
        up = chance.binomial(12, 1 / (1 + np.exp(-planted - tilt)))
        down = chance.binomial(12, 1 / (1 + np.exp(-planted + tilt)))
        rows.append((up, 12 - up, down, 12 - down))
    told = tally(rows)
    effect = direction_effect(told, patterns(told.scores))
    assert effect.estimated
    assert effect.transitions == 300
    assert effect.mean == pytest.approx(planted, abs=0.12)


def test_intervals_cover_what_was_planted_as_often_as_they_say():
    chance = np.random.default_rng(11)
    lean = chance.normal(0, 1, 2000)
    up = chance.binomial(10, 1 / (1 + np.exp(-0.9 - lean)))
    down = chance.binomial(10, 1 / (1 + np.exp(-0.9 + lean)))
    found = weighed(np.stack([up, 10 - up, down, 10 - down], axis=1))
    assert ((found.least < lean) & (lean < found.most)).mean() == pytest.approx(0.9, abs=0.03)


def test_asked_one_way_only_the_prior_stands_and_the_interval_is_wider():
    told = tally([(20, 4, 0, 0)] * 30)
    effect = direction_effect(told, patterns(told.scores))
    assert (effect.estimated, effect.transitions, effect.accepted_both) == (False, 0, None)
    np.testing.assert_array_equal(effect.density, normal(BIAS, PRIOR_MEAN, PRIOR_SPREAD))
    one_way, both = weighed([(20, 4, 0, 0)]), weighed([(10, 2, 2, 10)])
    assert one_way.spread[0] > both.spread[0]
    assert one_way.probability[0] < both.probability[0]


def test_who_says_yes_both_ways_is_counted_over_well_tested_transitions():
    """80 % and 70 % yes: at least half of the people must say yes to both."""
    told = tally([(8, 2, 7, 3), (9, 0, 0, 1)])
    effect = direction_effect(told, patterns(told.scores))
    assert effect.accepted_both == pytest.approx(0.5)
    assert (effect.transitions, effect.answers) == (1, 20)


def test_entropy_of_two_even_answers_is_a_bit():
    found = entropy(np.array([[2.0, 2, 0], [4, 0, 0], [0, 0, 0], [1, 1, 2]]))
    np.testing.assert_allclose(found, [1, 0, 0, 1.5])


def test_pagerank_of_one_step_by_hand():
    """A -> B: B = 0.075 + 0.85 (A + B / 2), A = 0.075 + 0.85 B / 2, so A is 0.5 / 1.425."""
    found = pagerank(np.array([0]), np.array([1]), np.ones(1), 2, dangling=True)
    np.testing.assert_allclose(found, [0.5 / 1.425, 0.925 / 1.425], atol=1e-6)
    left_out = pagerank(np.array([0]), np.array([1]), np.ones(1), 2, dangling=False)
    np.testing.assert_allclose(left_out, [0.075, 0.075 + 0.85 * 0.075])


@given(st.lists(st.tuples(st.integers(0, 8), st.integers(0, 8), st.floats(0, 5)), max_size=30))
def test_pagerank_sums_to_one_with_dangling_mass(edges):
    start, end, weight = (
        (np.array(c) for c in zip(*edges, strict=True)) if edges else [np.zeros(0)] * 3
    )
    found = pagerank(start.astype(int), end.astype(int), weight, 9, dangling=True)
    assert found.sum() == pytest.approx(1)
    assert (found > 0).all()


def test_a_cycle_is_all_circles_and_a_chain_is_none():
    ones = np.ones(3)
    cycle = Flows(np.array([0, 1, 2]), np.array([1, 2, 0]), ones, ones)
    assert cyclic_share(cycle, 3) == pytest.approx(1)
    chain = Flows(np.array([0, 1, 0]), np.array([1, 2, 2]), np.array([1.0, 1, 2]), ones)
    assert cyclic_share(chain, 3) == pytest.approx(0, abs=1e-9)
    assert cyclic_share(Flows(*[np.zeros(0, dtype=int)] * 2, *[np.zeros(0)] * 2), 3) is None


def test_heights_of_two_values_by_hand():
    """Lean 1 with weight 2, prior 2 each: (h + 2 h) 2 ... = h (2 + 2 + 2) = 2, so a third above and a third below the middle."""
    flows = Flows(np.array([0]), np.array([1]), np.ones(1), np.full(1, 2.0))
    found = heights(flows, np.array([0, 1]), seed=0)
    np.testing.assert_allclose(found.mean, [-1 / 3, 1 / 3])
    np.testing.assert_allclose(found.most - found.mean, 1.645 * np.sqrt([1 / 3, 1 / 3]))


def test_drawn_spreads_agree_with_worked_out_ones(monkeypatch):
    chance = np.random.default_rng(3)
    start, end = chance.integers(0, 40, 200), chance.integers(40, 80, 200)
    flows = Flows(start, end, chance.normal(size=200), np.full(200, 3.0))
    exact = heights(flows, np.arange(80), seed=1)
    monkeypatch.setattr(potential, "DENSE", 1)
    monkeypatch.setattr(potential, "DRAWS", 2000)
    drawn = heights(flows, np.arange(80), seed=1)
    np.testing.assert_allclose(drawn.mean, exact.mean, atol=1e-6)
    np.testing.assert_allclose(drawn.most - drawn.mean, exact.most - exact.mean, rtol=0.1)


def test_ranks_are_shared_where_intervals_overlap():
    found = Heights(np.zeros(4), np.array([5.0, 2, 1, -3]), np.array([6.0, 4, 3, 0]))
    best, worst = rank_ranges(found)
    assert list(zip(best, worst, strict=True)) == [(1, 1), (2, 3), (2, 3), (4, 4)]


def test_a_circle_in_one_context_is_a_tension_and_over_two_contexts_is_none():
    start, end = np.array([0, 1, 2]), np.array([1, 2, 0])
    here = tensions(start, end, np.zeros(3, dtype=int), 4)
    assert [members.tolist() for members in here.members] == [[0, 1, 2]]
    assert here.tense.tolist() == [True, True, True, False]
    assert len(set(here.bound[:3])) == 1
    apart = tensions(start, end, np.array([0, 0, 1]), 4)
    assert apart.members == ()
