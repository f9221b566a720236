"""One value: the words behind it, how widely it holds, and what it was weighed against."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views import View

from deliberation.assemblies.errors import NotHere
from deliberation.assemblies.models import Assembly
from deliberation.moderation.meanings import Agreement, agreement
from deliberation.opinion import reading
from deliberation.opinion.models import Analysis
from deliberation.opinion.reading import Reader, Seen
from deliberation.opinion.sentences import lowest, sentence
from deliberation.opinion.withholding import FEWEST
from deliberation.web.public.graph import phrased, told
from deliberation.web.public.results import frame, named
from deliberation.web.public.telling import groups, shares, texts
from deliberation.web.seats import spoken
from deliberation.web.value_card import card_of
from elicitation.graph.models import Value


class ValuePage(View):
    page = "public/results/value.html"

    def get(self, request: HttpRequest, slug: str, value_id: UUID) -> HttpResponse:
        who = reading.reader(slug, request.user)
        value = standing(who.assembly, value_id)
        if value.pk != value_id:  # folded since: the address it had leads on
            return redirect("public:value", slug=slug, value_id=value.pk)
        language = spoken(request, who.assembly.languages)
        context = {
            **frame(request, who),
            **named(request, value.inquiry),
            "card": card_of(value),
            "agreement": agreed(value),
            "hidden": not who.may_see(value.inquiry),
            **profile(who, value, language),
            **weighed(who, value),
        }
        return render(request, self.page, context)


def standing(assembly: Assembly, value_id: UUID) -> Value:
    """A value of this assembly somebody still stands behind, or the one it was folded into. Raises NotHere."""
    here = Value.objects.standing().filter(inquiry__assemblies=assembly, tree=value_id)
    if found := here.select_related("inquiry").first():
        return found
    raise NotHere


def agreed(value: Value) -> Agreement | None:
    """How many of its authors say that it says what they meant; None where so few stand behind it that one could be known."""
    told = agreement(value)
    return told if told.is_asked and told.authors >= FEWEST else None


def profile(who: Reader, value: Value, language: str) -> dict[str, Any]:
    """How widely the value holds, as the newest result of groups says; nothing where it does not know it yet."""
    seen = reading.seen(who, value.inquiry, Analysis.Kind.GROUPS)
    found = seen.result.get("profiles", {}).get(str(value.pk)) if seen else None
    if seen is None or found is None:
        return {}
    among = groups(seen.result)
    return {
        "seen": seen,
        "sentence": sentence(found),
        "lowest": lowest(found),
        "shares": shares(found["groups"], among),
        "contexts": contexts(found, phrased(value.inquiry, language)),
        "rounds": rounds(found),
        "said": seen.result["statements"].get(str(value.pk)),
    }


def contexts(found: Mapping[str, Any], phrases: Mapping[str, str]) -> list[dict[str, Any]]:
    """Where it was judged the wiser one, or is said to hold."""
    return [
        {**standing, "phrase": phrases.get(where, "")}
        for where, standing in found["contexts"].items()
        if standing["named"] or standing.get("better") or standing.get("worse")
    ]


def rounds(found: Mapping[str, Any]) -> list[dict[str, Any]]:
    """The share that agrees in each round, where there was more than one."""
    return [
        {
            **told,
            "here": round(100 * told["support"]),
            "low": round(100 * told["low"], 1),
            "high": round(100 * told["high"], 1),
            "wide": round(100 * (told["high"] - told["low"]), 1),
        }
        for told in found["rounds"]
        if told.get("n")
    ]


def weighed(who: Reader, value: Value) -> dict[str, Any]:
    """The transitions that lead to this value and away from it."""
    seen: Seen | None = reading.seen(who, value.inquiry, Analysis.Kind.GRAPH)
    own = str(value.pk)
    edges = [
        edge
        for edge in (seen.result.get("edges", []) if seen else [])
        if own in (edge["from_value"], edge["to_value"])
    ]
    words = texts(
        value.inquiry, {edge[end] for edge in edges for end in ("from_value", "to_value")}
    )
    known = [e for e in edges if e["from_value"] in words and e["to_value"] in words]
    return {
        "wiser_than": [told(edge, words) for edge in known if edge["to_value"] == own],
        "less_wise_than": [told(edge, words) for edge in known if edge["from_value"] == own],
    }
