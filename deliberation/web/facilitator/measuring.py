"""How moderating goes, in figures: for those who moderate, without who did what."""

from datetime import timedelta

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.timesince import timesince
from django.views import View

from deliberation.assemblies import gates
from deliberation.moderation import figures
from deliberation.moderation.second_looks import share_asked
from deliberation.web.facilitator.dashboard import frame


class Figures(View):
    page = "facilitator/moderating.html"

    def get(self, request: HttpRequest, slug: str) -> HttpResponse:
        assembly = gates.facilitator(slug, request.user)
        appeals = figures.appeals(assembly)
        context = {
            "followed": figures.followed(assembly),
            "agreed": figures.agreed(assembly),
            "asked": share_asked(assembly),
            "waited": [(one, _in_words(one.middle)) for one in figures.waited(assembly)],
            "appeals": [(state.label, n) for state, n in appeals.items()]
            if any(appeals.values())
            else [],
        }
        return render(request, self.page, {**context, **frame(assembly)})


def _in_words(time: timedelta) -> str:
    """A stretch of time as people say it."""
    now = timezone.now()
    return timesince(now - time, now)
