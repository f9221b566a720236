"""A citizen's own page: each answer, what became of it, how it was understood; change it, or take it back."""

from typing import Any
from uuid import UUID

from django import forms
from django.conf import settings
from django.contrib import messages
from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views import View

from deliberation.artifacts import statuses
from deliberation.artifacts.models import Clause
from deliberation.assemblies import gates, queries
from deliberation.assemblies.actions import taking_part
from deliberation.assemblies.models import Membership
from deliberation.moderation.meanings import decisions_about, named, standing
from deliberation.moderation.models import Appeal, Decision
from deliberation.moderation.queries import open_question
from deliberation.opinion.exclusions import judged_of
from deliberation.web.citizen import rating
from deliberation.web.citizen.answering import around
from deliberation.web.citizen.receipts import sealed
from deliberation.web.citizen.surveying import is_there_for
from deliberation.web.citizen.unsent import begun_by, unsent_about, version_of
from deliberation.web.forms import KindForm, again, see_other, unix_breaks
from deliberation.web.seats import seat, spoken
from elicitation.extraction.models import Candidate, NormCandidate, Quote, ReadingRequest
from elicitation.graph.models import Value
from elicitation.graph.queries import open_likenesses
from elicitation.interview.models import Response, ResponseQuerySet
from elicitation.interview.queries import thread_ids
from elicitation.interview.texts import LONGEST


class Mine(View):
    page = "citizen/mine.html"

    def get(self, request: HttpRequest, slug: str) -> HttpResponse:
        member = seat(request, slug)
        answers = [story(request, response) for response in statuses.flagged(own(member))]
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
    """A member's answers, in the order of the prompts."""
    own: ResponseQuerySet = member.respondent.responses.select_related("prompt__inquiry")
    return own.to_prompts().order_by("prompt__position")


def story(request: HttpRequest, response: Response) -> dict[str, Any]:
    """All that is shown of one answer to its author. `response` carries the flags of statuses.flagged."""
    thread = thread_ids(response.pk)
    cards = list(
        Candidate.objects.filter(reading__revision__response__in=thread)
        .exclude(state=Candidate.State.SUPERSEDED)
        .select_related("reading", "evidence__value__root", "rating")
        .prefetch_related("policies__quotes", "decisions", "edits")
    )
    quotes = Quote.objects.filter(policy__candidate__in=cards).exclude(
        policy__candidate__state=Candidate.State.REJECTED
    )
    norms = (
        NormCandidate.objects.filter(reading__revision__response__in=thread)
        .exclude(state=NormCandidate.State.SUPERSEDED)
        .select_related("reading", "evidence__norm")
        .prefetch_related("quotes", "serves")
    )
    language = spoken(request, response.prompt.inquiry.languages)
    return {
        "response": response,
        "asked": response.prompt.asked_in(language),
        "language": language,
        "latest": response.latest,
        "quotes": list(quotes),
        "cards": [fate(card) for card in cards],
        "norms": [rule_fate(rule) for rule in norms],
        "follow_ups": list(response.follow_ups.select_related("revision", "reply")),
        "status": statuses.status_of(response),
        "unreadable": _unreadable(response),
        "sealed": sealed(response),
    }


def _unreadable(response: Response) -> bool:
    """Whether the reader program does not know the language of an answer."""
    asked = ReadingRequest.objects.filter(revision__response=response, why="unreadable_language")
    return asked.exists()


def fate(card: Candidate) -> dict[str, Any]:
    """A card and where it went: the moderator's question or decision, its value, the clauses it stands behind."""
    evidence = getattr(card, "evidence", None)
    value = evidence.value.root if evidence else None
    published = Clause.objects.filter(version__published_at__isnull=False)
    clauses = (
        published.filter(values__root=value).distinct().select_related("version__artifact")
        if value
        else []
    )
    return {
        "card": card,
        "value": value,
        "question": open_question(card),
        "decision": standing_decision(card, value),
        "likenesses": [] if value else list(open_likenesses(card)),
        "meant": standing().filter(candidate=card).first(),
        "steps": steps(card),
        "clauses": list(clauses),
        **rating.around(card),
    }


def rule_fate(rule: NormCandidate) -> dict[str, Any]:
    """A rule and where it went: the shared rule it stands in, whether its author is to say if that is what they meant, and what was decided."""
    evidence = getattr(rule, "evidence", None)
    shared = evidence.norm if evidence else None
    worded_by_other = shared is not None and shared.worded_from_id != rule.pk
    owned = rule.state in (NormCandidate.State.CONFIRMED, NormCandidate.State.EDITED)
    return {
        "norm": rule,
        "shared": shared,
        "meant": evidence if worded_by_other else None,
        "kept_back": owned and any(not quote.public for quote in rule.quotes.all()),
        "steps": steps(rule),
    }


def steps(card: Candidate | NormCandidate) -> list[tuple[Decision, Appeal | None]]:
    """What was decided about a card or rule, the oldest first, each with the appeal of its author against it.

    What was said of words the author has changed since is no longer the answer to them.
    """
    own = {named(card): card}
    passing = Q(kind__in=["reject", "send_back", "drop_rule"], **own)
    decided = list(decisions_about(card).exclude(passing & ~Q(card_version=card.version)))
    made = Appeal.objects.filter(decision__in=decided, **own).exclude(state=Appeal.State.WITHDRAWN)
    appeals = {one.decision_id: one for one in made}
    return [(decision, appeals.get(decision.pk)) for decision in decided]


def standing_decision(card: Candidate, value: Value | None) -> Decision | None:
    """What was decided on the card as it stands now, or what put it into its value.

    A rejection of words the author has changed since is no longer the answer to them.
    """
    living = [d for d in card.decisions.all() if d.undone_at is None]
    fitting = [
        d for d in living if d.card_version == card.version or (value and d.value_id == value.pk)
    ]
    return fitting[-1] if fitting else None
