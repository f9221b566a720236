"""How answers are read: by which engine and prompt, how it went, what it cost, and the switch that stops it."""

from typing import Any
from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views import View

from deliberation.assemblies import gates
from deliberation.assemblies.models import Assembly
from deliberation.assemblies.places import is_alone
from deliberation.assemblies.queries import readings_of
from deliberation.web.facilitator.dashboard import frame
from deliberation.web.facilitator.why import WHY
from deliberation.web.forms import looked_for
from elicitation.extraction import queries
from elicitation.extraction.actions import waiting
from elicitation.extraction.actions.readings import purge_replies
from elicitation.extraction.models import Candidate, RawReply, Reading, ReadingSwitch

A_PAGE = 50
MILLION = 1_000_000


class Readings(View):
    page = "facilitator/readings.html"

    def get(self, request: HttpRequest, slug: str) -> HttpResponse:
        assembly = gates.facilitator(slug, request.user)
        readings = readings_of(assembly)
        chosen = looked_for(request, "failure")
        shown = readings.filter(failure=chosen) if chosen else readings
        page = Paginator(shown.order_by("-started_at", "id"), A_PAGE).get_page(
            request.GET.get("page")
        )
        context = {"page": page, "chosen": chosen, **_figures(assembly, readings)}
        return render(request, self.page, {**context, **frame(assembly)})

    def post(self, request: HttpRequest, slug: str) -> HttpResponse:
        assembly = gates.facilitator(slug, request.user)
        inquiries = list(assembly.inquiries.all())
        wish = request.POST.get("do")
        if wish == "off":
            taken = sum(waiting.switch_off(inquiry) for inquiry in inquiries)
            messages.success(request, _("Machine reading is off."))
            if taken:
                said = ngettext(
                    "%(n)s answer waits for a person.", "%(n)s answers wait for a person.", taken
                )
                messages.info(request, said % {"n": taken})
        elif wish == "on":
            for inquiry in inquiries:
                waiting.switch_on(inquiry)
            messages.success(request, _("Machine reading goes on."))
        elif wish == "purge":
            kept = RawReply.objects.filter(reading__in=readings_of(assembly))
            purged = purge_replies(list(kept.values_list("pk", flat=True)))
            said = ngettext("%(n)s raw reply erased.", "%(n)s raw replies erased.", purged)
            messages.success(request, said % {"n": purged})
        return redirect("facilitator:readings", slug=slug)


def _budgets(assembly: Assembly, inquiries: list[UUID]) -> list[dict[str, object]]:
    """What was spent, with its caps; of the day, which all assemblies share, where no other organisation is among them."""
    alone = is_alone(assembly.organisation)
    return [row for row in queries.budgets(inquiries) if alone or row["scope"] != "day"]


def _figures(assembly: Assembly, readings: QuerySet[Reading]) -> dict[str, Any]:
    inquiries = list(assembly.inquiries.values_list("pk", flat=True))
    candidates = Candidate.objects.filter(reading__in=readings)
    return {
        "outcomes": [_in_units(row, "cost") for row in queries.outcomes(readings)],
        "failures": [(code, WHY.get(code, code), n) for code, n in queries.failures(readings)],
        "refused": queries.refused(readings).most_common(),
        "taken_up": queries.taken_up(candidates),
        "budgets": [_in_units(row, "spent", "cap") for row in _budgets(assembly, inquiries)],
        "priced": settings.OPENAI_PRICE_IN or settings.OPENAI_PRICE_OUT,
        "switched_off": ReadingSwitch.objects.filter(pk__in=inquiries).first(),
        "raw": RawReply.objects.filter(reading__in=readings).count(),
    }


def _in_units(row: dict[str, Any], *names: str) -> dict[str, Any]:
    """The row with amounts in whole currency units instead of millionths."""
    amounts = {name: row[name] / MILLION for name in names if row[name] is not None}
    return {**row, **amounts}
