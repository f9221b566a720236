"""The opinion map as everybody may see it: roughly where people stand, too coarse to tell from it what anybody said. Free of Django.

Exact places give whole ballots away: with the statements' places, which can be guessed from public counts, each ballot has one of its own.
"""

from collections.abc import Collection, Sequence
from math import ceil, floor, frexp, sqrt
from typing import Any

MOST_CELLS, FEWEST_CELLS = 48, 6  # across the larger extent
SPREAD = (
    0.7548776662466927,
    0.5698402909980532,
)  # R2 sequence (Roberts 2018): fills a square evenly
NOBODY = -1
Point = list[Any]


def rough(points: Sequence[Sequence[Any]], hidden: Collection[int]) -> list[Point]:
    """Places (x, y, group) of points (x, y, group, unsure), each somewhere in its cell of a square grid.

    Cells are the larger the fewer people there are and their side is a power of two, so that not even the outermost
    place is told. Where in its cell a mark stands follows from its number in a list sorted by cell and group, and from nothing else. `hidden`:
    groups that are left out; with them those in no group, so that their number is not told.
    """
    told = [p for p in points if not hidden or (p[2] not in hidden and p[2] != NOBODY)]
    if not told:
        return []
    side = _side(told)
    cells = sorted((floor(p[0] / side), floor(p[1] / side), p[2]) for p in told)
    return sorted(
        [_within(x, n, 0, side), _within(y, n, 1, side), group]
        for n, (x, y, group) in enumerate(cells)
    )


def _side(points: Sequence[Sequence[Any]]) -> float:
    """The smallest power of two of which as many as may be cover the larger extent."""
    extent = max(max(p[axis] for p in points) - min(p[axis] for p in points) for axis in (0, 1))
    across = min(MOST_CELLS, max(FEWEST_CELLS, ceil(sqrt(len(points)))))
    return 2.0 ** frexp(extent / across)[1] if extent else 1.0


def _within(cell: int, number: int, axis: int, side: float) -> float:
    return round(side * (cell + (0.5 + number * SPREAD[axis]) % 1), 4)
