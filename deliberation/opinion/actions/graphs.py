"""Keep a moral graph that was made elsewhere, whole or not at all; and erase it."""

from typing import TYPE_CHECKING

from deliberation.assemblies.models import Assembly
from deliberation.opinion.errors import GraphNameTaken, GraphThere
from deliberation.opinion.models import BroughtGraph
from elicitation.record.actions import append, recorded

if TYPE_CHECKING:  # reading one needs numerics, which the web process does without
    from deliberation.opinion.fetching import Fetched


@recorded
def keep_graph(assembly: Assembly, name: str, fetched: "Fetched") -> BroughtGraph:
    """Keep a graph as it was read. Raises GraphThere, GraphNameTaken."""
    Assembly.objects.select_for_update().get(pk=assembly.pk)
    if same := assembly.brought_graphs.filter(content_hash=fetched.content_hash).first():
        raise GraphThere(name=same.name)
    if assembly.brought_graphs.filter(name=name).exists():
        raise GraphNameTaken(name=name)
    kept = BroughtGraph.objects.create(
        assembly=assembly,
        name=name,
        attribution=fetched.attribution,
        document=fetched.document,
        content_hash=fetched.content_hash,
    )
    append(
        "graph.brought",
        assembly=assembly.slug,
        graph=str(kept.pk),
        values=len(fetched.document["values"]),
        transitions=len(fetched.document["edges"]),
    )
    return kept


@recorded
def erase_graph(graph: BroughtGraph) -> None:
    """Erase a graph; nothing of it is left but that it was here."""
    was = str(graph.pk)
    graph.delete()
    append("graph.erased", assembly=graph.assembly.slug, graph=was)
