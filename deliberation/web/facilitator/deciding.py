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
from deliberation.moderation import queries
from deliberation.moderation.actions import cards, undoing
from deliberation.moderation.bench import Bench
from deliberation.moderation.models import Decision
from deliberation.moderation.why import FITS, Why
from deliberation.web.facilitator.dashboard import frame
from deliberation.web.facilitator.suggested import shown
from deliberation.web.forms import KindForm, again
from elicitation.extraction.models import Candidate, Quote
from elicitation.graph.models import Value
from elicitation.graph.queries import values_of

SHOWN = 50


class DecisionForm(KindForm):
    """A decision on a card as it stood at version `seen`."""

    seen = forms.IntegerField(widget=forms.HiddenInput)
    kind = forms.ChoiceField(choices=Decision.Kind.choices)
    value = forms.ModelChoiceField(queryset=Value.objects.none(), required=False)
    words = forms.CharField(max_length=600, required=False)

    def __init__(self, card: Candidate, data: Any = None) -> None:
        super().__init__(data, initial={"seen": card.version})
        choice: Any = self.fields["value"]
        choice.queryset = values_of(card.revision.response.prompt.inquiry)

    def clean(self) -> dict[str, Any]:
        got = super().clean() or {}
        if got.get("kind") == Decision.Kind.MERGE and not got.get("value"):
            self.add_error("value", gettext_lazy("Choose the value this card belongs to."))
        return got

    def decide(self, bench: Bench, card: Candidate) -> Decision:
        """Carry out what was chosen. Raises what the actions of moderation raise."""
        got = self.cleaned_data
        kind, seen, words = got["kind"], got["seen"], got["words"]
        why = Why(words)
        if kind == Decision.Kind.MERGE:
            return cards.merge(bench, card, seen, got["value"], why if words else FITS)
        if kind == Decision.Kind.SEND_BACK:
            return cards.send_back(bench, card, seen, words)
        if kind == Decision.Kind.REJECT:
            return cards.reject(bench, card, seen, why)
        return cards.accept(bench, card, seen, why if words else FITS)


class Queue(View):
    def get(self, request: HttpRequest, slug: str) -> HttpResponse:
        assembly = gates.facilitator(slug, request.user)
        if card := queries.queue(assembly).first():
            return redirect("facilitator:deciding", slug=slug, candidate_id=card.pk)
        return render(request, "facilitator/queue_empty.html", around(request, assembly))


class Deciding(View):
    page = "facilitator/deciding.html"

    def get(self, request: HttpRequest, slug: str, candidate_id: UUID) -> HttpResponse:
        assembly = gates.facilitator(slug, request.user)
        card = gates.card(assembly, candidate_id)
        context = {"form": DecisionForm(card), **around(request, assembly, card)}
        return render(request, self.page, context)

    def post(self, request: HttpRequest, slug: str, candidate_id: UUID) -> HttpResponse:
        assembly = gates.facilitator(slug, request.user)
        card = gates.card(assembly, candidate_id)
        form = DecisionForm(card, request.POST)
        account: Any = request.user
        decision = form.attempt(lambda: form.decide(Bench(assembly, account), card))
        if decision is None:
            return again(request, self.page, form, around(request, assembly, card))
        messages.success(request, DONE[Decision.Kind(decision.kind)])
        return redirect("facilitator:queue", slug=slug)


class Undo(View):
    def post(self, request: HttpRequest, slug: str) -> HttpResponse:
        assembly = gates.facilitator(slug, request.user)
        account: Any = request.user
        undone = undoing.undo_last(Bench(assembly, account))
        messages.success(request, _("Undone. The card waits again."))
        if undone.candidate_id:
            return redirect("facilitator:deciding", slug=slug, candidate_id=undone.candidate_id)
        return redirect("facilitator:queue", slug=slug)


DONE = {
    Decision.Kind.ACCEPT: gettext_lazy("Accepted as a new value."),
    Decision.Kind.MERGE: gettext_lazy("Joined to the value."),
    Decision.Kind.SEND_BACK: gettext_lazy("Sent back to its author with your question."),
    Decision.Kind.REJECT: gettext_lazy("Left out, with your reason."),
}


def around(
    request: HttpRequest, assembly: Assembly, card: Candidate | None = None
) -> dict[str, Any]:
    """The list beside the card, the card's evidence, and what it may be joined to."""
    account: Any = request.user
    waiting = queries.queue(assembly)
    context = {
        **frame(assembly),
        "waiting": waiting[:SHOWN],
        "waiting_count": waiting.count(),
        "last": queries.last_decision(assembly, account),
    }
    if card:
        revision, search = card.revision, request.GET.get("q", "").strip()
        values = values_of(revision.response.prompt.inquiry)
        suggested = shown(card)
        if suggested and suggested.value and not search:
            values = values.exclude(pk=suggested.value.pk)  # it stands on top
        decided = card.decisions.living().filter(card_version=card.version).first()
        context |= {
            "card": card,
            "revision": revision,
            "asked": revision.response.prompt,
            "quotes": list(Quote.objects.filter(policy__candidate=card)),
            "values": (values.filter(title__icontains=search) if search else values)[:SHOWN],
            "search": search,
            "suggested": suggested,
            "wished": Value.objects.standing()
            .filter(tree__likenesses__candidate=card, tree__likenesses__wish="join")
            .first(),
            "decided": decided,
            "author_present": hasattr(revision.response.respondent, "membership"),
        }
    return context
