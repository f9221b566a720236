"""Where the values of an inquiry's graph are drawn, from where they stood in the last one. Workers and commands only."""

from collections.abc import Mapping
from typing import Any

import numpy as np

from deliberation.opinion.layout import Network, arrange
from deliberation.opinion.models import Layout
from deliberation.opinion.positions import Point, pack, unpack
from deliberation.opinion.shown import for_everybody
from elicitation.interview.models import Inquiry

LEAST_PULL = 0.2  # of a transition people are least sure of; the surest pulls with 1


def positions_of(inquiry: Inquiry, graph: Mapping[str, Any], groups: Mapping[str, Any]) -> bytes:
    """The packed positions of all values that were compared or voted on. They rest on what everybody may see of the graph: a place tells nothing a page does not."""
    return pack(arrange(network(for_everybody(graph), groups), former(inquiry)))


def network(graph: Mapping[str, Any], groups: Mapping[str, Any]) -> Network:
    """The values of two results of one inquiry, and the transitions between them."""
    edges = graph.get("edges", [])
    ids = sorted({card["id"] for card in graph.get("values", [])} | set(groups["statements"]))
    place = {one: number for number, one in enumerate(ids)}
    ends = [(place[edge["from_value"]], place[edge["to_value"]]) for edge in edges]
    pulls = [_pull(edge) for edge in edges]
    return Network(ids, np.array(ends, dtype=np.intp).reshape(-1, 2), np.array(pulls, dtype=float))


def former(inquiry: Inquiry) -> dict[str, Point]:
    """Where values stood when they were last drawn."""
    last = Layout.objects.filter(analysis__inquiry=inquiry).order_by("-analysis__made_at").first()
    return unpack(bytes(last.positions)) if last else {}


def _pull(edge: Mapping[str, Any]) -> float:
    sure = edge["lean"]["probability"] if edge["lean"] else edge["likelihood"] or 0
    return LEAST_PULL + (1 - LEAST_PULL) * max(0.0, 2 * float(sure) - 1)
