"""A facilitator says when what is open: answering, weighing, reading the draft, voting on the document; and ends it at once."""

from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views import View

from deliberation.assemblies import gates
from deliberation.assemblies.actions import setting_up
from deliberation.assemblies.errors import PhaseClosed
from deliberation.assemblies.models import Assembly
from deliberation.web.facilitator.dashboard import frame
from deliberation.web.facilitator.spans import LOCAL, SpanForm
from deliberation.web.forms import KindForm


class WeighingForm(SpanForm):
    starts_at = forms.DateTimeField(
        label=gettext_lazy("People may say what they think from"),
        widget=forms.DateTimeInput(attrs=LOCAL),
    )


class ReviewingForm(SpanForm):
    starts_at = forms.DateTimeField(
        label=gettext_lazy("People may object to the draft from"),
        widget=forms.DateTimeInput(attrs=LOCAL),
    )


class RatifyingForm(SpanForm):
    starts_at = forms.DateTimeField(
        label=gettext_lazy("People may vote on the document from"),
        widget=forms.DateTimeInput(attrs=LOCAL),
    )


FORMS: dict[str, type[SpanForm]] = {
    "answering": SpanForm,
    "weighing": WeighingForm,
    "reviewing": ReviewingForm,
    "ratifying": RatifyingForm,
}
PLACES = {
    kind: "form" if kind == "answering" else kind for kind in FORMS
}  # of each form in the page


class Phases(View):
    page = "facilitator/phases.html"

    def get(self, request: HttpRequest, slug: str) -> HttpResponse:
        assembly = gates.facilitator(slug, request.user)
        return render(request, self.page, around(assembly))

    def post(self, request: HttpRequest, slug: str) -> HttpResponse:
        assembly = gates.facilitator(slug, request.user)
        kind = request.POST.get("kind", "")
        kind = kind if kind in FORMS else "answering"
        if request.POST.get("do") == "end":
            return self._end(request, assembly, kind)
        form = FORMS[kind](request.POST, auto_id=f"{kind}_%s")
        if form.attempt(lambda: setting_up.set_phase(assembly, kind, *form.span())) is None:
            context = {**around(assembly), PLACES[kind]: form}
            return render(request, self.page, context, status=form.status)
        messages.success(request, _("Kept."))
        return redirect("facilitator:dashboard", slug=slug)

    def _end(self, request: HttpRequest, assembly: Assembly, kind: str) -> HttpResponse:
        """Let what is open be over now; what is not open stays as it is."""
        phase = assembly.phases.filter(kind=kind).open_at(timezone.now()).first()
        if phase is None:
            raise PhaseClosed
        setting_up.set_phase(assembly, kind, phase.starts_at, timezone.now())
        messages.success(request, _("This is over now."))
        return redirect("facilitator:phases", slug=assembly.slug)


def around(assembly: Assembly) -> dict[str, Any]:
    """A form for each phase, filled with its times as clocks of the assembly's zone show them."""
    filled = {place: as_set(assembly, kind) for kind, place in PLACES.items()}
    running = assembly.phases.all().open_at(timezone.now())
    return {**frame(assembly), **filled, "running": set(running.values_list("kind", flat=True))}


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
