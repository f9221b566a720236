"""What people are asked to compare: how often each comparison was shown and judged, and whether it goes on being asked.

What was said is told once weighing is over, to facilitators as to everybody, and from five people on.
"""

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views import View

from deliberation.assemblies import gates
from deliberation.assemblies.errors import NotHere
from deliberation.assemblies.models import Assembly
from deliberation.opinion.queries import counts_are_public
from deliberation.opinion.withholding import is_few
from deliberation.web.facilitator.dashboard import frame
from deliberation.web.forms import see_other
from deliberation.web.seats import tongue
from elicitation.graph.actions import transitions
from elicitation.graph.judged import Counts, counts
from elicitation.graph.models import Judgement, Story, Transition

PAGE = 50


class Comparisons(View):
    page = "facilitator/comparisons.html"

    def get(self, request: HttpRequest, slug: str) -> HttpResponse:
        assembly = gates.facilitator(slug, request.user)
        page = Paginator(asked_in(assembly), PAGE).get_page(request.GET.get("page"))
        told, is_told = counts(list(page)), counts_are_public(assembly)
        context = {
            "page": page,
            "rows": [row(transition, told[transition.pk]) for transition in page],
            "answers": Judgement.Answer.choices if is_told else [],
            "is_told": is_told,
            "to_decide": stories_of(assembly).to_decide().count(),
        }
        return render(request, self.page, {**context, **frame(assembly)})

    def post(self, request: HttpRequest, slug: str) -> HttpResponse:
        assembly = gates.facilitator(slug, request.user)
        number = request.POST.get("transition", "")
        if not (number.isascii() and number.isdigit() and len(number) < 19):
            raise NotHere
        transition = gates.transition(assembly, int(number))
        if request.POST.get("do") == "close":
            transitions.close(transition)
            messages.success(request, _("It is asked of nobody any more. What was said is kept."))
        elif request.POST.get("do") == "reopen":
            transitions.reopen(transition)
            messages.success(request, _("It is asked again."))
        return see_other("facilitator:comparisons", slug=slug)


def asked_in(assembly: Assembly) -> Any:
    """The comparisons of an assembly, most judged first."""
    here = Transition.objects.filter(inquiry__assemblies=assembly)
    related = here.select_related("from_value", "to_value", "context")
    return related.order_by("-judged", "-shown", "id")


def stories_of(assembly: Assembly) -> Any:
    """The stories of an assembly, released or not."""
    return Story.objects.filter(transition__inquiry__assemblies=assembly)


def row(transition: Transition, told: Counts) -> dict[str, Any]:
    """A comparison with its counts, answer by answer; no answers where too few gave one."""
    return {
        "transition": transition,
        "context": transition.context.said_in(tongue()) if transition.context else "",
        "counts": told,
        "answers": []
        if is_few(told.said)
        else [told.answers[answer] for answer in Judgement.Answer.values],
    }
