"""Which of two values is the wiser, once the question's own yes is taken out, and how sure that is. Free of Django."""

from dataclasses import dataclass

import numpy as np
from scipy.special import ndtr, ndtri

from elicitation.graph.direction import Effect
from elicitation.graph.grid import LEAN, LEAN_SPREAD, MANY, bell, likelihoods, logistic
from elicitation.graph.judgements import Floats
from elicitation.graph.patterns import Patterns

COVERED = 0.9  # of an interval
UNLIKELY = 1e-6  # an effect is left out below this share of the likeliest
BLOCK = 1024  # patterns weighed at a time
STEPS = 30  # of Newton's method; a step moves at most by LONGEST
LONGEST = 1.0


@dataclass(frozen=True, slots=True)
class Posteriors:
    """Of each transition, (t,): the lean, in log odds towards the higher value: `mean`, `spread` (standard deviation), the interval
    `least` to `most` that covers COVERED; `probability` that the higher one is the wiser."""

    mean: Floats
    spread: Floats
    least: Floats
    most: Floats
    probability: Floats


def posteriors(found: Patterns, effect: Effect) -> Posteriors:
    """The posterior of each transition: answers by direction asked, the effect as the prior of the question's lean, a normal prior
    around 0 for the values'.

    Asked one way only, the effect cannot be told from the lean by the answers: its whole spread is in the interval.
    """
    rows = np.zeros((5, len(found.scores)))
    many = found.scores.sum(axis=1) > MANY
    few = np.flatnonzero(~many)
    for start in range(0, len(few), BLOCK):
        block = few[start : start + BLOCK]
        rows[:, block] = _on_grid(found.scores[block], effect)
    rows[:, many] = _by_curve(found.scores[many], effect)
    return Posteriors(*(row[found.place] for row in rows))


def _on_grid(scores: Floats, effect: Effect) -> Floats:
    """Five rows of Posteriors for p patterns, (5, p), summed over the grid."""
    likely = np.flatnonzero(effect.density > effect.density.max() * UNLIKELY)
    near = slice(likely[0], likely[-1] + 1)
    density = np.einsum("pbl,b->pl", likelihoods(scores, near), effect.density[near])
    density *= bell(LEAN_SPREAD)
    density /= density.sum(axis=1, keepdims=True)
    mean = density @ LEAN
    spread = np.sqrt(np.maximum(density @ LEAN**2 - mean**2, 1e-12))
    below = density.cumsum(axis=1) - density / 2  # up to the middle of each cell
    tail = (1 - COVERED) / 2
    middle = len(LEAN) // 2
    ends = [_crossing(below, tail), _crossing(below, 1 - tail)]
    return np.stack([mean, spread, *ends, 1 - below[:, middle]])


def _crossing(below: Floats, share: float) -> Floats:
    """Where each row of rising shares, (p, l), reaches `share`, between the points of LEAN."""
    at = np.clip((below < share).sum(axis=1), 1, len(LEAN) - 1)
    rows = np.arange(len(below))
    before, after = below[rows, at - 1], below[rows, at]
    part = np.clip((share - before) / np.maximum(after - before, 1e-12), 0, 1)
    found: Floats = LEAN[at - 1] + part * (LEAN[at] - LEAN[at - 1])
    return found


def _by_curve(scores: Floats, effect: Effect) -> Floats:
    """The same by Laplace's method: a normal curve at the most likely bias and lean, (5, p)."""
    bias, lean = np.full(len(scores), effect.mean), np.zeros(len(scores))
    prior = 1 / max(effect.spread, 1e-3) ** 2, 1 / LEAN_SPREAD**2
    asked = scores[:, 0] + scores[:, 1], scores[:, 2] + scores[:, 3]
    spread = np.full(len(scores), LEAN_SPREAD)
    for _ in range(STEPS):
        up, down = logistic(bias + lean), logistic(bias - lean)
        pull_up, pull_down = scores[:, 0] - asked[0] * up, scores[:, 2] - asked[1] * down
        bend_up, bend_down = asked[0] * up * (1 - up), asked[1] * down * (1 - down)
        to_bias = pull_up + pull_down - prior[0] * (bias - effect.mean)
        to_lean = pull_up - pull_down - prior[1] * lean
        bb, ll = bend_up + bend_down + prior[0], bend_up + bend_down + prior[1]
        bl = bend_up - bend_down
        bent = bb * ll - bl**2
        bias = bias + np.clip((ll * to_bias - bl * to_lean) / bent, -LONGEST, LONGEST)
        lean = lean + np.clip((bb * to_lean - bl * to_bias) / bent, -LONGEST, LONGEST)
        spread = np.sqrt(bb / bent)
    reach = ndtri(0.5 + COVERED / 2) * spread
    sure = ndtr(lean / spread)
    return np.stack([lean, spread, lean - reach, lean + reach, sure])
