"""A facilitator sets the agreement researchers accept before they take data along, and sees who has accepted it, for what."""

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views import View

from deliberation.assemblies import gates
from deliberation.assemblies.actions import research
from deliberation.assemblies.models import Assembly
from deliberation.assemblies.terms import OURS
from deliberation.web.facilitator.dashboard import frame
from deliberation.web.forms import KindForm, again, language_name, see_other


class TermsForm(KindForm):
    """The agreement in each language of the assembly; empty in all of them for ours."""

    def __init__(self, assembly: Assembly, data: Any = None) -> None:
        super().__init__(data, initial=assembly.terms)
        for language in assembly.languages:
            self.fields[language] = forms.CharField(
                label=language_name(language),
                required=False,
                max_length=4000,
                widget=forms.Textarea(attrs={"rows": 6, "dir": "auto", "lang": language}),
            )


class Researching(View):
    page = "facilitator/researching.html"

    def get(self, request: HttpRequest, slug: str) -> HttpResponse:
        assembly = gates.facilitator(slug, request.user)
        return render(request, self.page, {"form": TermsForm(assembly), **around(assembly)})

    def post(self, request: HttpRequest, slug: str) -> HttpResponse:
        assembly = gates.facilitator(slug, request.user)
        form = TermsForm(assembly, request.POST)
        if form.attempt(lambda: research.set_terms(assembly, form.cleaned_data)) is None:
            return again(request, self.page, form, around(assembly))
        messages.success(request, _("Kept. Who accepted other words is asked anew before taking more."))  # fmt: skip
        return see_other("facilitator:researching", slug=slug)


def around(assembly: Assembly) -> dict[str, Any]:
    """Our words, which hold where the assembly has none, and what was accepted, the newest first."""
    return {
        **frame(assembly),
        "ours": OURS,
        "undertakings": assembly.undertakings.select_related("assembly"),
    }
