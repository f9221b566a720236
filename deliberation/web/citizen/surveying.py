"""How was it? Six questions at the end of a citizen's way, where the assembly asks them: left out, changed or erased at any time."""

from typing import Any

from django import forms
from django.contrib import messages
from django.db.models import Exists, Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views import View

from deliberation.assemblies.actions import surveying
from deliberation.assemblies.models import Membership, Survey, SurveyAnswer, SurveyReply
from deliberation.opinion.withholding import FEWEST_OF_STRATUM
from deliberation.web.forms import KindForm, again, see_other
from deliberation.web.seats import seat

POINTS = [
    ("5", gettext_lazy("Fully")),
    ("4", gettext_lazy("Mostly")),
    ("3", gettext_lazy("Partly")),
    ("2", gettext_lazy("Hardly")),
    ("1", gettext_lazy("Not at all")),
    ("", gettext_lazy("I would rather not say")),
]


class SurveyForm(KindForm):
    """One sentence a question; "" says nothing."""

    def __init__(self, said: dict[str, int], data: Any = None) -> None:
        super().__init__(data)
        for code, sentence in SurveyAnswer.Question.choices:
            self.fields[code] = forms.ChoiceField(
                label=sentence,
                choices=POINTS,
                initial=str(said.get(code, "")),
                required=False,
                widget=forms.RadioSelect,
            )

    @property
    def said(self) -> dict[str, int]:
        return {code: int(answer) for code, answer in self.cleaned_data.items() if answer}


class HowItWas(View):
    page = "citizen/survey.html"

    def get(self, request: HttpRequest, slug: str) -> HttpResponse:
        member = seat(request, slug)
        around = _around(member)
        if not (around["is_on"] or around["replied"]):
            return redirect("citizen:mine", slug=slug)
        return render(request, self.page, {"form": SurveyForm(around["said"]), **around})

    def post(self, request: HttpRequest, slug: str) -> HttpResponse:
        member = seat(request, slug)
        if request.POST.get("do") == "erase":
            surveying.forget(member)
            messages.success(request, _("Erased."))
            return see_other("citizen:mine", slug=slug)
        leaves = request.POST.get("do") == "leave"
        around = _around(member)
        form = SurveyForm(around["said"], {} if leaves else request.POST)
        if form.attempt(lambda: surveying.reply(member, form.said)) is None:
            return again(request, self.page, form, around)
        messages.success(
            request,
            _("You will not be asked again.")
            if leaves
            else _("Kept. Thank you. You can change it under My answers."),
        )
        return see_other("citizen:mine", slug=slug)


def waits_for(member: Membership) -> bool:
    """Whether the six questions are to be put before this member: they are asked, and the member has not seen to them."""
    asked = Survey.objects.filter(assembly=member.assembly_id, ended_at=None)
    return asked.exclude(replies__respondent=member.respondent_id).exists()


def is_there_for(member: Membership) -> Q:
    """Whether there is a page of them for this member, as a condition: they are asked, or the member said something."""
    asked = Survey.objects.filter(assembly=member.assembly_id, ended_at=None)
    said = SurveyReply.objects.filter(respondent=member.respondent_id)
    return Q(Exists(asked)) | Q(Exists(said))


def _around(member: Membership) -> dict[str, Any]:
    said = SurveyAnswer.objects.filter(reply__respondent=member.respondent_id)
    return {
        "assembly": member.assembly,
        "is_on": Survey.objects.filter(assembly=member.assembly_id, ended_at=None).exists(),
        "replied": SurveyReply.objects.filter(respondent=member.respondent_id).exists(),
        "said": dict(said.values_list("question", "answer")),
        "fewest": FEWEST_OF_STRATUM,
    }
