"""What I said to others' values, how that compares, and changing one's mind."""

from typing import Any

from django import forms
from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views import View

from deliberation.artifacts.actions.erasing_said import erase_said
from deliberation.assemblies import gates
from deliberation.assemblies.actions import weighing
from deliberation.assemblies.models import Membership
from deliberation.opinion.queries import counts_of
from deliberation.opinion.withholding import FEWEST
from deliberation.web.citizen.joining import agreed
from deliberation.web.citizen.weighing import KEPT, SAYS, Saying, SayingForm, phase_of
from deliberation.web.forms import SeeOther, again, see_other
from deliberation.web.seats import seat
from elicitation.graph.judged import has_compared
from elicitation.graph.models import Endorsement
from elicitation.graph.queries import weighed

PAGE = 50
TAKE_BACK = "take_back"


class Changing(Saying):
    """Something else said to something, or nothing any more."""

    says = forms.ChoiceField(choices=[(name, name) for name in (*SAYS, TAKE_BACK)])

    def change(self, member: Membership) -> str:
        """Returns the sentence that tells what is kept. Raises what carrying out and taking back raise."""
        if self.cleaned_data["says"] != TAKE_BACK:
            return str(KEPT[Endorsement.Says(self.carry_out(member).says)])
        self.take_back(member)
        return _("Taken back. It does not count any more.")

    def take_back(self, member: Membership) -> None:
        """Let nothing stand of what was said."""
        raise NotImplementedError


class ChangingForm(Changing, SayingForm):
    """The same of a value."""

    def take_back(self, member: Membership) -> None:
        """Raises what weighing.take_back and gates.value raise."""
        weighing.take_back(member, gates.value(member.assembly, self.cleaned_data["value"]))


class Said(View):
    """`of`: the field that names what something was said to."""

    page, name, of = "citizen/said.html", "citizen:said", "value"
    form: type[Changing] = ChangingForm

    def get(self, request: HttpRequest, slug: str) -> HttpResponse:
        member = seat(request, slug)
        if not agreed(member):
            return redirect("citizen:consenting", slug)
        return render(request, self.page, self.listed(request, member))

    def post(self, request: HttpRequest, slug: str) -> HttpResponse:
        member = seat(request, slug)
        form = self.form(request.POST)
        kept = form.attempt(lambda: form.change(member))
        if kept is None:
            return again(request, self.page, form, self.listed(request, member))
        messages.success(request, kept)
        number = self.listed(request, member)["rows"].number
        address = f"{reverse(self.name, args=[slug])}?page={number}"
        return SeeOther(f"{address}#{self.of}-{form.cleaned_data[self.of]}")

    def listed(self, request: HttpRequest, member: Membership) -> dict[str, Any]:
        """What the page lists."""
        told = weighed(member.respondent, member.assembly.questions())
        compared = {"has_compared": has_compared(member.respondent)}
        return {**page_of(request, member, told), **compared}


class Erasing(View):
    """Take back everything one said to values: it is erased, not kept as history."""

    def post(self, request: HttpRequest, slug: str) -> HttpResponse:
        erase_said(seat(request, slug))
        messages.success(request, _("All you said to others' values and rules is erased."))
        return see_other("citizen:mine", slug=slug)


def page_of(request: HttpRequest, member: Membership, told: QuerySet[Any]) -> dict[str, Any]:
    """One page of what a member said, each with what all say: only where the member says something, and enough people do."""
    rows = Paginator(told, PAGE).get_page(request.GET.get("page"))
    return {
        **phase_of(member),
        "rows": rows,
        "told": [(one, None if one.says is None else counts_of(one)) for one in rows],
        "fewest": FEWEST,
    }
