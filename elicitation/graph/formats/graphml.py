"""The graph as GraphML, for Gephi, yEd, igraph and networkx. Free of Django."""

from xml.etree.ElementTree import Element, SubElement

from elicitation.graph.formats.attributes import Told, clean, of_edge, of_nodes, spelt, types, whole
from elicitation.graph.formats.shape import Graph
from elicitation.graph.ranked import Id

SPACE = "http://graphml.graphdrawing.org/xmlns"


def write(graph: Graph) -> str:
    """The graph as XML text."""
    known = of_nodes(graph)
    nodes: dict[Id, Told] = {
        card.id: {"title": card.title, **known[card.id]} for card in graph.values
    }
    edges = [of_edge(edge) for edge in graph.ranked.edges]
    root = Element("graphml", xmlns=SPACE)
    keys = {"node": types(nodes.values()), "edge": types(edges)}
    for kind, named in keys.items():
        for name, sort in named.items():
            key = {"id": f"{kind}_{name}", "for": kind, "attr.name": name, "attr.type": sort}
            SubElement(root, "key", key)
    inner = SubElement(root, "graph", id="groundwork", edgedefault="directed")
    for value, told in nodes.items():
        _tell(SubElement(inner, "node", id=clean(str(value))), "node", told)
    for number, (edge, told) in enumerate(zip(graph.ranked.edges, edges, strict=True)):
        start, end = clean(str(edge.from_value)), clean(str(edge.to_value))
        _tell(SubElement(inner, "edge", id=f"e{number}", source=start, target=end), "edge", told)
    return whole(root)


def _tell(element: Element, kind: str, told: Told) -> None:
    for name, value in told.items():
        SubElement(element, "data", key=f"{kind}_{name}").text = spelt(value)
