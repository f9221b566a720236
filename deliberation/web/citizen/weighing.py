"""What others value: one value a screen, agree, disagree or pass."""

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext_lazy as _
from django.views import View

from deliberation.assemblies import gates
from deliberation.assemblies.actions import weighing
from deliberation.assemblies.models import Membership, Phase
from deliberation.opinion.drawing import coming
from deliberation.web.citizen.joining import agreed
from deliberation.web.citizen.surveying import waits_for
from deliberation.web.forms import KindForm, again, see_other
from deliberation.web.seats import seat
from deliberation.web.value_card import card_by
from elicitation.graph.models import Endorsement, NormEndorsement
from elicitation.graph.norms import to_uphold

SAYS = {says.name.lower(): says for says in Endorsement.Says}
KEPT = {
    Endorsement.Says.AGREE: _("Kept: you agree."),
    Endorsement.Says.PASS: _("Kept: you passed."),
    Endorsement.Says.DISAGREE: _("Kept: you disagree."),
}


class Saying(KindForm):
    """What is said to something."""

    says = forms.ChoiceField(choices=[(name, name) for name in SAYS])

    def carry_out(self, member: Membership) -> Endorsement | NormEndorsement:
        """Take it in."""
        raise NotImplementedError


class SayingForm(Saying):
    """What is said to which value."""

    value = forms.UUIDField(widget=forms.HiddenInput)

    def carry_out(self, member: Membership) -> Endorsement:
        """Raises what weighing.weigh and gates.value raise."""
        value = gates.value(member.assembly, self.cleaned_data["value"])
        return weighing.weigh(member, value, SAYS[self.cleaned_data["says"]])


class OneByOne(View):
    """One thing a screen to say something to, until none is left."""

    page: str
    name: str
    form: type[Saying]

    def get(self, request: HttpRequest, slug: str) -> HttpResponse:
        member = seat(request, slug)
        if not agreed(member):
            return redirect("citizen:consenting", slug)
        return render(request, self.page, self.around(member))

    def post(self, request: HttpRequest, slug: str) -> HttpResponse:
        member = seat(request, slug)
        form = self.form(request.POST)
        said = form.attempt(lambda: form.carry_out(member))
        if said is None:
            return again(request, self.page, form, self.around(member))
        kept = KEPT[Endorsement.Says(said.says)]
        if request.headers.get("HX-Request"):
            return render(request, self.page, {**self.around(member), "kept": kept})
        messages.success(request, kept)
        return see_other(self.name, slug=slug)

    def around(self, member: Membership) -> dict[str, Any]:
        """What the page shows."""
        raise NotImplementedError


class Weighing(OneByOne):
    page, name, form = "citizen/weighing.html", "citizen:weighing", SayingForm

    def around(self, member: Membership) -> dict[str, Any]:
        """The next card and how far one has come; or that it is not open now."""
        told = phase_of(member)
        has_agreed = agreed(member)
        so_far = coming(member, asks=told["is_open"] and has_agreed)
        rules = to_uphold(member.respondent, member.assembly.questions())
        return {
            **told,
            "agreed": has_agreed,
            "card": card_by(so_far.next) if so_far.next else None,
            "answered": so_far.answered,
            "left": so_far.left,
            "rules_left": 0 if so_far.next else rules.count(),
            "survey_waits": so_far.next is None and waits_for(member),
        }


def phase_of(member: Membership) -> dict[str, Any]:
    """The assembly, and whether what others value and ask for can be weighed now."""
    phase = member.assembly.phase(Phase.Kind.WEIGHING)
    is_open = phase is not None and phase.is_open
    return {"assembly": member.assembly, "phase": phase, "is_open": is_open}
