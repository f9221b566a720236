"""A citizen's own page: each answer, what became of it, how it was understood; change it, or take it back."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django import forms
from django.conf import settings
from django.contrib import messages
from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import BooleanField, Exists, ExpressionWrapper, OuterRef, Subquery
from django.db.models.functions import JSONObject
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
from elicitation.extraction.models import Candidate, NormCandidate, Quote
from elicitation.interview.models import FollowUp, Response, ResponseQuerySet, Revision
from elicitation.interview.texts import LONGEST

State = Candidate.State


@dataclass(frozen=True, slots=True)
class Beneath:
    """What was asked beneath an answer, and the reply's key and words as they stand, where there are any."""

    asked: FollowUp
    reply: UUID | None
    words: Revision | None


class Mine(View):
    page = "citizen/mine.html"

    def get(self, request: HttpRequest, slug: str) -> HttpResponse:
        member = seat(request, slug)
        answers, around = own(member), surroundings(member)
        prompts = list(queries.prompts_for(member))
        stories = stories_of(request, answers)
        code = gates.receipt_code(member)
        language = spoken(request, member.assembly.languages)
        context = {
            "can_write": bool(settings.MAIL_FROM),
            "assembly": member.assembly,
            "title": member.assembly.titled_in(language),
            "begun": list(begun_by(slug, language, around["begun"], prompts, answers)),
            "answers": stories,
            "seat_number": member.pk,
            "counted_once": around["judged"],
            "next": next((prompt for prompt in prompts if not prompt.answered), None),
            "survey": around["survey"],
            "strata": around["strata"],
            "code": code,
            "link": request.build_absolute_uri(reverse("citizen:back", args=[code]))
            if code
            else "",
            "reading": any(a["status"] == statuses.Status.WAITING for a in stories),
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


def surroundings(member: Membership) -> dict[str, Any]:
    """What else the page tells of a member, in one query: `judged` to be one of several seats, a `survey`, `strata` asked of, and the keys of what was `begun`, the latest first."""
    told = {
        "judged": Exists(judged_of(member)),
        "survey": ExpressionWrapper(is_there_for(member), output_field=BooleanField()),
        "strata": Exists(member.assembly.strata.all()),
        "begun": ArraySubquery(member.unsent.order_by("-at").values("about")),
    }
    found: dict[str, Any] = Membership.objects.annotate(**told).values(*told).get(pk=member.pk)
    return found


def own(member: Membership) -> list[Any]:
    """A member's answers with their flags (statuses.flagged_few), in the order of the prompts, in one query.

    Each has `words`: as they stand now, none once withdrawn; `beneath`: what was asked once more.
    """
    own: ResponseQuerySet = member.respondent.responses.select_related("prompt__inquiry")
    more = FollowUp.objects.filter(root=OuterRef("pk")).order_by("number")
    asked = {name: name for name in ("pk", "number", "kind", "state", "asked")}
    said = JSONObject(**asked, reply_to="reply__pk", words=latest(OuterRef("reply__pk")))
    rows = own.to_prompts().annotate(
        told_words=latest(OuterRef("pk")),
        told_more=ArraySubquery(more.values(told=said)),
    )
    found = statuses.flagged_few(rows.order_by("prompt__position"))
    for answer in found:
        answer.words = answer.told_words and Revision(**answer.told_words)
        answer.beneath = [_beneath(dict(one)) for one in answer.told_more]
    return found


def _beneath(told: dict[str, Any]) -> Beneath:
    reply, words = told.pop("reply_to"), told.pop("words")
    return Beneath(FollowUp(**told), reply and UUID(reply), words and Revision(**words))


def latest(response: OuterRef) -> Subquery:
    """The words of an answer as they stand now, as the fields of a Revision."""
    words = JSONObject(pk="pk", text="text", language="language", by_helper="by_helper")
    found = Revision.objects.filter(response=response).order_by("-number")
    return Subquery(found.values(told=words)[:1])


def stories_of(request: HttpRequest, answers: list[Any]) -> list[dict[str, Any]]:
    """All that is shown of a member's answers (see own), with one query for each kind of thing; none where there are none."""
    if not answers:
        return []
    roots = {one.pk: one.pk for one in answers}
    roots |= {more.reply: one.pk for one in answers for more in one.beneath if more.reply}
    read_in = {"reading__revision__response__in": roots}
    cards = with_cards(Candidate.objects.filter(**read_in).exclude(state=State.SUPERSEDED))
    rules = with_rules(NormCandidate.objects.filter(**read_in).exclude(state=State.SUPERSEDED))
    of_cards, of_rules = fates(cards, rules)
    sealed = sealed_of([one.pk for one in answers if not one.withdrawn_at])

    def root(thing: Candidate | NormCandidate) -> UUID:
        found: UUID = roots[thing.reading.revision.response_id]
        return found

    def told(answer: Any) -> dict[str, Any]:
        language = spoken(request, answer.prompt.inquiry.languages)
        own = [card for card in cards if root(card) == answer.pk]
        return {
            "response": answer,
            "asked": answer.prompt.asked_in(language),
            "language": language,
            "latest": answer.words,
            "quotes": marked(own),
            "cards": [of_cards[card.pk] for card in own],
            "norms": [of_rules[rule.pk] for rule in rules if root(rule) == answer.pk],
            "follow_ups": [(more.asked, more.words) for more in answer.beneath],
            "status": statuses.status_of(answer),
            "unreadable": answer.unreadable,
            "sealed": sealed.get(answer.pk),
        }

    return [told(answer) for answer in answers]


def marked(cards: Iterable[Any]) -> list[Quote]:
    """The quotes that are marked in the words: those of cards their author has not set aside."""
    standing = (card for card in cards if card.state != State.REJECTED)
    return [quote for card in standing for _, quotes in card.knots for quote in quotes]
