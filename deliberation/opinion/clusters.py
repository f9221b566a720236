"""k-means and silhouettes by Polis' rule: exact where it starts, where it stops and how it breaks ties. Free of Django.

Source: Polis' math (compdemocracy/polis, clusters.clj), from its behaviour; silhouettes as in Rousseeuw (1987).
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
STILL = 0.01  # a centre that moved less has not moved
BLOCK = 256  # points whose distances fit in a processor's cache


@dataclass(frozen=True, slots=True)
class Clusters:
    """`centres`: (c, 2), none of them empty; `labels`: (n,), from 0 to c - 1."""

    centres: Floats
    labels: Ints


def first_distinct(points: Floats, most: int) -> Floats:
    """The first different points, at most `most`, in the order they stand in."""
    _, first = np.unique(points, axis=0, return_index=True)
    return points[np.sort(first)[:most]]


def k_means(points: Floats, weights: Floats, starts: Floats, rounds: int) -> Clusters:
    """Lloyd's rounds over (n, 2) points that count as `weights`, from (c, 2) starts.

    A point goes to its nearest centre, of equals to the last; a centre left empty is dropped. It ends after `rounds`, or where no centre,
    matched in the order of their places, moved as far as STILL.
    """
    if not len(starts):
        return Clusters(starts, np.zeros(0, dtype=np.int64))
    x, y = np.ascontiguousarray(points[:, 0]), np.ascontiguousarray(points[:, 1])
    pulls = x * weights, y * weights
    centres, labels = starts, np.zeros(len(points), dtype=np.int64)
    for _ in range(rounds):
        before = centres
        labels = _nearest(x, y, before)
        held = np.bincount(labels, minlength=len(before)) > 0
        labels = (np.cumsum(held) - 1)[labels]
        mass = np.bincount(labels, weights=weights)
        centres = np.stack([np.bincount(labels, weights=pull) / mass for pull in pulls], axis=1)
        if _still(before, centres):
            break
    return Clusters(centres, labels)


def _nearest(x: Floats, y: Floats, centres: Floats) -> Ints:
    nearest = np.empty(len(x), dtype=np.int64)
    for at in range(0, len(x), BLOCK):
        here = slice(at, at + BLOCK)
        nearest[here] = _nearest_here(x[here], y[here], centres)
    return nearest


def _nearest_here(x: Floats, y: Floats, centres: Floats) -> Ints:
    backwards = centres[::-1]  # argmin takes the first of equals
    gaps = np.subtract.outer(x, backwards[:, 0])
    gaps *= gaps
    rise = np.subtract.outer(y, backwards[:, 1])
    rise *= rise
    gaps += rise
    nearest: Ints = len(centres) - 1 - gaps.argmin(axis=1)
    return nearest


def _still(before: Floats, after: Floats) -> bool:
    pairs = min(len(before), len(after))
    moved = _in_order(before)[:pairs] - _in_order(after)[:pairs]
    return bool((np.hypot(moved[:, 0], moved[:, 1]) < STILL).all())


def _in_order(centres: Floats) -> Floats:
    return centres[np.lexsort((centres[:, 1], centres[:, 0]))]


def distances(points: Floats) -> Floats:
    """Between each two of (n, 2) points, (n, n)."""
    gaps = points[:, None, :] - points[None, :, :]
    apart: Floats = np.hypot(gaps[..., 0], gaps[..., 1])
    return apart


def silhouette(apart: Floats, labels: Ints) -> float:
    """How much nearer points are to their own cluster than to the next, averaged, from -1 to 1.

    `apart`: (n, n) distances. A point alone in its cluster counts as 0, and so does the whole where there are fewer than two clusters.
    """
    n, k = len(labels), int(labels.max(initial=-1)) + 1
    if k < 2:
        return 0.0
    own = np.arange(n), labels
    sizes = np.bincount(labels, minlength=k)
    sums = apart @ np.eye(k)[labels]
    within = sums[own] / np.maximum(sizes[labels] - 1, 1)
    means = sums / sizes
    means[own] = np.inf
    between = means.min(axis=1)
    widest = np.maximum(within, between)
    fit = np.where(widest > 0, between - within, 0.0) / np.where(widest > 0, widest, 1.0)
    return float(np.where(sizes[labels] > 1, fit, 0.0).mean())
