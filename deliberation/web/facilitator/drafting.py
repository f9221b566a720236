"""A facilitator starts a document, sees its clauses by sections with all they rest on, and adds one."""

from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views import View

from deliberation.artifacts import contests, grounds
from deliberation.artifacts.actions import drafting, publishing
from deliberation.artifacts.actions.keeping import About
from deliberation.artifacts.models import Artifact, Clause, Version
from deliberation.artifacts.sections import sections_of
from deliberation.assemblies import gates
from deliberation.assemblies.errors import NotHere
from deliberation.assemblies.models import Assembly
from deliberation.web.facilitator.dashboard import frame
from deliberation.web.forms import KindForm, again, see_other
from elicitation.graph.models import Norm, Value
from elicitation.graph.norms import norms_of
from elicitation.graph.queries import values_of
from elicitation.interview.models import wording


class DocumentForm(KindForm):
    title = forms.CharField(label=gettext_lazy("Title"), max_length=200)
    kind = forms.ChoiceField(label=gettext_lazy("Kind"), choices=Artifact.Kind.choices)
    language = forms.CharField(label=gettext_lazy("Language"), max_length=12, initial="en")


class ValueChoice(forms.ModelMultipleChoiceField):  # type: ignore[type-arg]  # generic in the stubs alone
    def label_from_instance(self, value: Any) -> str:
        return f"{value.title} ({value.cards})"


class ClauseForm(KindForm):
    """A clause, its section, the values of the assembly it rests on, and the rules of people it upholds."""

    text = forms.CharField(
        label=gettext_lazy("The clause"), widget=forms.Textarea(attrs={"rows": 3, "dir": "auto"})
    )
    section = forms.ChoiceField(label=gettext_lazy("Section"), required=False)
    values = ValueChoice(
        queryset=Value.objects.none(),
        label=gettext_lazy("Rests on these values"),
        widget=forms.CheckboxSelectMultiple,
    )
    norms = forms.ModelMultipleChoiceField(
        queryset=Norm.objects.none(),
        required=False,
        label=gettext_lazy("Upholds these rules"),
        help_text=gettext_lazy("Rules of people that were accepted as shared ones."),
        widget=forms.CheckboxSelectMultiple,
    )
    seen = forms.IntegerField(widget=forms.HiddenInput, required=False, min_value=0)

    def __init__(self, artifact: Artifact, data: Any = None, initial: Any = None) -> None:
        super().__init__(data, initial=initial)
        inquiries = artifact.assembly.inquiries.all()
        fields: Any = self.fields
        standing = Value.objects.none()
        for inquiry in inquiries:
            standing |= values_of(inquiry)
        fields["values"].queryset = standing
        fields["norms"].queryset = norms_of(inquiries)
        if not fields["norms"].queryset.exists():
            del fields["norms"]
        known = [(one.code, one.title) for one in sections_of(artifact.kind)]
        fields["section"].choices = [("", _("before all sections")), *known]

    def about(self, account: Any) -> About:
        """Section and rules as chosen, by this account."""
        got = self.cleaned_data
        return About(got["section"], list(got.get("norms", [])), account)


class Documents(View):
    page = "facilitator/documents.html"

    def get(self, request: HttpRequest, slug: str) -> HttpResponse:
        assembly = gates.facilitator(slug, request.user)
        form = DocumentForm(initial=aimed_at(assembly))
        return render(request, self.page, {"form": form, **self._around(assembly)})

    def post(self, request: HttpRequest, slug: str) -> HttpResponse:
        assembly = gates.facilitator(slug, request.user)
        form = DocumentForm(request.POST)
        version = form.attempt(lambda: drafting.draft(assembly, **form.cleaned_data))
        if version is None:
            return again(request, self.page, form, self._around(assembly))
        return redirect("facilitator:version", slug=slug, version_id=version.pk)

    def _around(self, assembly: Assembly) -> dict[str, Any]:
        versions = Version.objects.filter(artifact__assembly=assembly).select_related("artifact")
        return {**frame(assembly), "versions": versions.order_by("-artifact__made_at", "-number")}


def aimed_at(assembly: Assembly) -> dict[str, str]:
    """What the assembly was founded to lead to, as a form begins with it."""
    language, told = assembly.languages[0], assembly.document
    title = wording(told.get("title", {}), language)
    return {"language": language, "kind": told.get("kind", ""), "title": title}


class Draft(View):
    page = "facilitator/draft.html"

    def get(self, request: HttpRequest, slug: str, version_id: UUID) -> HttpResponse:
        assembly = gates.facilitator(slug, request.user)
        version = version_here(assembly, version_id)
        form = ClauseForm(version.artifact)
        return render(request, self.page, {"form": form, **around(assembly, version)})

    def post(self, request: HttpRequest, slug: str, version_id: UUID) -> HttpResponse:
        """Add a clause, put the draft before the assembly, or start the next version."""
        assembly = gates.facilitator(slug, request.user)
        version = version_here(assembly, version_id)
        wish = request.POST.get("do")
        if wish == "next":
            version = publishing.next_version(version)
        elif wish == "put":
            drafting.put_before(version)
            messages.success(request, _("Who takes part can read it now, and object while you review."))  # fmt: skip
        else:
            form = ClauseForm(version.artifact, request.POST)
            if form.attempt(lambda: self._write(form, version, request.user)) is None:
                return again(request, self.page, form, around(assembly, version))
            messages.success(request, _("Clause kept."))
        return see_other("facilitator:version", slug=slug, version_id=version.pk)

    def _write(self, form: ClauseForm, version: Version, account: Any) -> Clause:
        got = form.cleaned_data
        return drafting.write_clause(version, got["text"], got["values"], form.about(account))


def version_here(assembly: Assembly, version_id: UUID) -> Version:
    """A version of one of the assembly's documents. Raises NotHere."""
    here = Version.objects.filter(artifact__assembly=assembly, pk=version_id)
    if found := here.select_related("artifact__assembly").first():
        return found
    raise NotHere


def clause_here(assembly: Assembly, version_id: UUID, clause_id: UUID) -> Clause:
    """A clause of that version. Raises NotHere."""
    here = Clause.objects.filter(version=version_here(assembly, version_id), pk=clause_id)
    if found := here.select_related("version__artifact__assembly").first():
        return found
    raise NotHere


def around(assembly: Assembly, version: Version) -> dict[str, Any]:
    """What a draft's page shows beside the form."""
    clauses = grounds.justified(version, whole=True)
    return {
        **frame(assembly),
        "version": version,
        "sections": list(grounds.in_sections(version, clauses)),
        "clauses": clauses,
        "unread": sum(one.clause.is_unread for one in clauses),
        "waiting": sum(one.judged.waiting for one in clauses),
        "reviewing": contests.is_reviewing(assembly),
        "is_draft": version.published_at is None and version.frozen_at is None,
    }
