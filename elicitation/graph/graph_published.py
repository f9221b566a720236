"""The published rule, from judgements to what is handed on. Free of Django."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from elicitation.graph.judgements import Floats, Ids, Judgements
from elicitation.graph.moral_graph import PublishedEdges, Put, published, put
from elicitation.graph.pagerank import pagerank
from elicitation.graph.ranked import VERSION, Edge, Rank, Ranked, Rule
from elicitation.graph.stability import TOP, Outline

NAMES = ("wiser", "not_wiser", "less_wise", "unsure", "impressions")


@dataclass(frozen=True, slots=True)
class ByPublished:
    """Judgements laid out once, to be counted as often as people are drawn."""

    judgements: Judgements
    laid: Put

    def outline(self, weight: Floats | None) -> Outline:
        """The pairs kept and the first values by PageRank."""
        edges = published(self.laid, weight)
        values, shares = _shares(edges)
        keys = edges.start * max(len(edges.values), 1) + edges.end
        return keys, values[np.argsort(-shares, kind="stable")[:TOP]]

    def ranked(self, seed: int, people: int) -> Ranked:
        """All of the graph."""
        edges = published(self.laid)
        contexts = _contexts(self.judgements)
        told = [
            Edge(
                from_value=start,
                to_value=end,
                contexts=contexts(start, end),
                counts={n: int(c) for n, c in zip(NAMES, counts, strict=True)},
                bits=float(bits),
                likelihood=float(likelihood),
            )
            for start, end, counts, likelihood, bits in zip(
                edges.values[edges.start].tolist(),
                edges.values[edges.end].tolist(),
                edges.counts,
                edges.likelihood,
                edges.entropy,
                strict=True,
            )
        ]
        return Ranked(
            Rule.PUBLISHED,
            VERSION[Rule.PUBLISHED],
            seed,
            len(self.judgements.person),
            people,
            tuple(told),
            _ranks(edges),
        )


def by_published(judgements: Judgements) -> ByPublished:
    """Lay the judgements out."""
    return ByPublished(judgements, put(judgements))


def _shares(edges: PublishedEdges) -> tuple[Ids, Floats]:
    """Places of the values in the graph, (n,), and their PageRank, (n,)."""
    values, places = np.unique(np.concatenate([edges.start, edges.end]), return_inverse=True)
    start, end = np.split(places, 2)
    return values, pagerank(start, end, edges.likelihood, len(values), dangling=False)


def _ranks(edges: PublishedEdges) -> tuple[Rank, ...]:
    values, shares = _shares(edges)
    best = len(shares) + 1 - np.searchsorted(np.sort(shares), shares, side="right")
    worst = len(shares) - np.searchsorted(np.sort(shares), shares, side="left")
    ids = edges.values[values].tolist()
    return tuple(
        Rank(ids[n], int(best[n]), int(worst[n]), float(shares[n]))
        for n in np.argsort(-shares, kind="stable")
    )


def _contexts(judgements: Judgements) -> Callable[[object, object], tuple[str, ...]]:
    """The contexts a pair was put in, as they first came."""
    put_from, put_to, _ = judgements.as_asked()
    seen: dict[tuple[object, object], dict[str, None]] = {}
    pairs = zip(put_from.tolist(), put_to.tolist(), judgements.context.tolist(), strict=True)
    for start, end, context in pairs:
        seen.setdefault((start, end), {})[str(context)] = None
    return lambda start, end: tuple(seen[start, end])
