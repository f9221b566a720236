"""How much the direction of a question draws a yes: the assembly's direction effect. Free of Django."""

from dataclasses import dataclass

import numpy as np

from elicitation.graph.grid import BIAS, LEAN_SPREAD, bell, likelihoods, normal
from elicitation.graph.judgements import Floats
from elicitation.graph.patterns import Patterns
from elicitation.graph.transitions import DOWNWARD, NOTHING, UPWARD, YES, Tally

PRIOR_MEAN, PRIOR_SPREAD = 0.35, 0.5  # log odds; why: docs/decisions/0017-moral-graph.md
EACH_WAY = 5  # answers other than unsure, each way, for a transition to count as well tested
TRANSITIONS = 5  # well tested ones from which an assembly has an effect of its own
MEANS = np.linspace(-1.5, 3.5, 101)
SPREADS = np.array([0.05, 0.2, 0.4, 0.6, 0.8, 1.0])  # between transitions, log odds
SPREAD_SCALE = 0.5


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
    around the assembly's, l_k normal around 0. Solved on a grid. Below TRANSITIONS of them the prior stands, for one odd pair would
    speak for all.
    """
    tested = (tally.asked[:, :, :NOTHING].sum(axis=2) >= EACH_WAY).all(axis=1)
    found = int(tested.sum())
    estimated = found >= TRANSITIONS
    density = _learnt(patterns, tested) if estimated else normal(BIAS, PRIOR_MEAN, PRIOR_SPREAD)
    mean = float(density @ BIAS)
    spread = float(np.sqrt(max(density @ BIAS**2 - mean**2, 0)))
    answers = int(tally.asked[tested].sum())
    return Effect(mean, spread, estimated, found, answers, _both(tally, tested), density)


def _learnt(patterns: Patterns, tested: np.ndarray) -> Floats:
    """The density of the effect in the next transition, over BIAS."""
    times = np.bincount(patterns.place[tested], minlength=len(patterns.scores)).astype(float)
    held = times > 0
    of_bias = likelihoods(patterns.scores[held]) @ bell(LEAN_SPREAD)
    around = np.stack([normal(BIAS, m, s) for m in MEANS for s in SPREADS])
    seen = np.log(np.maximum(of_bias @ around.T, 1e-300)).T @ times[held]
    prior = _logs(np.repeat(MEANS, len(SPREADS)), PRIOR_MEAN, PRIOR_SPREAD)
    prior += _logs(np.tile(SPREADS, len(MEANS)), 0, SPREAD_SCALE)
    posterior = np.exp(seen + prior - (seen + prior).max())
    found: Floats = (posterior / posterior.sum()) @ around
    return found


def _logs(at: Floats, mean: float, spread: float) -> Floats:
    found: Floats = -0.5 * ((at - mean) / spread) ** 2
    return found


def _both(tally: Tally, tested: np.ndarray) -> float | None:
    if not tested.any():
        return None
    asked = tally.asked[tested]
    accepted = asked[:, :, YES] / asked.sum(axis=2)
    least = np.maximum(accepted[:, UPWARD] + accepted[:, DOWNWARD] - 1, 0)
    return float(np.average(least, weights=asked.sum(axis=(1, 2))))
