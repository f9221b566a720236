"""A citizen's own page: each answer, what became of it, how it was understood; change it, or take it back."""

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django import forms
from django.conf import settings
from django.contrib import messages
from django.db.models import Exists, OuterRef
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views import View

from deliberation.artifacts import statuses
from deliberation.assemblies import gates, queries
from deliberation.assemblies.actions import taking_part
from deliberation.assemblies.models import Membership
from deliberation.opinion.exclusions import judged_of
from deliberation.web.citizen.answering import around
from deliberation.web.citizen.fates import fates, with_cards, with_rules
from deliberation.web.citizen.receipts import sealed_of
from deliberation.web.citizen.surveying import is_there_for
from deliberation.web.citizen.unsent import begun_by, unsent_about, version_of
from deliberation.web.forms import KindForm, again, see_other, unix_breaks
from deliberation.web.seats import seat, spoken
from elicitation.extraction.models import Candidate, NormCandidate, Quote, ReadingRequest
from elicitation.interview.models import FollowUp, Response, ResponseQuerySet, Revision
from elicitation.interview.texts import LONGEST

State = Candidate.State


class Mine(View):
    page = "citizen/mine.html"

    def get(self, request: HttpRequest, slug: str) -> HttpResponse:
        member = seat(request, slug)
        answers = stories(request, member, list(statuses.flagged(own(member))))
        code = gates.receipt_code(member)
        language = spoken(request, member.assembly.languages)
        context = {
            "can_write": bool(settings.MAIL_FROM),
            "assembly": member.assembly,
            "title": member.assembly.titled_in(language),
            "begun": begun_by(member, language),
            "answers": answers,
            "seat_number": member.pk,
            "counted_once": judged_of(member).exists(),
            "next": queries.next_prompt(member),
            "survey": is_there_for(member),
            "code": code,
            "link": request.build_absolute_uri(reverse("citizen:back", args=[code]))
            if code
            else "",
            "reading": any(a["status"] == statuses.Status.WAITING for a in answers),
        }
        return render(request, self.page, context)


class ChangeForm(KindForm):
    text = forms.CharField(
        label=gettext_lazy("Your words"),
        max_length=LONGEST,
        strip=False,
        widget=forms.Textarea(attrs={"class": "large", "dir": "auto"}),
    )


class Changing(View):
    page = "citizen/changing.html"

    def get(self, request: HttpRequest, slug: str, response_id: UUID) -> HttpResponse:
        member = seat(request, slug)
        response = gates.own_response(member, response_id)
        latest = response.latest
        if latest is None:
            return redirect("citizen:mine", slug=slug)
        begun = unsent_about(member, response.pk)
        form = ChangeForm(initial={"text": begun.text if begun else latest.text})
        version = version_of(begun) or latest.written_at.isoformat()
        context = {**self._around(request, member, response), "version": version, "begun": begun}
        return render(request, self.page, {"form": form, **context})

    def post(self, request: HttpRequest, slug: str, response_id: UUID) -> HttpResponse:
        member = seat(request, slug)
        response = gates.own_response(member, response_id)
        form = ChangeForm(unix_breaks(request.POST))
        language = spoken(request, response.prompt.inquiry.languages)
        changed = form.attempt(
            lambda: taking_part.change(member, response, form.cleaned_data["text"], language)
        )
        if changed is None:
            return again(request, self.page, form, self._around(request, member, response))
        messages.success(request, _("Received. Your new words are being read."))
        return see_other("citizen:mine", slug=slug)

    def _around(
        self, request: HttpRequest, member: Membership, response: Response
    ) -> dict[str, Any]:
        current = {p.pk for p in queries.prompts_of(member.assembly)}
        if response.prompt_id in current:
            return {**around(request, member, response.prompt), "response": response}
        language = spoken(request, response.prompt.inquiry.languages)
        asked = response.prompt.asked_in(language)
        words = {"asked": asked, "language": language}
        return {"assembly": member.assembly, "response": response, **words}


