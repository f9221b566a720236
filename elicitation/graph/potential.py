"""How high each value stands, from all transitions at once, and how sure that is. Free of Django.

The least-squares potential of Jiang, Lim, Yao and Ye, "Statistical ranking and combinatorial Hodge theory" (2011), with a normal
prior for each value, so that a value little is known of stays near the middle.
"""

from dataclasses import dataclass

import numpy as np
from scipy.sparse import coo_array, csr_array, diags_array
from scipy.sparse.linalg import cg, lsmr

from elicitation.graph.grid import LEAN_SPREAD
from elicitation.graph.judgements import Floats, Ints
from elicitation.graph.posteriors import Posteriors

PULL = 2 / LEAN_SPREAD**2  # a lean is the difference of two heights: each has half its variance
REACH = 1.645  # standard deviations of an interval that covers 90 %
DENSE = 1500  # values up to which the spread is worked out and not drawn
DRAWS = 32
CLOSE, NEAR = 1e-8, 1e-2  # of a solution, and of one that is only drawn for its spread
ROUNDS = 300
DIGITS = 9  # of a height: what lies beyond hangs on processor and threads, and must not put equals in an order


@dataclass(frozen=True, slots=True)
class Flows:
    """Leans from value to value, in log odds, each with a weight (1 / variance); (t,) each."""

    start: Ints
    end: Ints
    lean: Floats
    weight: Floats


@dataclass(frozen=True, slots=True)
class Heights:
    """Of each value, (n,): height in log odds over the average value, with an interval of 90 %."""

    mean: Floats
    least: Floats
    most: Floats


def leans(found: Posteriors) -> tuple[Floats, Floats]:
    """Lean and weight, (t,) each, that the answers alone speak for: the prior of the lean is taken out again, for heights have their own."""
    whole = 1 / found.spread**2
    weight = np.maximum(whole - 1 / LEAN_SPREAD**2, 1e-3)
    return found.mean * whole / weight, weight


def heights(flows: Flows, bound: Ints, seed: int) -> Heights:
    """Heights of n values. Values with one `bound`, (n,), are one and share a height."""
    nodes = int(bound.max()) + 1 if len(bound) else 0
    start, end = bound[flows.start], bound[flows.end]
    apart = start != end
    joined = Flows(start[apart], end[apart], flows.lean[apart], flows.weight[apart])
    mean, spread = _solved(joined, nodes, seed)
    mean, spread = np.round(mean[bound], DIGITS), np.round(spread[bound], DIGITS)
    return Heights(mean, mean - REACH * spread, mean + REACH * spread)


def cyclic_share(flows: Flows, values: int) -> float | None:
    """The share of the flow, in [0, 1], that no order of n values can explain, for it runs in circles; None where nothing flows."""
    root = np.sqrt(flows.weight)
    whole = float(((root * flows.lean) ** 2).sum())
    if whole <= 0:
        return None
    rows = diags_array(root) @ _incidence(flows, values)
    left = lsmr(rows, root * flows.lean, atol=1e-10, btol=1e-10, maxiter=ROUNDS)[3]
    return min(float(left) ** 2 / whole, 1.0)


def rank_ranges(found: Heights) -> tuple[Ints, Ints]:
    """Best and worst rank of each of n values, (n,) each; 1 is the highest. Values whose intervals overlap are not put in an order."""
    above = len(found.least) - np.searchsorted(np.sort(found.least), found.most, side="right")
    below = np.searchsorted(np.sort(found.most), found.least, side="left")
    return (above + 1).astype(np.int64), (len(found.least) - below).astype(np.int64)


def _incidence(flows: Flows, nodes: int) -> csr_array:
    """1 where a flow ends and -1 where it starts, (t, n)."""
    rows, ones = np.arange(len(flows.start)), np.ones(len(flows.start))
    places = np.concatenate([rows, rows]), np.concatenate([flows.end, flows.start])
    shape = len(flows.start), nodes
    return csr_array(coo_array((np.concatenate([ones, -ones]), places), shape=shape))


def _solved(flows: Flows, nodes: int, seed: int) -> tuple[Floats, Floats]:
    """Mean and standard deviation of each height, (n,) each."""
    turned, weight = _incidence(flows, nodes), flows.weight
    system = csr_array(turned.T @ diags_array(weight) @ turned + PULL * diags_array(np.ones(nodes)))
    told: Floats = turned.T @ (weight * flows.lean)
    if nodes <= DENSE:
        inverse = np.linalg.inv(system.toarray()) if nodes else np.zeros((0, 0))
        return inverse @ told, np.sqrt(np.diag(inverse))
    scale = diags_array(1 / system.diagonal())
    chance = np.random.default_rng(seed)
    squares = np.zeros(nodes)
    for _ in range(DRAWS):  # a solution for noise varies as the heights do
        noise = turned.T @ (np.sqrt(weight) * chance.standard_normal(len(weight)))
        noise += np.sqrt(PULL) * chance.standard_normal(nodes)
        squares += cg(system, noise, rtol=NEAR, M=scale)[0] ** 2
    return cg(system, told, rtol=CLOSE, M=scale)[0], np.sqrt(squares / DRAWS)
