"""A researcher reads all measures of an assembly, and takes them along as one table."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views import View

from deliberation.assemblies import gates
from deliberation.exports.actions.noting import note_export
from deliberation.web import measured
from deliberation.web.seats import tongue

FILE = "measures.csv"


class Measures(View):
    def get(self, request: HttpRequest, slug: str) -> HttpResponse:
        assembly = gates.researcher(slug, request.user)
        context = {
            "assembly": assembly,
            "title": assembly.titled_in(tongue()),
            "sections": measured.sections(assembly),
        }
        return render(request, "researcher/measures.html", context)


class MeasuresFile(View):
    def get(self, request: HttpRequest, slug: str) -> HttpResponse:
        held = gates.taking(slug, request.user)
        answer = measured.table(held.assembly, f"{slug}-{FILE}")
        note_export(held.assembly, [FILE], held)
        return answer
