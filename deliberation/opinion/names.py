"""Group names that last: a group goes on being called what it was. Free of Django."""

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_array
from scipy.sparse.csgraph import min_weight_full_bipartite_matching

Ints = NDArray[np.int64]


def named(labels: Ints, places: NDArray[np.float64], before: Ints, k: int) -> Ints:
    """The new name, 0 to k - 1, of each of k groups.

    `labels` (n,) are the groups found, `before` (n,) the names people had, -1 where they had none; `places` (k, d) are the groups' centres.
    The names go to the groups so that as many people as possible keep theirs (an assignment of greatest overlap); names left over go to
    the groups left over, largest first, and of equals the one whose centre comes first.
    """
    names = np.full(k, -1)
    both = (labels >= 0) & (before >= 0)
    if both.any():
        overlap = np.zeros((k, int(before[both].max()) + 1), dtype=np.int64)
        np.add.at(overlap, (labels[both], before[both]), 1)
        for group, name in zip(*_matched(overlap), strict=True):
            if overlap[group, name] and name < k:
                names[group] = name
    sizes = np.bincount(labels[labels >= 0], minlength=k)[:k]
    order = np.lexsort((*places.T[::-1], -sizes))
    free = iter(sorted(set(range(k)) - set(names.tolist())))
    for group in order:
        if names[group] < 0:
            names[group] = next(free)
    return names


def _matched(overlap: Ints) -> tuple[Ints, Ints]:
    """Pairs of row and column with the greatest sum; the one added to each entry lets a pair with no overlap stand in the matching."""
    rows, columns = min_weight_full_bipartite_matching(csr_array(overlap + 1), maximize=True)
    return rows, columns
