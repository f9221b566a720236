"""Transitions with the same answers are weighed once. Free of Django."""

from dataclasses import dataclass

import numpy as np

from elicitation.graph.judgements import Floats, Ints

COUNTED = 1 << 22  # keys up to which counting them is cheaper than sorting
LONGEST = 1 << 62  # of a key


@dataclass(frozen=True, slots=True)
class Patterns:
    """`scores`: p distinct rows of yes and no upward, yes and no downward, (p, 4); `place`: the row of each transition, (t,)."""

    scores: Floats
    place: Ints


def patterns(scores: Floats) -> Patterns:
    """The distinct rows of (t, 4) scores that are whole or half numbers."""
    halves = np.rint(scores * 2).astype(np.int64)
    base = int(halves.max()) + 1 if halves.size else 1
    if base**4 > LONGEST:
        rows, place = np.unique(halves, axis=0, return_inverse=True)
        return Patterns(rows / 2, place.reshape(-1))
    powers = base ** np.arange(4)
    keys = halves[:, 0].copy()
    for column in range(1, 4):  # a product of whole numbers is slower
        keys += halves[:, column] * powers[column]
    if base**4 > COUNTED:
        found, place = np.unique(keys, return_inverse=True)
    else:
        seen = np.bincount(keys, minlength=1) > 0
        found = np.flatnonzero(seen[: base**4]) if halves.size else keys
        place = (seen.cumsum() - 1)[keys]
    return Patterns((found[:, None] // powers % base) / 2, place)
