"""Group names that last: a group goes on being called what it was. Free of Django."""

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_array
from scipy.sparse.csgraph import min_weight_full_bipartite_matching

from deliberation.opinion.votes import Ids

Ints = NDArray[np.int64]


def named(labels: Ints, places: NDArray[np.float64], before: Ints, k: int) -> Ints:
    """The new name, 0 to k - 1, of each of k groups.

    `labels` (n,): the groups found; `places` (n, c): where people stand; `before` (n,): the names of the groups they were in, -1 without.
    As many people as possible keep the name they know (an assignment of greatest overlap). Names left over, and those beyond k - 1, are
    dealt out anew: to the largest group first, and of equals to the one whose middle comes first.
    """
    names = np.full(k, -1)
    both = (labels >= 0) & (before >= 0)
    if both.any():
        overlap = np.zeros((k, int(before[both].max()) + 1), dtype=np.int64)
        np.add.at(overlap, (labels[both], before[both]), 1)
        groups, known = _matched(overlap)
        kept = (overlap[groups, known] > 0) & (known < k)
        names[groups[kept]] = known[kept]
    sizes = np.bincount(labels[labels >= 0], minlength=k)
    middles = np.array([places[labels == one].mean(axis=0) for one in range(k)])
    order = np.lexsort((*middles.T[::-1], -sizes)) if k else sizes
    order = order[names[order] < 0]
    names[order] = np.setdiff1d(np.arange(k), names)
    return names


def earlier_names(people: Ids, earlier: tuple[Ids, Ints] | None) -> Ints:
    """For each of people (n,), the group they were in by `earlier` (ids and groups, in any order), -1 where they were in none."""
    before = np.full(len(people), -1)
    if earlier is not None and len(earlier[0]) and len(people):
        ids, groups = (np.asarray(each) for each in earlier)
        order = ids.argsort()
        ids, groups = ids[order], groups[order]
        at = np.minimum(np.searchsorted(ids, people), len(ids) - 1)
        before = np.where(ids[at] == people, groups[at], -1)
    return before


def _matched(overlap: Ints) -> tuple[Ints, Ints]:
    """Pairs of row and column with the greatest sum; the one added to each entry lets a pair with no overlap stand in the matching."""
    rows, columns = min_weight_full_bipartite_matching(csr_array(overlap + 1), maximize=True)
    return rows, columns
