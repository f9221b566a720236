"""A researcher reads the agreement of an assembly, names a purpose, and accepts it before taking data along."""

from copy import copy
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views import View

from deliberation.assemblies import gates
from deliberation.assemblies.actions import research
from deliberation.assemblies.models import LONGEST_PURPOSE, Assembly
from deliberation.assemblies.terms import standing, terms_in
from deliberation.web.forms import KindForm, again, see_other
from deliberation.web.seats import tongue


class UndertakingForm(KindForm):
    purpose = forms.CharField(
        label=gettext_lazy("What you study"),
        help_text=gettext_lazy("In a sentence or two. Whoever runs the assembly reads it."),
        max_length=LONGEST_PURPOSE,
        widget=forms.Textarea(attrs={"rows": 3, "dir": "auto"}),
    )
    accept = forms.BooleanField(
        label=gettext_lazy("I accept this agreement."),
        error_messages={
            "required": gettext_lazy("Without accepting it you cannot take data along.")
        },
    )
    seen = forms.IntegerField(widget=forms.HiddenInput)


class Undertaking(View):
    page = "researcher/undertaking.html"

    def get(self, request: HttpRequest, slug: str) -> HttpResponse:
        assembly = gates.researcher(slug, request.user)
        form = UndertakingForm(initial={"seen": assembly.terms_version})
        return render(request, self.page, {"form": form, **around(assembly, request.user)})

    def post(self, request: HttpRequest, slug: str) -> HttpResponse:
        assembly, account = gates.researcher(slug, request.user), request.user
        form = UndertakingForm(request.POST)
        if form.attempt(lambda: _undertake(assembly, account, form.cleaned_data)) is None:
            return again(request, self.page, _reading_now(form, assembly), around(assembly, account))  # fmt: skip
        messages.success(request, _("Accepted. You may take data along now."))
        return see_other("researcher:files", slug=slug)


def around(assembly: Assembly, account: Any) -> dict[str, Any]:
    """The agreement, and what this account has accepted of it."""
    return {
        "assembly": assembly,
        "title": assembly.titled_in(tongue()),
        "terms": terms_in(assembly, tongue()),
        "accepted": standing(assembly, account.pk),
    }


def _undertake(assembly: Assembly, account: Any, got: dict[str, Any]) -> object:
    return research.undertake(assembly, account, got["purpose"], got["seen"], tongue())


def _reading_now(form: UndertakingForm, assembly: Assembly) -> UndertakingForm:
    """The form as it was sent, for the version the page now shows: it is to be accepted anew where that is another."""
    kept: Any = copy(form.data)  # a copy may be changed
    if kept.get("seen") != str(assembly.terms_version):
        kept["seen"] = str(assembly.terms_version)
        kept.pop("accept", None)
    form.data = kept
    return form
