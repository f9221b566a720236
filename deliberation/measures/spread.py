"""Median and quartiles of a few numbers, and how far chance alone may have moved the median. Free of Django, and loads no numerics.

Quartiles by linear interpolation between order statistics: R. J. Hyndman and Y. Fan (1996), "Sample quantiles in statistical packages", definition 7, the usual one of R
and NumPy. The interval of the median lies between two order statistics: M. J. Campbell and M. J. Gardner (1988), "Calculating confidence intervals for some
non-parametric analyses", BMJ 296.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from math import floor, sqrt

from deliberation.opinion.intervals import SURE


@dataclass(frozen=True, slots=True)
class Spread:
    """Of `n` numbers: the quartiles, and the interval of the median (None where too few numbers give one)."""

    n: int
    lower: float
    median: float
    upper: float
    low: float | None
    high: float | None


def spread(numbers: Sequence[float]) -> Spread | None:
    """None of no numbers."""
    ordered = sorted(numbers)
    if not ordered:
        return None
    lower, median, upper = (quantile(ordered, share) for share in (0.25, 0.5, 0.75))
    low, high = around_median(ordered)
    return Spread(len(ordered), lower, median, upper, low, high)


def quantile(ordered: Sequence[float], share: float) -> float:
    """The number below which `share` of `ordered` numbers lie (at least one)."""
    place = (len(ordered) - 1) * share
    first = floor(place)
    last = min(first + 1, len(ordered) - 1)
    return ordered[first] + (place - first) * (ordered[last] - ordered[first])


def around_median(ordered: Sequence[float]) -> tuple[float | None, float | None]:
    """The interval of the median at 95 %, from the r-th to the s-th number, r = n/2 - 1.96 sqrt(n)/2 and s = 1 + n/2 + 1.96 sqrt(n)/2, each to the nearest whole number.

    None where they fall outside the numbers, as of fewer than six.
    """
    n = len(ordered)
    reach = SURE * sqrt(n) / 2
    first, last = floor(n / 2 - reach + 0.5), floor(1 + n / 2 + reach + 0.5)
    if first < 1 or last > n:
        return None, None
    return ordered[first - 1], ordered[last - 1]
