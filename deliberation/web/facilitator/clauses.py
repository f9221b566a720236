"""A facilitator changes a clause, takes a proposed one as it reads, moves or strikes it. Two who change it at once see both wordings."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views import View

from deliberation.artifacts.actions import drafting
from deliberation.artifacts.difference import parts
from deliberation.artifacts.errors import ClauseChanged
from deliberation.artifacts.models import Clause
from deliberation.assemblies import gates
from deliberation.web.facilitator.dashboard import frame
from deliberation.web.facilitator.drafting import ClauseForm, clause_here
from deliberation.web.forms import again, see_other, show_as_seen


class ClausePage(View):
    page = "facilitator/clause.html"

    def get(
        self, request: HttpRequest, slug: str, version_id: UUID, clause_id: UUID
    ) -> HttpResponse:
        assembly = gates.facilitator(slug, request.user)
        clause = clause_here(assembly, version_id, clause_id)
        start = {
            "text": clause.text,
            "section": clause.section,
            "values": clause.values.all(),
            "norms": clause.norms.all(),
            "seen": clause.edits,
        }
        form = ClauseForm(clause.version.artifact, initial=start)
        context = {"form": form, **around(clause), **frame(assembly)}
        return render(request, self.page, context)

    def post(
        self, request: HttpRequest, slug: str, version_id: UUID, clause_id: UUID
    ) -> HttpResponse:
        assembly = gates.facilitator(slug, request.user)
        clause = clause_here(assembly, version_id, clause_id)
        wish = request.POST.get("do", "")
        if wish in MOVES:
            drafting.move_clause(clause, down=wish == "down")
        elif wish == "strike":
            drafting.strike_clause(clause)
            messages.success(request, _("Struck. Its words are in nobody's way now."))
        elif wish == "accept":
            drafting.accept_clause(clause, seen_in(request))
            messages.success(request, _("A person stands by these words now."))
        else:
            return self._rewrite(request, clause)
        return see_other("facilitator:version", slug=slug, version_id=version_id)

    def _rewrite(self, request: HttpRequest, clause: Clause) -> HttpResponse:
        artifact, account = clause.version.artifact, request.user
        form = ClauseForm(artifact, request.POST)
        if form.attempt(lambda: rewritten(form, clause, account)) is not None:
            messages.success(request, _("Clause kept."))
            return see_other("facilitator:version", slug=artifact.assembly.slug, version_id=clause.version_id)  # fmt: skip
        context = {**around(clause), **frame(artifact.assembly)}
        if form.status == ClauseChanged.status:
            mine = request.POST.get("text", "")
            context |= {"theirs": clause.text, "difference": parts(clause.text, mine)}
            show_as_seen(form, clause.edits)
        return again(request, self.page, form, context)


MOVES = ("up", "down")


def rewritten(form: ClauseForm, clause: Clause, account: Any) -> Clause:
    """Raises as drafting.rewrite_clause does."""
    got = form.cleaned_data
    seen = got["seen"] or 0
    return drafting.rewrite_clause(clause, seen, got["text"], got["values"], form.about(account))


def seen_in(request: HttpRequest) -> int:
    """The number of edits a form was filled in on; 0 where it is none."""
    told = request.POST.get("seen", "")
    return int(told) if told.isascii() and told.isdigit() and len(told) < 10 else 0


def around(clause: Clause) -> dict[str, Any]:
    """The clause and every wording it had."""
    wordings = clause.wordings.select_related("by").order_by("-edits")
    return {"clause": clause, "version": clause.version, "wordings": wordings}
