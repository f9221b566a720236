"""Is this what you meant? The author says yes, changes the card, or says that is not it."""

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
from deliberation.assemblies.actions import taking_part
from deliberation.web.citizen.fates import fate
from deliberation.web.forms import KindForm, again, see_other, unix_breaks
from deliberation.web.seats import seat
from elicitation.extraction.actions.cards import Rewording
from elicitation.extraction.models import Candidate, Quote


class CardForm(KindForm):
    """The card in its author's words. Each thing that matters has a field of its own; an empty one is struck."""

    title = forms.CharField(label=gettext_lazy("In a few words"), max_length=200)
    context = forms.CharField(label=gettext_lazy("When?"), max_length=400, required=False)
    public = forms.BooleanField(
        label=gettext_lazy("The words quoted here may be shown in public"), required=False
    )

    def __init__(self, card: Candidate, data: QueryDict | None = None) -> None:
        policies = list(card.policies.all())
        initial: dict[str, Any] = {"title": card.title, "context": card.context}
        initial["public"] = Quote.objects.filter(policy__candidate=card, public=True).exists()
        super().__init__(data, initial=initial)
        self.places = {f"policy_{p.position}": p.position for p in policies}
        for policy in policies:
            self.fields[f"policy_{policy.position}"] = forms.CharField(
                label=gettext_lazy("What matters to you"),
                max_length=600,
                required=False,
                initial=policy.text,
                widget=forms.Textarea(attrs={"rows": 2, "dir": "auto"}),
            )
        self.order_fields(["title", *self.places, "context", "public"])

    def rewording(self) -> Rewording:
        """What was typed, as the action takes it."""
        typed = {place: self.cleaned_data[name] for name, place in self.places.items()}
        return Rewording(self.cleaned_data["title"], self.cleaned_data["context"], typed)


class Confirming(View):
    page = "citizen/card.html"

    def get(self, request: HttpRequest, slug: str, candidate_id: UUID) -> HttpResponse:
        card = gates.own_card(seat(request, slug), candidate_id)
        return render(
            request, self.page, {"form": CardForm(card), **self._around(request, slug, card)}
        )

    def post(self, request: HttpRequest, slug: str, candidate_id: UUID) -> HttpResponse:
        card = gates.own_card(seat(request, slug), candidate_id)
        said = request.POST.get("said")
        if said == "change":
            policies = [name for name in request.POST if name.startswith("policy_")]
            form = CardForm(card, unix_breaks(request.POST, *policies))
            public = request.POST.get("public") == "on"
            if (
                form.attempt(lambda: taking_part.reword_card(card, form.rewording(), public))
                is None
            ):
                return again(request, self.page, form, self._around(request, slug, card))
            messages.success(request, _("Kept, in your words."))
        elif said == "no":
            taking_part.disown_card(card)
            messages.success(request, _("Set aside. It will not be used."))
        elif said == "yes":
            taking_part.own_card(card, request.POST.get("public") == "on")
            messages.success(request, _("Thank you. This card is yours now."))
        else:
            return again(request, self.page, CardForm(card), self._around(request, slug, card))
        return see_other("citizen:mine", slug=slug)

    def _around(self, request: HttpRequest, slug: str, card: Candidate) -> dict[str, Any]:
        assembly = seat(request, slug).assembly
        quotes = list(Quote.objects.filter(policy__candidate=card))
        told = {"assembly": assembly, "quotes": quotes, "revision": card.revision}
        return {**fate(card), **told}
