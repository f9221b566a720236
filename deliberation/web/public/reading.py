"""Everybody reads the document: each clause, its values, the voices behind it, and the words they released."""

from typing import Any
from uuid import UUID

from django.db.models import prefetch_related_objects
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views import View

from deliberation.artifacts import polls, queries
from deliberation.artifacts.models import Version
from deliberation.assemblies import gates
from deliberation.assemblies.errors import NotHere
from deliberation.assemblies.queries import voices_of
from deliberation.web.seats import spoken
from deliberation.web.vote_result import laid_out


class Charter(View):
    """A lasting address for what the assembly says now."""

    def get(self, request: HttpRequest, slug: str) -> HttpResponse:
        version = queries.latest_published(gates.public(slug))
        if version is None:
            raise NotHere
        return redirect("public:document", slug, version.artifact_id, version.number)


class Document(View):
    def get(self, request: HttpRequest, slug: str, artifact_id: UUID, number: int) -> HttpResponse:
        version = readable(slug, artifact_id, number)
        assembly = version.artifact.assembly
        versions = queries.published(assembly).filter(artifact=artifact_id)
        clauses = queries.reading_of(version)
        quotes = [q for clause in clauses for ground in clause.grounds for q in ground.quotes]
        prefetch_related_objects(quotes, "policy__candidate")
        context = {
            "assembly": assembly,
            "title": assembly.titled_in(spoken(request, assembly.languages)),
            "version": version,
            "newest": versions.first(),
            "versions": versions.order_by("number"),
            "clauses": clauses,
            "voices": voices_of(assembly),
            "sealed_in": queries.sealed_in(version),
            **voted(version),
            "taken_back": sum(g.taken_back for c in clauses for g in c.grounds),
        }
        return render(request, "public/document.html", context)


def voted(version: Version) -> dict[str, Any]:
    """How the assembly voted on it, which clauses did not pass, and what some hold against it."""
    result = polls.result_of(version)
    return {
        "vote": laid_out(result) if result else None,
        "turnout": polls.turnout(version),
        "left_out": {one.clause.pk for one in result.left_out} if result else set(),
        "statements": polls.minority_of(version),
    }


def readable(slug: str, artifact_id: UUID, number: int) -> Version:
    """A published version of a public assembly. Raises NotHere."""
    found = queries.published(gates.public(slug)).filter(artifact=artifact_id, number=number)
    if version := found.select_related("artifact__assembly").first():
        return version
    raise NotHere
