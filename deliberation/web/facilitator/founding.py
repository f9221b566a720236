"""A facilitator founds an assembly: from a template, or from one sentence of what it is about."""

from typing import Any

from django import forms
from django.conf import settings
from django.contrib import messages
from django.contrib.auth.mixins import LoginRequiredMixin
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views import View

from deliberation.artifacts.models import Artifact
from deliberation.assemblies.actions import setting_up
from deliberation.assemblies.actions.outlining import LONGEST
from deliberation.assemblies.ready import ready, said
from deliberation.web.facilitator.founding_form import FoundingForm, Start
from deliberation.web.forms import KindForm, again, language_name
from deliberation.web.seats import tongue


class SentenceForm(KindForm):
    sentence = forms.CharField(
        label=gettext_lazy("What it is about, in one sentence"),
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 2, "dir": "auto"}),
    )
    language = forms.ChoiceField(label=gettext_lazy("Language"))

    def __init__(self, data: Any = None) -> None:
        super().__init__(data, initial={"language": tongue()})
        field: Any = self.fields["language"]
        tags = dict.fromkeys([*dict(settings.LANGUAGES), *ready()["town"].languages])
        field.choices = [(tag, language_name(tag)) for tag in tags]


class Founding(LoginRequiredMixin, View):
    page = "facilitator/founding.html"

    def get(self, request: HttpRequest) -> HttpResponse:
        start = start_of(request)
        if start is None:
            return render(request, "facilitator/beginnings.html", offered())
        return render(request, self.page, {"form": FoundingForm(start)})

    def post(self, request: HttpRequest) -> HttpResponse:
        start = start_of(request)
        if start is None:
            return redirect("facilitator:founding")
        account: Any = request.user
        form = FoundingForm(start, request.POST)
        assembly = form.attempt(lambda: setting_up.found(form.draft(), account))
        if assembly is None:
            return again(request, self.page, form)
        messages.success(request, _("Your assembly is founded. What it still needs is said here."))
        return redirect("facilitator:dashboard", slug=assembly.slug)


def start_of(request: HttpRequest) -> Start | None:
    """The template the address names, in the reader's language; None where it names none."""
    template = ready().get(request.GET.get("template", ""))
    return Start(template, tongue()) if template else None


def offered() -> dict[str, Any]:
    """The templates in the reader's language, with what is in each, and the form for a sentence."""
    kinds, tag = dict(Artifact.Kind.choices), tongue()
    cards = [
        {
            "key": key,
            "name": said(one.name, tag),
            "about": said(one.about, tag),
            "question": said(one.question, tag),
            "prompts": [said(prompt.wording, tag) for prompt in one.prompts],
            "contexts": [said(context, tag) for context in one.contexts],
            "strata": [said(stratum.wording, tag) for stratum in one.strata],
            "document": kinds[one.document_kind],
            "languages": [language_name(code) for code in one.languages],
        }
        for key, one in ready().items()
    ]
    return {"cards": cards, "form": SentenceForm()}
