"""A facilitator says when answers are taken, and when people say what they think of each other's values."""

from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views import View

from deliberation.assemblies import gates
from deliberation.assemblies.actions import setting_up
from deliberation.assemblies.models import Assembly
from deliberation.web.facilitator.dashboard import frame
from deliberation.web.facilitator.founding import LOCAL, SpanForm
from deliberation.web.forms import KindForm


class WeighingForm(SpanForm):
    starts_at = forms.DateTimeField(
        label=gettext_lazy("People may say what they think from"),
        widget=forms.DateTimeInput(attrs=LOCAL),
    )


FORMS: dict[str, type[SpanForm]] = {"answering": SpanForm, "weighing": WeighingForm}
PLACES = {"answering": "form", "weighing": "weighing"}  # of each form in the page


class Phases(View):
    page = "facilitator/phases.html"

    def get(self, request: HttpRequest, slug: str) -> HttpResponse:
        assembly = gates.facilitator(slug, request.user)
        return render(request, self.page, around(assembly))

    def post(self, request: HttpRequest, slug: str) -> HttpResponse:
        assembly = gates.facilitator(slug, request.user)
        kind = "weighing" if request.POST.get("kind") == "weighing" else "answering"
        form = FORMS[kind](request.POST, auto_id=f"{kind}_%s")
        if form.attempt(lambda: setting_up.set_phase(assembly, kind, *form.span())) is None:
            context = {**around(assembly), PLACES[kind]: form}
            return render(request, self.page, context, status=form.status)
        messages.success(request, _("Kept."))
        return redirect("facilitator:dashboard", slug=slug)


def around(assembly: Assembly) -> dict[str, Any]:
    """A form for each phase, filled with its times as clocks of the assembly's zone show them."""
    filled = {place: as_set(assembly, kind) for kind, place in PLACES.items()}
    return {**frame(assembly), **filled}


def as_set(assembly: Assembly, kind: str) -> KindForm:
    """The form of one phase, as it is set now."""
    phase = assembly.phases.filter(kind=kind).first()
    initial: dict[str, Any] = {"zone": assembly.zone}
    if phase:
        zone = ZoneInfo(assembly.zone)
        initial["starts_at"] = as_typed(phase.starts_at, zone)
        initial["ends_at"] = as_typed(phase.ends_at, zone)
    return FORMS[kind](initial=initial, auto_id=f"{kind}_%s")


def as_typed(moment: datetime, zone: ZoneInfo) -> str:
    """A moment as a datetime-local field holds it; "" where the clocks of `zone` cannot tell it, to be typed anew."""
    try:
        return f"{moment.astimezone(zone):%Y-%m-%dT%H:%M}"
    except OverflowError:
        return ""
