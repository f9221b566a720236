"""The moral graph of each inquiry of a package as JSON, GraphML and GEXF, from its results and the titles of its values. Free of Django."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

from deliberation.exports.whole import put
from elicitation.graph.formats import gexf, graphml, own_json
from elicitation.graph.formats.shape import Card, Graph

FORMS = {"json": own_json.write, "graphml": graphml.write, "gexf": gexf.write}


def write(folder: Path, results: Mapping[str, Any]) -> None:
    """Write graph/INQUIRY.FORM below `folder` for each inquiry that was judged."""
    cards = {card.id: card for card in _cards(folder)}
    for inquiry, found in results["inquiries"].items():
        if found["graph"]:
            told = {name: value for name, value in found["graph"].items() if name != "input"}
            graph = _worded(own_json.read(json.dumps(told)), cards)
            for form, made in FORMS.items():
                put(folder / f"graph/{inquiry}.{form}", made(graph))


def _worded(graph: Graph, cards: Mapping[str | int, Card]) -> Graph:
    return replace(graph, values=tuple(cards.get(one.id, one) for one in graph.values))


def _cards(folder: Path) -> Iterator[Card]:
    with (folder / "values.jsonl").open(encoding="utf-8") as lines:
        for row in map(json.loads, lines):
            yield Card(row["value"], row["title"], tuple(row["policies"]))
