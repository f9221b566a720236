"""Opinion groups that do not hang on chance: the `stable` rule, docs/decisions/0016-stable-groups.md. Free of Django."""

from collections.abc import Collection, Iterator
from itertools import islice
from typing import Any

import numpy as np
from numpy.typing import NDArray

from deliberation.opinion.grouping import Grouping
from deliberation.opinion.landscape import held, landscape
from deliberation.opinion.names import earlier_names, named
from deliberation.opinion.placing import likelihoods, tallies
from deliberation.opinion.splits import Split, nearest, recentred, split
from deliberation.opinion.votes import Ids, Votes

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
Flags = NDArray[np.bool_]
MODE = "stable"
VERSION = "2"  # goes up whenever the same votes may get other groups
ENOUGH = 7  # votes from which a person helps to find the groups,
HEARD = 15  # if there are so many of them; otherwise everybody does
SHARE, FEWEST = 0.02, 2  # the smallest group: of those grouped, and in people
MOST = 5  # groups, where nobody asks for a number
FINER = 0.04  # of silhouette: how much clearer one more group must be
BASE = 300  # people the splits are tried on
ROUNDS = 20  # of settling on everybody
SETTLED = 1e-4  # of people who may still move when it ends
ONE_WAY = 0.5  # of those whose votes place them elsewhere than the map does: see _by_votes
DOUBT = 0.8  # a place is unsure beyond this share of the distance to the next group, or below this chance


