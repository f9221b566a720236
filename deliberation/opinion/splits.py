"""Ways to split points into k groups, and which is the clearest. Free of Django.

k-means (Lloyd 1982) from several k-means++ starts (Arthur and Vassilvitskii 2007) at once; silhouette (Rousseeuw 1987), both weighted.
Points have to come in an order of their own, not in that of rows.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Labels = NDArray[np.int8]  # of at most 127 groups
STARTS, LEAST = 48, 12  # of k-means for each k: STARTS / k, at least LEAST
ROUNDS = 40
TIGHT = 4.0  # silhouette a split must gain for each time its spread is that of the tightest again
TIE = 1e-9  # of the farthest centre's square: nearer than that by less is as near
ROUNDING = 1e-12  # of the spread of everybody: below it there is none


@dataclass(frozen=True, slots=True)
class Split:
    """`centres`: (k, d); `clear`: weighted mean silhouette of the points, from -1 to 1."""

    centres: Floats
    clear: float


def distances(points: Floats) -> Floats:
    """(s, s) Euclidean distances between (s, d) points."""
    square = (points**2).sum(axis=1)
    apart: Floats = square[:, None] + square[None, :] - 2 * points @ points.T
    np.maximum(apart, 0, out=apart)
    np.fill_diagonal(apart, 0)
    np.sqrt(apart, out=apart)
    return apart


def nearest(points: Floats, centres: Floats) -> tuple[Labels, Floats]:
    """Of centres that are as near the first.

    For (s, d) points and (..., k, d) centres: the nearest centre, (..., s), and the squared distances (..., k, s) less each point's own square."""
    apart = (-2 * centres) @ points.T
    apart += (centres**2).sum(axis=-1)[..., None]
    tie = TIE * (centres**2).sum(axis=-1).max(initial=0.0)
    least = apart[..., 0, :].copy()
    labels = np.zeros(least.shape, dtype=np.int8)
    for one in range(1, centres.shape[-2]):  # far faster than argmin, as there are few
        this = apart[..., one, :]
        np.maximum(labels, (this < least - tie) * np.int8(one), out=labels)
        np.minimum(least, this, out=least)
    return labels, apart


def split(points: Floats, weights: Floats, k: int, least: int, seed: int) -> Split | None:
    """The best split of (s, c) points, with weights (s,), into k groups of at least `least` points; None where no start led to one.

    k groups differ in k - 1 directions at most, so only those (two at least) are looked at; how clear the split is, is measured in all of
    them, for all numbers of groups alike.
    """
    near = points[:, : max(2, k - 1)]
    centres, labels, spread = _optima(near, weights, _starts(near, weights, k, seed))
    sizes = np.array([np.bincount(row, minlength=k).min() for row in labels])
    fit = np.flatnonzero(sizes >= least)
    if not len(fit):
        return None
    tightest = max(spread[fit].min(), ROUNDING * ((near**2).sum(axis=1) @ weights), 1e-300)
    looser = spread / tightest - 1
    fit = fit[looser[fit] <= 1 / TIGHT]
    fit = fit[np.unique(np.round(looser[fit], 6), return_index=True)[1]]
    clear = silhouettes(distances(near), weights, labels[fit], k)
    best = int(np.argmax(np.round(clear - TIGHT * looser[fit], 9)))
    if near.shape != points.shape:
        clear = silhouettes(distances(points), weights, labels[fit], k)
    return Split(centres[fit[best]], float(clear[best]))


def _starts(points: Floats, weights: Floats, k: int, seed: int) -> Floats:
    """(t, k, d) k-means++ starts: each next centre drawn with a chance that grows with its squared distance from the others."""
    drawn = np.random.default_rng([seed, k]).random((k, max(LEAST, STARTS // k)))
    chosen = np.searchsorted(_shares(weights[None, :])[0], drawn[0], side="right")
    centres: Floats = points[chosen][:, None, :]
    near = ((points[None] - centres) ** 2).sum(axis=2)
    for turn in drawn[1:]:
        shares = _shares(near * weights)
        chosen = np.minimum((shares < turn[:, None]).sum(axis=1), len(points) - 1)
        newest = points[chosen][:, None, :]
        centres = np.concatenate([centres, newest], axis=1)
        near = np.minimum(near, ((points[None] - newest) ** 2).sum(axis=2))
    return centres


def _shares(chances: Floats) -> Floats:
    """Running sums of each row, from 0 to 1."""
    sums = np.cumsum(chances, axis=1)
    shares: Floats = sums / np.maximum(sums[:, -1:], 1e-300)
    return shares


def _optima(points: Floats, weights: Floats, centres: Floats) -> tuple[Floats, Labels, Floats]:
    """Where k-means ends from each start: centres (t, k, d), labels (t, s), weighted spread (t,). Starts that meet go on as one."""
    order = centres[..., 0].argsort(axis=1)  # so that starts that meet have the same labels
    centres = np.take_along_axis(centres, order[..., None], axis=1)
    labels = nearest(points, centres)[0]
    marks = np.random.default_rng(0).integers(1, 2**40, len(points))
    moving, ended = np.arange(len(centres)), []
    for _ in range(ROUNDS):
        moving = moving[np.unique(labels[moving] @ marks, return_index=True)[1]]
        centres[moving] = recentred(points, weights, labels[moving], centres[moving])
        moved = nearest(points, centres[moving])[0]
        still = (moved == labels[moving]).all(axis=1)
        labels[moving] = moved
        ended.append(moving[still])
        moving = moving[~still]
        if not len(moving):
            break
    met = np.sort(np.concatenate([*ended, moving]))
    centres, labels = centres[met], labels[met]
    apart = nearest(points, centres)[1].min(axis=1) + (points**2).sum(axis=1)
    return centres, labels, apart @ weights


def recentred(points: Floats, weights: Floats, labels: Labels, centres: Floats) -> Floats:
    """The weighted means of the groups that labels (t, s) make; a group without points keeps its centre. Shapes as in `centres` (t, k, d)."""
    t, k, d = centres.shape
    member = (
        (labels[:, None, :] == np.arange(k, dtype=np.int8)[:, None])
        .reshape(t * k, -1)
        .astype(np.float64)
    )
    sums = member @ np.column_stack([points * weights[:, None], weights])
    mass = sums[:, d:]
    means = sums[:, :d] / np.maximum(mass, 1e-300)
    return np.where(mass > 0, means, centres.reshape(-1, d)).reshape(t, k, d)


def silhouettes(apart: Floats, weights: Floats, labels: Labels, k: int) -> Floats:
    """The weighted mean silhouette of each of (t, s) labellings over (s, s) distances. A point alone in its group counts 0."""
    t, s = labels.shape
    member = np.zeros((s, t, k))
    member[np.arange(s)[:, None], np.arange(t)[None, :], labels.T] = weights[:, None]
    mass = member.sum(axis=0)
    sums = (apart @ member.reshape(s, t * k)).reshape(s, t, k)
    index = labels.T[..., None].astype(np.int64)
    own = np.take_along_axis(sums, index, axis=2)[..., 0]
    rest = np.take_along_axis(mass[None], index, axis=2)[..., 0] - weights[:, None]
    inside = own / np.maximum(rest, 1e-12)
    means = sums / np.maximum(mass, 1e-12)
    np.put_along_axis(means, labels.T[..., None], np.inf, axis=2)
    outside = means.min(axis=2)
    each = (outside - inside) / np.maximum(np.maximum(outside, inside), 1e-12)
    each[rest <= 1e-9] = 0
    return np.asarray(weights @ each / weights.sum())
