"""Which values people find wiser where: one small graph a context, and a table of the same; of an inquiry, or of a graph made elsewhere."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.views import View

from deliberation.assemblies.models import Assembly
from deliberation.opinion import reading
from deliberation.opinion.models import Analysis, BroughtGraph
from deliberation.opinion.reading import Reader, Seen
from deliberation.opinion.snapshots import Subject
from deliberation.web.charts.layers import Edge, Layers, Node, draw
from deliberation.web.public.graph_files import PUBLISHED
from deliberation.web.public.results import frame, named
from deliberation.web.public.telling import Text, percent, texts
from deliberation.web.seats import spoken
from elicitation.graph.ranked import Rule
from elicitation.interview.models import Inquiry, wording

Result = Mapping[str, Any]

SAID = {
    "wiser": _("wiser"),
    "not_wiser": _("not wiser"),
    "less_wise": _("the other wiser"),
    "to_wiser": _("wiser"),
    "from_wiser": _("the other wiser"),
    "to_not_wiser": _("not wiser"),
    "from_not_wiser": _("the other not wiser"),
    "depends": _("it depends"),
    "same": _("the same"),
    "both_needed": _("both needed"),
    "unsure": _("unsure"),
}
FORMS = (("json", "JSON"), ("graphml", "GraphML"), ("gexf", "GEXF"))
SURE = 0.5  # probability at which a line is drawn thinnest


class Graph(View):
    page = "public/results/graph.html"

    def get(self, request: HttpRequest, slug: str, subject_id: UUID) -> HttpResponse:
        who = reading.reader(slug, request.user)
        subject = reading.subject(who.assembly, subject_id)
        seen = reading.seen(who, subject, Analysis.Kind.GRAPH)
        return render(request, self.page, shown(request, who, subject, seen))


def shown(request: HttpRequest, who: Reader, subject: Subject, seen: Seen | None) -> dict[str, Any]:
    """What the page of a graph shows of a result."""
    context = {
        **frame(request, who),
        **named(request, subject),
        "forms": files("graph_file", who.assembly.slug, subject.pk),
        "seen": seen,
        "hidden": not who.may_see(subject),
    }
    if seen and "edges" in seen.result:
        words = texts(subject, (card["id"] for card in seen.result["values"]))
        phrases = phrased(subject, spoken(request, who.assembly.languages))
        context |= laid_out(seen.result, words, phrases)
        context["kinds"] = kinds(who.assembly, spoken(request, who.assembly.languages))
    return context


class Brought(View):
    """A graph made elsewhere. Who brought it made it public with the assembly."""

    page = "public/results/graph.html"

    def get(self, request: HttpRequest, slug: str, graph_id: UUID) -> HttpResponse:
        who = reading.reader(slug, request.user)
        graph = reading.brought(who.assembly, graph_id)
        words = {
            card["id"]: Text(str(card["id"]), card["title"] or str(card["id"]), "", False)
            for card in graph.document["values"]
        }
        context = {
            **frame(request, who),
            "name": graph.name,
            "attribution": graph.attribution,
            "brought": graph,
            "forms": brought_files(slug, graph),
            "policies": [(words[c["id"]], c["policies"]) for c in graph.document["values"]],
            **laid_out(graph.document, words, {}),
        }
        return render(request, self.page, context)


def kinds(assembly: Assembly, language: str) -> dict[str, str]:
    """What the answers to the first question about people are called, by code: transitions are told apart by it."""
    first = assembly.strata.first()
    return {o["code"]: wording(o["wording"], language) for o in first.options} if first else {}


def files(name: str, slug: str, pk: UUID) -> list[tuple[str, str]]:
    """The addresses of the graph as a file, each with what it is called."""
    return [(reverse(f"public:{name}", args=[slug, pk, form]), called) for form, called in FORMS]


def brought_files(slug: str, graph: BroughtGraph) -> list[tuple[str, str | Promise]]:
    """The same of a graph made elsewhere; in the published form, too, where the published rule made it."""
    forms: list[tuple[str, str | Promise]] = [*files("brought_file", slug, graph.pk)]
    if graph.document["rule"] == Rule.PUBLISHED:
        address = reverse("public:brought_file", args=[slug, graph.pk, PUBLISHED])
        forms.append((address, _("JSON, as it was published")))
    return forms


def laid_out(
    result: Result, words: Mapping[Any, Text], phrases: Mapping[str, str]
) -> dict[str, Any]:
    """A ranked graph as the page shows it: by context, then as ranks. A context without a phrase is its own."""
    by_context: dict[str, list[Any]] = defaultdict(list)
    for edge in result["edges"]:
        if edge["from_value"] in words and edge["to_value"] in words:
            for where in edge["contexts"]:
                by_context[where].append(edge)
    places = {where: place for place, where in enumerate(phrases)}
    known = sorted(by_context, key=lambda where: (places.get(where, len(places)), where))
    ranks = [rank for rank in result["ranking"] if rank["value"] in words]
    return {
        "contexts": [
            around(result, words, phrases.get(where, ""), (where, by_context[where]))
            for where in known
        ],
        "ranks": [
            {**rank, "text": words[rank["value"]]}
            for rank in sorted(ranks, key=lambda rank: (rank["best"], rank["worst"]))
        ],
        "trust": trust(result),
        "people": result["people"],
        "judgements": result["judgements"],
    }


def trust(result: Result) -> dict[str, Any]:
    """What speaks for and against the whole: the pull of the question, what runs in circles, what stays with other people. In percent."""
    effect, steady = result["direction_effect"], result["stability"]
    return {
        "effect": effect,
        "accepted": percent(effect["accepted_both"]) if effect else None,
        "cyclic": percent(result["cyclic_share"]),
        "steady": steady,
        "overlap": percent(steady["overlap"]) if steady else None,
    }


def around(
    result: Result, words: Mapping[Any, Text], phrase: str, found: tuple[str, Sequence[Any]]
) -> dict[str, Any]:
    """The graph of one context: the drawing, its transitions, who wins there, what is in tension."""
    where, edges = found
    tensions = [t["values"] for t in result["tensions"] if t["context"] == where]
    winners = [w for w in result["winners"] if w["context"] == where and w["value"] in words]
    return {
        "phrase": phrase,
        "where": where,
        "drawing": drawing(edges, tensions, words),
        "edges": [told(edge, words) for edge in edges],
        "winners": [{**won, "text": words[won["value"]]} for won in winners],
        "tensions": [[words[value] for value in values if value in words] for values in tensions],
    }


def told(edge: Mapping[str, Any], words: Mapping[Any, Text]) -> dict[str, Any]:
    """One transition for the table: how likely people find its end the wiser, and who said what."""
    lean = edge["lean"] or {}
    return {
        "from": words[edge["from_value"]],
        "to": words[edge["to_value"]],
        "percent": round(100 * lean["probability"]) if lean else None,
        "said": [(name, n) for what, name in SAID.items() if (n := edge["counts"].get(what))],
        "groups": [by_group(name, said) for name, said in sorted((edge["groups"] or {}).items())],
        "strata": [
            by_group(code, said) for code, said in sorted((edge.get("strata") or {}).items())
        ],
        "stayed": percent(edge["stayed"]),
    }


def by_group(name: str, said: Mapping[str, int]) -> dict[str, Any]:
    """How many of a group find the end the wiser, of how many who judged."""
    return {"name": name, "for": said["for"], "n": sum(said.values())}


def drawing(
    edges: Sequence[Mapping[str, Any]], tensions: Sequence[Sequence[str]], words: Mapping[Any, Text]
) -> Layers | None:
    """The drawing of one context's transitions, each box with its value's words."""
    bound = {value: number for number, values in enumerate(tensions) for value in values}
    ends = {edge[end] for edge in edges for end in ("from_value", "to_value")}
    nodes = [Node(value, bound.get(value)) for value in sorted(ends, key=str)]
    lines = [Edge(edge["from_value"], edge["to_value"], _weight(edge)) for edge in edges]
    drawn = draw(nodes, lines)
    if drawn is None:
        return None
    boxes = tuple(replace(box, label=words[box.id].words) for box in drawn.boxes)
    return replace(drawn, boxes=boxes)


def phrased(subject: Subject, language: str) -> dict[str, str]:
    """The contexts of an inquiry by id, in its order."""
    if not isinstance(subject, Inquiry):
        return {}
    return {str(one.pk): one.said_in(language) for one in subject.contexts.order_by("position")}


def _weight(edge: Mapping[str, Any]) -> float:
    """How strongly a transition is drawn, from 0 to 1."""
    if edge["lean"]:
        return (float(edge["lean"]["probability"]) - SURE) / (1 - SURE)
    return float(edge["likelihood"] or 0)
