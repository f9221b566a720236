"""How people were drawn: every draw of an assembly, for everybody, with what it takes to check one, and nobody's name."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views import View

from deliberation.assemblies import gates
from deliberation.assemblies.models import Lot
from deliberation.assemblies.sortition.lots import TICKETS
from deliberation.web.seats import spoken

PER_CENT = TICKETS / 100


class Drawn(View):
    page = "public/lots.html"

    def get(self, request: HttpRequest, slug: str) -> HttpResponse:
        assembly = gates.public(slug)
        found = Lot.objects.filter(pool__assembly=assembly).select_related("replaces", "pool")
        context = {
            "assembly": assembly,
            "title": assembly.titled_in(spoken(request, assembly.languages)),
            "lots": [(lot, quotas(lot), groups(lot)) for lot in found.order_by("nth")],
        }
        return render(request, self.page, context)


def quotas(lot: Lot) -> list[tuple[str, list[dict[str, Any]]]]:
    """The quotas by column, and how many of each answer were drawn where that is told."""
    drawn = lot.told.get("drawn", {})
    return [
        (
            row["column"],
            [
                {**one, "drawn": drawn[row["column"]].get(one["said"], 0) if drawn else None}
                for one in row["answers"]
            ],
        )
        for row in lot.told.get("quotas", [])
    ]


def groups(lot: Lot) -> list[tuple[int, float, float]]:
    """People by their chance, in per cent: how many, lowest, highest."""
    return [(n, low / PER_CENT, high / PER_CENT) for n, low, high in lot.told.get("groups", [])]
