"""Read what was uploaded of a conversation or a graph, keep it whole or not at all, say what became of it, and delete the files."""

from collections import Counter
from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.db import transaction

from deliberation.opinion import bringing, uploaded
from deliberation.opinion.actions import graphs, uploads
from deliberation.opinion.bringing import Folder
from deliberation.opinion.fetching import Files, fetch
from deliberation.opinion.models import Bringing, BroughtGraph, Conversation, StatementVote
from deliberation.opinion.polis_tables import PolisFileError
from elicitation.errors import DomainError
from elicitation.graph.formats.shape import GraphUnreadable

GRAPH, VALUES = "graph.json", "values.json"
SIDES = {1: "agrees", 0: "passes", -1: "disagrees"}


def take_in(bringing_id: UUID) -> None:
    """The worker's way in. What another worker is at, or is over, is passed over."""
    found = Bringing.objects.select_related("assembly").filter(pk=bringing_id).first()
    if found is None:
        return
    if not uploads.claim_bringing(found):
        if found.state == Bringing.State.FAILED:  # given up, perhaps just now
            uploaded.forget(found.folder)
        return
    try:
        _keep(found)
    except (PolisFileError, GraphUnreadable, DomainError) as refused:
        uploads.refuse_bringing(found, _fault(refused))
    uploaded.forget(found.folder)


def _keep(found: Bringing) -> None:
    """Read with nothing open; then keep it and say so in one transaction, so that nothing is kept nobody is told of."""
    if found.kind == Bringing.Kind.GRAPH:
        fetched = fetch(_graph_files(found))
        with transaction.atomic():
            graph = graphs.keep_graph(found.assembly, found.name, fetched)
            uploads.end_bringing(found, graph, _graph_told(graph))
        return
    uploaded.ensure_bounded(found.folder)
    folder = Folder(found.folder, found.name, found.inverted, found.attribution)
    read = bringing.read(folder)
    left_behind = [list(one) for one in uploaded.left_behind(found.folder)]
    with transaction.atomic():
        kept = bringing.keep(found.assembly, folder, read)
        uploads.end_bringing(found, kept, {**_told(kept), "left_behind": left_behind})


def _graph_files(found: Bringing) -> Files:
    values = found.folder / VALUES
    return Files(
        found.folder / GRAPH,
        values if values.exists() else None,
        attribution=found.attribution,
    )


def _graph_told(kept: BroughtGraph) -> Mapping[str, Any]:
    document = kept.document
    return {"values": len(document["values"]), "transitions": len(document["edges"])}


def _told(kept: Conversation) -> dict[str, Any]:
    """Counts by which somebody sees that it is the conversation they meant, and the right way round."""
    votes = StatementVote.objects.filter(statement__conversation=kept)
    signs = Counter(votes.values_list("says", flat=True).iterator())
    return {
        "statements": kept.statements.count(),
        "voters": votes.values("voter").distinct().count(),
        "votes": signs.total(),
        **{name: signs[says] for says, name in SIDES.items()},
        "findings": len(kept.findings),
    }


def _fault(refused: PolisFileError | GraphUnreadable | DomainError) -> dict[str, Any]:
    if isinstance(refused, PolisFileError):
        place = {"file": refused.file, "line": refused.line, "column": refused.column}
        return {"code": refused.code, **place, "why": str(refused)}
    code = refused.code if isinstance(refused, DomainError) else "graph_unreadable"
    return {"code": code, "why": str(refused)}
