"""Opinion groups exactly as Polis finds them, in one cold run. Free of Django.

People are placed by two components, gathered into at most 100 base clusters, and those into 2 to 5 groups. k-means starts from the
people first seen, so the groups depend on their order; mode `stable` has the rule that does not. Source: Polis' math
(compdemocracy/polis, conversation.clj), from its behaviour; docs/decisions/0015-polis-mode.md.
"""

from collections.abc import Collection
from typing import Any

import numpy as np
from numpy.typing import NDArray

from deliberation.opinion import clusters, components
from deliberation.opinion.clusters import Clusters
from deliberation.opinion.grouping import Grouping
from deliberation.opinion.votes import Votes

VERSION = "1"
ENOUGH_VOTES = 7
FEWEST_PEOPLE = 15  # below, those with the most votes are taken in too
BASE_CLUSTERS = 100
BASE_ROUNDS = 100
GROUP_ROUNDS = 20
MOST_GROUPS = 5
BASE_A_GROUP = 12  # base clusters for each group more than two
Ints = NDArray[np.int64]


def group(votes: Votes, *, k: int | None = None, moderated_out: Collection[Any] = ()) -> Grouping:
    """Place and group people. `k`: that many groups instead of the best; `moderated_out`: ids of statements that count for nothing.

    People with fewer than 7 votes are placed but not grouped (label -1), unless fewer than 15 are left. Fewer groups come out than
    asked for where people stand in fewer places. Raises ValueError where k is less than 1.
    """
    if k is not None and k < 1:
        raise ValueError("There is at least one group.")
    hidden = np.isin(votes.statements, list(moderated_out))
    centred = components.centre(votes, hidden)
    directions = components.components(centred)
    points = components.project(centred, directions)
    cast = np.diff(votes.starts)
    few = cast < min(ENOUGH_VOTES, centred.seen)
    rows = _taken_in(votes, few)
    base = _base(points[rows])
    tried = _groups(base, k)
    apart = clusters.distances(base.centres)
    fit = {number: clusters.silhouette(apart, labels) for number, labels in tried.items()}
    best = k if k is not None else max(fit, key=lambda number: (fit[number], number), default=1)
    of_base = tried.get(best, np.zeros(len(base.centres), dtype=np.int64))
    labels = np.full(len(votes.people), -1, dtype=np.int64)
    labels[rows] = of_base[base.labels]
    unsure = few & (labels >= 0)
    number = int(labels.max(initial=-1)) + 1
    return Grouping("polis", number, labels, unsure, points, directions, centred.centre, fit)


def first_seen(votes: Votes) -> Ints:
    """People who voted, as places in `votes.people`, in the order a log sorted by statement, then person, first names them."""
    voted = np.flatnonzero(np.diff(votes.starts))
    return voted[np.argsort(votes.columns[votes.starts[voted]], kind="stable")]


def _taken_in(votes: Votes, few: NDArray[np.bool_]) -> Ints:
    """Who is grouped, as places in `votes.people`, in the order first seen."""
    order = first_seen(votes)
    taken = ~few[order]
    missing = FEWEST_PEOPLE - int(taken.sum())
    if missing > 0:
        others = np.flatnonzero(~taken)
        most_first = np.argsort(-np.diff(votes.starts)[order[others]], kind="stable")
        taken[others[most_first[:missing]]] = True
    return order[taken]


def _base(points: NDArray[Any]) -> Clusters:
    starts = clusters.first_distinct(points, BASE_CLUSTERS)
    return clusters.k_means(points, np.ones(len(points)), starts, BASE_ROUNDS)


def _groups(base: Clusters, wanted: int | None) -> dict[int, Ints]:
    """Group of each base cluster, by every k that is tried: those Polis tries, and the one wanted."""
    number = len(base.centres)
    most = min(MOST_GROUPS, 2 + number // BASE_A_GROUP, number)
    tries = set(range(2, most + 1)) | ({wanted} if wanted and wanted > 1 else set())
    weights = np.bincount(base.labels, minlength=number).astype(float)
    return {
        k: clusters.k_means(base.centres, weights, base.centres[:k], GROUP_ROUNDS).labels
        for k in sorted(tries)
    }
