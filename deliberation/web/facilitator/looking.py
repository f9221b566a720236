"""A case drawn by lot, for a second moderator, who does not see what the first one decided; and where two saw it differently, to talk about."""

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views import View

from deliberation.assemblies import gates
from deliberation.moderation.actions.looking import look_again
from deliberation.moderation.bench import Bench
from deliberation.moderation.models import Decision, SecondLook
from deliberation.moderation.second_looks import (
    ASKED,
    ASKED_OF_RULES,
    both,
    may_join,
    may_join_rule,
    open_looks,
)
from deliberation.web.facilitator.bench import bench_of
from deliberation.web.facilitator.dashboard import frame
from deliberation.web.forms import KindForm, again, see_other
from elicitation.extraction.models import Quote
from elicitation.graph.models import Norm, Value

MOST = 500  # values to choose from
SHOWN = 100  # cases two saw differently
Case = SecondLook.Case
OF_PAIRS = [(SecondLook.FOLD, gettext_lazy("one value")), (SecondLook.APART, gettext_lazy("two values"))]  # fmt: skip
KINDS: dict[str, list[tuple[str, Any]]] = {
    Case.CARD: [(kind, kind.label) for kind in ASKED],
    Case.RULE: [(kind, kind.label) for kind in ASKED_OF_RULES],
    Case.PAIR: OF_PAIRS,
}
SAID = {kind: label for kinds in KINDS.values() for kind, label in kinds}


class LookForm(KindForm):
    """What this moderator would do with the case."""

    look = forms.IntegerField(widget=forms.HiddenInput)
    kind = forms.ChoiceField()
    value = forms.ModelChoiceField(queryset=Value.objects.none(), required=False)
    norm = forms.ModelChoiceField(queryset=Norm.objects.none(), required=False)

    def __init__(self, look: SecondLook | None, data: Any = None) -> None:
        super().__init__(data)
        if look:
            fields: dict[str, Any] = self.fields
            fields["kind"].choices = KINDS[look.case]
            fields["value"].queryset = may_join(look)
            fields["norm"].queryset = may_join_rule(look)

    def clean(self) -> dict[str, Any]:
        got = super().clean() or {}
        if got.get("kind") == Decision.Kind.JOIN_RULE and not got.get("norm"):
            self.add_error("norm", gettext_lazy("Choose the shared rule it belongs to."))
        return got


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
            messages.info(request, _("That case needs no second look any more. Here is the next."))
            return see_other("facilitator:second_looks", slug=slug)
        if form.attempt(lambda: self._look(bench, look, form.cleaned_data)) is None:
            return again(request, self.page, form, _around(bench, look))
        messages.success(request, _("Thank you. It changes nothing but the figures."))
        return see_other("facilitator:second_looks", slug=slug)

    def _look(self, bench: Bench, look: SecondLook, got: dict[str, Any]) -> SecondLook:
        return look_again(bench, look, got["kind"], got["value"] or got["norm"])


class Differing(View):
    """The newest cases two saw differently, without who saw what."""

    page = "facilitator/differing.html"

    def get(self, request: HttpRequest, slug: str) -> HttpResponse:
        assembly = gates.facilitator(slug, request.user)
        judged = both(assembly)
        differ = [one for one in reversed(judged) if one.differ]
        rows = [(one.look, _said(one.first[0]), _said(one.second[0])) for one in differ[:SHOWN]]
        context = {"rows": rows, "number": len(differ), "judged": len(judged), "most": SHOWN}
        return render(request, self.page, {**context, **frame(assembly)})


def _said(kind: str) -> Any:
    return SAID.get(kind, kind)


def _named(bench: Bench, key: str) -> SecondLook | None:
    known = key.isascii() and key.isdigit() and len(key) < 19
    return open_looks(bench).filter(pk=int(key)).first() if known else None


def _around(bench: Bench, look: SecondLook | None) -> dict[str, Any]:
    context = {**frame(bench.assembly), "look": look, "left": open_looks(bench).count()}
    if look is None:
        return context
    return {**context, "kinds": Decision.Kind, **SHOWS[look.case](look)}


def _card(look: SecondLook) -> dict[str, Any]:
    card: Any = look.candidate
    return {
        "card": card,
        "revision": card.revision,
        "asked": card.revision.response.prompt,
        "quotes": list(Quote.objects.filter(policy__candidate=card)),
        "values": may_join(look)[:MOST],
    }


def _rule(look: SecondLook) -> dict[str, Any]:
    rule: Any = look.rule
    return {
        "norm": rule,
        "revision": rule.revision,
        "asked": rule.revision.response.prompt,
        "quotes": list(rule.quotes.all()),
        "norms": may_join_rule(look)[:MOST],
    }


def _pair(look: SecondLook) -> dict[str, Any]:
    pair: Any = look.regrouping
    return {"pair": [one.value for one in pair.members.select_related("value")]}


SHOWS = {Case.CARD: _card, Case.RULE: _rule, Case.PAIR: _pair}