class Withdrawing(View):
    page = "citizen/withdrawing.html"

    def get(self, request: HttpRequest, slug: str, response_id: UUID) -> HttpResponse:
        member = seat(request, slug)
        response = gates.own_response(member, response_id)
        latest = response.latest
        if latest is None:
            return redirect("citizen:mine", slug=slug)
        context = {"assembly": member.assembly, "response": response, "latest": latest}
        return render(request, self.page, context)

    def post(self, request: HttpRequest, slug: str, response_id: UUID) -> HttpResponse:
        response = gates.own_response(seat(request, slug), response_id)
        taking_part.withdraw(response)
        messages.success(request, _("Your words, and all that was read from them, are erased."))
        return see_other("citizen:mine", slug=slug)


def own(member: Membership) -> Any:
    """A member's answers, in the order of the prompts; with `unreadable`, whether the reader program does not know the language."""
    own: ResponseQuerySet = member.respondent.responses.select_related("prompt__inquiry")
    asked = ReadingRequest.objects.filter(
        revision__response=OuterRef("pk"), why="unreadable_language"
    )
    return own.to_prompts().annotate(unreadable=Exists(asked)).order_by("prompt__position")


def stories(
    request: HttpRequest, member: Membership, responses: list[Response]
) -> list[dict[str, Any]]:
    """All that is shown of a member's answers, with one query for each kind of thing. `responses` carry the flags of statuses.flagged, and `unreadable`."""
    asked_more = _asked_more([one.pk for one in responses])
    roots = {one.pk: one.pk for one in responses}
    roots |= {more.reply.pk: more.root_id for more in asked_more if hasattr(more, "reply")}
    words = latest_of(roots)
    read_in = {"reading__revision__response__in": roots}
    cards = with_cards(Candidate.objects.filter(**read_in).exclude(state=State.SUPERSEDED))
    rules = with_rules(NormCandidate.objects.filter(**read_in).exclude(state=State.SUPERSEDED))
    of_cards, of_rules = fates(cards, rules)
    sealed = sealed_of([one.pk for one in responses if not one.withdrawn_at])

    def root(thing: Candidate | NormCandidate) -> UUID:
        return roots[thing.reading.revision.response_id]

    def told(response: Any) -> dict[str, Any]:
        language = spoken(request, response.prompt.inquiry.languages)
        own = [card for card in cards if root(card) == response.pk]
        return {
            "response": response,
            "asked": response.prompt.asked_in(language),
            "language": language,
            "latest": words.get(response.pk),
            "quotes": marked(own),
            "cards": [of_cards[card.pk] for card in own],
            "norms": [of_rules[rule.pk] for rule in rules if root(rule) == response.pk],
            "follow_ups": [
                (more, words.get(more.reply.pk) if hasattr(more, "reply") else None)
                for more in asked_more
                if more.root_id == response.pk
            ],
            "status": statuses.status_of(response),
            "unreadable": response.unreadable,
            "sealed": sealed.get(response.pk),
        }

    return [told(response) for response in responses]


def _asked_more(roots: list[UUID]) -> list[FollowUp]:
    """What was asked beneath these answers, each with the reply at hand, where there is one."""
    asked = FollowUp.objects.filter(root__in=roots).select_related("reply")
    return list(asked.order_by("number"))


def latest_of(responses: Iterable[UUID]) -> dict[UUID, Revision]:
    """The words of each answer as they stand now; of one that was withdrawn there are none."""
    found = Revision.objects.filter(response__in=list(responses))
    latest = found.order_by("response_id", "-number").distinct("response_id")
    return {one.response_id: one for one in latest}


def marked(cards: Iterable[Candidate]) -> list[Quote]:
    """The quotes that are marked in the words: those of cards their author has not set aside."""
    standing = (card for card in cards if card.state != State.REJECTED)
    return [quote for card in standing for one in card.policies.all() for quote in one.quotes.all()]
