"""Which of many values seem to be one, and which one seems to be two. Free of Django. It proposes, people decide.

Neighbours come from blocks of one matrix product; only the nearest few of each value are compared with care, so that the careful part
grows with the number of values and not with its square.
"""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import accumulate, product
from typing import Any

import numpy as np
from numpy.typing import NDArray

from elicitation.extraction.encoder import Vectors
from elicitation.graph.covering import HELD, Cards, cover
from elicitation.graph.matching import BLOCK, Floats, crowding, read

NEAREST = 200  # values whose policies tell how crowded it is around a value
CAREFUL = 20  # the nearest of them, compared policy by policy
MOST = 6  # values in a set; more nobody can look at side by side
LEAST_CARDS = 4  # of a value that may be two
APART = 0.25  # likeness across the parts of a value that seems to be two, at most
NOBODY = np.zeros((0, 512), dtype=np.float32)


@dataclass(frozen=True, slots=True)
class Values:
    """n values to be grouped. `wholes`: unit vectors, (n, 512); `said`: policies of each, at least one; `vectors`: one a policy, (p, 512)."""

    wholes: Vectors
    said: Sequence[Sequence[str]]
    vectors: Vectors


@dataclass(frozen=True, slots=True)
class Pair:
    """Two values, by their places, that seem the same: each holds the other by HELD. `score` is their likeness."""

    a: int
    b: int
    score: float


@dataclass(frozen=True, slots=True)
class Group:
    """Values, by their places, of which every two seem the same. `score`: of the two that are least alike."""

    places: tuple[int, ...]
    pairs: tuple[Pair, ...]
    score: float


@dataclass(frozen=True, slots=True)
class Parting:
    """A value whose cards, by their places, fall into two: how alike the cards of each part are, and how alike across."""

    parts: tuple[tuple[int, ...], tuple[int, ...]]
    within: float
    between: float

    @property
    def score(self) -> float:
        """How far the parts lie apart, in [0, 1]."""
        return max(0.0, self.within - self.between)


def close_pairs(values: Values) -> list[Pair]:
    """Pairs of values that seem the same, among each value's nearest; each pair once, the closest first."""
    if len(values.said) < 2:
        return []
    near = _neighbours(values.wholes)
    every = _Every.of(values, near)
    seen: set[tuple[int, int]] = set()
    found: list[Pair] = []
    for a in range(len(values.said)):
        others = [int(b) for b in near[a][:CAREFUL] if (min(a, b), max(a, b)) not in seen]
        if not others:
            continue
        seen |= {(min(a, b), max(a, b)) for b in others}
        cover_ = cover(every.cards([a]), every.cards(others))
        for n, b in enumerate(others):
            if min(cover_.held[0, n], cover_.holds[0, n]) >= HELD:
                found.append(Pair(min(a, b), max(a, b), float(cover_.likeness[0, n])))
    return sorted(found, key=lambda pair: (-pair.score, pair.a, pair.b))


def sets(pairs: Iterable[Pair], apart: Collection[tuple[int, int]] = ()) -> list[Group]:
    """Sets of values of which every two are a pair that nobody called apart; each value in one set at most.

    Greedy from the closest pair on (complete linkage). `apart`: (smaller place, larger place).
    """
    close = {(pair.a, pair.b): pair for pair in pairs if (pair.a, pair.b) not in apart}
    group: dict[int, tuple[int, ...]] = {}
    for pair in sorted(close.values(), key=lambda p: (-p.score, p.a, p.b)):
        mine, other = group.get(pair.a, (pair.a,)), group.get(pair.b, (pair.b,))
        across = {(min(x, y), max(x, y)) for x, y in product(mine, other)}
        if mine != other and len(mine) + len(other) <= MOST and across <= close.keys():
            for place in (joined := tuple(sorted(mine + other))):
                group[place] = joined
    return [_group(places, close) for places in sorted(set(group.values()))]


