"""A facilitator sees what machines could not do, and why; tries it again, or leaves it to a person."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views import View

from deliberation.artifacts import dead_letters
from deliberation.artifacts.actions import requeueing
from deliberation.artifacts.dead_letters import Letter, Pile, Work
from deliberation.assemblies import gates
from deliberation.assemblies.errors import NotHere
from deliberation.assemblies.models import Assembly
from deliberation.web.facilitator.dashboard import frame
from deliberation.web.facilitator.why import UNTOLD, WHY
from deliberation.web.forms import see_other
from elicitation.interview.models import Response

LISTED = 25  # of one pile
MORE_WHY = {
    "broke_off": gettext_lazy("It broke off before its end. Its page says where."),
    "never_came_back": gettext_lazy("Whoever worked at it never came back, again and again."),
    "refused": gettext_lazy("The model declined to do this."),
    **UNTOLD,
    "invalid_schema": WHY["invalid_schema"],
}


@dataclass(frozen=True, slots=True)
class Shown:
    """A pile with why in plain words, and the first letters of it with where each is to be seen."""

    pile: Pile
    why: str
    letters: list[tuple[Letter, str]]


class GivenUp(View):
    page = "facilitator/given_up.html"

    def get(self, request: HttpRequest, slug: str) -> HttpResponse:
        assembly = gates.facilitator(slug, request.user)
        found = dead_letters.letters(assembly)
        piles = [shown(assembly, pile) for pile in dead_letters.piles(found)]
        context: dict[str, Any] = {"piles": piles, "number": len(found)}
        return render(request, self.page, {**context, **frame(assembly)})

    def post(self, request: HttpRequest, slug: str) -> HttpResponse:
        assembly = gates.facilitator(slug, request.user)
        sent, wish = request.POST, request.POST.get("do")
        if sent.get("work") not in Work.values or wish not in ("again", "leave"):
            raise NotHere
        work, failure, key = Work(sent["work"]), sent.get("failure", ""), sent.get("key", "")
        pile = [one.key for one in dead_letters.letters(assembly) if (one.work, one.failure) == (work, failure)]  # fmt: skip
        chosen = [one for one in pile if key in ("", one)]
        if wish == "again":
            number = requeueing.try_again(assembly, work, chosen)
            told = ngettext("%(n)s is tried again.", "%(n)s are tried again.", number)
        else:
            number = requeueing.leave_to_person(assembly, work, chosen)
            told = ngettext("%(n)s is left to a person.", "%(n)s are left to a person.", number)
        messages.success(request, told % {"n": number} if number else _("There was nothing left to do."))  # fmt: skip
        return see_other("facilitator:given_up", slug=slug)


def shown(assembly: Assembly, pile: Pile) -> Shown:
    """A pile as the page has it."""
    first = pile.letters[:LISTED]
    found = places(assembly, pile.work, [letter.key for letter in first])
    return Shown(pile, why(pile), [(letter, found.get(letter.key, "")) for letter in first])


def why(pile: Pile) -> str:
    """Why it gave up, in words a facilitator understands; what a program calls its own fault is named as it calls it."""
    known = WHY if pile.work == Work.READING else {**WHY, **MORE_WHY}
    if pile.failure in known:
        return str(known[pile.failure])
    return _("The program met a fault: %(name)s. Whoever runs the machine finds it in the log.") % {"name": pile.failure}  # fmt: skip


def places(assembly: Assembly, work: Work, keys: list[str]) -> dict[str, str]:
    """Where each is to be seen, by its key; those that have no page of their own, or are gone meanwhile, are left out."""
    if work == Work.READING:
        asked = Response.objects.filter(revisions__in=[UUID(key) for key in keys]).values_list(
            "revisions", "pk"
        )
        return {str(key): reverse("facilitator:answer", args=[assembly.slug, pk]) for key, pk in asked}  # fmt: skip
    if work == Work.IMPORT:
        return {key: reverse("facilitator:imported", args=[assembly.slug, key]) for key in keys}
    if work == Work.WEBHOOK:
        return dict.fromkeys(keys, reverse("facilitator:hooks", args=[assembly.slug]))
    return {}
