"""The grid on which answers are weighed: how the question leans and which value does. Free of Django."""

import numpy as np

from elicitation.graph.judgements import Floats

BIAS = np.linspace(-3.0, 6.0, 73)  # log odds of a yes where nothing speaks for either value
LEAN = np.linspace(-5.0, 5.0, 81)  # log odds towards the higher value
LEAN_SPREAD = 1.0  # of the prior: 95 of 100 transitions are held by 12 to 88 % of people
WHOLE = slice(None)
MANY = 60  # answers from which normal curves are used, finer than the grid


def normal(at: Floats, mean: float, spread: float) -> Floats:
    """A normal density at some points, scaled to sum to 1."""
    found: Floats = np.exp(-0.5 * ((at - mean) / spread) ** 2)
    scaled: Floats = found / found.sum()
    return scaled


def bell(spread: float) -> Floats:
    """The prior of LEAN: neither value is favoured."""
    return normal(LEAN, 0.0, spread)


def logistic(odds: Floats) -> Floats:
    """The share of log odds."""
    found: Floats = 0.5 * (1 + np.tanh(0.5 * odds))
    return found


def likelihoods(scores: Floats, biases: slice = WHOLE, leans: slice = WHOLE) -> Floats:
    """Likelihood of yes and no upward, yes and no downward, (p, 4), at some of BIAS and LEAN: (p, b, l), the best of a row 1."""
    table = _TABLE[:, biases, leans]
    logs = scores @ table.reshape(4, -1)
    logs -= logs.max(axis=1, keepdims=True)
    found: Floats = np.exp(logs, out=logs).reshape(len(scores), *table.shape[1:])
    return found


def _log_shares() -> Floats:
    up, down = BIAS[:, None] + LEAN, BIAS[:, None] - LEAN
    ways = [-np.logaddexp(0, -up), -np.logaddexp(0, up)]
    ways += [-np.logaddexp(0, -down), -np.logaddexp(0, down)]
    return np.stack(ways)


_TABLE = _log_shares()
