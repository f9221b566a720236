"""One card, with all that speaks for and against, one decision; then the next card. The last decision can be undone."""

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
from deliberation.moderation import queries, waiting
from deliberation.moderation.actions import cards, claiming, undoing
from deliberation.moderation.bench import Bench, Item
from deliberation.moderation.models import Decision, Thing
from deliberation.moderation.why import FITS, Why
from deliberation.web.facilitator.dashboard import frame
from deliberation.web.facilitator.evidence import evidence
from deliberation.web.facilitator.queueing import bench_of, beside
from deliberation.web.facilitator.reasoning import choices
from deliberation.web.forms import KindForm, SeeOther, again, see_other
from elicitation.extraction.models import Candidate
from elicitation.graph.models import Value
from elicitation.graph.queries import values_of

SHOWN = 50
OF_CARDS = (
    Decision.Kind.ACCEPT,
    Decision.Kind.MERGE,
    Decision.Kind.SEND_BACK,
    Decision.Kind.REJECT,
)


class DecisionForm(KindForm):
    """A decision on a card as it stood at version `seen`."""

    seen = forms.IntegerField(widget=forms.HiddenInput)
    kind = forms.ChoiceField(choices=[(kind, kind.label) for kind in OF_CARDS])
    value = forms.ModelChoiceField(queryset=Value.objects.none(), required=False)
    code = forms.SlugField(max_length=40, required=False)
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
        """Carry out what was chosen. Raises HeldByAnother and what the actions of moderation raise."""
        got = self.cleaned_data
        kind, seen, words = got["kind"], got["seen"], got["words"]
        why = Why(words, got["code"])
        waiting.ensure_free(bench, Item(Thing.CARD, card.pk, seen))
        if kind == Decision.Kind.MERGE:
            return cards.merge(bench, card, seen, got["value"], why if why.is_given else FITS)
        if kind == Decision.Kind.SEND_BACK:
            return cards.send_back(bench, card, seen, words)
        if kind == Decision.Kind.REJECT:
            return cards.reject(bench, card, seen, why)
        return cards.accept(bench, card, seen, why if why.is_given else FITS)


class Deciding(View):
    page = "facilitator/deciding.html"

    def get(self, request: HttpRequest, slug: str, candidate_id: UUID) -> HttpResponse:
        """Show the card. To open it is to hold it, so that another moderator sees who has it."""
        bench = bench_of(request, slug)
        card = gates.card(bench.assembly, candidate_id)
        item = Item(Thing.CARD, card.pk, card.version)
        waits = queries.queue(bench.assembly).filter(pk=card.pk).exists()
        if waits and not waiting.is_at_hand(bench, item):
            claiming.open_item(bench, item)
        context = {"form": DecisionForm(card), "waits": waits, **around(request, bench, card)}
        return render(request, self.page, context)

    def post(self, request: HttpRequest, slug: str, candidate_id: UUID) -> HttpResponse:
        bench = bench_of(request, slug)
        card = gates.card(bench.assembly, candidate_id)
        form = DecisionForm(card, request.POST)
        decision = form.attempt(lambda: form.decide(bench, card))
        if decision is None:
            return again(request, self.page, form, around(request, bench, card))
        messages.success(request, DONE[Decision.Kind(decision.kind)])
        return to_next(bench)


class Undo(View):
    def post(self, request: HttpRequest, slug: str) -> HttpResponse:
        undone = undoing.undo_last(bench_of(request, slug))
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


def to_next(bench: Bench) -> SeeOther:
    """To the card that has waited longest, or to the queue where none waits."""
    slug = bench.assembly.slug
    if card := waiting.next_card(bench):
        return see_other("facilitator:deciding", slug=slug, candidate_id=card.pk)
    return see_other("facilitator:queue", slug=slug)


def around(request: HttpRequest, bench: Bench, card: Candidate) -> dict[str, Any]:
    """The list beside the card, the card's evidence, the reasons, and what it may be joined to."""
    assembly, search = bench.assembly, request.GET.get("q", "").replace("\x00", "").strip()
    told = evidence(assembly, card)
    values = values_of(card.revision.response.prompt.inquiry)
    suggested = told["suggested"]
    if suggested and suggested.value and not search:
        values = values.exclude(pk=suggested.value.pk)  # it stands on top
    return {
        **frame(assembly),
        **beside(bench, card),
        **told,
        "values": (values.filter(title__icontains=search) if search else values)[:SHOWN],
        "search": search,
        "reasons": choices(assembly, OF_CARDS),
    }
