"""Is this the rule you meant? Its author says yes, changes it, or says that is not it."""

from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views import View

from deliberation.assemblies import gates
from deliberation.assemblies.actions.ruling import (
    disown_rule,
    find_same,
    keep_apart,
    own_rule,
    reword_rule,
)
from deliberation.web.forms import KindForm, again, see_other
from deliberation.web.seats import seat
from elicitation.extraction.actions.norms import Rule
from elicitation.extraction.models import PARTS, NormCandidate


class NormForm(KindForm):
    """The rule in its author's words; a part left empty stays open."""

    attribute = forms.CharField(label=gettext_lazy("Who?"), max_length=400, required=False)
    deontic = forms.ChoiceField(
        label=gettext_lazy("How binding is it?"), choices=NormCandidate.Deontic.choices
    )
    aim = forms.CharField(label=gettext_lazy("Does what?"), max_length=600)
    acted_on = forms.CharField(label=gettext_lazy("To what?"), max_length=400, required=False)
    conditions = forms.CharField(label=gettext_lazy("When?"), max_length=600, required=False)
    or_else = forms.CharField(label=gettext_lazy("Or else what?"), max_length=600, required=False)
    public = forms.BooleanField(
        label=gettext_lazy("The words quoted here may be shown in public"), required=False
    )

    def __init__(self, norm: NormCandidate, data: QueryDict | None = None) -> None:
        initial = {part: getattr(norm, part) for part in PARTS}
        super().__init__(
            data, initial={**initial, "public": norm.quotes.filter(public=True).exists()}
        )

    def rule(self) -> Rule:
        """What was typed, as the action takes it."""
        return Rule(**{part: self.cleaned_data[part] for part in PARTS})


class Ruling(View):
    page = "citizen/norm.html"

    def get(self, request: HttpRequest, slug: str, norm_id: UUID) -> HttpResponse:
        norm = gates.own_norm(seat(request, slug), norm_id)
        context = {"form": NormForm(norm), **self._around(request, slug, norm)}
        return render(request, self.page, context)

    def post(self, request: HttpRequest, slug: str, norm_id: UUID) -> HttpResponse:
        norm = gates.own_norm(seat(request, slug), norm_id)
        said, public = request.POST.get("said"), request.POST.get("public") == "on"
        if said == "change":
            form = NormForm(norm, request.POST)
            if form.attempt(lambda: reword_rule(norm, form.rule(), public)) is None:
                return again(request, self.page, form, self._around(request, slug, norm))
            messages.success(request, _("Kept, in your words."))
        elif said == "no":
            disown_rule(norm)
            messages.success(request, _("Set aside. It will not be used."))
        elif said == "yes":
            own_rule(norm, public)
            messages.success(request, _("Thank you. This rule is yours now."))
        else:
            return again(request, self.page, NormForm(norm), self._around(request, slug, norm))
        return see_other("citizen:mine", slug=slug)

    def _around(self, request: HttpRequest, slug: str, norm: NormCandidate) -> dict[str, Any]:
        assembly = seat(request, slug).assembly
        quotes = list(norm.quotes.all())
        return {"assembly": assembly, "norm": norm, "quotes": quotes, "revision": norm.revision}


class Meant(View):
    """Its author says of the shared rule their own stands in: that is what I meant, or keep mine by itself."""

    def post(self, request: HttpRequest, slug: str, norm_id: UUID) -> HttpResponse:
        rule = gates.own_norm(seat(request, slug), norm_id)
        if request.POST.get("said") == "same":
            find_same(rule)
            messages.success(
                request, _("Thank you. It is counted that you agree with these words.")
            )
        else:
            keep_apart(rule)
            messages.success(
                request, _("Taken out. Your rule stands by itself again, and a person looks at it.")
            )
        return see_other("citizen:mine", slug=slug)
