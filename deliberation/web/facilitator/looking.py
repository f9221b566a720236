"""A card drawn by lot, for a second moderator, who does not see what the first one decided."""

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views import View

from deliberation.moderation.actions.looking import look_again
from deliberation.moderation.bench import Bench
from deliberation.moderation.models import Decision, SecondLook
from deliberation.moderation.second_looks import ASKED, may_join, open_looks
from deliberation.web.facilitator.bench import bench_of
from deliberation.web.facilitator.dashboard import frame
from deliberation.web.forms import KindForm, again, see_other
from elicitation.extraction.models import Quote
from elicitation.graph.models import Value

MOST = 500  # values to choose from


class LookForm(KindForm):
    """What this moderator would do with the card."""

    look = forms.IntegerField(widget=forms.HiddenInput)
    kind = forms.ChoiceField(choices=[(kind, kind.label) for kind in ASKED])
    value = forms.ModelChoiceField(queryset=Value.objects.none(), required=False)

    def __init__(self, look: SecondLook | None, data: Any = None) -> None:
        super().__init__(data)
        if look:
            choice: Any = self.fields["value"]
            choice.queryset = may_join(look)


class SecondLooks(View):
    page = "facilitator/second_looks.html"

    def get(self, request: HttpRequest, slug: str) -> HttpResponse:
        bench = bench_of(request, slug)
        look = open_looks(bench).first()
        return render(request, self.page, {"form": LookForm(look), **_around(bench, look)})

    def post(self, request: HttpRequest, slug: str) -> HttpResponse:
        bench = bench_of(request, slug)
        look = _named(bench, request.POST.get("look", ""))
        form = LookForm(look, request.POST)
        if look is None:  # somebody else was quicker, or its author changed it
            messages.info(request, _("That card needs no second look any more. Here is the next."))
            return see_other("facilitator:second_looks", slug=slug)
        if form.attempt(lambda: self._look(bench, look, form.cleaned_data)) is None:
            return again(request, self.page, form, _around(bench, look))
        messages.success(request, _("Thank you. It changes nothing but the figures."))
        return see_other("facilitator:second_looks", slug=slug)

    def _look(self, bench: Bench, look: SecondLook, got: dict[str, Any]) -> SecondLook:
        return look_again(bench, look, got["kind"], got["value"])


def _named(bench: Bench, key: str) -> SecondLook | None:
    known = key.isascii() and key.isdigit() and len(key) < 19
    return open_looks(bench).filter(pk=int(key)).first() if known else None


def _around(bench: Bench, look: SecondLook | None) -> dict[str, Any]:
    context = {**frame(bench.assembly), "look": look, "left": open_looks(bench).count()}
    if look:
        card = look.candidate
        context |= {
            "card": card,
            "revision": card.revision,
            "asked": card.revision.response.prompt,
            "quotes": list(Quote.objects.filter(policy__candidate=card)),
            "values": may_join(look)[:MOST],
            "kinds": Decision.Kind,
        }
    return context
