"""The graph as GEXF 1.3, for Gephi and sigma.js. Free of Django."""

from xml.etree.ElementTree import Element, SubElement

from elicitation.graph.formats.attributes import Told, clean, of_edge, of_nodes, spelt, types, whole
from elicitation.graph.formats.shape import Graph

SPACE = "http://gexf.net/1.3"


def write(graph: Graph) -> str:
    """The graph as XML text. A value's title is its label; its id stands in where it has none."""
    nodes, edges = of_nodes(graph), [of_edge(edge) for edge in graph.ranked.edges]
    root = Element("gexf", xmlns=SPACE, version="1.3")
    inner = SubElement(root, "graph", defaultedgetype="directed")
    keys = {"node": types(nodes.values()), "edge": types(edges)}
    for kind, named in keys.items():
        attributes = SubElement(inner, "attributes", {"class": kind})
        for name, sort in named.items():
            sort = "integer" if sort == "int" else sort
            SubElement(attributes, "attribute", id=name, title=name, type=sort)
    held = SubElement(inner, "nodes")
    for card in graph.values:
        label = clean(card.title) or clean(str(card.id))
        _tell(SubElement(held, "node", id=clean(str(card.id)), label=label), nodes[card.id])
    held = SubElement(inner, "edges")
    for number, (edge, told) in enumerate(zip(graph.ranked.edges, edges, strict=True)):
        start, end = clean(str(edge.from_value)), clean(str(edge.to_value))
        _tell(SubElement(held, "edge", id=str(number), source=start, target=end), told)
    return whole(root)


def _tell(element: Element, told: Told) -> None:
    values = SubElement(element, "attvalues")
    for name, value in told.items():
        SubElement(values, "attvalue", {"for": name, "value": spelt(value)})
