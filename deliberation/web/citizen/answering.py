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
from deliberation.web.forms import KindForm, again
from deliberation.web.seats import seat, tongue
from elicitation.interview.drafts import Words
from elicitation.interview.models import Prompt
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


class Answering(View):
    page = "citizen/answering.html"

    def get(self, request: HttpRequest, slug: str, prompt_id: UUID) -> HttpResponse:
        member = seat(request, slug)
        prompt = gates.prompt(member.assembly, prompt_id)
        if given := member.respondent.responses.standing().filter(prompt=prompt).first():
            return redirect("citizen:changing", slug=slug, response_id=given.pk)
        form = AnswerForm(initial={"key": uuid4().hex})
        return render(request, self.page, {"form": form, **around(member, prompt)})

    def post(self, request: HttpRequest, slug: str, prompt_id: UUID) -> HttpResponse:
        member = seat(request, slug)
        prompt = gates.prompt(member.assembly, prompt_id)
        form = AnswerForm(unix_breaks(request.POST))
        response = form.attempt(
            lambda: taking_part.answer(
                member, prompt, Words(form.cleaned_data["text"], tongue(), form.cleaned_data["key"])
            )
        )
        if response is None:
            return again(request, self.page, form, around(member, prompt))
        return redirect("citizen:received", slug=slug, response_id=response.pk)


class Received(View):
    page = "citizen/received.html"

    def get(self, request: HttpRequest, slug: str, response_id: UUID) -> HttpResponse:
        member = seat(request, slug)
        response = gates.own_response(member, response_id)
        code = gates.receipt_code(member)
        link = request.build_absolute_uri(reverse("citizen:back", args=[code])) if code else ""
        context = {
            "response": response,
            "code": code,
            "link": link,
            "assembly": member.assembly,
            "next": queries.next_prompt(member),
        }
        return render(request, self.page, context)


def around(member: Membership, prompt: Prompt) -> dict[str, Any]:
    """What a prompt's page shows beside the form."""
    prompts = list(queries.prompts_of(member.assembly))
    place = [p.pk for p in prompts].index(prompt.pk)
    language = tongue()
    return {
        "assembly": member.assembly,
        "title": member.assembly.titled_in(language),
        "prompt": prompt,
        "asked": prompt.asked_in(language),
        "help": prompt.help_in(language),
        "example": prompt.example_in(language),
        "place": place + 1,
        "places": len(prompts),
        "skip_to": prompts[place + 1] if place + 1 < len(prompts) else None,
        "phase": member.assembly.phases.filter(kind=Phase.Kind.ANSWERING).first(),
    }


def unix_breaks(posted: Any) -> Any:
    """The form as sent, with line breaks as they were typed: browsers send CR LF for each of them."""
    copy = posted.copy()
    copy["text"] = posted.get("text", "").replace("\r\n", "\n")
    return copy
