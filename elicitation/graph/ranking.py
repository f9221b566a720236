"""From judgements to a ranked graph, by one of two rules. Free of Django."""

from dataclasses import replace
from math import inf

import numpy as np

from elicitation.graph.graph_groundwork import by_groundwork
from elicitation.graph.graph_published import by_published
from elicitation.graph.judgements import Judgements
from elicitation.graph.ranked import Ranked, Rule, Steadiness
from elicitation.graph.stability import stability


def rank(
    judgements: Judgements,
    rule: Rule = Rule.GROUNDWORK,
    seed: int = 0,
    resamples: int = 0,
    seconds: float = inf,
) -> Ranked:
    """The graph of all judgements, with its stability where `resamples` of people are wanted: as many of them as fit into `seconds`.

    Neither the order of judgements nor the ids of values change what stands in it; `seed` moves only what is drawn.
    """
    made = by_published(judgements) if rule is Rule.PUBLISHED else by_groundwork(judgements, seed)
    ranked = made.ranked(seed, len(np.unique(judgements.person)))
    steady = stability(judgements.person, made.outline, resamples, seed, seconds)
    if steady is None:
        return ranked
    edges = [
        replace(edge, stayed=float(share))
        for edge, share in zip(ranked.edges, steady.kept, strict=True)
    ]
    told = Steadiness(steady.resamples, steady.overlap, steady.top, float(steady.top_kept))
    return replace(ranked, edges=tuple(edges), stability=told)
