"""A facilitator sees at a glance how far the assembly has come, and what waits."""

from datetime import timedelta
from typing import Any

from django.conf import settings
from django.contrib.auth.mixins import LoginRequiredMixin
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views import View

from deliberation.artifacts import dead_letters, statuses
from deliberation.assemblies import gates
from deliberation.assemblies.clock import clock
from deliberation.assemblies.models import Assembly
from deliberation.assemblies.queries import requests_of, voices_of
from deliberation.moderation import queries
from deliberation.moderation.rooms import counted
from deliberation.opinion.exclusions import to_judge
from deliberation.opinion.queries import seen_by_few, turnout
from deliberation.web.facilitator import checklist, money
from deliberation.web.facilitator import turnout as by_kind
from deliberation.web.facilitator.stage import stage
from deliberation.web.organisations import places_shown
from deliberation.web.seats import tongue
from elicitation.extraction.models import ReadingRequest

BEHIND = timedelta(seconds=60)
LISTED = 10


class Home(LoginRequiredMixin, View):
    def get(self, request: HttpRequest) -> HttpResponse:
        account: Any = request.user
        return render(request, "facilitator/home.html", {"places": places_shown(account)})


class Dashboard(View):
    page = "facilitator/dashboard.html"

    def get(self, request: HttpRequest, slug: str) -> HttpResponse:
        assembly = gates.facilitator(slug, request.user)
        steps = statuses.funnel(assembly)
        waiting = requests_of(assembly).filter(state=ReadingRequest.State.WAITING)
        oldest = waiting.order_by("asked_at").values_list("asked_at", flat=True).first()
        context = {
            **frame(assembly),
            "steps": steps,
            "received": steps[0].count,
            "counts": {step.key: step.count for step in steps},
            "queue": queries.queue(assembly).count(),
            "with_authors": queries.waiting_for_author(assembly).count(),
            "voices": voices_of(assembly),
            "oldest": oldest,
            "behind": oldest is not None and timezone.now() - oldest > BEHIND,
            "clock": clock(),
            "given_up": dead_letters.count(assembly),
            "twins": to_judge(assembly),
            "runs_it": True,
            "can_write": bool(settings.MAIL_FROM),
            "people": people(assembly),
            "turnout": turnout(assembly),
            "seen_by_few": seen_by_few(assembly)[:LISTED],
            **checklist.around(assembly),
            **stage(assembly),
            **money.around(assembly),
            **by_kind.around(assembly),
        }
        return render(request, self.page, context)


def people(assembly: Assembly) -> list[tuple[str, int]]:
    """How far people have come, each counted once a row: the same rows, in the same order, from the first to the last day."""
    told = counted(assembly)
    return [
        (_("have joined"), told.joined),
        (_("of them have sent nothing yet"), told.joined - told.sent),
        (_("have sent words"), told.sent),
        (_("have had words read"), told.read),
        (_("said yes, that is it"), told.confirmed),
    ]


def frame(assembly: Assembly) -> dict[str, object]:
    """What every page of a facilitator shows around its own matter."""
    return {"assembly": assembly, "title": assembly.titled_in(tongue())}
