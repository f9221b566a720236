"""The moral graph as it was published: which transitions stay, by a rule of shares. Free of Django.

The rule of Klingefjord, Lowe and Edelman, "What are human values, and how do we align AI to them?" (2024), kept to compare with.
What it leaves to be desired, and the rule that stands in its place: docs/decisions/0017-moral-graph.md.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from elicitation.graph.judgements import Answer, Floats, Ids, Ints, Judgements, entropy

LEAST_WISER = 2  # people who said yes
LEAST_LIKELIHOOD = 0.33
MOST_ENTROPY = 1.69  # bits
WISER, NOT_WISER, UNSURE = 0, 1, 2


@dataclass(frozen=True, slots=True)
class PublishedEdges:
    """e transitions kept. `start` and `end`: places in `values`, (e,); counts, (e, 5): wiser, not wiser, wiser the other way
    round, unsure, shown at all (both ways); `likelihood` and `entropy`, (e,)."""

    values: Ids
    start: Ints
    end: Ints
    counts: Floats
    likelihood: Floats
    entropy: Floats


@dataclass(frozen=True, slots=True)
class Put:
    """Judgements by the pair they were put as. `pair`: place of each in the p pairs, (j,); `verdict`: WISER, NOT_WISER or UNSURE,
    (j,); `start`, `end`: places in `values`, (p,); `reverse`: the pair put the other way round, (p,), -1 where it never was."""

    values: Ids
    pair: Ints
    verdict: NDArray[np.int8]
    start: Ints
    end: Ints
    reverse: Ints


def put(judgements: Judgements) -> Put:
    """Lay judgements out by the pair they were put as. Contexts are not told apart. Any answer but yes and unsure is "not wiser"."""
    put_from, put_to, answer = judgements.as_asked()
    values, place = np.unique(np.concatenate([put_from, put_to]), return_inverse=True)
    start, end = np.split(place.astype(np.int64), 2)
    n = max(len(values), 1)
    keys, pair = np.unique(start * n + end, return_inverse=True)
    turned = keys % n * n + keys // n
    at = np.minimum(np.searchsorted(keys, turned), max(len(keys) - 1, 0))
    reverse = np.where(keys[at] == turned, at, -1) if len(keys) else at
    verdict = np.full(len(answer), NOT_WISER, dtype=np.int8)
    verdict[answer == Answer.TO_WISER] = WISER
    verdict[answer == Answer.UNSURE] = UNSURE
    return Put(values, pair, verdict, keys // n, keys % n, reverse)


def published(laid: Put, weight: Floats | None = None) -> PublishedEdges:
    """The transitions kept, by pair; `weight`, (j,), counts a judgement more than once or not at all."""
    pairs = len(laid.start)
    cells = np.bincount(laid.pair * 3 + laid.verdict, weight, pairs * 3).reshape(pairs, 3)
    other = np.where(laid.reverse[:, None] >= 0, cells[laid.reverse], 0) if pairs else cells
    wiser, not_wiser, unsure = cells.T
    less_wise, shown = other[:, WISER], cells.sum(axis=1) + other.sum(axis=1)
    counts = np.stack([wiser, not_wiser, less_wise, unsure, shown], axis=1).astype(float)
    judged = counts[:, :4].sum(axis=1)
    likelihood = np.divide(wiser - less_wise, judged, out=np.zeros(pairs), where=judged > 0)
    bits = entropy(counts)
    kept = (wiser >= LEAST_WISER) & (likelihood >= LEAST_LIKELIHOOD) & (bits <= MOST_ENTROPY)
    return PublishedEdges(
        laid.values, laid.start[kept], laid.end[kept], counts[kept], likelihood[kept], bits[kept]
    )
