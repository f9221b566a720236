"""A facilitator sets addresses that are told what happens, tries them out, sees what was sent, and ends them."""

from typing import Any, cast

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views import View

from deliberation.assemblies import gates
from deliberation.assemblies.actions import hooks
from deliberation.assemblies.errors import NotHere
from deliberation.assemblies.models import Assembly, Delivery, Hook
from deliberation.web.facilitator.dashboard import frame
from deliberation.web.facilitator.why import UNTOLD
from deliberation.web.forms import KindForm, again, see_other

LISTED = 25


class HookForm(KindForm):
    url = forms.URLField(
        label=gettext_lazy("Address"),
        max_length=500,
        assume_scheme="https",
        help_text=gettext_lazy("Begins with https://. It is sent a signed message, and answers with a status from 200 to 299."),
        widget=forms.URLInput(attrs={"dir": "ltr", "autocomplete": "off"}),
    )  # fmt: skip
    events = forms.MultipleChoiceField(
        label=gettext_lazy("What is it told?"),
        help_text=gettext_lazy("That it happened, with ids and counts; never anybody's words."),
        choices=Hook.Event.choices,
        widget=forms.CheckboxSelectMultiple,
    )


class Hooks(View):
    page = "facilitator/hooks.html"

    def get(self, request: HttpRequest, slug: str) -> HttpResponse:
        assembly = gates.facilitator(slug, request.user)
        return render(request, self.page, {"form": HookForm(), **around(assembly)})

    def post(self, request: HttpRequest, slug: str) -> HttpResponse:
        assembly = gates.facilitator(slug, request.user)
        form = HookForm(request.POST)
        made = form.attempt(lambda: hooks.set_hook(assembly, **form.cleaned_data))
        if made is None:
            return again(request, self.page, form, around(assembly))
        shown = {"form": HookForm(), **around(assembly), "made": made[0], "secret": made[1]}
        answer = render(request, self.page, shown)
        answer["Cache-Control"] = "no-store"
        return answer


class OneHook(View):
    """Try an address out, or end it."""

    def post(self, request: HttpRequest, slug: str, pk: int) -> HttpResponse:
        assembly = gates.facilitator(slug, request.user)
        hook = assembly.hooks.filter(pk=pk, ended_at=None).first()
        wish = request.POST.get("do")
        if hook is None or wish not in ("test", "end"):
            raise NotHere
        if wish == "test":
            hooks.try_out(hook)
            messages.success(request, _("A test is on its way. Load this page again to see what became of it."))  # fmt: skip
        else:
            hooks.end_hook(hook)
            messages.success(request, _("Ended: this address is told nothing more."))
        return see_other("facilitator:hooks", slug=slug)


def told(one: Any) -> Delivery:
    """The same, with why it was not taken, in words; "" where it was, or nothing was tried yet."""
    one.why = UNTOLD.get(one.failure, "")
    return cast(Delivery, one)


def around(assembly: Assembly) -> dict[str, Any]:
    """The addresses, and what was sent to them last."""
    sent = Delivery.objects.filter(hook__assembly=assembly).select_related("hook")
    return {
        **frame(assembly),
        "hooks": assembly.hooks.filter(ended_at=None),
        "deliveries": [told(one) for one in sent[:LISTED]],
    }
