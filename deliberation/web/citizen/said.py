"""What I said to others' values, how that compares, and changing one's mind."""

from typing import Any

from django import forms
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views import View

from deliberation.artifacts.actions.erasing_said import erase_said
from deliberation.assemblies import gates
from deliberation.assemblies.actions import weighing
from deliberation.assemblies.models import Membership, Phase
from deliberation.opinion.queries import counts_of
from deliberation.opinion.withholding import FEWEST
from deliberation.web.citizen.joining import agreed
from deliberation.web.citizen.weighing import KEPT, SAYS, SayingForm
from deliberation.web.forms import SeeOther, again, see_other
from deliberation.web.seats import seat
from elicitation.graph.judged import has_compared
from elicitation.graph.models import Endorsement
from elicitation.graph.queries import weighed

PAGE = 50
TAKE_BACK = "take_back"


class ChangingForm(SayingForm):
    """Something else said to a value, or nothing any more."""

    says = forms.ChoiceField(choices=[(name, name) for name in (*SAYS, TAKE_BACK)])

    def change(self, member: Membership) -> str:
        """Returns the sentence that tells what is kept. Raises as weighing.weigh and gates.value do."""
        if self.cleaned_data["says"] != TAKE_BACK:
            return str(KEPT[Endorsement.Says(self.carry_out(member).says)])
        weighing.take_back(member, gates.value(member.assembly, self.cleaned_data["value"]))
        return _("Taken back. It does not count any more.")


class Said(View):
    page = "citizen/said.html"

    def get(self, request: HttpRequest, slug: str) -> HttpResponse:
        member = seat(request, slug)
        if not agreed(member):
            return redirect("citizen:consenting", slug)
        return render(request, self.page, listed(request, member))

    def post(self, request: HttpRequest, slug: str) -> HttpResponse:
        member = seat(request, slug)
        form = ChangingForm(request.POST)
        kept = form.attempt(lambda: form.change(member))
        if kept is None:
            return again(request, self.page, form, listed(request, member))
        messages.success(request, kept)
        number = listed(request, member)["rows"].number
        address = f"{reverse('citizen:said', args=[slug])}?page={number}"
        return SeeOther(f"{address}#value-{form.cleaned_data['value']}")


class Erasing(View):
    """Take back everything one said to values: it is erased, not kept as history."""

    def post(self, request: HttpRequest, slug: str) -> HttpResponse:
        erase_said(seat(request, slug))
        messages.success(request, _("All you said to others' values and rules is erased."))
        return see_other("citizen:mine", slug=slug)


def listed(request: HttpRequest, member: Membership) -> dict[str, Any]:
    """One page of what a member said, each with what all say: only where the member says something, and enough people do."""
    told = weighed(member.respondent, member.assembly.inquiries.all())
    rows = Paginator(told, PAGE).get_page(request.GET.get("page"))
    phase = member.assembly.phases.filter(kind=Phase.Kind.WEIGHING).first()
    return {
        "assembly": member.assembly,
        "phase": phase,
        "is_open": phase is not None and phase.is_open,
        "rows": rows,
        "told": [(value, None if value.says is None else counts_of(value)) for value in rows],
        "fewest": FEWEST,
        "has_compared": has_compared(member.respondent),
    }
