"""What was decided on a citizen's own cards: whether a value still says what they meant, and asking that somebody else looks again."""

from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views import View

from deliberation.assemblies import gates
from deliberation.assemblies.errors import NotHere
from deliberation.assemblies.models import Membership
from deliberation.moderation import meanings
from deliberation.moderation.actions import appealing, meaning
from deliberation.moderation.models import Appeal, Decision, Meaning
from deliberation.web.forms import KindForm, again, see_other
from deliberation.web.seats import seat
from elicitation.extraction.models import Candidate, NormCandidate

Own = Candidate | NormCandidate
ANSWERS = [(a.value, a.label) for a in Meaning.Answer if a]


class MeaningForm(KindForm):
    answer = forms.ChoiceField(choices=ANSWERS)
    words = forms.CharField(max_length=meaning.LONGEST, required=False)


class Meant(View):
    """One question: is this still what you meant?"""

    page = "citizen/meant.html"

    def get(self, request: HttpRequest, slug: str, meaning_id: UUID) -> HttpResponse:
        member = seat(request, slug)
        return render(request, self.page, _asked(member, own_meaning(member, meaning_id)))

    def post(self, request: HttpRequest, slug: str, meaning_id: UUID) -> HttpResponse:
        member = seat(request, slug)
        asked = own_meaning(member, meaning_id)
        form = MeaningForm(request.POST)
        said = form.attempt(lambda: self._say(member, asked, form.cleaned_data))
        if said is None:
            return again(request, self.page, form, _asked(member, asked))
        told = {
            Meaning.Answer.SAME: _("Thank you. It is counted that you agree with these words."),
            Meaning.Answer.NOT_QUITE: _("Thank you. A person looks at it, with what you wrote."),
            Meaning.Answer.NO: _(
                "Thank you. A person looks at it again. Your own words stay yours."
            ),
        }
        messages.success(request, told[Meaning.Answer(said.answer)])
        return see_other("citizen:mine", slug=slug)

    def _say(self, member: Membership, asked: Meaning, got: dict[str, Any]) -> Meaning:
        return meaning.answer_meaning(member, asked, Meaning.Answer(got["answer"]), got["words"])


class AppealForm(KindForm):
    words = forms.CharField(
        label=gettext_lazy("What should be looked at again?"),
        max_length=1200,
        widget=forms.Textarea(attrs={"rows": 4, "dir": "auto"}),
    )


class Appealing(View):
    """Ask that somebody else looks at a decision on one's own card again."""

    page = "citizen/appealing.html"

    def get(
        self, request: HttpRequest, slug: str, about_id: UUID, decision_id: UUID
    ) -> HttpResponse:
        member = seat(request, slug)
        card, decision = self._own(member, about_id, decision_id)
        made = Appeal.objects.filter(decision=decision, respondent=member.respondent).first()
        form = AppealForm(initial={"words": made.words if made else ""})
        return render(request, self.page, _around(member, card, decision, form=form))

    def post(
        self, request: HttpRequest, slug: str, about_id: UUID, decision_id: UUID
    ) -> HttpResponse:
        member = seat(request, slug)
        card, decision = self._own(member, about_id, decision_id)
        if "take_back" in request.POST:
            made = Appeal.objects.filter(decision=decision, respondent=member.respondent).first()
            if made is None:
                raise NotHere
            appealing.take_back_appeal(member, made)
            messages.success(request, _("Taken back."))
            return see_other("citizen:mine", slug=slug)
        form = AppealForm(request.POST)
        asked = form.attempt(
            lambda: appealing.appeal(member, card, decision, form.cleaned_data["words"])
        )
        if asked is None:
            return again(request, self.page, form, _around(member, card, decision))
        messages.success(request, _("Somebody else than who decided will look at it again."))
        return see_other("citizen:mine", slug=slug)

    def _own(self, member: Membership, about_id: UUID, decision_id: UUID) -> tuple[Own, Decision]:
        """The card of this member's and what was decided about it. Raises NotHere."""
        return _decided(gates.own_card(member, about_id), decision_id)


class AppealingRule(Appealing):
    """The same of one's own rule."""

    def _own(self, member: Membership, about_id: UUID, decision_id: UUID) -> tuple[Own, Decision]:
        """The rule of this member's and what was decided about it. Raises NotHere."""
        return _decided(gates.own_norm(member, about_id), decision_id)


def own_meaning(member: Membership, meaning_id: UUID) -> Meaning:
    """A question asked of this member, also one that is asked no more. Raises NotHere."""
    mine = Meaning.objects.filter(**{meanings.AUTHOR: member.respondent_id})
    if found := mine.select_related("value", "candidate").filter(pk=meaning_id).first():
        return found
    raise NotHere


def _decided(own: Own, decision_id: UUID) -> tuple[Own, Decision]:
    if found := meanings.decisions_about(own).filter(pk=decision_id).first():
        return own, found
    raise NotHere


def _asked(member: Membership, asked: Meaning) -> dict[str, Any]:
    return {"assembly": member.assembly, "asked": asked, "answers": ANSWERS}


def _around(member: Membership, card: Own, decision: Decision, **more: Any) -> dict[str, Any]:
    made = Appeal.objects.filter(decision=decision, respondent=member.respondent).first()
    return {
        "assembly": member.assembly,
        "card": card,
        "decision": decision,
        "made": made,
        **more,
    }
