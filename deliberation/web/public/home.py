"""What everybody may see of an assembly: what it is about, and what became of the answers."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views import View

from deliberation.artifacts import statuses
from deliberation.artifacts.queries import latest_published, published
from deliberation.assemblies import gates, queries
from deliberation.assemblies.models import Lot, Phase
from deliberation.moderation.models import MachineProposal
from deliberation.web.code_form import CodeForm
from deliberation.web.seats import seated, spoken


class Home(View):
    def get(self, request: HttpRequest) -> HttpResponse:
        listed = queries.everybodys()
        shown = [(a, a.titled_in(spoken(request, a.languages))) for a in listed]
        return render(request, "public/home.html", {"assemblies": shown, "form": CodeForm()})


class AssemblyPage(View):
    def get(self, request: HttpRequest, slug: str) -> HttpResponse:
        assembly = gates.public(slug)
        language = spoken(request, assembly.languages)
        inquiries = assembly.inquiries.order_by("agenda_item")
        context = {
            "assembly": assembly,
            "language": language,
            "title": assembly.titled_in(language),
            "welcome": assembly.welcome_in(language),
            "questions": [i.asked_in(spoken(request, i.languages)) for i in inquiries],
            "phase": assembly.phases.filter(kind=Phase.Kind.ANSWERING).first(),
            "documents": published(assembly),
            "voices": queries.voices_of(assembly),
            "ai_proposals": MachineProposal.objects.shown().filter(assembly=assembly).count(),
            "member": seated(request, slug),
            "drawn_by_lot": Lot.objects.filter(pool__assembly=assembly).exists(),
        }
        return render(request, "public/assembly.html", context)


class Became(View):
    """The count from received to used. Facilitators find the answers behind each step in their own pages."""

    def get(self, request: HttpRequest, slug: str) -> HttpResponse:
        assembly = gates.public(slug)
        steps = statuses.funnel(assembly)
        user = request.user
        context = {
            "assembly": assembly,
            "title": assembly.titled_in(spoken(request, assembly.languages)),
            "steps": steps,
            "received": steps[0].count,
            "document": latest_published(assembly),
            "runs_it": user.is_authenticated and queries.is_facilitator(user, assembly),
        }
        return render(request, "public/became.html", context)
