"""A researcher reads what each column means, and takes single tables away."""

from typing import Any
from uuid import UUID

from django.contrib.auth.mixins import LoginRequiredMixin
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.views import View

from deliberation.artifacts.statuses import funnel
from deliberation.assemblies import gates
from deliberation.assemblies.errors import NotHere
from deliberation.assemblies.terms import standing
from deliberation.exports import building, polis_rows
from deliberation.exports.actions.noting import note_export
from deliberation.exports.tables import TABLES
from deliberation.opinion import reading
from deliberation.web.organisations import places_shown
from deliberation.web.researcher.packaging import shown
from deliberation.web.seats import tongue


class Home(LoginRequiredMixin, View):
    def get(self, request: HttpRequest) -> HttpResponse:
        account: Any = request.user
        return render(request, "researcher/home.html", {"places": places_shown(account)})


class Files(View):
    def get(self, request: HttpRequest, slug: str) -> HttpResponse:
        account: Any = request.user
        assembly = gates.researcher(slug, account)
        steps = funnel(assembly)
        context = {
            "assembly": assembly,
            "title": assembly.titled_in(tongue()),
            "tables": [(table, list(table.columns.items())) for table in TABLES.values()],
            "withheld": building.withheld(assembly),
            "steps": steps,
            "received": steps[0].count,
            "packages": shown(assembly),
            "polis": polis_rows.offered(assembly),
            "accepted": standing(assembly, account.pk),
        }
        return render(request, "researcher/files.html", context)


class TableFile(View):
    def get(self, request: HttpRequest, slug: str, table: str) -> HttpResponseBase:
        held = gates.taking(slug, request.user)
        assembly = held.assembly
        if table not in TABLES:
            raise NotHere
        lines = building.lines(assembly, table)
        note_export(assembly, [f"{table}.jsonl"], held)
        response = StreamingHttpResponse(lines, content_type="application/jsonl; charset=utf-8")
        response["Content-Disposition"] = f'attachment; filename="{slug}-{table}.jsonl"'
        return response


class PolisFile(View):
    def get(self, request: HttpRequest, slug: str, subject_id: UUID, file: str) -> HttpResponseBase:
        held = gates.taking(slug, request.user)
        assembly = held.assembly
        lines = polis_rows.lines(assembly, reading.subject(assembly, subject_id), file)
        note_export(assembly, [f"{subject_id}/{file}"], held)
        response = StreamingHttpResponse(lines, content_type="text/csv; charset=utf-8")
        response["Content-Disposition"] = f'attachment; filename="{slug}-{file}"'
        return response
