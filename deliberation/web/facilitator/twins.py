"""A facilitator judges whether seats that seem to be one person's are: with the reasons in plain words, and a reason of their own."""

from collections import defaultdict
from collections.abc import Mapping
from string import ascii_uppercase
from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views import View

from deliberation.assemblies import gates
from deliberation.assemblies.errors import NotHere
from deliberation.assemblies.models import Assembly
from deliberation.moderation.actions.seats import ask_to_look
from deliberation.opinion.actions import twins as actions
from deliberation.opinion.exclusions import groups_of, waits
from deliberation.opinion.models import Twins
from deliberation.web.facilitator.dashboard import frame
from deliberation.web.forms import KindForm, again, see_other
from elicitation.interview.models import Response

SHOWN = 20  # seats of a group whose words are shown
SELDOM = 0.5  # pairs by chance, above which one is to be expected
RAREST = 1e-9  # nobody believes smaller chances


class JudgingForm(KindForm):
    says = forms.ChoiceField(
        label=gettext_lazy("These seats are"), choices=Twins.Says.choices, required=False
    )
    why = forms.CharField(
        label=gettext_lazy("Because"),
        max_length=1000,
        help_text=gettext_lazy("Whoever sits at these seats reads this."),
        widget=forms.Textarea(attrs={"rows": 2, "dir": "auto"}),
    )


class Seats(View):
    """Every group of seats, those that wait for somebody first."""

    page = "facilitator/seats.html"

    def get(self, request: HttpRequest, slug: str) -> HttpResponse:
        assembly = gates.facilitator(slug, request.user)
        return render(request, self.page, around(assembly))

    def post(self, request: HttpRequest, slug: str) -> HttpResponse:
        assembly = gates.facilitator(slug, request.user)
        ask_to_look(assembly)
        messages.success(request, _("A worker is looking now. Open this page again in a moment."))
        return see_other("facilitator:seats", slug=slug)


class Judging(View):
    page = "facilitator/seats_judged.html"

    def get(self, request: HttpRequest, slug: str, twins_id: UUID) -> HttpResponse:
        assembly, twins = self._let_in(request, slug, twins_id)
        form = JudgingForm(initial={"says": twins.says, "why": twins.why})
        return render(request, self.page, {"form": form, **self._around(assembly, twins)})

    def post(self, request: HttpRequest, slug: str, twins_id: UUID) -> HttpResponse:
        assembly, twins = self._let_in(request, slug, twins_id)
        form = JudgingForm(request.POST)
        form.attempt(lambda: actions.judge(assembly, twins, **said(form)))
        if form.errors:
            return again(request, self.page, form, self._around(assembly, twins))
        messages.success(request, _("Kept. Results heed it within a few seconds."))
        return see_other("facilitator:seats", slug=slug)

    def _let_in(self, request: HttpRequest, slug: str, twins_id: UUID) -> tuple[Assembly, Twins]:
        assembly = gates.facilitator(slug, request.user)
        if found := groups_of(assembly).filter(pk=twins_id).first():
            return assembly, found
        raise NotHere

    def _around(self, assembly: Assembly, twins: Twins) -> dict[str, Any]:
        return {**frame(assembly), **shown(twins), "written": written(twins)}


def said(form: JudgingForm) -> dict[str, Any]:
    """What a form says, as the action takes it."""
    return {"says": Twins.Says(form.cleaned_data["says"]), "why": form.cleaned_data["why"]}


def around(assembly: Assembly) -> dict[str, Any]:
    """What the page of all groups shows."""
    found = [shown(one) for one in groups_of(assembly)]
    return {
        **frame(assembly),
        "waiting": [one for one in found if one["waits"]],
        "judged": [one for one in found if not one["waits"]],
    }


def shown(twins: Twins) -> dict[str, Any]:
    """One group as pages show it: how many seats, why they were put together, and what their people say against it."""
    seats = list(twins.seats.all())
    return {
        "twins": twins,
        "seats": len(seats),
        "reasons": [in_words(reason) for reason in twins.reasons],
        "against": [seat for seat in seats if seat.disputed],
        "waits": waits(twins),
    }


def written(twins: Twins) -> list[tuple[str, list[Response]]]:
    """What was written at each of the seats, by a letter: a seat's number would tell in a hall who wrote it."""
    seats = twins.seats.all()[:SHOWN]
    answers = Response.objects.standing().to_prompts().filter(respondent__in=[seat.respondent_id for seat in seats])  # fmt: skip
    by_seat: dict[UUID, list[Response]] = defaultdict(list)
    for answer in answers.order_by("received_at"):
        by_seat[answer.respondent_id].append(answer)
    return [(name, by_seat[seat.respondent_id]) for name, seat in zip(ascii_uppercase, seats, strict=False)]  # fmt: skip


def in_words(reason: Mapping[str, Any]) -> str:
    """A reason in plain words, with how likely it is by chance."""
    if reason["kind"] == "words":
        return _("They wrote nearly the same: %(n)s %% of the rows of letters are in both texts. Two people hardly ever do, unless both copied it.") % {"n": round(100 * reason["same"])}  # fmt: skip
    if reason["kind"] == "taken":
        return _("These seats were taken within %(n)s seconds of each other. In a full hall that happens; it is no reason by itself.") % {"n": reason["same"]}  # fmt: skip
    told = _("They say the same to %(same)s of %(of)s things both were asked about.") % {"same": round(reason["same"]), "of": round(reason["of"])}  # fmt: skip
    return f"{told} {by_chance(reason['chance'])}"


def by_chance(expected: float) -> str:
    """How many such pairs chance makes in an assembly like this one."""
    if expected > SELDOM:
        return _("By chance about %(n)s such pairs are to be expected here.") % {"n": f"{expected:.1g}"}  # fmt: skip
    number = number_format(float(f"{1 / max(expected, RAREST):.1g}"), 0, force_grouping=True)
    return _("Were each thing answered by itself, as people who think alike answer it, one assembly like this in %(n)s or more would have such a pair.") % {"n": number}  # fmt: skip
