"""A citizen leaves an e-mail address to be written to, says about what, and has it erased."""

from typing import Any

from django import forms
from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views import View

from deliberation.assemblies.actions import letters
from deliberation.assemblies.errors import NotHere
from deliberation.assemblies.letters import opened_as
from deliberation.assemblies.models import Address, Membership
from deliberation.web.forms import KindForm, again, see_other
from deliberation.web.seats import seat, tongue


class AddressForm(KindForm):
    address = forms.EmailField(
        label=gettext_lazy("E-mail address"),
        max_length=254,
        widget=forms.EmailInput(attrs={"dir": "ltr", "autocomplete": "email"}),
    )
    wishes = forms.MultipleChoiceField(
        label=gettext_lazy("Write to me when"),
        choices=Address.Wish.choices,
        widget=forms.CheckboxSelectMultiple,
    )


class Letters(View):
    page = "citizen/letters.html"

    def get(self, request: HttpRequest, slug: str) -> HttpResponse:
        member = writable(request, slug)
        held = address_of(member)
        known = {"address": opened_as(held), "wishes": held.wishes} if held else None
        return render(request, self.page, {"form": AddressForm(initial=known), **around(member)})

    def post(self, request: HttpRequest, slug: str) -> HttpResponse:
        member = writable(request, slug)
        if request.POST.get("do") == "forget":
            letters.forget(member)
            messages.success(request, _("Your address is erased."))
            return see_other("citizen:letters", slug=slug)
        form = AddressForm(request.POST)
        kept = form.attempt(
            lambda: letters.leave(
                member, form.cleaned_data["address"], form.cleaned_data["wishes"], tongue()
            )
        )
        if kept is None:
            return again(request, self.page, form, around(member))
        messages.success(request, _("Kept."))
        return see_other("citizen:letters", slug=slug)


def writable(request: HttpRequest, slug: str) -> Membership:
    """The seat, where this site can write letters. Raises NotHere."""
    member = seat(request, slug)
    if not settings.MAIL_FROM:
        raise NotHere
    return member


def address_of(member: Membership) -> Address | None:
    return Address.objects.filter(membership=member).first()


def around(member: Membership) -> dict[str, Any]:
    return {"assembly": member.assembly, "held": address_of(member)}
