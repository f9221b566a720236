"""Who runs an assembly reads all measures of it, asks the six questions or not, and sets how much is judged by two."""

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views import View

from deliberation.assemblies import gates
from deliberation.assemblies.actions import surveying
from deliberation.assemblies.models import Assembly, Survey, SurveyAnswer
from deliberation.moderation.actions.looking import ask_a_second
from deliberation.moderation.agreement import WHOLE
from deliberation.moderation.second_looks import share_asked
from deliberation.web import measured
from deliberation.web.facilitator.dashboard import frame
from deliberation.web.forms import KindForm, again, see_other


class ShareForm(KindForm):
    """How much of what waits is judged by two."""

    per_cent = forms.IntegerField(
        label=gettext_lazy("Of a hundred cases, so many are asked of a second moderator"),
        min_value=0,
        max_value=WHOLE,
        widget=forms.NumberInput(attrs={"inputmode": "numeric"}),
    )


class Measures(View):
    page = "facilitator/measures.html"

    def get(self, request: HttpRequest, slug: str) -> HttpResponse:
        assembly = gates.facilitator(slug, request.user)
        form = ShareForm(initial={"per_cent": share_asked(assembly)})
        return render(request, self.page, {"form": form, **_around(assembly)})

    def post(self, request: HttpRequest, slug: str) -> HttpResponse:
        assembly = gates.facilitator(slug, request.user)
        wish = request.POST.get("do")
        if wish == "ask":
            surveying.ask_at_the_end(assembly)
            messages.success(request, _("The six questions are put before people at the end."))
        elif wish == "end":
            surveying.ask_no_more(assembly)
            messages.success(request, _("They are asked no more. What was said stays."))
        else:
            form = ShareForm(request.POST)
            share = form.attempt(lambda: ask_a_second(assembly, form.cleaned_data["per_cent"]))
            if share is None:
                return again(request, self.page, form, _around(assembly))
            messages.success(request, _("Kept. It holds for what is decided from now on."))
        return see_other("facilitator:measures", slug=slug)


class MeasuresFile(View):
    def get(self, request: HttpRequest, slug: str) -> HttpResponse:
        return measured.table(gates.facilitator(slug, request.user), f"{slug}-measures.csv")


def _around(assembly: Assembly) -> dict[str, Any]:
    asked = Survey.objects.filter(assembly=assembly, ended_at=None).exists()
    return {
        "sections": measured.sections(assembly),
        "survey_is_on": asked,
        "sentences": SurveyAnswer.Question.labels,
        **frame(assembly),
    }
