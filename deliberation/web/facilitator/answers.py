"""A facilitator looks at answers: by what became of them, one by one, and by hand where no reader could."""

from uuid import UUID

from django import forms
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views import View

from deliberation.artifacts import statuses
from deliberation.assemblies import gates
from deliberation.assemblies.actions import taking_part
from deliberation.assemblies.models import Assembly
from deliberation.web.facilitator.dashboard import frame
from deliberation.web.facilitator.why import WHY
from deliberation.web.forms import KindForm, again
from elicitation.extraction.actions import cards, waiting
from elicitation.extraction.engines.base import PolicyProposal, ValueProposal
from elicitation.extraction.models import (
    Candidate,
    Mark,
    NormCandidate,
    Quote,
    Reading,
)
from elicitation.interview.models import Response, Revision
from elicitation.interview.queries import thread_ids

A_PAGE = 25


class Answers(View):
    page = "facilitator/answers.html"

    def get(self, request: HttpRequest, slug: str) -> HttpResponse:
        assembly = gates.facilitator(slug, request.user)
        state = request.GET.get("state", "received")
        marked = statuses.marked(assembly)
        chosen = marked if state == "marked" else statuses.with_status(assembly, state)
        found = chosen.select_related("prompt__inquiry")
        page = Paginator(found.order_by("-received_at", "id"), A_PAGE).get_page(
            request.GET.get("page")
        )
        words = {r.response_id: r for r in Revision.objects.filter(response__in=list(page))}
        rows = [(r, words.get(r.pk), statuses.status_of(r)) for r in page]
        steps = statuses.funnel(assembly)
        context = {
            "rows": rows,
            "page": page,
            "state": state,
            "steps": steps,
            "marked": marked.count(),
        }
        return render(request, self.page, {**context, **frame(assembly)})


class Answer(View):
    page = "facilitator/answer.html"

    def get(self, request: HttpRequest, slug: str, response_id: UUID) -> HttpResponse:
        assembly = gates.facilitator(slug, request.user)
        return render(request, self.page, about(assembly, gates.answer(assembly, response_id)))

    def post(self, request: HttpRequest, slug: str, response_id: UUID) -> HttpResponse:
        assembly = gates.facilitator(slug, request.user)
        response = gates.answer(assembly, response_id)
        wish = request.POST.get("do")
        if wish == "again":
            waiting.read_again([gates.request(response)])
            messages.success(request, _("It will be read again in a moment."))
        elif wish == "nothing":
            waiting.nothing_to_find(gates.request(response))
            messages.success(request, _("Kept: a person looked, and found nothing."))
        elif wish == "door" and not hasattr(response.respondent, "membership"):
            member = taking_part.open_door(assembly, response.respondent, assembly.languages[0])
            link = reverse("citizen:back", args=[gates.receipt_code(member)])
            messages.success(request, request.build_absolute_uri(link))
        return redirect("facilitator:answer", slug=slug, response_id=response_id)


class HandForm(KindForm):
    """A card by hand: each thing that matters with the exact words it rests on."""

    title = forms.CharField(label=gettext_lazy("In a few words"), max_length=200)
    context = forms.CharField(label=gettext_lazy("When?"), max_length=400, required=False)
    policy = forms.CharField(label=gettext_lazy("What matters to this person"), max_length=600)
    quote = forms.CharField(
        label=gettext_lazy("The words it rests on, copied exactly"),
        widget=forms.Textarea(attrs={"rows": 2, "dir": "auto"}),
    )

    def card(self) -> ValueProposal:
        """What was typed, as a card."""
        got = self.cleaned_data
        policy = PolicyProposal(got["policy"], (got["quote"],))
        return ValueProposal(got["title"], (policy,), got["context"])


class CardByHand(View):
    page = "facilitator/by_hand.html"

    def get(self, request: HttpRequest, slug: str, response_id: UUID) -> HttpResponse:
        assembly = gates.facilitator(slug, request.user)
        context = about(assembly, gates.answer(assembly, response_id))
        return render(request, self.page, {"form": HandForm(), **context})

    def post(self, request: HttpRequest, slug: str, response_id: UUID) -> HttpResponse:
        assembly = gates.facilitator(slug, request.user)
        response = gates.answer(assembly, response_id)
        form = HandForm(request.POST)
        asked = gates.request(response)
        if form.attempt(lambda: cards.write_by_hand(asked, form.card())) is None:
            return again(request, self.page, form, about(assembly, response))
        messages.success(request, _("Kept. Its author is asked whether it is right."))
        return redirect("facilitator:answer", slug=slug, response_id=response_id)


def about(assembly: Assembly, response: Response) -> dict[str, object]:
    """All that is known of one answer: words, readings, cards, and why a person has to look."""
    flagged = statuses.flagged(Response.objects.filter(pk=response.pk)).get()
    asked = gates.request(response) if response.latest else None
    readings = Reading.objects.filter(revision__response__in=thread_ids(response.pk))
    proposed = Candidate.objects.filter(reading__in=readings)
    norms = NormCandidate.objects.filter(reading__in=readings)
    return {
        **frame(assembly),
        "response": response,
        "latest": response.latest,
        "asked": response.prompt,
        "status": statuses.status_of(flagged),
        "why": WHY.get(asked.why, asked.why) if asked and asked.why else "",
        "flagged": bool(asked and asked.flag),
        "readings": readings,
        "follow_ups": list(response.follow_ups.select_related("revision", "reply")),
        "norms": norms.select_related("reading").prefetch_related("quotes", "serves"),
        "marks": Mark.objects.filter(reading__in=readings.exclude(state=Reading.State.LOST)),
        "cards": proposed.select_related("reading").prefetch_related("policies__quotes"),
        "quotes": list(Quote.objects.filter(policy__candidate__in=proposed.standing())),
        "has_door": hasattr(response.respondent, "membership"),
    }
