"""PageRank over weighted transitions. Free of Django."""

import numpy as np
from scipy.sparse import csr_array

from elicitation.graph.judgements import Floats, Ints

DAMPING = 0.85
SWEEPS = 100
STILL = 1e-13  # a sweep that moves every share less than this ends them


def pagerank(start: Ints, end: Ints, weight: Floats, values: int, *, dangling: bool) -> Floats:
    """Share of a walker's time at each of n values, (n,), who follows transitions start -> end, (e,), by weight.

    Brin and Page, "The anatomy of a large-scale hypertextual web search engine" (1998), by power iteration. With `dangling`, a walker
    at a value that leads nowhere goes on anywhere, so that the shares sum to 1; the published moral graphs leave that out.
    """
    if not values:
        return np.zeros(0)
    leaving = np.bincount(start, weight, values)
    share = np.divide(weight, leaving[start], out=np.zeros(len(start)), where=leaving[start] > 0)
    arriving = csr_array((share, (end, start)), shape=(values, values))
    ends = leaving <= 0
    found = np.full(values, 1 / values)
    for _ in range(SWEEPS):
        lost = found[ends].sum() / values if dangling else 0.0
        swept: Floats = (1 - DAMPING) / values + DAMPING * (arriving @ found + lost)
        moved = np.abs(swept - found).max()
        found = swept
        if moved < STILL:
            break
    return found
