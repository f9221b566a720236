"""What AI systems propose and a moderator put before people: in the machine's voice, apart from what people said."""

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views import View

from deliberation.moderation.models import MachineProposal
from deliberation.opinion import reading
from deliberation.web.seats import seated, spoken

PAGE = 25


class Proposals(View):
    page = "public/machine_proposals.html"

    def get(self, request: HttpRequest, slug: str) -> HttpResponse:
        assembly = reading.reader(slug, request.user).assembly
        found = MachineProposal.objects.shown().filter(assembly=assembly).select_related("agent")
        context = {
            "assembly": assembly,
            "title": assembly.titled_in(spoken(request, assembly.languages)),
            "page": Paginator(found, PAGE).get_page(request.GET.get("page")),
            "answering": assembly.is_open_for("answering"),
            "member": seated(request, slug),
        }
        return render(request, self.page, context)
