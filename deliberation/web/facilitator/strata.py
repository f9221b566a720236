"""What people are asked of themselves when they join, so that support is told apart by it."""

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views import View

from deliberation.assemblies import gates
from deliberation.assemblies.actions import strata
from deliberation.assemblies.errors import NotHere
from deliberation.assemblies.models import Assembly, Belonging, Stratum
from deliberation.web.facilitator.dashboard import frame
from deliberation.web.forms import KindForm, again, language_name, see_other
from deliberation.web.seats import tongue
from elicitation.interview.models import wording


class StratumForm(KindForm):
    """A question and its answers, one a line, in each language of the assembly."""

    def __init__(self, assembly: Assembly, data: Any = None) -> None:
        super().__init__(data)
        self.languages = assembly.languages
        for language in self.languages:
            told, needed = {"language": language_name(language)}, language == self.languages[0]
            how = {"dir": "auto", "lang": language}
            self.fields[f"asked_{language}"] = forms.CharField(
                label=_("What is asked, in %(language)s") % told,
                max_length=200,
                required=needed,
                widget=forms.TextInput(attrs=how),
            )
            self.fields[f"options_{language}"] = forms.CharField(
                label=_("Answers, one a line, in %(language)s") % told,
                max_length=2000,
                required=needed,
                widget=forms.Textarea(attrs={"rows": 5, **how}),
            )

    def add(self, assembly: Assembly) -> Stratum:
        """Raises what add_stratum raises. Lines of other languages belong to those of the first in their order."""
        got = self.cleaned_data
        asked = {tag: got[f"asked_{tag}"] for tag in self.languages if got[f"asked_{tag}"]}
        lines = {
            tag: [line.strip() for line in got[f"options_{tag}"].splitlines() if line.strip()]
            for tag in self.languages
        }
        options = [
            {tag: lines[tag][n] for tag in self.languages if n < len(lines[tag])}
            for n in range(len(lines[self.languages[0]]))
        ]
        return strata.add_stratum(assembly, asked, options)


class TargetsForm(KindForm):
    """Of each answer to one question, the share of people that is aimed at; empty for none."""

    def __init__(self, stratum: Stratum, data: Any = None) -> None:
        super().__init__(data, initial=stratum.targets, auto_id=f"{stratum.code}_%s")
        self.stratum = stratum
        for option in stratum.options:
            self.fields[option["code"]] = forms.IntegerField(
                label=wording(option["wording"], tongue()),
                min_value=1,
                max_value=strata.WHOLE,
                required=False,
                widget=forms.NumberInput(attrs={"inputmode": "numeric"}),
            )

    def aim(self) -> Stratum:
        """Raises what aim raises."""
        set_ = {code: share for code, share in self.cleaned_data.items() if share is not None}
        return strata.aim(self.stratum, set_)


class Strata(View):
    page = "facilitator/strata.html"

    def get(self, request: HttpRequest, slug: str) -> HttpResponse:
        assembly = gates.facilitator(slug, request.user)
        context = {"form": StratumForm(assembly), **around(assembly)}
        return render(request, self.page, context)

    def post(self, request: HttpRequest, slug: str) -> HttpResponse:
        assembly = gates.facilitator(slug, request.user)
        if code := request.POST.get("drop"):
            strata.drop_stratum(_stratum(assembly, code))
            messages.success(request, _("It is asked no more."))
            return see_other("facilitator:strata", slug=slug)
        if code := request.POST.get("aim"):
            return self.aim(request, assembly, _stratum(assembly, code))
        form = StratumForm(assembly, request.POST)
        if form.attempt(lambda: form.add(assembly)) is None:
            return again(request, self.page, form, around(assembly))
        messages.success(request, _("Added."))
        return see_other("facilitator:strata", slug=slug)

    def aim(self, request: HttpRequest, assembly: Assembly, stratum: Stratum) -> HttpResponse:
        aims = TargetsForm(stratum, request.POST)
        if aims.attempt(aims.aim) is None:
            context = {**around(assembly, aims), "form": StratumForm(assembly)}
            return render(request, self.page, context, status=aims.status)
        messages.success(request, _("Kept."))
        return see_other("facilitator:strata", slug=assembly.slug)


def _stratum(assembly: Assembly, code: str) -> Stratum:
    if found := assembly.strata.filter(code=code).first():
        return found
    raise NotHere


def around(assembly: Assembly, refused: TargetsForm | None = None) -> dict[str, Any]:
    """What is asked now, the shares aimed at (those refused as they were typed), and whether it may be changed."""
    asked = [
        (one, one.said_in(tongue()), refused if refused and refused.stratum == one else TargetsForm(one))
        for one in assembly.strata.all()
    ]  # fmt: skip
    said = Belonging.objects.filter(stratum__assembly=assembly)
    return {**frame(assembly), "asked": asked, "is_fixed": said.exists()}
