"""A facilitator picks values that converge, and the rules that serve them, to have clauses proposed from them."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import ngettext
from django.views import View

from deliberation.artifacts import converging
from deliberation.artifacts.actions import drafting
from deliberation.artifacts.converging import Pick
from deliberation.artifacts.models import Version
from deliberation.assemblies import gates
from deliberation.web.facilitator.dashboard import frame
from deliberation.web.facilitator.drafting import version_here
from deliberation.web.forms import KindForm, see_other


class Proposing(View):
    page = "facilitator/proposing.html"

    def get(self, request: HttpRequest, slug: str, version_id: UUID) -> HttpResponse:
        assembly = gates.facilitator(slug, request.user)
        return render(request, self.page, self._around(version_here(assembly, version_id)))

    def post(self, request: HttpRequest, slug: str, version_id: UUID) -> HttpResponse:
        assembly = gates.facilitator(slug, request.user)
        version = version_here(assembly, version_id)
        context = self._around(version)
        values, norms = chosen(context["picks"], set(request.POST.getlist("value")), set(request.POST.getlist("norm")))  # fmt: skip
        form = KindForm({})
        made = form.attempt(lambda: drafting.propose(version, values, norms))
        if made is None:
            return render(request, self.page, {**context, "form": form}, status=form.status)
        told = ngettext(
            "One clause is proposed. Read it, then change it or take it as it is.",
            "%(n)s clauses are proposed. Read each, then change it or take it as it is.",
            len(made),
        )
        messages.success(request, told % {"n": len(made)})
        return see_other("facilitator:version", slug=slug, version_id=version.pk)

    def _around(self, version: Version) -> dict[str, Any]:
        resting = set(version.clauses.values_list("values__root", flat=True))
        return {
            **frame(version.artifact.assembly),
            "version": version,
            "picks": converging.picks(version.artifact.assembly),
            "resting": resting,
        }


def chosen(picks: list[Pick], values: set[str], norms: set[str]) -> tuple[list[Any], list[Any]]:
    """The values and rules ticked, in the order shown; what is not on the page is not chosen."""
    picked = [one for one in picks if str(one.value.pk) in values]
    rules = {r.norm.pk: r.norm for one in picked for r in one.norms if str(r.norm.pk) in norms}
    return [one.value for one in picked], list(rules.values())
