"""The queue: one list, one card, one decision, and the last one can be undone."""

from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views import View

from deliberation.assemblies import gates
from deliberation.assemblies.models import Assembly
from deliberation.moderation import queries, waiting
from deliberation.moderation.actions import cards, undoing
from deliberation.moderation.bench import Bench, Item
from deliberation.moderation.models import Decision, Thing
from deliberation.moderation.why import FITS
from deliberation.web.facilitator.bench import bench_of, open_to_decide
from deliberation.web.facilitator.dashboard import frame
from deliberation.web.facilitator.evidence import evidence
from deliberation.web.facilitator.queueing import beside
from deliberation.web.facilitator.whys import WhyForm
from deliberation.web.forms import again, looked_for
from elicitation.extraction.models import Candidate
from elicitation.graph.models import Value
from elicitation.graph.queries import values_of

SHOWN = 50


class DecisionForm(WhyForm):
    """A decision on a card as it stood at version `seen`."""

    kinds = ("accept", "merge", "send_back", "reject")
    seen = forms.IntegerField(widget=forms.HiddenInput)
    kind = forms.ChoiceField(choices=Decision.Kind.choices)
    value = forms.ModelChoiceField(queryset=Value.objects.none(), required=False)

    def __init__(self, assembly: Assembly, card: Candidate, data: Any = None) -> None:
        super().__init__(assembly, data, initial={"seen": card.version})
        choice: Any = self.fields["value"]
        choice.queryset = values_of(card.revision.response.prompt.inquiry)

    def clean(self) -> dict[str, Any]:
        got = super().clean() or {}
        if got.get("kind") == Decision.Kind.MERGE and not got.get("value"):
            self.add_error("value", gettext_lazy("Choose the value this card belongs to."))
        return got

    def decide(self, bench: Bench, card: Candidate) -> Decision:
        """Carry out what was chosen. Raises HeldByOther and what the actions of moderation raise."""
        got = self.cleaned_data
        waiting.ensure_free(bench, Item(Thing.CARD, card.pk, got["seen"]))
        kind, seen, why = got["kind"], got["seen"], self.why
        if kind == Decision.Kind.MERGE:
            return cards.merge(bench, card, seen, got["value"], why if why.is_given else FITS)
        if kind == Decision.Kind.SEND_BACK:
            return cards.send_back(bench, card, seen, why.words)
        if kind == Decision.Kind.REJECT:
            return cards.reject(bench, card, seen, why)
        return cards.accept(bench, card, seen, why if why.is_given else FITS)


class Next(View):
    """The card that has waited longest and nobody else holds; the list where there is none."""

    def get(self, request: HttpRequest, slug: str) -> HttpResponse:
        assembly = gates.facilitator(slug, request.user)
        account: Any = request.user
        if card := queries.next_card(assembly, account):
            return redirect("facilitator:deciding", slug=slug, candidate_id=card.pk)
        return redirect("facilitator:queue", slug=slug)


class Deciding(View):
    page = "facilitator/deciding.html"

    def get(self, request: HttpRequest, slug: str, candidate_id: UUID) -> HttpResponse:
        """Show the card. To open it is to hold it while it waits, so that another moderator sees who has it."""
        bench = bench_of(request, slug)
        card = gates.card(bench.assembly, candidate_id)
        open_to_decide(bench, Item(Thing.CARD, card.pk, card.version))
        context = {"form": DecisionForm(bench.assembly, card), **around(request, bench, card)}
        return render(request, self.page, context)

    def post(self, request: HttpRequest, slug: str, candidate_id: UUID) -> HttpResponse:
        bench = bench_of(request, slug)
        card = gates.card(bench.assembly, candidate_id)
        form = DecisionForm(bench.assembly, card, request.POST)
        decision = form.attempt(lambda: form.decide(bench, card))
        if decision is None:
            return again(request, self.page, form, around(request, bench, card))
        messages.success(request, DONE[Decision.Kind(decision.kind)])
        return redirect("facilitator:next", slug=slug)


class Undo(View):
    def post(self, request: HttpRequest, slug: str) -> HttpResponse:
        assembly = gates.facilitator(slug, request.user)
        account: Any = request.user
        undone = undoing.undo_last(Bench(assembly, account))
        told = _("Undone. The card waits again.") if undone.candidate_id else _("Undone.")
        messages.success(request, told)
        if undone.candidate_id:
            return redirect("facilitator:deciding", slug=slug, candidate_id=undone.candidate_id)
        return redirect("facilitator:queue", slug=slug)


DONE = {
    Decision.Kind.ACCEPT: gettext_lazy("Accepted as a new value."),
    Decision.Kind.MERGE: gettext_lazy("Joined to the value."),
    Decision.Kind.SEND_BACK: gettext_lazy("Sent back to its author with your question."),
    Decision.Kind.REJECT: gettext_lazy("Left out, with your reason."),
}


def around(request: HttpRequest, bench: Bench, card: Candidate) -> dict[str, Any]:
    """The list beside the card, the card's evidence, and what it may be joined to."""
    search, told = looked_for(request), evidence(bench.assembly, card)
    values = values_of(card.revision.response.prompt.inquiry)
    suggested = told["suggested"]
    if suggested and suggested.value and not search:
        values = values.exclude(pk=suggested.value.pk)  # it stands on top
    return {
        **frame(bench.assembly),
        **beside(bench, card),
        **told,
        "values": (values.filter(title__icontains=search) if search else values)[:SHOWN],
        "search": search,
    }
