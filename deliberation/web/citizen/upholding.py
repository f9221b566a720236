"""What others hold people to: one rule a screen, agree, disagree or pass; then what I said, and what others say."""

from typing import Any

from django import forms
from django.http import HttpRequest

from deliberation.assemblies import gates
from deliberation.assemblies.actions import weighing
from deliberation.assemblies.models import Membership
from deliberation.web.citizen.joining import agreed
from deliberation.web.citizen.said import Changing, Said, page_of
from deliberation.web.citizen.weighing import SAYS, OneByOne, Saying, phase_of
from elicitation.graph.models import NormEndorsement
from elicitation.graph.norms import behind, quotes_of, served_by, to_uphold, upheld


class UpholdingForm(Saying):
    """What is said to which rule."""

    norm = forms.UUIDField(widget=forms.HiddenInput)

    def carry_out(self, member: Membership) -> NormEndorsement:
        """Raises what weighing.uphold and gates.norm raise."""
        norm = gates.norm(member.assembly, self.cleaned_data["norm"])
        return weighing.uphold(member, norm, SAYS[self.cleaned_data["says"]])


class ChangingForm(Changing, UpholdingForm):
    """Something else said to a rule, or nothing any more."""

    def take_back(self, member: Membership) -> None:
        """Raises what weighing.take_back_upheld and gates.norm raise."""
        weighing.take_back_upheld(member, gates.norm(member.assembly, self.cleaned_data["norm"]))


class Upholding(OneByOne):
    page, name, form = "citizen/upholding.html", "citizen:upholding", UpholdingForm

    def around(self, member: Membership) -> dict[str, Any]:
        """The next rule and how far one has come; or that it is not open now."""
        inquiries = member.assembly.inquiries.all()
        told = phase_of(member)
        left = to_uphold(member.respondent, inquiries)
        has_agreed = agreed(member)
        norm = left.first() if told["is_open"] and has_agreed else None
        keys = [norm.pk] if norm else []
        return {
            **told,
            "agreed": has_agreed,
            "norm": norm,
            "serves": served_by([norm]).get(norm.pk, []) if norm else [],
            "quotes": quotes_of(keys).get(norm.pk, []) if norm else [],
            "behind": behind(keys).get(norm.pk) if norm else None,
            "answered": upheld(member.respondent, inquiries).count(),
            "left": left.count(),
        }


class Upheld(Said):
    page, name, of = "citizen/upheld.html", "citizen:upheld", "norm"
    form = ChangingForm

    def listed(self, request: HttpRequest, member: Membership) -> dict[str, Any]:
        """What a member said to rules."""
        told = upheld(member.respondent, member.assembly.inquiries.all())
        return page_of(request, member, told)
