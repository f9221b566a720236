"""Values that seem to be one, and values that seem to be two: a facilitator looks at both sides and says where the machine is wrong."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views import View

from deliberation.assemblies import gates
from deliberation.assemblies.models import Assembly
from deliberation.moderation.actions import values
from deliberation.moderation.bench import Bench
from deliberation.moderation.models import Decision
from deliberation.moderation.queries import reasons_for
from deliberation.web.facilitator.dashboard import frame
from deliberation.web.facilitator.whys import WhyForm
from deliberation.web.forms import KindForm, again, key_of, see_other
from deliberation.web.seats import tongue
from elicitation.extraction.models import Candidate
from elicitation.graph.actions.suggesting import call_together
from elicitation.graph.models import Regrouping, Value
from elicitation.graph.queries import called_not_the_same, cards_of, open_regroupings

A_PAGE = 10
CARDS = 3  # shown of a value or part; its own page shows all
MOST = 200
MOST_WRONG = 30


@dataclass(frozen=True, slots=True)
class Side:
    """One side of a suggestion: a value or a part of one, some of its cards, and how many there are."""

    value: Value
    cards: Sequence[Candidate]
    count: int

    @property
    def more(self) -> int:
        """How many cards are not shown."""
        return self.count - len(self.cards)


class ApartForm(KindForm):
    """Which suggestion is wrong; of a set, which value does not belong to it."""

    regrouping = forms.UUIDField(widget=forms.HiddenInput)
    value = forms.UUIDField(required=False)


class TakeUpForm(WhyForm):
    """A suggestion that is right: of values that are one, which goes on; of one that is two, whose cards go. With the words that were seen."""

    kinds = ("fold", "split")
    regrouping = forms.UUIDField(widget=forms.HiddenInput)
    value = forms.UUIDField()
    seen = forms.JSONField()

    def clean_seen(self) -> dict[UUID, int]:
        try:
            return {UUID(pk): int(version) for pk, version in self.cleaned_data["seen"].items()}
        except (AttributeError, TypeError, ValueError) as broken:
            raise forms.ValidationError(_("Open the page anew.")) from broken

    def take_up(self, bench: Bench) -> list[Decision]:
        """Fold, or split. Raises NotSuggested and what the decisions raise."""
        got = self.cleaned_data
        regrouping = gates.regrouping(bench.assembly, got["regrouping"])
        value = gates.value(bench.assembly, got["value"])
        seen = got["seen"]
        if regrouping.kind == Regrouping.Kind.MERGE:
            return values.fold_suggested(bench, regrouping, value, seen, self.why)
        return [values.split_suggested(bench, regrouping, seen.get(value.pk, 0), self.why)]


class CloseValues(View):
    page = "facilitator/close_values.html"

    def get(self, request: HttpRequest, slug: str) -> HttpResponse:
        assembly = gates.facilitator(slug, request.user)
        return render(request, self.page, around(request, assembly))

    def post(self, request: HttpRequest, slug: str) -> HttpResponse:
        assembly = gates.facilitator(slug, request.user)
        if request.POST.get("do") == "take_up":
            return self._take_up(request, assembly)
        if request.POST.get("do") == "together":
            return self._together(request, assembly)
        form = ApartForm(request.POST)
        account: Any = request.user
        bench = Bench(assembly, account)
        if form.attempt(lambda: self._apart(bench, form.cleaned_data)) is None:
            return again(request, self.page, form, around(request, assembly))
        messages.success(
            request, _("Noted. It is not suggested again while the words stay as they are.")
        )
        return see_other("facilitator:close_values", slug=slug)

    def _take_up(self, request: HttpRequest, assembly: Assembly) -> HttpResponse:
        account: Any = request.user
        form = TakeUpForm(assembly, request.POST)
        made = form.attempt(lambda: form.take_up(Bench(assembly, account)))
        if made is None:
            return again(request, self.page, form, around(request, assembly))
        messages.success(request, _("Done, as a decision of yours. It can be undone."))
        return see_other("facilitator:close_values", slug=assembly.slug)

    def _together(self, request: HttpRequest, assembly: Assembly) -> HttpResponse:
        form = ApartForm(request.POST)
        found = form.attempt(
            lambda: call_together(gates.regrouping(assembly, form.cleaned_data["regrouping"]))
        )
        if found is None:
            return again(request, self.page, form, around(request, assembly))
        messages.success(request, _("Taken back. It stands above again."))
        return see_other("facilitator:close_values", slug=assembly.slug)

    def _apart(self, bench: Bench, got: dict[str, Any]) -> Regrouping:
        regrouping = gates.regrouping(bench.assembly, got["regrouping"])
        value = gates.value(bench.assembly, got["value"]) if got["value"] else None
        return values.say_apart(bench, regrouping, value)


def around(request: HttpRequest, assembly: Assembly) -> dict[str, Any]:
    """The suggestions of one page, each with its sides."""
    found = open_regroupings(assembly.inquiries.all())
    if only := request.GET.get("only"):
        found = found.filter(pk=key_of(only))
    page = Paginator(found, A_PAGE).get_page(request.GET.get("page"))
    rows = [(regrouping, list(sides(regrouping)), versions(regrouping)) for regrouping in page]
    return {
        "page": page,
        "rows": rows,
        "total": page.paginator.count,
        "wrong": called_not_the_same(assembly.inquiries.all(), MOST_WRONG),
        "reasons": {
            kind: reasons_for(assembly, [decided], tongue())
            for kind, decided in (("merge", "fold"), ("split", "split"))
        },
        **frame(assembly),
    }


def versions(regrouping: Regrouping) -> str:
    """The words of its values as they are shown, for the form to send back."""
    return json.dumps({str(m.value_id): m.version for m in regrouping.members.all()})


def sides(regrouping: Regrouping) -> list[Side]:
    """The values that seem one, or the parts of the one that seems two."""
    members = [member.value for member in regrouping.members.all()]
    if regrouping.kind == Regrouping.Kind.MERGE:
        return [Side(value, cards_of(value, CARDS), value.evidence.count()) for value in members]
    return [_part(members[0], part) for part in regrouping.told["parts"]]


def _part(value: Value, part: Sequence[str]) -> Side:
    """Those of the cards that still stand in the value."""
    standing = [card for card in cards_of(value, MOST) if str(card.pk) in part]
    return Side(value, standing[:CARDS], len(standing))
