"""How much the direction of a question draws a yes: the assembly's direction effect. Free of Django."""

from dataclasses import dataclass
from math import sqrt

import numpy as np

from elicitation.graph.grid import BIAS, LEAN_SPREAD, MANY, bell, likelihoods, normal
from elicitation.graph.judgements import Bools, Floats
from elicitation.graph.patterns import Patterns
from elicitation.graph.transitions import DOWNWARD, NOTHING, UPWARD, YES, Tally

PRIOR_MEAN, PRIOR_SPREAD = 0.35, 0.5  # log odds; why: docs/decisions/0017-moral-graph.md
EACH_WAY = 5  # answers other than unsure, each way, for a transition to count as well tested
TRANSITIONS = 5  # well tested ones from which an assembly has an effect of its own
MEANS = np.linspace(-1.5, 3.5, 101)
SPREADS = np.array([0.1, 0.2, 0.4, 0.6, 0.8, 1.0])  # between transitions, log odds
SPREAD_SCALE = 0.5
BLOCK = 1024  # patterns at a time
OTHER = slice(None, None, 2)  # every other point is fine enough here
ROUGH = BIAS[OTHER]
TINY = 1e-300


@dataclass(frozen=True, slots=True)
class Effect:
    """How much more likely a yes is, whichever value is put as the wiser.

    `mean` and `spread`: log odds of a yes where nothing speaks for either value, as expected of the next transition; `estimated`:
    from this assembly, else from the prior. `transitions` well tested both ways, with `answers`; `accepted_both`: the least share of
    people, over those transitions, who must say yes both ways (share one way + share other way - 1), or None where there are none.
    `density`: over BIAS, (b,).
    """

    mean: float
    spread: float
    estimated: bool
    transitions: int
    answers: int
    accepted_both: float | None
    density: Floats


def direction_effect(tally: Tally, patterns: Patterns) -> Effect:
    """The effect, from transitions well tested both ways.

    A transition k asked the one way and the other is accepted with log odds b_k + l_k and b_k - l_k: b_k, the effect there, is normal
    around the assembly's, l_k is the lean. Solved on a grid. Below TRANSITIONS of them the prior stands, for one odd pair would speak
    for all.
    """
    decided: Floats = tally.asked[:, :, :NOTHING].sum(axis=2)
    tested: Bools = decided.min(axis=1) >= EACH_WAY if len(decided) else np.zeros(0, dtype=bool)
    found = int(tested.sum())
    estimated = found >= TRANSITIONS
    density = _learnt(patterns, tested) if estimated else normal(BIAS, PRIOR_MEAN, PRIOR_SPREAD)
    mean = float(density @ BIAS)
    spread = sqrt(max(float(density @ BIAS**2) - mean**2, 0))
    answers = int(tally.asked[tested].sum())
    return Effect(mean, spread, estimated, found, answers, _both(tally, tested), density)


def effect_there(scores: Floats) -> tuple[Floats, Floats]:
    """The effect in each of p transitions put both ways and its variance, (p,) each: the mean of both log odds of a yes, for the leans
    cancel. Half an answer is added to each count, so that none is infinite (Haldane 1956, Anscombe 1956)."""
    counts = scores + 0.5
    odds: Floats = np.log(counts) @ np.array([0.5, -0.5, 0.5, -0.5])
    variance: Floats = (1 / counts).sum(axis=1) / 4
    return odds, variance


def _learnt(patterns: Patterns, tested: Bools) -> Floats:
    """The density of the effect in the next transition, over BIAS: transitions vary around the assembly's (a random-effects model)."""
    times = np.bincount(patterns.place[tested], minlength=len(patterns.scores)).astype(float)
    held = times > 0
    of_bias = _there(patterns.scores[held])
    means, spreads = np.repeat(MEANS, len(SPREADS)), np.tile(SPREADS, len(MEANS))
    around = np.stack([normal(BIAS, m, s) for m, s in zip(means, spreads, strict=True)])
    rough = around[:, OTHER] / around[:, OTHER].sum(axis=1, keepdims=True)
    seen = np.log(np.maximum(of_bias @ rough.T, TINY)).T @ times[held]
    seen += _logs(means, PRIOR_MEAN, PRIOR_SPREAD) + _logs(spreads, 0, SPREAD_SCALE)
    posterior = np.exp(seen - seen.max())
    found: Floats = (posterior / posterior.sum()) @ around
    return found


def _there(scores: Floats) -> Floats:
    """How likely each effect makes each of p patterns, whatever the lean, up to a factor: (p, b), at the points of ROUGH."""
    likely = np.zeros((len(scores), len(ROUGH)))
    many = scores.sum(axis=1) > MANY
    few = np.flatnonzero(~many)
    for start in range(0, len(few), BLOCK):
        block = few[start : start + BLOCK]
        likely[block] = likelihoods(scores[block], OTHER, OTHER) @ bell(LEAN_SPREAD)[OTHER]
    odds, variance = effect_there(scores[many])
    spread = np.maximum(np.sqrt(variance), (ROUGH[1] - ROUGH[0]) / 2)
    likely[many] = np.exp(_logs(ROUGH, odds[:, None], spread[:, None]))
    return likely


def _logs(at: Floats, mean: Floats | float, spread: Floats | float) -> Floats:
    found: Floats = -0.5 * ((at - mean) / spread) ** 2
    return found


def _both(tally: Tally, tested: Bools) -> float | None:
    if not tested.any():
        return None
    asked = tally.asked[tested]
    accepted = asked[:, :, YES] / asked.sum(axis=2)
    least = np.maximum(accepted[:, UPWARD] + accepted[:, DOWNWARD] - 1, 0)
    return float(np.average(least, weights=asked.sum(axis=(1, 2))))
