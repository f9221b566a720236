"""A citizen answers, and is told "received" only once the answer is kept."""

from typing import Any
from uuid import UUID, uuid4

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views import View

from deliberation.assemblies import gates, queries
from deliberation.assemblies.actions import taking_part
from deliberation.assemblies.models import Membership, Phase
from deliberation.web.citizen.joining import agreed
from deliberation.web.citizen.receipts import sealed
from deliberation.web.citizen.surveying import waits_for
from deliberation.web.citizen.unsent import unsent_about, version_of
from deliberation.web.forms import KindForm, again, see_other, unix_breaks
from deliberation.web.seats import seat, spoken
from elicitation.interview.drafts import Words
from elicitation.interview.errors import AlreadyAnswered
from elicitation.interview.models import Prompt, Response, ResponseQuerySet
from elicitation.interview.texts import LONGEST


class AnswerForm(KindForm):
    """The words, exactly as typed, and a key so that sending twice is sending once."""

    text = forms.CharField(
        label=_("Your words"),
        max_length=LONGEST,
        strip=False,
        widget=forms.Textarea(attrs={"class": "large", "dir": "auto"}),
        error_messages={"required": _("Please write something first, or skip this question.")},
    )
    key = forms.CharField(max_length=64, widget=forms.HiddenInput)

    def words_in(self, language: str) -> Words:
        """What was typed, once it is valid."""
        return Words(self.cleaned_data["text"], language, self.cleaned_data["key"])


class Answering(View):
    page = "citizen/answering.html"

    def get(self, request: HttpRequest, slug: str, prompt_id: UUID) -> HttpResponse:
        member = seat(request, slug)
        prompt = gates.prompt(member.assembly, prompt_id)
        page = around(request, member, prompt)
        if not page["agreed"]:
            return redirect("citizen:consenting", slug)
        if given := answers_to(member, prompt).first():
            return redirect("citizen:changing", slug=slug, response_id=given.pk)
        begun = unsent_about(member, prompt.pk)
        form = AnswerForm(initial={"key": uuid4().hex, "text": begun.text if begun else ""})
        return render(
            request, self.page, {"form": form, "version": version_of(begun), "begun": begun, **page}
        )

    def post(self, request: HttpRequest, slug: str, prompt_id: UUID) -> HttpResponse:
        member = seat(request, slug)
        prompt = gates.prompt(member.assembly, prompt_id)
        form = AnswerForm(unix_breaks(request.POST))
        language = spoken(request, prompt.inquiry.languages)
        try:
            response = form.attempt(
                lambda: taking_part.answer(member, prompt, form.words_in(language)),
                passing=(AlreadyAnswered,),
            )
        except AlreadyAnswered as refused:
            if given := answers_to(member, prompt).first():
                return self._instead(request, member, given, form)
            form.add_error(None, str(refused))  # taken back just now: sent once more it is kept
            response = None
        if response is None:
            return again(request, self.page, form, around(request, member, prompt))
        return see_other("citizen:received", slug=slug, response_id=response.pk)

    def _instead(
        self, request: HttpRequest, member: Membership, given: Response, form: AnswerForm
    ) -> HttpResponse:
        """Answered already, in another window perhaps: offer to put these words in place of those."""
        form.add_error(
            None, _("You have answered this before. Nothing is lost: send, to change it to this.")
        )
        context = {**around(request, member, given.prompt), "response": given}
        return render(request, "citizen/changing.html", {**context, "form": form}, status=409)


class Received(View):
    page = "citizen/received.html"

    def get(self, request: HttpRequest, slug: str, response_id: UUID) -> HttpResponse:
        member = seat(request, slug)
        response = gates.own_response(member, response_id)
        code = gates.receipt_code(member)
        link = request.build_absolute_uri(reverse("citizen:back", args=[code])) if code else ""
        asked_next = queries.next_prompt(member)
        at_the_end = asked_next is None and not member.assembly.weighing_is_open
        context = {
            "response": response,
            "code": code,
            "link": link,
            "assembly": member.assembly,
            "next": asked_next,
            "sealed": sealed(response),
            "survey_waits": at_the_end and waits_for(member),
        }
        return render(request, self.page, context)


def answers_to(member: Membership, prompt: Prompt) -> ResponseQuerySet:
    """This member's standing answers to a prompt: one, unless two windows sent at the same moment."""
    own: ResponseQuerySet = member.respondent.responses.filter(prompt=prompt)
    return own.standing().to_prompts()


def around(request: HttpRequest, member: Membership, prompt: Prompt) -> dict[str, Any]:
    """What a prompt's page shows beside the form."""
    prompts = list(queries.prompts_of(member.assembly))
    place = [p.pk for p in prompts].index(prompt.pk)
    language = spoken(request, prompt.inquiry.languages)
    return {
        "assembly": member.assembly,
        "agreed": agreed(member),
        "language": language,
        "prompt": prompt,
        "asked": prompt.asked_in(language),
        "help": prompt.help_in(language),
        "example": prompt.example_in(language),
        "place": place + 1,
        "places": len(prompts),
        "skip_to": prompts[place + 1] if place + 1 < len(prompts) else None,
        "phase": member.assembly.phase(Phase.Kind.ANSWERING),
    }
