"""A facilitator chooses the accent colour of their assembly, sees it on this very page, and can go back to ours."""

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views import View

from deliberation.assemblies import gates
from deliberation.assemblies.actions.colouring import set_accent
from deliberation.assemblies.models import Assembly
from deliberation.web.accent import COLOUR, DARK, LIGHT, scheme
from deliberation.web.facilitator.dashboard import frame
from deliberation.web.forms import KindForm, again, see_other

OURS = "#0b6b62"


class ColourForm(KindForm):
    colour = forms.RegexField(
        COLOUR,
        label=gettext_lazy("Colour"),
        widget=forms.TextInput(attrs={"type": "color"}),
        error_messages={"invalid": gettext_lazy("Choose a colour, such as #0b6b62.")},
    )


class Colouring(View):
    page = "facilitator/colouring.html"

    def get(self, request: HttpRequest, slug: str) -> HttpResponse:
        assembly = gates.facilitator(slug, request.user)
        if "colour" not in request.GET:
            form = ColourForm(initial={"colour": assembly.accent or OURS})
            return render(request, self.page, {"form": form, **around(assembly, assembly.accent)})
        form = ColourForm(request.GET)
        if not form.is_valid():
            return again(request, self.page, form, around(assembly, assembly.accent))
        tried = form.cleaned_data["colour"]
        return render(request, self.page, {"form": form, **around(assembly, tried)})

    def post(self, request: HttpRequest, slug: str) -> HttpResponse:
        assembly = gates.facilitator(slug, request.user)
        if request.POST.get("do") == "ours":
            set_accent(assembly, "")
            messages.success(request, _("The pages have our colour again."))
            return see_other("facilitator:colouring", slug=slug)
        form = ColourForm(request.POST)
        if form.attempt(lambda: (set_accent(assembly, form.cleaned_data["colour"]),)) is None:
            return again(request, self.page, form, around(assembly, assembly.accent))
        messages.success(request, _("All pages of this assembly have this colour now."))
        return see_other("facilitator:colouring", slug=slug)


def around(assembly: Assembly, colour: str) -> dict[str, object]:
    """The page in `colour`, and what of it is used where."""
    used = (
        {"light": scheme(colour, LIGHT).accent, "dark": scheme(colour, DARK).accent}
        if colour
        else {}
    )
    return {**frame(assembly), "accent": colour, "used": used}
