"""What a node and an edge say of themselves in the XML formats. Free of Django."""

import re
from collections.abc import Iterable, Mapping
from xml.etree.ElementTree import Element, indent, tostring

from elicitation.graph.formats.shape import Card, Graph
from elicitation.graph.ranked import Edge, Id

Told = Mapping[str, str | int | float | bool]
FORBIDDEN = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
REPLACED = "\ufffd"  # so that a reader sees that something was there


def clean(text: str) -> str:
    """The text with each character that XML 1.0 forbids replaced by U+FFFD."""
    return FORBIDDEN.sub(REPLACED, text)


def of_nodes(graph: Graph) -> dict[Id, Told]:
    """Value -> what is known of it: policies, one a line; ranks, where it has any; contexts it is in tension in."""
    ranks = {rank.value: rank for rank in graph.ranked.ranking}
    tense: dict[Id, list[str]] = {}
    for tension in graph.ranked.tensions:
        for value in tension.values:
            tense.setdefault(value, []).append(tension.context)
    return {
        card.id: _node(card, ranks.get(card.id), tense.get(card.id, [])) for card in graph.values
    }


def _node(card: Card, rank: object, tense: list[str]) -> Told:
    told: dict[str, str | int | float | bool] = {"policies": "\n".join(card.policies)}
    for name in ("best", "worst", "pagerank", "height", "least", "most"):
        if (found := getattr(rank, name, None)) is not None:
            told[name] = found
    if tense:
        told["in_tension"] = "\n".join(tense)
    return told


def of_edge(edge: Edge) -> Told:
    """Contexts, one a line; counts; what the rule made of them."""
    told: dict[str, str | int | float | bool] = {"contexts": "\n".join(edge.contexts)}
    told |= edge.counts
    told["entropy"] = edge.bits
    if edge.likelihood is not None:
        told["likelihood"] = edge.likelihood
    if edge.lean is not None:
        told |= {"lean": edge.lean.mean, "lean_least": edge.lean.least, "lean_most": edge.lean.most}
        told |= {"probability": edge.lean.probability, "clear": edge.lean.clear}
        told["one_way"] = edge.lean.one_way
    if edge.stayed is not None:
        told["stayed"] = edge.stayed
    return told


def types(told: Iterable[Told]) -> dict[str, str]:
    """Attribute -> its type, as both formats name it, in the order they first come."""
    names = {str: "string", bool: "boolean", int: "int", float: "double"}
    found: dict[str, str] = {}
    for one in told:
        for name, value in one.items():
            found.setdefault(name, names[type(value)])
    return found


def spelt(value: str | int | float | bool) -> str:
    """A value as XML writes it."""
    if isinstance(value, bool):
        return "true" if value else "false"
    return clean(value) if isinstance(value, str) else repr(value)


def whole(root: Element) -> str:
    """The document as text."""
    indent(root)
    return '<?xml version="1.0" encoding="UTF-8"?>\n' + tostring(root, encoding="unicode") + "\n"
