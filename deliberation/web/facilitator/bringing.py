"""A facilitator brings a conversation held on Polis, or a moral graph made elsewhere: files are uploaded, a worker reads them, and a page says what became of them."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID, uuid4

from django import forms
from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views import View

from deliberation.assemblies import gates
from deliberation.assemblies.bells import ring_on_commit
from deliberation.assemblies.errors import NotHere
from deliberation.assemblies.models import Assembly
from deliberation.opinion import uploaded
from deliberation.opinion.actions import bringing as conversations
from deliberation.opinion.actions import graphs, uploads
from deliberation.opinion.actions.uploads import Upload
from deliberation.opinion.models import Bringing
from deliberation.opinion.tasks import take_in_upload
from deliberation.web.facilitator.dashboard import frame
from deliberation.web.forms import KindForm, again, see_other

FAULTS = {
    "column_missing": gettext_lazy("A column is missing. Export the files again, or name the column as Polis does."),
    "column_twice": gettext_lazy("Two columns have the same name. Keep one of them."),
    "unknown_column": gettext_lazy("A column is neither a fact about a participant nor the number of a statement. Take it out."),
    "no_header": gettext_lazy("The first line names no columns. Put their names there."),
    "too_many_cells": gettext_lazy("A line has more cells than there are columns. Put a text with commas in quotation marks."),
    "not_a_number": gettext_lazy("There is no whole number where one has to be."),
    "unknown_word": gettext_lazy("A cell holds something that cannot stand there: 1 is agree, -1 disagree, 0 pass."),
    "bad_quoting": gettext_lazy("A quotation mark does not close. From there on nothing can be read."),
    "not_utf8": gettext_lazy("The file is not saved as UTF-8. Save it so, and bring it again."),
    "broken_gz": gettext_lazy("The packed file is broken or cut off. Download it again."),
    "too_large": gettext_lazy("Unpacked it is larger than a page takes. Who runs this site can bring it at a terminal."),
    "statement_twice": gettext_lazy("A statement stands there twice. Keep one of the two."),
    "participant_twice": gettext_lazy("A participant stands there twice. Keep one of the two."),
    "no_time": gettext_lazy("A time is of no year a calendar holds."),
    "unstorable_text": gettext_lazy("A text holds characters that cannot be kept."),
    "conversation_there": gettext_lazy("This conversation is here already, under its own or another name."),
    "conversation_name_taken": gettext_lazy("Another conversation here has this name. Choose another name."),
    "graph_there": gettext_lazy("This graph is here already, under its own or another name."),
    "graph_name_taken": gettext_lazy("Another graph here has this name. Choose another name."),
    "graph_unreadable": gettext_lazy("This is no moral graph in a form known here."),
    "worker_lost": gettext_lazy("Reading it broke off three times. Who runs this site can find out why."),
}  # fmt: skip
OTHER_FAULT = gettext_lazy("The files cannot be read.")


class BringingForm(KindForm):
    """What both forms ask; fields that are files are those `uploaded` has names for."""

    kind: Bringing.Kind
    name = forms.CharField(
        label=gettext_lazy("What it is called here"),
        max_length=200,
        widget=forms.TextInput(attrs={"dir": "auto", "autocomplete": "off"}),
    )
    attribution = forms.CharField(
        label=gettext_lazy("Whose it is"),
        help_text=gettext_lazy("Stands wherever it is shown: who held it, under which licence."),
        max_length=1000,
        required=False,
        widget=forms.TextInput(attrs={"dir": "auto"}),
    )

    @property
    def sent_files(self) -> Mapping[str, Any]:
        """The files that were sent, by what they are."""
        return {name: self.cleaned_data[name] for name in uploaded.NAMES if self.cleaned_data.get(name)}  # fmt: skip

    def clean(self) -> dict[str, Any]:
        got = super().clean() or {}
        size = sum(got[name].size or 0 for name in uploaded.NAMES if got.get(name))
        if size > settings.LARGEST_UPLOAD:
            most = settings.LARGEST_UPLOAD // 2**20
            raise forms.ValidationError(_("Together larger than %(most)s MB.") % {"most": most})
        return got

    def bring(self, assembly: Assembly) -> Bringing:
        """Keep the files and let a worker read them."""
        told = {name: self.cleaned_data.get(name) or "" for name in ("name", "attribution")}
        inverted = bool(self.cleaned_data.get("inverted"))
        upload = Upload(uuid4(), self.kind, **told, inverted=inverted)
        folder = Bringing(pk=upload.pk).folder
        try:
            for name, file in self.sent_files.items():
                uploaded.put(folder, name, file.chunks())
            asked = uploads.ask_to_bring(assembly, upload)
        except Exception:
            uploaded.forget(folder)
            raise
        ring_on_commit(take_in_upload.delay, [asked.pk])
        return asked


class ConversationForm(BringingForm):
    kind = Bringing.Kind.CONVERSATION
    votes = forms.FileField(label="votes.csv", required=False)
    comments = forms.FileField(label="comments.csv", required=False)
    participants = forms.FileField(label="participants-votes.csv", required=False)
    summary = forms.FileField(label="summary.csv", required=False)
    inverted = forms.BooleanField(
        label=gettext_lazy("Agree and disagree stand the wrong way round in these files, as in Polis' exports of October 2024"),
        required=False,
    )  # fmt: skip

    field_order = ("votes", "comments", "participants", "summary", "name", "attribution", "inverted")  # fmt: skip

    def clean(self) -> dict[str, Any]:
        got = super().clean()
        if not (got.get("votes") or got.get("participants")):
            self.add_error("votes", _("Choose votes.csv, or participants-votes.csv where there is none."))  # fmt: skip
        return got


class GraphForm(BringingForm):
    kind = Bringing.Kind.GRAPH
    graph = forms.FileField(label=gettext_lazy("The graph, as JSON"))
    values = forms.FileField(
        label=gettext_lazy("A list of its values, as JSON"),
        help_text=gettext_lazy("With id, title and policies, where the graph knows them by id alone."),
        required=False,
    )  # fmt: skip

    field_order = ("graph", "values", "name", "attribution")


FORMS = {form.kind.value: form for form in (ConversationForm, GraphForm)}


class Bringings(View):
    page = "facilitator/bringing.html"

    def get(self, request: HttpRequest, slug: str) -> HttpResponse:
        assembly = gates.facilitator(slug, request.user)
        return render(request, self.page, around(assembly))

    def post(self, request: HttpRequest, slug: str) -> HttpResponse:
        assembly = gates.facilitator(slug, request.user)
        kind = request.POST.get("kind", "")
        if kind not in FORMS:
            raise NotHere
        form = FORMS[kind](request.POST, files=request.FILES, auto_id=f"{kind}_%s")
        asked = form.attempt(lambda: form.bring(assembly))
        if asked is None:
            return again(request, self.page, form, {**around(assembly), kind: form})
        return see_other("facilitator:one_bringing", slug=slug, bringing_id=asked.pk)


class OneBringing(View):
    """What became of an upload; what was kept by mistake is erased here."""

    page = "facilitator/one_bringing.html"

    def get(self, request: HttpRequest, slug: str, bringing_id: UUID) -> HttpResponse:
        assembly = gates.facilitator(slug, request.user)
        found = bringing_of(assembly, bringing_id)
        fault = FAULTS.get(found.fault.get("code", ""), OTHER_FAULT)
        context = {**frame(assembly), "found": found, "fault": fault}
        return render(request, self.page, context)

    def post(self, request: HttpRequest, slug: str, bringing_id: UUID) -> HttpResponse:
        assembly = gates.facilitator(slug, request.user)
        found = bringing_of(assembly, bringing_id)
        if request.POST.get("do") != "erase" or not (found.conversation or found.graph):
            raise NotHere
        if found.conversation:
            conversations.erase(found.conversation)
        if found.graph:
            graphs.erase_graph(found.graph)
        messages.success(request, _("Erased, with all that was computed from it."))
        return see_other("facilitator:bringing", slug=slug)


def bringing_of(assembly: Assembly, bringing_id: UUID) -> Bringing:
    """An upload of this assembly. Raises NotHere."""
    here = assembly.bringings.select_related("conversation", "graph")
    if found := here.filter(pk=bringing_id).first():
        return found
    raise NotHere


def around(assembly: Assembly) -> dict[str, Any]:
    """Both forms, and what was brought before."""
    return {
        **frame(assembly),
        **{kind: form(auto_id=f"{kind}_%s") for kind, form in FORMS.items()},
        "bringings": assembly.bringings.all()[:50],
    }
