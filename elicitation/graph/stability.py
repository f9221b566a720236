"""Would the graph be the same had other people of the same kind come? People drawn anew, again and again. Free of Django."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from elicitation.graph.judgements import Floats, Ids, Ints

TOP = 10
Outline = tuple[Ints, Ints]  # what stays: keys of transitions, (e,), and the first TOP values


@dataclass(frozen=True, slots=True)
class Stability:
    """Means over `resamples` of people: `overlap` of the transitions kept with those of the whole (Jaccard), and how many of the
    `top` first values stay among them. `kept`: how often each transition of the whole was kept, (e,), in [0, 1]."""

    resamples: int
    overlap: float
    top: int
    top_kept: float
    kept: Floats


def stability(
    person: Ids, outline: Callable[[Floats | None], Outline], resamples: int, seed: int
) -> Stability | None:
    """Draw as many people as there are, with replacement (Efron's bootstrap), `resamples` times. `outline` makes the graph of
    judgements so weighed. None without people or resamples."""
    names, place = np.unique(person, return_inverse=True)
    if not len(names) or resamples < 1:
        return None
    edges, first = outline(None)
    chance = np.random.default_rng(seed)
    overlap, top_kept, kept = 0.0, 0, np.zeros(len(edges))
    for _ in range(resamples):
        drawn = np.bincount(chance.integers(0, len(names), len(names)), minlength=len(names))
        again, again_first = outline(drawn[place].astype(float))
        stayed = np.isin(edges, again)
        kept += stayed
        union = len(edges) + len(again) - stayed.sum()
        overlap += float(stayed.sum() / union) if union else 1.0
        top_kept += len(np.intersect1d(first, again_first))
    return Stability(
        resamples, overlap / resamples, len(first), top_kept / resamples, kept / resamples
    )
