"""Would the graph be the same had other people of the same kind come? People drawn anew, again and again. Free of Django."""

from collections.abc import Callable
from dataclasses import dataclass
from math import inf
from time import perf_counter

import numpy as np

from elicitation.graph.judgements import Floats, Ids, Ints

TOP = 10
FEWEST = 10  # resamples that say something
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


def affordable(resamples: int, took: float, seconds: float) -> int:
    """How many resamples fit into `seconds` where the first took so long, at most `resamples`; 0 where fewer than FEWEST of those do."""
    fit = min(resamples, int(seconds / took)) if took * resamples > seconds else resamples
    return fit if fit >= min(resamples, FEWEST) else 0


def stability(
    person: Ids,
    outline: Callable[[Floats | None], Outline],
    resamples: int,
    seed: int,
    seconds: float = inf,
) -> Stability | None:
    """Draw as many people as there are, with replacement (Efron's bootstrap), `resamples` times, or as often as fits into `seconds`.

    `outline` makes the graph of judgements so weighed. None without people or resamples. The first n draws are the same however many
    there are, so a result can be made again with the number it tells.
    """
    names, place = np.unique(person, return_inverse=True)
    if not len(names) or resamples < 1:
        return None
    edges, first = outline(None)
    chance = np.random.default_rng(seed)
    overlap, top_kept, kept = 0.0, 0, np.zeros(len(edges))
    done, begun = 0, perf_counter()
    while done < resamples:
        drawn = np.bincount(chance.integers(0, len(names), len(names)), minlength=len(names))
        again, again_first = outline(drawn[place].astype(float))
        stayed = np.isin(edges, again)
        kept += stayed
        union = len(edges) + len(again) - stayed.sum()
        overlap += float(stayed.sum() / union) if union else 1.0
        top_kept += len(np.intersect1d(first, again_first))
        done += 1
        if done == 1:
            resamples = affordable(resamples, perf_counter() - begun, seconds)
    if not resamples:
        return None
    return Stability(
        resamples, overlap / resamples, len(first), top_kept / resamples, kept / resamples
    )
