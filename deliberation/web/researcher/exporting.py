"""A researcher reads what each column means, and takes single tables away."""

from typing import Any

from django.contrib.auth.mixins import LoginRequiredMixin
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.views import View

from deliberation.artifacts.statuses import funnel
from deliberation.assemblies import gates
from deliberation.assemblies.errors import NotHere
from deliberation.exports import building
from deliberation.exports.actions.noting import note_export
from deliberation.exports.tables import TABLES
from deliberation.web.organisations import places_shown
from deliberation.web.researcher.packaging import shown
from deliberation.web.seats import tongue


class Home(LoginRequiredMixin, View):
    def get(self, request: HttpRequest) -> HttpResponse:
        account: Any = request.user
        return render(request, "researcher/home.html", {"places": places_shown(account)})


class Files(View):
    def get(self, request: HttpRequest, slug: str) -> HttpResponse:
        assembly = gates.researcher(slug, request.user)
        steps = funnel(assembly)
        context = {
            "assembly": assembly,
            "title": assembly.titled_in(tongue()),
            "tables": [(table, list(table.columns.items())) for table in TABLES.values()],
            "withheld": building.withheld(assembly),
            "steps": steps,
            "received": steps[0].count,
            "packages": shown(assembly),
        }
        return render(request, "researcher/files.html", context)


class TableFile(View):
    def get(self, request: HttpRequest, slug: str, table: str) -> HttpResponseBase:
        assembly = gates.researcher(slug, request.user)
        if table not in TABLES:
            raise NotHere
        lines = building.lines(assembly, table)
        note_export(assembly, [f"{table}.jsonl"])
        response = StreamingHttpResponse(lines, content_type="application/jsonl; charset=utf-8")
        response["Content-Disposition"] = f'attachment; filename="{slug}-{table}.jsonl"'
        return response
