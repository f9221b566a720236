"""A facilitator drafts a document from accepted values, writes its clauses, and publishes it."""

from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views import View

from deliberation.artifacts import queries
from deliberation.artifacts.actions import drafting
from deliberation.artifacts.models import Artifact, Clause, Version
from deliberation.assemblies import gates
from deliberation.assemblies.errors import NotHere
from deliberation.assemblies.models import Assembly
from deliberation.web.facilitator.dashboard import frame
from deliberation.web.forms import KindForm, again
from elicitation.graph.models import Value
from elicitation.graph.queries import values_of


class DocumentForm(KindForm):
    title = forms.CharField(label=gettext_lazy("Title"), max_length=200)
    kind = forms.ChoiceField(label=gettext_lazy("Kind"), choices=Artifact.Kind.choices)
    language = forms.CharField(label=gettext_lazy("Language"), max_length=12, initial="en")


class ValueChoice(forms.ModelMultipleChoiceField):  # type: ignore[type-arg]  # generic in the stubs alone
    def label_from_instance(self, value: Any) -> str:
        return f"{value.title} ({value.cards})"


class ClauseForm(KindForm):
    """A clause and the values it rests on, of any inquiry of the assembly."""

    text = forms.CharField(
        label=gettext_lazy("The clause"), widget=forms.Textarea(attrs={"rows": 3, "dir": "auto"})
    )
    values = ValueChoice(
        queryset=Value.objects.none(),
        label=gettext_lazy("Rests on these values"),
        widget=forms.CheckboxSelectMultiple,
    )

    def __init__(self, assembly: Assembly, data: Any = None, initial: Any = None) -> None:
        super().__init__(data, initial=initial)
        standing = Value.objects.none()
        for inquiry in assembly.inquiries.all():
            standing |= values_of(inquiry)
        choice: Any = self.fields["values"]
        choice.queryset = standing


class Documents(View):
    page = "facilitator/documents.html"

    def get(self, request: HttpRequest, slug: str) -> HttpResponse:
        assembly = gates.facilitator(slug, request.user)
        return render(request, self.page, {"form": DocumentForm(), **self._around(assembly)})

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


class Draft(View):
    page = "facilitator/draft.html"

    def get(self, request: HttpRequest, slug: str, version_id: UUID) -> HttpResponse:
        assembly = gates.facilitator(slug, request.user)
        version = version_here(assembly, version_id)
        return render(
            request, self.page, {"form": ClauseForm(assembly), **around(assembly, version)}
        )

    def post(self, request: HttpRequest, slug: str, version_id: UUID) -> HttpResponse:
        assembly = gates.facilitator(slug, request.user)
        version = version_here(assembly, version_id)
        wish = request.POST.get("do")
        if wish == "publish":
            form = KindForm({})
            if form.attempt(lambda: drafting.publish(version)) is None:
                context = {**around(assembly, version), "refused": form}
                empty = {"form": ClauseForm(assembly), **context}
                return render(request, self.page, empty, status=form.status)
            messages.success(request, _("Published. Everybody can read it now."))
        elif wish == "next":
            version = drafting.next_version(version)
        else:
            form = ClauseForm(assembly, request.POST)
            written = form.attempt(lambda: drafting.write_clause(version, **form.cleaned_data))
            if written is None:
                return again(request, self.page, form, around(assembly, version))
            messages.success(request, _("Clause kept."))
        return redirect("facilitator:version", slug=slug, version_id=version.pk)


class ClausePage(View):
    page = "facilitator/clause.html"

    def get(
        self, request: HttpRequest, slug: str, version_id: UUID, clause_id: UUID
    ) -> HttpResponse:
        assembly = gates.facilitator(slug, request.user)
        clause = clause_here(assembly, version_id, clause_id)
        start = {"text": clause.text, "values": clause.values.all()}
        form = ClauseForm(assembly, initial=start)
        return render(request, self.page, {"form": form, "clause": clause, **frame(assembly)})

    def post(
        self, request: HttpRequest, slug: str, version_id: UUID, clause_id: UUID
    ) -> HttpResponse:
        assembly = gates.facilitator(slug, request.user)
        clause = clause_here(assembly, version_id, clause_id)
        if request.POST.get("do") == "strike":
            drafting.strike_clause(clause)
            return redirect("facilitator:version", slug=slug, version_id=version_id)
        form = ClauseForm(assembly, request.POST)
        if form.attempt(lambda: drafting.rewrite_clause(clause, **form.cleaned_data)) is None:
            return again(request, self.page, form, {"clause": clause, **frame(assembly)})
        return redirect("facilitator:version", slug=slug, version_id=version_id)


def version_here(assembly: Assembly, version_id: UUID) -> Version:
    """A version of one of the assembly's documents. Raises NotHere."""
    here = Version.objects.filter(artifact__assembly=assembly, pk=version_id)
    if found := here.select_related("artifact").first():
        return found
    raise NotHere


def clause_here(assembly: Assembly, version_id: UUID, clause_id: UUID) -> Clause:
    """A clause of that version. Raises NotHere."""
    here = Clause.objects.filter(version=version_here(assembly, version_id), pk=clause_id)
    if found := here.select_related("version__artifact").first():
        return found
    raise NotHere


def around(assembly: Assembly, version: Version) -> dict[str, Any]:
    """What a draft's page shows beside the form."""
    return {**frame(assembly), "version": version, "clauses": queries.reading_of(version)}
