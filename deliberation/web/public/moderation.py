"""How moderators decide, and what they decided: for everybody, without names."""

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views import View

from deliberation.assemblies import gates
from deliberation.moderation import history
from deliberation.moderation.models import Decision
from deliberation.moderation.queries import reasons_for
from deliberation.web.seats import spoken, tongue

PAGE = 50
UNDO = "undo"


class History(View):
    page = "public/moderation.html"

    def get(self, request: HttpRequest, slug: str) -> HttpResponse:
        assembly = gates.public(slug)
        asked = request.GET.get("kind", "")
        kind = asked if asked in Decision.Kind.values else ""
        page = Paginator(history.acts(assembly, kind), PAGE).get_page(request.GET.get("page"))
        context = {
            "assembly": assembly,
            "title": assembly.titled_in(spoken(request, assembly.languages)),
            "page": page,
            "acts": history.shown(assembly, list(page), tongue()),
            "figures": history.figures(assembly),
            "kind": kind,
            "kinds": Decision.Kind.choices,
        }
        return render(request, self.page, context)


class Reasons(View):
    page = "public/reasons.html"

    def get(self, request: HttpRequest, slug: str) -> HttpResponse:
        assembly = gates.public(slug)
        kinds = [
            (kind, label, reasons_for(assembly, [kind], tongue()))
            for kind, label in Decision.Kind.choices
        ]
        context = {
            "assembly": assembly,
            "title": assembly.titled_in(spoken(request, assembly.languages)),
            "kinds": [(kind, label, listed) for kind, label, listed in kinds if listed],
            "undo": reasons_for(assembly, [UNDO], tongue()),
        }
        return render(request, self.page, context)
