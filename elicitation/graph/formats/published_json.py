"""The published moral graphs: JSON with values by id, and a list of values beside it. Free of Django."""

import json
from collections.abc import Mapping, Sequence
from typing import Any

from elicitation.graph.formats.shape import Card, Graph, GraphUnreadable, ensure_whole
from elicitation.graph.ranked import VERSION, Edge, Ranked, Rule

COUNTS = {
    "wiser": "markedWiser",
    "not_wiser": "markedNotWiser",
    "less_wise": "markedLessWise",
    "unsure": "markedUnsure",
    "impressions": "impressions",
}


def write(graph: Graph) -> str:
    """The graph as JSON text. Raises ValueError where another rule made it, for the counts mean other things."""
    if graph.ranked.rule is not Rule.PUBLISHED:
        raise ValueError("Only a graph made by the published rule has this form.")
    edges = [
        {
            "from_value": edge.from_value,
            "to_value": edge.to_value,
            "contexts": list(edge.contexts),
            **{name: edge.counts[count] for count, name in COUNTS.items()},
            "wiserLikelihood": edge.likelihood,
            "entropy": edge.bits,
        }
        for edge in graph.ranked.edges
    ]
    found = {"values": [card.id for card in graph.values], "edges": edges}
    return json.dumps(found, ensure_ascii=False, allow_nan=False, indent=1)


def read(text: str, values: str | None = None) -> Graph:
    """The graph of a JSON text; titles and policies from a list of `values`, where there is one. It holds no ranking.

    Raises GraphUnreadable, which names the place.
    """
    found, cards = _loaded(text), listed(values)
    try:
        ids = found["values"]
        edges = [_edge(number, edge) for number, edge in enumerate(found["edges"])]
        graph = Graph(tuple(cards.get(i, Card(i)) for i in ids), _ranked(edges))
    except (KeyError, TypeError) as broken:
        raise GraphUnreadable(f"This is no published moral graph: {broken} is amiss.") from broken
    ensure_whole(graph)
    return graph


def _ranked(edges: Sequence[Edge]) -> Ranked:
    return Ranked(Rule.PUBLISHED, VERSION[Rule.PUBLISHED], 0, 0, 0, tuple(edges), ())


def _edge(number: int, edge: Mapping[str, Any]) -> Edge:
    try:
        return Edge(
            from_value=edge["from_value"],
            to_value=edge["to_value"],
            contexts=tuple(str(context) for context in edge["contexts"]),
            counts={count: int(edge[name]) for count, name in COUNTS.items()},
            bits=float(edge["entropy"]),
            likelihood=float(edge["wiserLikelihood"]),
        )
    except (KeyError, TypeError, ValueError) as broken:
        raise GraphUnreadable(f"edges.{number}: {broken} is missing or amiss.") from broken


def listed(values: str | None) -> dict[Any, Card]:
    """The values of a list, by id; none without one. Raises GraphUnreadable."""
    if values is None:
        return {}
    try:
        return {
            card["id"]: Card(card["id"], str(card["title"]), tuple(map(str, card["policies"])))
            for card in _loaded(values)
        }
    except (KeyError, TypeError) as broken:
        raise GraphUnreadable(f"This is no list of values: {broken} is amiss.") from broken


def _loaded(text: str) -> Any:
    try:
        return json.loads(text)
    except (ValueError, RecursionError) as broken:
        raise GraphUnreadable(f"This is no JSON: {broken}.") from broken
