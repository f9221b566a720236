"""The reasons moderators may give: agreed and published before the assembly opens."""

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
from deliberation.moderation.queries import reasons_are_fixed
from deliberation.web.facilitator.dashboard import frame
from deliberation.web.forms import KindForm, again, see_other

KINDS = [*Decision.Kind.choices, ("undo", gettext_lazy("undone"))]


class ReasonForm(KindForm):
    """A new reason, worded in each language of the assembly."""

    kinds = forms.MultipleChoiceField(
        label=gettext_lazy("For these decisions"),
        choices=KINDS,
        widget=forms.CheckboxSelectMultiple,
    )

    def __init__(self, assembly: Assembly, data: Any = None) -> None:
        super().__init__(data)
        self.languages = assembly.languages
        for language in self.languages:
            self.fields[f"in_{language}"] = forms.CharField(
                label=_("The reason, in %(language)s") % {"language": language},
                max_length=300,
                required=language == self.languages[0],
                widget=forms.TextInput(attrs={"dir": "auto", "lang": language}),
            )
        self.order_fields([f"in_{language}" for language in self.languages])

    @property
    def wording(self) -> dict[str, str]:
        return {language: self.cleaned_data[f"in_{language}"] for language in self.languages}


class Reasons(View):
    page = "facilitator/reasons.html"

    def get(self, request: HttpRequest, slug: str) -> HttpResponse:
        assembly = gates.facilitator(slug, request.user)
        return render(request, self.page, around(assembly, ReasonForm(assembly)))

    def post(self, request: HttpRequest, slug: str) -> HttpResponse:
        assembly = gates.facilitator(slug, request.user)
        reasons.agree_on_reasons(assembly)
        if code := request.POST.get("drop"):
            reasons.drop_reason(assembly, code)
            messages.success(request, _("Taken off the list."))
            return see_other("facilitator:reasons", slug=slug)
        form = ReasonForm(assembly, request.POST)
        added = form.attempt(lambda: self._add(assembly, form))
        if added is None:
            return again(request, self.page, form, around(assembly, form))
        messages.success(request, _("Added."))
        return see_other("facilitator:reasons", slug=slug)

    def _add(self, assembly: Assembly, form: ReasonForm) -> Reason:
        return reasons.add_reason(assembly, form.wording, form.cleaned_data["kinds"])


def around(assembly: Assembly, form: KindForm) -> dict[str, Any]:
    """The list as it is, whether it may be changed, and the form."""
    if not assembly.reasons.exists():
        reasons.agree_on_reasons(assembly)
    labels = dict(KINDS)
    listed = [
        (one, [labels[kind] for kind in one.kinds if kind in labels])
        for one in assembly.reasons.all()
    ]
    return {
        **frame(assembly),
        "listed": listed,
        "is_fixed": reasons_are_fixed(assembly),
        "form": form,
    }
