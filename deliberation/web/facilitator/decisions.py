"""Every decision of an assembly, and the way back from each."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views import View

from deliberation.assemblies import gates
from deliberation.assemblies.errors import NotHere
from deliberation.assemblies.models import Assembly
from deliberation.moderation.actions import undoing
from deliberation.moderation.bench import Bench
from deliberation.moderation.models import Decision
from deliberation.moderation.queries import chain_of
from deliberation.web.facilitator.dashboard import frame
from deliberation.web.facilitator.whys import WhyForm
from deliberation.web.forms import see_other

PAGE = 30


class UndoForm(WhyForm):
    kinds = ("undo",)


class Decisions(View):
    page = "facilitator/decisions.html"

    def get(self, request: HttpRequest, slug: str) -> HttpResponse:
        assembly = gates.facilitator(slug, request.user)
        kind = request.GET.get("kind", "")
        found = assembly.decisions.select_related(
            "grounds", "candidate", "rule", "value", "other", "proposal"
        )
        if kind in Decision.Kind.values:
            found = found.filter(kind=kind)
        page = Paginator(found.order_by("-at"), PAGE).get_page(request.GET.get("page"))
        context = {**frame(assembly), "page": page, "kind": kind, "kinds": Decision.Kind.choices}
        return render(request, self.page, context)


class Undoing(View):
    """Undo one decision; where others rest on it, all of them together, which the page names first."""

    page = "facilitator/undoing.html"

    def get(self, request: HttpRequest, slug: str, decision_id: UUID) -> HttpResponse:
        assembly = gates.facilitator(slug, request.user)
        decision = decision_of(assembly, decision_id)
        return render(request, self.page, around(assembly, decision, UndoForm(assembly)))

    def post(self, request: HttpRequest, slug: str, decision_id: UUID) -> HttpResponse:
        assembly = gates.facilitator(slug, request.user)
        decision = decision_of(assembly, decision_id)
        account: Any = request.user
        bench, form = Bench(assembly, account), UndoForm(assembly, request.POST)
        how = self._all if "all" in request.POST else self._one
        undone = form.attempt(lambda: how(bench, decision, form))
        if undone is None:
            context = around(assembly, decision, form)
            return render(request, self.page, context, status=form.status)
        told = ngettext("%(n)s decision is undone.", "%(n)s decisions are undone.", undone)
        messages.success(request, told % {"n": undone})
        return see_other("facilitator:decisions", slug=slug)

    def _one(self, bench: Bench, decision: Decision, form: UndoForm) -> int:
        undoing.undo(bench, decision, form.why)
        return 1

    def _all(self, bench: Bench, decision: Decision, form: UndoForm) -> int:
        return len(undoing.undo_chain(bench, decision, form.why))


def decision_of(assembly: Assembly, decision_id: UUID) -> Decision:
    """A decision of this assembly. Raises NotHere."""
    here = assembly.decisions.select_related(
        "grounds", "candidate", "rule", "value", "other", "proposal"
    )
    if found := here.filter(pk=decision_id).first():
        return found
    raise NotHere


def around(assembly: Assembly, decision: Decision, form: UndoForm) -> dict[str, Any]:
    """The decision and what rests on it, newest first."""
    later = chain_of(decision)[:-1] if not decision.undone_at else []
    heading = _("Undo a decision")
    return {
        **frame(assembly),
        "decision": decision,
        "later": later,
        "form": form,
        "heading": heading,
    }
