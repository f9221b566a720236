"""The graph as a file: JSON by the published schema, GraphML for network programs, GEXF for Gephi."""

import json
from collections.abc import Callable, Mapping
from typing import Any
from uuid import UUID

from django.http import FileResponse, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.views import View

from deliberation.assemblies.errors import NotHere
from deliberation.opinion import reading
from deliberation.opinion.models import Analysis
from elicitation.graph.formats import gexf, graphml, own_json, published_json
from elicitation.graph.formats.shape import Graph
from elicitation.graph.models import Value
from elicitation.graph.ranked import Rule

WRITERS: Mapping[str, tuple[str, Callable[[Graph], str]]] = {
    "json": ("application/json", own_json.write),
    "graphml": ("application/xml", graphml.write),
    "gexf": ("application/xml", gexf.write),
}
PUBLISHED = "published"  # the form other moral graphs have: for those made by the published rule


class GraphFile(View):
    """The newest graph of an inquiry, with the titles and policies of its values as they stand now."""

    def get(self, request: HttpRequest, slug: str, subject_id: UUID, form: str) -> HttpResponse:
        who = reading.reader(slug, request.user)
        subject = reading.subject(who.assembly, subject_id)
        seen = reading.seen(who, subject, Analysis.Kind.GRAPH)
        if seen is None or "edges" not in seen.result:
            raise NotHere
        return written(worded(seen.result), form, f"{slug}-graph")


class BroughtFile(View):
    """A graph made elsewhere, as it was brought."""

    def get(self, request: HttpRequest, slug: str, graph_id: UUID, form: str) -> HttpResponse:
        who = reading.reader(slug, request.user)
        graph = reading.brought(who.assembly, graph_id)
        if form == PUBLISHED:
            return as_published(graph.document, f"{slug}-{graph.pk}")
        return written(graph.document, form, f"{slug}-{graph.pk}")


class Schema(View):
    """The JSON schema of graphs."""

    def get(self, request: HttpRequest) -> HttpResponseBase:
        return FileResponse(own_json.SCHEMA.open("rb"), content_type="application/schema+json")


def worded(result: Mapping[str, Any]) -> dict[str, Any]:
    """A result with the words of its values; those taken back since have none."""
    ids = [card["id"] for card in result["values"]]
    standing = {str(v.pk): v for v in Value.objects.standing().filter(pk__in=ids)}
    cards = [
        {"id": i, "title": standing[i].title, "policies": standing[i].policies}
        if i in standing
        else {"id": i}
        for i in ids
    ]
    return {**result, "values": cards}


def written(document: Mapping[str, Any], form: str, name: str) -> HttpResponse:
    """The document in one of the forms of WRITERS, to be kept under `name`. Raises NotHere for another form."""
    if form not in WRITERS:
        raise NotHere
    kind, write = WRITERS[form]
    return _file(write(own_json.read(json.dumps(document))), kind, f"{name}.{form}")


def as_published(document: Mapping[str, Any], name: str) -> HttpResponse:
    """The document as published graphs are. Raises NotHere where another rule made it: its counts mean other things."""
    if document["rule"] != Rule.PUBLISHED:
        raise NotHere
    told = published_json.write(own_json.read(json.dumps(document)))
    return _file(told, "application/json", f"{name}-published.json")


def _file(told: str, kind: str, name: str) -> HttpResponse:
    disposition = {"Content-Disposition": f'attachment; filename="{name}"'}
    return HttpResponse(told, content_type=f"{kind}; charset=utf-8", headers=disposition)
