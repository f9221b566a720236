"""A facilitator says by which rule, and into how many groups, people are grouped; the worker does it within seconds."""

from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views import View

from deliberation.assemblies import gates
from deliberation.assemblies.models import Assembly
from deliberation.opinion import reading, rules
from deliberation.opinion.actions import snapshots
from deliberation.opinion.models import Wanted
from deliberation.opinion.snapshots import Subject, wanted
from deliberation.web.facilitator.dashboard import frame
from deliberation.web.forms import KindForm, again, see_other


class GroupingForm(KindForm):
    mode = forms.ChoiceField(
        label=gettext_lazy("Rule"),
        choices=[
            ("stable", gettext_lazy("the same groups whatever the order of people (usual)")),
            ("polis", gettext_lazy("exactly as Polis groups, to compare")),
        ],
        widget=forms.RadioSelect,
    )
    groups = forms.IntegerField(
        label=gettext_lazy("How many groups?"),
        help_text=gettext_lazy("Left empty, the number that fits the votes best."),
        min_value=rules.FEWEST_GROUPS,
        max_value=rules.MOST_GROUPS,
        required=False,
    )

    def choose(self, subject: Subject) -> Wanted:
        """Raises GroupsUnreasonable."""
        return snapshots.choose(subject, self.cleaned_data["mode"], self.cleaned_data["groups"])


class Grouping(View):
    page = "facilitator/grouping.html"

    def get(self, request: HttpRequest, slug: str, subject_id: UUID) -> HttpResponse:
        assembly, subject = self._let_in(request, slug, subject_id)
        now = wanted(subject)
        form = GroupingForm(initial={"mode": now.mode, "groups": now.groups})
        return render(request, self.page, {"form": form, "subject": subject, **frame(assembly)})

    def post(self, request: HttpRequest, slug: str, subject_id: UUID) -> HttpResponse:
        assembly, subject = self._let_in(request, slug, subject_id)
        form = GroupingForm(request.POST)
        if form.attempt(lambda: form.choose(subject)) is None:
            return again(request, self.page, form, {"subject": subject, **frame(assembly)})
        messages.success(request, _("Kept. People are grouped anew within a few seconds."))
        return see_other("public:groups", slug=slug, subject_id=subject_id)

    def _let_in(self, request: HttpRequest, slug: str, pk: UUID) -> tuple[Assembly, Subject]:
        assembly = gates.facilitator(slug, request.user)
        return assembly, reading.subject(assembly, pk)