def parting(likeness: Floats) -> Parting | None:
    """The two parts a value's n cards fall into, (n, n) in [0, 1], or None where they do not.

    The cut follows the signs of the second eigenvector of the normalised Laplacian (Shi and Malik, "Normalized cuts", 2000). It counts only where both parts
    have two cards or more that are alike by HELD in the mean, and are at most APART alike across.
    """
    if len(likeness) < LEAST_CARDS:
        return None
    alike = np.array(likeness, dtype=np.float64)
    np.fill_diagonal(alike, 0)
    scale = 1 / np.sqrt(np.maximum(alike.sum(axis=1), 1e-9))
    laplacian = np.eye(len(alike)) - scale[:, None] * alike * scale[None, :]
    side = np.linalg.eigh(laplacian)[1][:, 1] * scale > 0
    ones, others = np.flatnonzero(side), np.flatnonzero(~side)
    if min(len(ones), len(others)) < 2:
        return None
    within = min(_mean_within(alike, ones), _mean_within(alike, others))
    between = float(alike[np.ix_(ones, others)].mean())
    if within < HELD or between > APART:
        return None
    first, second = sorted((tuple(map(int, ones)), tuple(map(int, others))))
    return Parting((first, second), within, between)


@dataclass(frozen=True, slots=True)
class _Every:
    """All policies of all values with how crowded it is around each, (p,), and where each value's begin and end, (n + 1,)."""

    values: Values
    crowd: Floats
    bounds: NDArray[np.intp]

    @classmethod
    def of(cls, values: Values, near: NDArray[np.intp]) -> "_Every":
        bounds = np.array(list(accumulate(map(len, values.said), initial=0)), dtype=np.intp)
        table = _table(bounds)
        crowd = np.empty(len(values.vectors), dtype=np.float32)
        for n in range(len(values.said)):
            around = table[np.append(near[n], n)].ravel()
            own = slice(bounds[n], bounds[n + 1])
            crowd[own] = crowding(values.vectors[own], values.vectors[around[around >= 0]])
        return cls(values, crowd, bounds)

    def cards(self, places: Sequence[int]) -> Cards:
        rows = [np.arange(self.bounds[n], self.bounds[n + 1]) for n in places]
        starts = list(accumulate(map(len, rows), initial=0))[:-1]
        every = np.concatenate(rows)
        said = [text for n in places for text in self.values.said[n]]
        texts = read(said, NOBODY, self.values.vectors[every])
        return Cards(replace(texts, crowd=self.crowd[every]), np.array(starts, dtype=np.intp))


def _neighbours(wholes: Vectors) -> NDArray[np.intp]:
    """Places of the NEAREST others of each of n values, the nearest first, (n, at most NEAREST)."""
    most = min(NEAREST, len(wholes) - 1)
    found = np.empty((len(wholes), most), dtype=np.intp)
    for start in range(0, len(wholes), BLOCK):
        nearness = wholes[start : start + BLOCK] @ wholes.T
        rows = np.arange(len(nearness))
        nearness[rows, start + rows] = -np.inf
        kept: NDArray[Any] = np.argpartition(-nearness, most - 1, axis=1)[:, :most]
        order = np.argsort(-np.take_along_axis(nearness, kept, axis=1), axis=1, kind="stable")
        found[start : start + BLOCK] = np.take_along_axis(kept, order, axis=1)
    return found


def _table(bounds: NDArray[np.intp]) -> NDArray[np.intp]:
    """Places of each value's policies, -1 where it has no more, (n, most policies)."""
    counts = np.diff(bounds)
    places = bounds[:-1, None] + np.arange(counts.max(initial=0))[None, :]
    return np.where(places < bounds[1:, None], places, -1)


def _group(places: tuple[int, ...], close: dict[tuple[int, int], Pair]) -> Group:
    pairs = [close[a, b] for a, b in product(places, places) if a < b]
    return Group(places, tuple(pairs), min(pair.score for pair in pairs))


def _mean_within(alike: Floats, places: NDArray[np.intp]) -> float:
    among = alike[np.ix_(places, places)]
    return float(among.sum() / (len(places) * (len(places) - 1)))
