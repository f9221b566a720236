"""What a citizen says of themselves: one short page after joining, every question skippable, changed or taken back at any time."""

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render, resolve_url
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views import View

from deliberation.assemblies.actions import strata
from deliberation.assemblies.models import Belonging, Membership
from deliberation.opinion.withholding import FEWEST_OF_STRATUM
from deliberation.web.citizen.joining import onward
from deliberation.web.forms import KindForm, again, see_other
from deliberation.web.seats import seat, spoken
from elicitation.interview.models import wording

NOTHING = ("", gettext_lazy("I would rather not say"))


class BelongingForm(KindForm):
    """One question a stratum; "" says nothing."""

    def __init__(self, member: Membership, language: str, data: Any = None) -> None:
        said = dict(
            Belonging.objects.filter(respondent=member.respondent).values_list("stratum", "option")
        )
        super().__init__(data)
        for one in member.assembly.strata.all():
            options = [(o["code"], wording(o["wording"], language)) for o in one.options]
            self.fields[f"s{one.pk}"] = forms.ChoiceField(
                label=one.said_in(language),
                choices=[NOTHING, *options],
                initial=said.get(one.pk, ""),
                required=False,
                widget=forms.RadioSelect,
            )

    @property
    def said(self) -> dict[int, str]:
        return {int(name[1:]): option for name, option in self.cleaned_data.items()}


class AboutMe(View):
    page = "citizen/about_me.html"

    def get(self, request: HttpRequest, slug: str) -> HttpResponse:
        member = seat(request, slug)
        if not member.assembly.strata.exists():
            return redirect(*onward(member))
        form = BelongingForm(member, spoken(request, member.assembly.languages))
        return render(request, self.page, self._around(member, form))

    def post(self, request: HttpRequest, slug: str) -> HttpResponse:
        member = seat(request, slug)
        form = BelongingForm(member, spoken(request, member.assembly.languages), request.POST)
        if form.attempt(lambda: self._say(member, form)) is None:
            return again(request, self.page, form, self._around(member, form))
        messages.success(request, _("Kept. You can change it under My answers."))
        return see_other(*onward(member))

    def _say(self, member: Membership, form: BelongingForm) -> bool:
        strata.belong(member, form.said)
        return True

    def _around(self, member: Membership, form: BelongingForm) -> dict[str, Any]:
        return {
            "assembly": member.assembly,
            "form": form,
            "fewest": FEWEST_OF_STRATUM,
            "skip": resolve_url(*onward(member)),
        }
