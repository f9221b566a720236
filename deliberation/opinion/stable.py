"""Opinion groups that do not hang on chance: the `stable` rule. Free of Django."""

from collections.abc import Collection
from typing import Any

import numpy as np
from numpy.typing import NDArray

from deliberation.opinion.grouping import Grouping
from deliberation.opinion.landscape import Landscape, held, landscape
from deliberation.opinion.names import named
from deliberation.opinion.placing import answers, likelihoods, tallies
from deliberation.opinion.splits import Split, nearest, recentred, split
from deliberation.opinion.votes import Ids, Votes

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
Flags = NDArray[np.bool_]
MODE = "stable"
ENOUGH = 7  # votes from which a person helps to find the groups
SHARE, FEWEST = 0.02, 2  # the smallest group: of those grouped, and in people
FINER = 0.04  # of silhouette: how much clearer one more group must be
BASE = 700  # people the first splits are tried on
ROUNDS = 20  # of settling on everybody
SETTLED = 1e-4  # of people who still move
ONE_WAY = 0.5  # of those whom their votes place elsewhere than the map: more moving one way than back tells of a cut, not of bodies
DOUBT = 0.8  # of the distance to the next group, or the chance of a group, where a place is unsure


def group(  # noqa: PLR0913  a facilitator's wishes, each by its name
    votes: Votes,
    *,
    k: int | None = None,
    most: int = 5,
    seed: int = 0,
    earlier: tuple[Ids, Ints] | None = None,
    moderated_out: Collection[Any] = (),
) -> Grouping:
    """Group everybody who voted. The same people get the same groups whatever the order of rows.

    `k`: the number of groups wanted (fewer where that many cannot be made); without it the clearest number from 2 to `most`.
    `earlier`: ids of people and the groups they were in, to keep the groups' names. `moderated_out`: ids of statements that move nobody.
    Raises ValueError where k or most is not a number of groups.
    """
    if (k is not None and k < 1) or most < 1:
        raise ValueError("At least one group.")
    out = np.isin(votes.statements, list(moderated_out))
    tried = range(2, most + 1) if k is None else range(k, k + 1)
    land = landscape(votes, out, max(2, tried.stop - 2), seed)
    each = np.diff(votes.starts)
    heard = each >= min(ENOUGH, np.count_nonzero(np.bincount(votes.columns)))
    places = held(land.places, land.weights)
    found = _splits(places[heard], land.weights[heard], tried, seed)
    centres = _chosen(found, places[heard], land.weights[heard])
    labels, unsure = _placed(places, centres, each > 0)
    labels, unsure = _by_votes(votes, labels, unsure, heard)
    k = int(labels.max(initial=-1)) + 1
    labels = _renamed(votes.people, labels, land.places, earlier)
    return Grouping(
        mode=MODE,
        k=k,
        labels=labels,
        unsure=(unsure | ~heard) & (labels >= 0),
        points=land.places[:, :2],
        components=land.components[:2],
        centre=land.centre,
        silhouette={number: one.clear for number, one in found.items()},
    )


def _splits(places: Floats, weights: Floats, tried: range, seed: int) -> dict[int, Split]:
    """The clearest split for each number of groups that can be made, found on at most BASE people.

    They are taken at even steps along the places in order, and k groups differ in k - 1 directions at most, so only those are looked at.
    """
    places, weights = _in_order(places, weights)
    if len(places) > BASE:
        steps = np.linspace(0, len(places) - 1, BASE).round().astype(np.int64)
        places, weights = places[steps], weights[steps]
    least = max(FEWEST, int(np.ceil(SHARE * len(places))))
    found = {}
    for k in tried:
        if 1 < k <= len(places) // FEWEST:
            one = split(places[:, : max(2, k - 1)], weights, k, least, seed)
            if one is not None:
                found[k] = one
    return found


def _in_order(places: Floats, weights: Floats) -> tuple[Floats, Floats]:
    """Places in an order of their own, and freed of what the order of rows leaves in the last digits."""
    size = np.abs(places).max(initial=0.0) or 1.0
    places = np.round(places / size, 9) * size
    order = np.lexsort((weights, *places.T[::-1]))
    return places[order], weights[order]


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
        moved = nearest(places, centres)[0]
        still = np.count_nonzero(moved != labels)
        labels = moved
        if still <= SETTLED * len(labels):
            break
    return centres


def _placed(places: Floats, centres: Floats, spoke: Flags) -> tuple[Ints, Flags]:
    """Each person's nearest centre, -1 without a vote, and whether the next is nearly as near. Groups too small go to their neighbours."""
    places = places[:, : centres.shape[1]]
    labels, apart = nearest(places, centres)
    sizes = np.bincount(labels[spoke], minlength=len(centres))
    if len(centres) > 1 and sizes.min() < max(FEWEST, SHARE * sizes.sum()):
        return _placed(places, np.delete(centres, sizes.argmin(), axis=0), spoke)
    apart = np.sort(apart + (places**2).sum(axis=1)[:, None], axis=1)
    unsure = apart[:, 0] > DOUBT**2 * apart[:, 1] if len(centres) > 1 else np.zeros(len(places), bool)
    return np.where(spoke, labels, -1), unsure


def _by_votes(votes: Votes, labels: Ints, unsure: Flags, heard: Flags) -> tuple[Ints, Flags]:
    """The groups people's own votes speak for, where that may decide: see ONE_WAY. Otherwise what came in."""
    k = int(labels.max(initial=-1)) + 1
    if k < 2:
        return labels, unsure
    given = answers(votes)
    likely = likelihoods(given, tallies(given, np.where(heard, labels, -1), k))
    better = np.where(labels >= 0, likely.argmax(axis=1), -1)
    moved = np.zeros((k, k))
    np.add.at(moved, (labels[heard], better[heard]), 1)
    np.fill_diagonal(moved, 0)
    one_way = np.abs(moved.sum(axis=0) - moved.sum(axis=1)).sum() / 2
    DEBUG['agreed'] = one_way/max(1,moved.sum())
    sizes = np.bincount(better[better >= 0], minlength=k)
    if one_way > ONE_WAY * moved.sum() or sizes.min() < max(FEWEST, SHARE * sizes.sum()):
        return labels, unsure
    chance = 1 / np.exp(likely - likely.max(axis=1, keepdims=True)).sum(axis=1)
    return better, chance < DOUBT
DEBUG={}


def _renamed(people: Ids, labels: Ints, places: Floats, earlier: tuple[Ids, Ints] | None) -> Ints:
    """The groups by the names they had, or by size; see `named`."""
    k = int(labels.max(initial=-1)) + 1
    before = np.full(len(people), -1)
    if earlier is not None and len(earlier[0]):
        order = np.argsort(earlier[0])
        known = np.asarray(earlier[0])[order]
        at = np.minimum(np.searchsorted(known, people), len(known) - 1)
        same = known[at] == people
        before[same] = np.asarray(earlier[1])[order][at[same]]
    middles = np.array([places[labels == one].mean(axis=0) for one in range(k)]).reshape(k, -1)
    return np.append(named(labels, middles, before, k), -1)[labels]
