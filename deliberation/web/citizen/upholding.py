"""What others hold people to: one rule a screen, agree, disagree or pass; then what I said, and what others say."""

from typing import Any

from django import forms
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views import View

from deliberation.assemblies import gates
from deliberation.assemblies.actions import weighing
from deliberation.assemblies.models import Membership, Phase
from deliberation.opinion.queries import counts_of
from deliberation.opinion.withholding import FEWEST
from deliberation.web.citizen.joining import agreed
from deliberation.web.citizen.weighing import KEPT, SAYS
from deliberation.web.forms import KindForm, again, see_other
from deliberation.web.seats import seat
from elicitation.graph.models import Endorsement, NormEndorsement
from elicitation.graph.norms import behind, quotes_of, served_by, to_uphold, upheld

PAGE = 50
TAKE_BACK = "take_back"


class UpholdingForm(KindForm):
    """What is said to which rule."""

    norm = forms.UUIDField(widget=forms.HiddenInput)
    says = forms.ChoiceField(choices=[(name, name) for name in SAYS])

    def carry_out(self, member: Membership) -> NormEndorsement:
        """Raises what weighing.uphold and gates.norm raise."""
        norm = gates.norm(member.assembly, self.cleaned_data["norm"])
        return weighing.uphold(member, norm, SAYS[self.cleaned_data["says"]])


class ChangingForm(UpholdingForm):
    """Something else said to a rule, or nothing any more."""

    says = forms.ChoiceField(choices=[(name, name) for name in (*SAYS, TAKE_BACK)])

    def change(self, member: Membership) -> str:
        """Returns the sentence that tells what is kept. Raises as weighing.uphold and gates.norm do."""
        if self.cleaned_data["says"] != TAKE_BACK:
            return str(KEPT[Endorsement.Says(self.carry_out(member).says)])
        weighing.take_back_upheld(member, gates.norm(member.assembly, self.cleaned_data["norm"]))
        return _("Taken back. It does not count any more.")


class Upholding(View):
    page = "citizen/upholding.html"

    def get(self, request: HttpRequest, slug: str) -> HttpResponse:
        member = seat(request, slug)
        if not agreed(member):
            return redirect("citizen:consenting", slug)
        return render(request, self.page, around(member))

    def post(self, request: HttpRequest, slug: str) -> HttpResponse:
        member = seat(request, slug)
        form = UpholdingForm(request.POST)
        said = form.attempt(lambda: form.carry_out(member))
        if said is None:
            return again(request, self.page, form, around(member))
        kept = KEPT[Endorsement.Says(said.says)]
        if request.headers.get("HX-Request"):
            return render(request, self.page, {**around(member), "kept": kept})
        messages.success(request, kept)
        return see_other("citizen:upholding", slug=slug)


class Upheld(View):
    page = "citizen/upheld.html"

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
        return see_other("citizen:upheld", slug=slug)


def around(member: Membership) -> dict[str, Any]:
    """The next rule and how far one has come; or that it is not open now."""
    inquiries = member.assembly.inquiries.all()
    told = phase_of(member)
    left = to_uphold(member.respondent, inquiries)
    norm = left.first() if told["is_open"] and agreed(member) else None
    keys = [norm.pk] if norm else []
    return {
        **told,
        "agreed": agreed(member),
        "norm": norm,
        "serves": served_by([norm]).get(norm.pk, []) if norm else [],
        "quotes": quotes_of(keys).get(norm.pk, []) if norm else [],
        "behind": behind(keys).get(norm.pk) if norm else None,
        "answered": upheld(member.respondent, inquiries).count(),
        "left": left.count(),
    }


def listed(request: HttpRequest, member: Membership) -> dict[str, Any]:
    """One page of what a member said, each with what all say: only where the member says something, and enough people do."""
    told = upheld(member.respondent, member.assembly.inquiries.all())
    rows = Paginator(told, PAGE).get_page(request.GET.get("page"))
    return {
        **phase_of(member),
        "rows": rows,
        "page": rows,
        "told": [(norm, None if norm.says is None else counts_of(norm)) for norm in rows],
        "fewest": FEWEST,
    }


def phase_of(member: Membership) -> dict[str, Any]:
    """The assembly, and whether what others value and hold can be weighed now."""
    phase = member.assembly.phases.filter(kind=Phase.Kind.WEIGHING).first()
    is_open = phase is not None and phase.is_open
    return {"assembly": member.assembly, "phase": phase, "is_open": is_open}
