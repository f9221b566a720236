"""How moderators decide here: the reasons they may give, agreed before the assembly opened."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views import View

from deliberation.assemblies import gates
from deliberation.moderation.models import Decision
from deliberation.moderation.queries import may_change_reasons, reasons_of
from deliberation.web.seats import spoken


class Reasons(View):
    page = "public/reasons.html"

    def get(self, request: HttpRequest, slug: str) -> HttpResponse:
        assembly = gates.public(slug)
        language = spoken(request, assembly.languages)
        listed = [(reason, reason.said_in(language)) for reason in reasons_of(assembly)]
        by_kind = [
            (kind, [said for reason, said in listed if kind in reason.kinds])
            for kind in Decision.Kind
        ]
        context = {
            "assembly": assembly,
            "title": assembly.titled_in(language),
            "language": language,
            "kinds": [(kind.label, said) for kind, said in by_kind if said],
            "undoing": [said for reason, said in listed if "undo" in reason.kinds],
            "agreed": not may_change_reasons(assembly),
        }
        return render(request, self.page, context)