def group(
    votes: Votes,
    *,
    k: int | None = None,
    seed: int = 0,
    earlier: tuple[Ids, Ints] | None = None,
    moderated_out: Collection[Any] = (),
) -> Grouping:
    """Group everybody who voted. The same people get the same groups whatever the order of rows.

    `k`: the number of groups wanted (fewer where that many cannot be made); without it the clearest number from 2 to MOST.
    `earlier`: ids of people and the groups they were in, to keep the groups' names. `moderated_out`: ids of statements that move nobody.
    Raises ValueError where k is below 1.
    """
    wanted = MOST if k is None else k
    if wanted < 1:
        raise ValueError("There is at least one group.")
    each = np.diff(votes.starts)
    wanted = min(wanted, round(1 / SHARE), max(1, int(np.count_nonzero(each)) // FEWEST))
    few = min(ENOUGH, np.count_nonzero(np.bincount(votes.columns)))
    heard = each >= few
    if np.count_nonzero(heard) < HEARD:
        heard = each > 0
    out = np.isin(votes.statements, list(moderated_out))
    land = landscape(votes, out, max(2, wanted - 1), seed)
    places = _exact(held(land.places, land.weights))
    numbers = range(2, wanted + 1) if k is None else range(wanted, 1, -1)
    tried = _splits(places[heard], land.weights[heard], numbers, seed)
    found = dict(tried if k is None else islice(tried, 1))
    centres = _chosen(found, places[heard], land.weights[heard])
    labels, unsure = _placed(places, centres, each > 0)
    labels, unsure = _by_votes(votes, labels, unsure, heard)
    number = int(labels.max(initial=-1)) + 1
    names = named(labels, land.places, earlier_names(votes.people, earlier), number)
    return Grouping(
        mode=MODE,
        k=number,
        labels=np.append(names, -1)[labels],
        unsure=(unsure | (each < few)) & (labels >= 0),
        points=land.places[:, :2],
        components=land.components[:2],
        centre=land.centre,
        silhouette={number: one.clear for number, one in sorted(found.items())},
    )


def _splits(
    places: Floats, weights: Floats, numbers: range, seed: int
) -> Iterator[tuple[int, Split]]:
    """The clearest split for each number of groups that can be made, found on at most BASE people.

    They are taken at even steps along the first direction.
    """
    chosen = _in_order(places)
    if len(chosen) > BASE:
        chosen = chosen[np.linspace(0, len(chosen) - 1, BASE).round().astype(np.int64)]
    places, weights = places[chosen], weights[chosen]
    least = max(FEWEST, int(np.ceil(SHARE * len(places))))
    for k in numbers:
        one = split(places, weights, k, least, seed)
        if one is not None:
            yield k, one


def _exact(places: Floats) -> Floats:
    """Places without what the order of rows leaves in their last digits."""
    size = np.abs(places).max(initial=0.0) or 1.0
    rounded: Floats = np.round(places / size, 9) * size
    return rounded


def _in_order(places: Floats) -> Ints:
    """The rows of places (s, c) in an order that is the places' own: by the first direction, then by the others.

    What the order of rows leaves in the last digits is rounded away.
    """
    key = np.zeros(len(places))
    size = np.abs(places).max(initial=0.0) or 1.0
    for turn, axis in enumerate(places.T[:3]):
        key += np.round(axis / size, 9) * 10.0 ** (-3 * turn)
    return key.argsort(kind="stable")


def _chosen(found: dict[int, Split], places: Floats, weights: Floats) -> Floats:
    """The centres of the best number of groups, settled on everybody; one centre where no split was found."""
    if not found:
        return np.zeros((1, 2))
    best = max(found, key=lambda k: (found[k].clear - FINER * k, -k))
    centres = found[best].centres
    places = places[:, : centres.shape[1]]
    labels = nearest(places, centres)[0]
    for _ in range(ROUNDS):
        centres = recentred(places, weights, labels[None], centres[None])[0]
        before, labels = labels, nearest(places, centres)[0]
        if np.count_nonzero(before != labels) <= SETTLED * len(labels):
            break
    return centres


def _too_small(sizes: Ints) -> bool:
    return bool(sizes.min() < max(FEWEST, SHARE * sizes.sum()))


def _placed(places: Floats, centres: Floats, spoke: Flags) -> tuple[Ints, Flags]:
    """Each person's nearest centre, -1 without a vote, and whether the next is nearly as near.

    A group too small goes to its neighbours, and a single person is no group.
    """
    k, places = len(centres), places[:, : centres.shape[1]]
    labels, apart = nearest(places, centres)
    sizes = np.bincount(labels[spoke], minlength=k)
    if k > 1 and _too_small(sizes):
        return _placed(places, np.delete(centres, sizes.argmin(), axis=0), spoke)
    unsure = np.zeros(len(places), dtype=bool)
    if k > 1:
        near, following = np.partition(apart + (places**2).sum(axis=1), 1, axis=0)[:2]
        unsure = near > DOUBT**2 * following
    return np.where(spoke & (sizes.sum() >= FEWEST), labels.astype(np.int64), -1), unsure


def _by_votes(votes: Votes, labels: Ints, unsure: Flags, heard: Flags) -> tuple[Ints, Flags]:
    """The groups people's own votes speak for, where these may decide; otherwise what came in.

    Between groups that stand apart, people whom the map misplaced come back from either side. Where a group is a cut through people who
    differ by degrees, votes would move its edge one way only; then the map decides, so that the groups are what it shows.
    """
    k = int(labels.max(initial=-1)) + 1
    if k < 2:
        return labels, unsure
    likely = likelihoods(votes, tallies(votes, np.where(heard, labels, -1), k))
    better = np.where(labels >= 0, likely.argmax(axis=1), -1)
    moved = heard & (better != labels)
    if not moved.any():
        return labels, unsure
    gained = np.bincount(better[moved], minlength=k) - np.bincount(labels[moved], minlength=k)
    one_way = np.abs(gained).sum() / 2
    sizes = np.bincount(better[better >= 0], minlength=k)
    if one_way > ONE_WAY * np.count_nonzero(moved) or _too_small(sizes):
        return labels, unsure
    chance = 1 / np.exp(likely - likely.max(axis=1, keepdims=True)).sum(axis=1)
    return better, chance < DOUBT
