"""A facilitator brings answers along: upload, look, map the columns, and only then take them in."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any
from uuid import UUID

from django import forms
from django.conf import settings
from django.core.files.storage import default_storage
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext_lazy as _
from django.views import View

from deliberation.assemblies import gates, importing
from deliberation.assemblies.actions import taking_in
from deliberation.assemblies.errors import ImportForgotten
from deliberation.assemblies.models import Assembly, Import
from deliberation.web.facilitator.dashboard import frame
from deliberation.web.forms import KindForm, again
from elicitation.interview.opening import open_table
from elicitation.interview.tables import FIELDS, TableUnreadable

LOOKED_AT = 20_000  # rows read for the preview on a page; the rest is read by the worker
LABELS = {
    "text": _("the answer"),
    "id": _("its number or id"),
    "question": _("the question it answers"),
    "language": _("its language, as a tag such as fr"),
    "respondent": _("who wrote it, as a pseudonym"),
}


COUNTS = {
    "rows": _("rows"),
    "answers": _("answers"),
    "stored": _("taken in"),
    "already_there": _("there already"),
    "empty": _("without words"),
    "duplicate": _("repeated"),
}


class UploadForm(KindForm):
    file = forms.FileField(label=_("File"), help_text=_("CSV, TSV, JSON Lines or XLSX."))
    language = forms.CharField(
        label=_("Language of rows that do not say their own"), max_length=12, initial="en"
    )

    def clean_file(self) -> Any:
        file = self.cleaned_data["file"]
        if (file.size or 0) > settings.LARGEST_UPLOAD:
            most = settings.LARGEST_UPLOAD // 2**20
            raise forms.ValidationError(_("Larger than %(most)s MB. Split it.") % {"most": most})
        return file


class MappingForm(KindForm):
    """Which column holds what."""

    quotes_public = forms.BooleanField(
        label=_("The people agreed that their words may be shown in public"), required=False
    )

    def __init__(self, columns: Any, data: Any = None, initial: Any = None) -> None:
        super().__init__(data, initial=initial)
        for field in FIELDS:
            self.fields[field] = forms.ChoiceField(
                label=LABELS[field],
                choices=[("", _("none")), *((c, c) for c in columns)],
                required=field == "text",
            )
        self.order_fields([*FIELDS, "quotes_public"])

    def mapping(self) -> dict[str, str]:
        """The fields that were given a column."""
        return {f: self.cleaned_data[f] for f in FIELDS if self.cleaned_data[f]}


class Uploading(View):
    page = "facilitator/importing.html"

    def get(self, request: HttpRequest, slug: str) -> HttpResponse:
        assembly = gates.facilitator(slug, request.user)
        context = {"form": UploadForm(), "imports": assembly.imports.all(), **frame(assembly)}
        return render(request, self.page, context)

    def post(self, request: HttpRequest, slug: str) -> HttpResponse:
        assembly = gates.facilitator(slug, request.user)
        form = UploadForm(request.POST, request.FILES)
        if not form.is_valid():
            return again(request, self.page, form, frame(assembly))
        file = form.cleaned_data["file"]
        suffix = Path(file.name).suffix.lower()[:8]
        path = default_storage.path(default_storage.save(f"imports/answers{suffix}", file))
        try:
            open_table(Path(path))
        except TableUnreadable as broken:
            Path(path).unlink()
            form.add_error("file", str(broken))
            return again(request, self.page, form, frame(assembly))
        language = form.cleaned_data["language"]
        shown = taking_in.show_import(assembly, file.name, path, language)
        return redirect("facilitator:imported", slug=slug, import_id=shown.pk)


class Imported(View):
    """A file: shown with samples and counts; nothing is taken in until it is said so."""

    page = "facilitator/imported.html"

    def get(self, request: HttpRequest, slug: str, import_id: UUID) -> HttpResponse:
        assembly = gates.facilitator(slug, request.user)
        shown = gates.imported(assembly, import_id)
        if shown.state != Import.State.SHOWN:
            context = {"taken": shown, "counts": named(shown.counts), **frame(assembly)}
            return render(request, self.page, context)
        return self._preview(request, assembly, shown)

    def post(self, request: HttpRequest, slug: str, import_id: UUID) -> HttpResponse:
        assembly = gates.facilitator(slug, request.user)
        shown = gates.imported(assembly, import_id)
        if shown.state == Import.State.FORGOTTEN:
            raise ImportForgotten
        if request.POST.get("do") == "again":
            taking_in.start_import(shown)
            return redirect("facilitator:imported", slug=slug, import_id=import_id)
        form = MappingForm(open_table(Path(shown.path)).columns, request.POST)
        mapped = form.attempt(
            lambda: taking_in.map_import(shown, form.mapping(), form.cleaned_data["quotes_public"])
        )
        if mapped is None:
            return self._preview(request, assembly, shown, form)
        if request.POST.get("do") == "take":
            taking_in.start_import(mapped)
        return redirect("facilitator:imported", slug=slug, import_id=import_id)

    def _preview(
        self, request: HttpRequest, assembly: Assembly, shown: Import, form: Any = None
    ) -> HttpResponse:
        seen = importing.preview(shown, LOOKED_AT)
        start = {**seen.mapping, "quotes_public": shown.quotes_public}
        context = {
            "shown": shown,
            "seen": seen,
            "form": form or MappingForm(seen.columns, initial=start),
            "rows": [[sample.get(c, "") for c in seen.columns] for sample in seen.samples],
            "counts": named(seen.counts),
            "questions": list(seen.questions.items()),
            **frame(assembly),
        }
        return render(request, self.page, context, status=form.status if form else 200)


def named(counts: Mapping[str, int]) -> list[tuple[object, int]]:
    """Counts by what a facilitator calls them; every other fault is a row that is not well formed."""
    return [(COUNTS.get(name, _("not well formed")), count) for name, count in counts.items()]
