"""Mixed tables for a hall: who sits where, by seat number alone, with cards to print."""

import secrets
from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy
from django.views import View

from deliberation.assemblies import gates, mixing, queries
from deliberation.assemblies.mixing import Kinds
from deliberation.assemblies.models import Assembly
from deliberation.opinion.queries import counts_are_public, placed_in
from deliberation.web.facilitator.dashboard import frame
from deliberation.web.forms import KindForm

HIGHEST = 10**9  # of seeds


class TablesForm(KindForm):
    """How large tables are, and by which seed lots are drawn."""

    size = forms.IntegerField(
        label=gettext_lazy("How many sit at a table at most"), min_value=2, max_value=50
    )
    seed = forms.IntegerField(
        label=gettext_lazy("Seed"),
        min_value=0,
        max_value=HIGHEST,
        help_text=gettext_lazy("Published with the plan: with it anybody can check the lots."),
    )
    opinions = forms.BooleanField(label=gettext_lazy("Mix opinion groups, too"), required=False)

    def __init__(self, assembly: Assembly, data: Any = None) -> None:
        super().__init__(data, initial={"size": 7, "seed": secrets.randbelow(HIGHEST)})
        if not counts_are_public(assembly):
            del self.fields["opinions"]


class Tables(View):
    page = "facilitator/tables.html"

    def get(self, request: HttpRequest, slug: str) -> HttpResponse:
        assembly = gates.facilitator(slug, request.user)
        form = TablesForm(assembly, request.GET if "size" in request.GET else None)
        context: dict[str, Any] = {**frame(assembly), "form": form}
        if form.is_bound and form.is_valid():
            got = form.cleaned_data
            people = kinds(assembly, opinions=got.get("opinions", False))
            context |= {
                "tables": mixing.plan(people, got["size"], got["seed"]),
                "seed": got["seed"],
                "people": len(people),
            }
        elif not form.is_bound:
            context["people"] = len(queries.kinds_of(assembly))
        return render(request, self.page, context, status=form.status if form.errors else 200)


def kinds(assembly: Assembly, *, opinions: bool) -> dict[int, Kinds]:
    """Of each seat somebody has taken, what is known: what they said of themselves, and their opinion group where that is asked for."""
    known = queries.kinds_of(assembly)
    if not opinions:
        return {seat: labels for seat, (_, labels) in known.items()}
    groups = placed_in(assembly)
    return {seat: (*labels, groups.get(who, "")) for seat, (who, labels) in known.items()}
