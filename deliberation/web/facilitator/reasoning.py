"""The reasons moderators may give: facilitators agree on them before answering begins; from then on they stand."""

from collections.abc import Collection
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views import View

from deliberation.assemblies import gates
from deliberation.assemblies.models import Assembly
from deliberation.moderation.actions import reasons
from deliberation.moderation.models import Decision, Reason
from deliberation.moderation.queries import may_change_reasons, reasons_of
from deliberation.web.facilitator.dashboard import frame
from deliberation.web.forms import KindForm, again, see_other
from deliberation.web.seats import tongue

UNDO = "undo"
KINDS = [*Decision.Kind.choices, (UNDO, gettext_lazy("undone"))]


class WordingForm(KindForm):
    """A reason in each language of the assembly."""

    def __init__(self, assembly: Assembly, reason: Reason | None = None, data: Any = None) -> None:
        said = (
            {f"in_{tag}": reason.wording.get(tag, "") for tag in assembly.languages}
            if reason
            else {}
        )
        super().__init__(data, initial=said, prefix=reason.code if reason else "new")
        self.code = reason.code if reason else ""
        for tag in assembly.languages:
            self.fields[f"in_{tag}"] = forms.CharField(
                label=tag,
                max_length=200,
                required=False,
                widget=forms.TextInput({"dir": "auto", "lang": tag}),
            )

    def wording(self) -> dict[str, str]:
        """By language."""
        return {name[3:]: text for name, text in self.cleaned_data.items() if name[:3] == "in_"}


class NewForm(WordingForm):
    """One more reason, and what it is for."""

    kinds = forms.MultipleChoiceField(
        label=gettext_lazy("What it can be given for"),
        choices=KINDS,
        widget=forms.CheckboxSelectMultiple,
    )


class Reasons(View):
    page = "facilitator/reasons.html"

    def get(self, request: HttpRequest, slug: str) -> HttpResponse:
        assembly = gates.facilitator(slug, request.user)
        return render(request, self.page, {"form": NewForm(assembly), **_around(assembly)})

    def post(self, request: HttpRequest, slug: str) -> HttpResponse:
        """Word one anew, take one off the list, or add one."""
        assembly = gates.facilitator(slug, request.user)
        if not assembly.reasons.exists():
            reasons.agree_on_reasons(assembly)
        if code := request.POST.get("drop", ""):
            reasons.drop_reason(assembly, code)
        elif code := request.POST.get("word", ""):
            form = WordingForm(assembly, Reason(code=code, wording={}), request.POST)
            if form.attempt(lambda: reasons.word_reason(assembly, code, form.wording())) is None:
                context = {"form": NewForm(assembly), **_around(assembly, form)}
                return render(request, self.page, context, status=form.status)
        else:
            new = NewForm(assembly, data=request.POST)
            if new.attempt(lambda: _add(assembly, new)) is None:
                return again(request, self.page, new, _around(assembly))
        messages.success(request, _("Kept. The public page says it now."))
        return see_other("facilitator:reasons", slug=slug)


def choices(assembly: Assembly, kinds: Collection[str]) -> list[tuple[str, str]]:
    """Codes and wordings of the reasons that can be given for any of these kinds of decision."""
    listed = [reason for reason in reasons_of(assembly) if set(kinds) & set(reason.kinds)]
    return [(reason.code, reason.said_in(tongue())) for reason in listed]


def named(kinds: Collection[str]) -> list[str]:
    """Kinds of decision in words."""
    return [str(label) for kind, label in KINDS if kind in kinds]


def _add(assembly: Assembly, form: NewForm) -> Reason:
    return reasons.add_reason(assembly, form.wording(), form.cleaned_data["kinds"])


def _around(assembly: Assembly, faulty: WordingForm | None = None) -> dict[str, Any]:
    rows = [
        (
            reason,
            reason.said_in(tongue()),
            named(reason.kinds),
            faulty if faulty and faulty.code == reason.code else WordingForm(assembly, reason),
        )
        for reason in reasons_of(assembly)
    ]
    return {
        **frame(assembly),
        "rows": rows,
        "may_change": may_change_reasons(assembly),
        "faulty": faulty,
    }
