"""What the votes come to: opinion groups on a map, what all share, what each holds, where they differ."""

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views import View

from deliberation.opinion import reading
from deliberation.opinion.models import Analysis, Conversation
from deliberation.opinion.queries import turnout
from deliberation.opinion.reading import Reader, Seen
from deliberation.opinion.sentences import sentence
from deliberation.opinion.snapshots import Subject, light
from deliberation.web.charts import opinion_map
from deliberation.web.public.telling import Group, Text, groups, shares, texts
from deliberation.web.seats import spoken
from elicitation.graph.norms import norms_of

MOST = 12  # statements of a list; the rest are in the table of all
Result = Mapping[str, Any]


class Results(View):
    """All there are results of, in one list."""

    page = "public/results/list.html"

    def get(self, request: HttpRequest, slug: str) -> HttpResponse:
        who = reading.reader(slug, request.user)
        inquiries = who.assembly.inquiries.order_by("agenda_item__position")
        subjects: list[Subject] = [*inquiries, *who.assembly.conversations.all()]
        context = {
            **frame(request, who),
            "turnout": turnout(who.assembly),
            "releases": who.assembly.releases.defer("rows", "remembered"),
            "brought": who.assembly.brought_graphs.defer("document"),
            "subjects": [self._told(request, who, subject) for subject in subjects],
        }
        return render(request, self.page, context)

    def _told(self, request: HttpRequest, who: Reader, subject: Subject) -> dict[str, Any]:
        told = {**named(request, subject), "rules": rules_of(subject)}
        if not who.may_see(subject):
            return {**told, "hidden": True}
        groups = reading.seen(who, subject, Analysis.Kind.GROUPS)
        return {**told, "groups": groups, "graph": light(subject, Analysis.Kind.GRAPH)}


class Groups(View):
    page = "public/results/groups.html"

    def get(self, request: HttpRequest, slug: str, subject_id: UUID) -> HttpResponse:
        who = reading.reader(slug, request.user)
        subject = reading.subject(who.assembly, subject_id)
        seen = reading.seen(who, subject, Analysis.Kind.GROUPS)
        return render(request, self.page, shown(request, who, subject, seen))


def shown(request: HttpRequest, who: Reader, subject: Subject, seen: Seen | None) -> dict[str, Any]:
    """What the page of opinion groups shows of a result."""
    context = {
        **frame(request, who),
        **named(request, subject),
        "seen": seen,
        "hidden": not who.may_see(subject),
        "graph": light(subject, Analysis.Kind.GRAPH) is not None,
        "rules": rules_of(subject),
    }
    if seen and "groups" in seen.result:
        context |= laid_out(seen.result, subject)
    return context


def laid_out(result: Result, subject: Subject) -> dict[str, Any]:
    """A result of opinion groups as the page shows it."""
    among = groups(result)
    words = texts(subject, result["statements"])
    map_ = opinion_map.draw(result["map"]["points"], [group.name for group in among])
    shared = sorted(
        words, key=lambda one: (-(result["statements"][one]["group_aware_consensus"] or 0), one)
    )
    listed = [row(result, words[one], among) for one in shared]
    return {
        "map": map_,
        "groups": among,
        "voices": result["counts"]["people"],
        "shared": listed[:MOST],
        "holds": [(group, holds(result, group, words)) for group in among],
        "divisive": [row(result, words[one], among) for one in result["divisive"] if one in words][
            :MOST
        ],
    }


def rules_of(subject: Subject) -> int:
    """How many rules are shared; a conversation held elsewhere has none."""
    return 0 if isinstance(subject, Conversation) else norms_of([subject]).count()


def row(result: Result, text: Text, among: Sequence[Group]) -> dict[str, Any]:
    """One statement with what every group says to it."""
    said, profile = result["statements"][text.id], result["profiles"][text.id]
    return {
        "text": text,
        "shares": shares(profile["groups"], among),
        "sentence": sentence(profile),
        "agree": said["agree"],
        "disagree": said["disagree"],
        "pass": said["pass"],
    }


def holds(result: Result, group: Group, words: Mapping[str, Text]) -> list[dict[str, Any]]:
    """What tells a group from the others, each with its own words, strongest first."""
    return [
        {
            "text": words[one["statement"]],
            "agree": one["agree"],
            "count": one["count"],
            "seen": one["seen"],
            "others": _others(result, group.name, one),
        }
        for one in result["representative"].get(group.name, [])
        if one["statement"] in words
    ]


def _others(result: Result, name: str, one: Mapping[str, Any]) -> dict[str, int]:
    """How many outside the group say the same."""
    votes = result["statements"][one["statement"]]["votes"]
    place = 0 if one["agree"] else 1
    outside = [counted for group, counted in votes.items() if group != name]
    return {"count": sum(c[place] for c in outside), "seen": sum(c[2] for c in outside)}


def named(request: HttpRequest, subject: Subject) -> dict[str, Any]:
    """How the thing results are of is called, and by what it can be found."""
    if isinstance(subject, Conversation):
        whole = {"what": "assembly", "key": "all"}
        return {
            "subject": subject,
            "name": subject.name,
            "attribution": subject.attribution,
            "share": whole,
        }
    asked = subject.asked_in(spoken(request, subject.languages))
    return {"subject": subject, "name": asked, "share": {"what": "found", "key": subject.pk}}


def frame(request: HttpRequest, who: Reader) -> dict[str, Any]:
    """What every page of results shows around its own matter."""
    assembly = who.assembly
    title = assembly.titled_in(spoken(request, assembly.languages))
    phase = assembly.phase("weighing")
    return {"assembly": assembly, "title": title, "runs_it": who.whole, "phase": phase}
