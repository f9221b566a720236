"""Which values of one context to put beside each other: close, and not the same. Free of Django.

Neighbours come from a forest of random cuts (Dasgupta and Freund 2008): a tree halves the values at the median of a random
direction until few are left, and those left together are looked at. It is near-linear: n log n for the cuts, n times a leaf for the
rest. Pairs are then dealt round by round, whoever has fewest first, so that every value comes into some and none into many.
"""

import math
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from elicitation.extraction.encoder import Vectors

Ints = NDArray[np.int64]
Floats = NDArray[np.float32]
LEAF = 48  # values left together
TREES = 12
EXACT = 512  # so few are all compared with each other
NEIGHBOURS = 24  # of a value, the nearest of those it was left with
WANTED = 3  # pairs every value is dealt, where there are so many that fit
MOST = 2 * WANTED  # pairs the dealing brings one value into


@dataclass(frozen=True, slots=True)
class Pair:
    """Two values by their places, and how likely both speak of the same, in [0, 1]."""

    one: int
    other: int
    likeness: float


@dataclass(frozen=True, slots=True)
class Near:
    """For each of n values its neighbours, nearest first: `places` and `cosines`, each (n, k); -1 where there are fewer."""

    places: Ints
    cosines: Floats


@dataclass(frozen=True, slots=True)
class Dealing:
    """Who chooses, by places (c,); the pairs there are already, by places; the seed that breaks ties."""

    choosing: Ints
    had: Sequence[tuple[int, int]] = ()
    seed: int = 0


Scores = Callable[[Ints, Ints], Floats]  # likeness of the values at places (m,) with those at (m,)


def neighbours(vectors: Vectors, seed: int, most: int = NEIGHBOURS) -> Near:
    """The `most` nearest of each unit vector, (n, d), among those a forest leaves it with; exact up to EXACT values."""
    n = len(vectors)
    places = np.full((n, most), -1, dtype=np.int64)
    cosines = np.full((n, most), -np.inf, dtype=np.float32)
    for leaf in _leaves(vectors, seed):
        _merge(places, cosines, leaf, vectors)
    return Near(places, cosines)


def deal(near: Near, scores: Scores, same_from: float, dealing: Dealing) -> list[Pair]:
    """New pairs, so that each value that is to choose comes to WANTED where it can, and none to more than MOST.

    Who has fewest chooses first. It takes the nearest neighbour that is not the same (likeness under `same_from`), has room and was
    not had; one that finds none there takes one of those with the fewest pairs.
    """
    order = np.random.default_rng(dealing.seed).permutation(dealing.choosing)
    like = np.zeros(near.places.shape, dtype=np.float32)
    rows, columns = np.nonzero(near.places[order] >= 0)
    like[order[rows], columns] = scores(order[rows], near.places[order[rows], columns])
    table = _Table(near.places, like, dealing.had, same_from)
    for wanted in range(1, WANTED + 1):
        for one in table.fewest_first(order):
            if table.degree[one] < wanted and (pair := table.nearest(one)):
                table.take(pair)
    few = table.fewest_first(np.arange(len(near.places)))[: LEAF + 1]
    for one in order.tolist():
        if table.degree[one] == 0 and (pair := table.anybody(one, few, scores)):
            table.take(pair)
    return table.dealt


class _Table:
    """What was dealt so far; plain lists, for it is gone through value by value."""

    def __init__(
        self, places: Ints, likeness: Floats, had: Sequence[tuple[int, int]], same_from: float
    ) -> None:
        self.near, self.like = places.tolist(), likeness.tolist()
        self.same_from, self.degree = same_from, [0] * len(places)
        self.taken: set[tuple[int, int]] = set()
        self.dealt: list[Pair] = []
        for one, other in had:
            self._count(one, other)

    def fewest_first(self, order: Ints) -> list[int]:
        few: list[int] = sorted(order.tolist(), key=self.degree.__getitem__)
        return few

    def nearest(self, one: int) -> Pair | None:
        beside = zip(self.near[one], self.like[one], strict=True)
        pairs = (Pair(one, other, like) for other, like in beside if other >= 0)
        return next((pair for pair in pairs if self._fits(pair)), None)

    def anybody(self, one: int, few: list[int], scores: Scores) -> Pair | None:
        """One of those who had fewest, whoever it is."""
        others = [o for o in few if o != one]
        likeness = scores(np.full(len(others), one, dtype=np.int64), np.array(others, np.int64))
        pairs = (Pair(one, o, like) for o, like in zip(others, likeness.tolist(), strict=True))
        return next((pair for pair in pairs if self._fits(pair)), None)

    def take(self, pair: Pair) -> None:
        self._count(pair.one, pair.other)
        self.dealt.append(pair)

    def _fits(self, pair: Pair) -> bool:
        known = (min(pair.one, pair.other), max(pair.one, pair.other)) in self.taken
        return not known and pair.likeness < self.same_from and self.degree[pair.other] < MOST

    def _count(self, one: int, other: int) -> None:
        self.taken.add((min(one, other), max(one, other)))
        self.degree[one] += 1
        self.degree[other] += 1


def _leaves(vectors: Vectors, seed: int) -> Iterator[Ints]:
    """Groups of places that are looked at together."""
    every = np.arange(len(vectors), dtype=np.int64)
    if len(vectors) <= EXACT:
        yield every
        return
    levels = math.ceil(math.log2(len(vectors) / LEAF))
    dice = np.random.default_rng(seed)
    for _ in range(TREES):
        cuts = dice.standard_normal((vectors.shape[1], levels)).astype(np.float32)
        groups, along = [every], vectors @ cuts
        for level in range(levels):
            groups = [half for group in groups for half in _halves(group, along[:, level])]
        yield from groups


def _halves(group: Ints, along: Floats) -> tuple[Ints, Ints]:
    """A group cut at its median of `along`."""
    middle = len(group) // 2
    sides = np.argpartition(along[group], middle)
    return group[sides[:middle]], group[sides[middle:]]


def _merge(places: Ints, cosines: Floats, leaf: Ints, vectors: Vectors) -> None:
    """Take the members of a leaf into each other's neighbours, in place."""
    most = places.shape[1]
    inside = vectors[leaf] @ vectors[leaf].T
    np.fill_diagonal(inside, -np.inf)
    best = np.argsort(-inside, axis=1, kind="stable")[:, : min(most, len(leaf))]
    candidates = np.hstack([places[leaf], leaf[best]])
    near = np.hstack([cosines[leaf], np.take_along_axis(inside, best, axis=1)])
    by_place = np.argsort(candidates, axis=1, kind="stable")
    candidates = np.take_along_axis(candidates, by_place, axis=1)
    near = np.take_along_axis(near, by_place, axis=1)
    near[:, 1:][candidates[:, 1:] == candidates[:, :-1]] = -np.inf  # each once
    first = np.argsort(-near, axis=1, kind="stable")[:, :most]
    found = np.take_along_axis(near, first, axis=1)
    places[leaf] = np.where(np.isfinite(found), np.take_along_axis(candidates, first, axis=1), -1)
    cosines[leaf] = found
