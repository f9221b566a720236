"""Transitions with the same answers are weighed once. Free of Django."""

from dataclasses import dataclass

import numpy as np

from elicitation.graph.judgements import Floats, Ints

BITS = 15  # for a count of half answers


@dataclass(frozen=True, slots=True)
class Patterns:
    """`scores`: p distinct rows of yes and no upward, yes and no downward, (p, 4); `place`: the row of each transition, (t,)."""

    scores: Floats
    place: Ints


def patterns(scores: Floats) -> Patterns:
    """The distinct rows of (t, 4) scores that are whole or half numbers."""
    halves = np.rint(scores * 2).astype(np.int64)
    if not halves.size or halves.max() >= 1 << BITS:
        rows, place = np.unique(halves, axis=0, return_inverse=True)
        return Patterns(rows / 2, place.reshape(-1))
    shifts = np.arange(4) * BITS
    keys, place = np.unique((halves << shifts).sum(axis=1), return_inverse=True)
    return Patterns((keys[:, None] >> shifts & ((1 << BITS) - 1)) / 2, place)
