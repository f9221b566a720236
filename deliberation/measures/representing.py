"""How far the make-up of who came is from the one aimed at, in one number. Free of Django, and loads no numerics.

The index of dissimilarity, half the sum of the differences between two sets of shares: the share of people who would have to be of another kind. O. D. Duncan and B. Duncan
(1955), "A methodological analysis of segregation indexes", American Sociological Review 20.
"""

from collections.abc import Sequence
from math import pi, sqrt


def dissimilarity(shares: Sequence[float], targets: Sequence[float]) -> float:
    """Of two sets of shares over the same kinds, each summing to 1: from 0 (alike) to 1 (nothing in common)."""
    return sum(abs(a - b) for a, b in zip(shares, targets, strict=True)) / 2


def by_chance_alone(targets: Sequence[float], n: int) -> float:
    """About what the index comes to where `n` people (at least one) are drawn at random from a population that is as aimed at.

    Each share then strays from its target by sqrt(2 t (1 - t) / (pi n)) in the mean: the mean distance of a normal distribution from its middle.
    """
    return sum(sqrt(2 * share * (1 - share) / (pi * n)) for share in targets) / 2
