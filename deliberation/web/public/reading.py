"""Everybody reads the document: each clause, all it rests on, and the words people released; how it was made; what changed between versions."""

from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from itertools import groupby
from typing import Any
from uuid import UUID

from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views import View

from deliberation.artifacts import grounds, polls, queries
from deliberation.artifacts.difference import Part, parts
from deliberation.artifacts.formats.wording import correction
from deliberation.artifacts.leafing import quotes_under
from deliberation.artifacts.made import steps
from deliberation.artifacts.models import Clause, Version
from deliberation.assemblies import gates
from deliberation.assemblies.errors import NotHere
from deliberation.assemblies.models import Assembly
from deliberation.assemblies.queries import voices_of
from deliberation.web.seats import seat, spoken
from deliberation.web.vote_result import laid_out

PAGE = 50  # quotes


@dataclass(frozen=True, slots=True)
class Changed:
    """A clause beside the one it was: `before` and `after` are its numbers, None where it was not there."""

    before: int | None
    after: int | None
    parts: list[Part]

    @property
    def is_same(self) -> bool:
        return all(part.way == "same" for part in self.parts)


class Charter(View):
    """A lasting address for what the assembly says now."""

    def get(self, request: HttpRequest, slug: str) -> HttpResponse:
        version = queries.latest_published(assembly_of(request, slug))
        if version is None:
            raise NotHere
        return redirect("public:document", slug, version.artifact_id, version.number)


class Document(View):
    def get(self, request: HttpRequest, slug: str, artifact_id: UUID, number: int) -> HttpResponse:
        version = readable(request, slug, artifact_id, number)
        clauses = grounds.justified(version, leafing=True)
        context = {
            **frame(request, version),
            "sections": list(grounds.in_sections(version, clauses)),
            "voices": voices_of(version.artifact.assembly),
            "sealed_in": queries.sealed_in(version),
            "correction": correction(version.corrected) if version.corrected else "",
            **voted(version),
            **queries.files_of(version),
            "taken_back": sum(one.taken_back for one in clauses),
        }
        return render(request, "public/document.html", context)


class OneClause(View):
    """A clause by itself, with every quote behind it, a page at a time."""

    def get(
        self, request: HttpRequest, slug: str, artifact_id: UUID, number: int, place: int
    ) -> HttpResponse:
        version = readable(request, slug, artifact_id, number)
        clauses = grounds.justified(version, leafing=True)
        item = next((one for one in clauses if one.number == place), None)
        if item is None:
            raise NotHere
        under: QuerySet[Any] = quotes_under(item.clause)
        page = Paginator(under, PAGE).get_page(request.GET.get("page"))
        values = {held.ground.value.pk: held.ground.value for held in item.held}
        context = {
            **frame(request, version),
            "item": item,
            "page": page,
            "said": [(values.get(of), list(under)) for of, under in groupby(page, value_of)],
            "voices": voices_of(version.artifact.assembly),
            "left_out": voted(version)["left_out"],
            "before": place - 1,
            "after": place + 1 if place < len(clauses) else 0,
        }
        return render(request, "public/clause.html", context)


def value_of(quote: Any) -> UUID:
    """The value a quote of quotes_under is cited under."""
    found: UUID = quote.of
    return found


class Made(View):
    """How it was made, in plain words."""

    def get(self, request: HttpRequest, slug: str, artifact_id: UUID, number: int) -> HttpResponse:
        version = readable(request, slug, artifact_id, number)
        context = {**frame(request, version), "steps": steps(version), "sealed_in": queries.sealed_in(version)}  # fmt: skip
        return render(request, "public/made.html", context)


class Difference(View):
    """What is other than in the version before."""

    def get(self, request: HttpRequest, slug: str, artifact_id: UUID, number: int) -> HttpResponse:
        version = readable(request, slug, artifact_id, number)
        before = queries.published(version.artifact.assembly).filter(artifact=artifact_id, number__lt=number)  # fmt: skip
        earlier = before.order_by("-number").first()
        if earlier is None:
            raise NotHere
        context = {
            **frame(request, version),
            "earlier": earlier,
            "clauses": list(changes(earlier, version)),
            "correction": correction(version.corrected) if version.corrected else "",
        }
        return render(request, "public/difference.html", context)


def changes(earlier: Version, later: Version) -> Iterator[Changed]:
    """Every clause of the later version beside what it was, then those that are gone."""
    old = {clause.pk: (n, clause) for n, clause in enumerate(earlier.clauses.all(), start=1)}
    for number, clause in enumerate(later.clauses.all(), start=1):
        was = old.pop(came_from(clause, earlier), None)
        before, text = (was[0], was[1].text) if was else (None, "")
        yield Changed(before, number, parts(text, clause.text))
    for number, clause in old.values():
        yield Changed(number, None, parts(clause.text, ""))


def came_from(clause: Clause, earlier: Version) -> Any:
    """The id of the clause of an earlier version this one was, over any versions between; None where it was not there."""
    found: Clause | None = clause
    while found and found.version_id != earlier.pk:
        found = found.follows
    return found and found.pk


def frame(request: HttpRequest, version: Version) -> dict[str, Any]:
    """What every page about a version has: the assembly, and the other versions."""
    assembly = version.artifact.assembly
    versions = queries.published(assembly).filter(artifact=version.artifact_id)
    return {
        "assembly": assembly,
        "title": assembly.titled_in(spoken(request, assembly.languages)),
        "version": version,
        "newest": versions.order_by("-number").first(),
        "versions": versions.order_by("number"),
    }


def voted(version: Version) -> dict[str, Any]:
    """How the assembly voted on it, or on the version it corrects, which clauses did not pass, and what some hold against it."""
    decided = queries.decided_on(version)
    result = polls.result_of(decided)
    return {
        "decided": decided,
        "vote": laid_out(result) if result else None,
        "turnout": polls.turnout(decided),
        "left_out": {one.number for one in result.left_out} if result else set(),
        "statements": polls.minority_of(decided),
    }


def readable(request: HttpRequest, slug: str, artifact_id: UUID, number: int) -> Version:
    """A published version of an assembly this visitor may read: a public one, one they run, or their own. Raises NotHere."""
    found = queries.published(assembly_of(request, slug)).filter(artifact=artifact_id, number=number)  # fmt: skip
    if version := found.select_related("artifact__assembly").first():
        return version
    raise NotHere


def assembly_of(request: HttpRequest, slug: str) -> Assembly:
    """The assembly, for everybody where it is public, else for who runs it or takes part. Raises NotHere."""
    for way in (gates.public, lambda name: gates.facilitator(name, request.user)):
        with suppress(NotHere):
            return way(slug)
    return seat(request, slug).assembly
