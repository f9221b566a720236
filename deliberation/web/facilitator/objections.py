"""A facilitator answers objections to a draft in public: sustains one, takes its words into the clause, or says why not."""

from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views import View

from deliberation.artifacts import contests
from deliberation.artifacts.actions import objecting
from deliberation.artifacts.difference import parts
from deliberation.artifacts.models import Objection, Version
from deliberation.artifacts.models.contesting import LONGEST
from deliberation.assemblies import gates
from deliberation.assemblies.errors import NotHere
from deliberation.web.facilitator.dashboard import frame
from deliberation.web.facilitator.drafting import version_here
from deliberation.web.forms import KindForm, again, see_other, show_as_seen


class AnswerForm(KindForm):
    """An answer everybody reads, and what follows from the objection."""

    words = forms.CharField(
        label=gettext_lazy("Your answer, which everybody reads"),
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 4, "dir": "auto"}),
    )
    seen = forms.IntegerField(widget=forms.HiddenInput, min_value=0)
    follows = forms.ChoiceField(label=gettext_lazy("What follows"), widget=forms.RadioSelect)

    def __init__(self, objection: Objection, data: Any = None) -> None:
        super().__init__(data, initial={"seen": objection.clause.edits})
        ways = [("answered", _("It stays as it is")), ("sustained", _("They are right: the clause is open again"))]  # fmt: skip
        if objection.rewording:
            ways.append(("adopt", _("They are right: the clause reads as they would have it")))
        choice: Any = self.fields["follows"]
        choice.choices = ways

    def carry_out(self, objection: Objection, account: Any) -> Any:
        """Raises as objecting.answer and objecting.adopt do."""
        words, follows = self.cleaned_data["words"], self.cleaned_data["follows"]
        if follows == "adopt":
            return objecting.adopt(objection, account, words, self.cleaned_data["seen"])
        return objecting.answer(objection, account, words, sustain=follows == "sustained")


class Objections(View):
    """All objections to a draft: those that wait first."""

    def get(self, request: HttpRequest, slug: str, version_id: UUID) -> HttpResponse:
        assembly = gates.facilitator(slug, request.user)
        version = version_here(assembly, version_id)
        found = sorted(contests.objections_to(version), key=lambda one: (one.state != "open", one.at))  # fmt: skip
        numbers = {c.pk: n for n, c in enumerate(version.clauses.all(), start=1)}
        context = {
            **frame(assembly),
            "version": version,
            "objections": [(one, numbers[one.clause_id]) for one in found],
        }
        return render(request, "facilitator/objections.html", context)


class Answering(View):
    page = "facilitator/objection.html"

    def get(
        self, request: HttpRequest, slug: str, version_id: UUID, objection_id: UUID
    ) -> HttpResponse:
        assembly = gates.facilitator(slug, request.user)
        version = version_here(assembly, version_id)
        objection = objection_here(version, objection_id)
        context = {"form": AnswerForm(objection), **self._around(version, objection)}
        return render(request, self.page, context)

    def post(
        self, request: HttpRequest, slug: str, version_id: UUID, objection_id: UUID
    ) -> HttpResponse:
        assembly = gates.facilitator(slug, request.user)
        version = version_here(assembly, version_id)
        objection = objection_here(version, objection_id)
        form = AnswerForm(objection, request.POST)
        if form.attempt(lambda: form.carry_out(objection, request.user)) is None:
            show_as_seen(form, objection.clause.edits)
            return again(request, self.page, form, self._around(version, objection))
        messages.success(request, _("Answered. Its author is asked whether this satisfies them."))
        return see_other("facilitator:objections", slug=slug, version_id=version.pk)

    def _around(self, version: Version, objection: Objection) -> dict[str, Any]:
        before, offered = objection.clause.text, objection.rewording
        return {
            **frame(version.artifact.assembly),
            "version": version,
            "objection": objection,
            "amendment": parts(before, offered) if offered else [],
        }


def objection_here(version: Version, objection_id: UUID) -> Objection:
    """An objection to a clause of this version. Raises NotHere."""
    if found := contests.objections_to(version).filter(pk=objection_id).first():
        return found
    raise NotHere
