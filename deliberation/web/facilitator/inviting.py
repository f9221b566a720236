"""A facilitator invites: by link, by code, by QR code on the wall or on paper."""

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views import View

from deliberation.assemblies import gates
from deliberation.assemblies.actions import setting_up
from deliberation.assemblies.errors import NotHere
from deliberation.assemblies.models import Assembly, Invitation
from deliberation.web import qr
from deliberation.web.facilitator.dashboard import frame
from deliberation.web.forms import KindForm, again


class InviteForm(KindForm):
    label = forms.CharField(label=_("For whom, or where"), max_length=80, required=False)
    seats = forms.IntegerField(
        label=_("How many may use it"),
        min_value=1,
        max_value=1_000_000,
        required=False,
        help_text=_("Leave empty for no limit."),
    )


class Inviting(View):
    page = "facilitator/inviting.html"

    def get(self, request: HttpRequest, slug: str) -> HttpResponse:
        assembly = gates.facilitator(slug, request.user)
        return render(request, self.page, {"form": InviteForm(), **self._around(request, assembly)})

    def post(self, request: HttpRequest, slug: str) -> HttpResponse:
        assembly = gates.facilitator(slug, request.user)
        form = InviteForm(request.POST)
        made = form.attempt(
            lambda: setting_up.invite(
                assembly, form.cleaned_data["label"], form.cleaned_data["seats"]
            )
        )
        if made is None:
            return again(request, self.page, form, self._around(request, assembly))
        return redirect("facilitator:inviting", slug=slug)

    def _around(self, request: HttpRequest, assembly: Assembly) -> dict[str, object]:
        made = [way_in(request, i) for i in assembly.invitations.order_by("-made_at")]
        return {**frame(assembly), "invitations": made}


class Sheet(View):
    def get(self, request: HttpRequest, slug: str, pk: int) -> HttpResponse:
        assembly = gates.facilitator(slug, request.user)
        way = way_in(request, get_object_or_404(assembly.invitations, pk=pk))
        return render(request, "facilitator/sheet.html", {**frame(assembly), **way})


class Qr(View):
    """The link of an invitation as a QR code."""

    def get(self, request: HttpRequest, slug: str, pk: int) -> HttpResponse:
        assembly = gates.facilitator(slug, request.user)
        link = way_in(request, get_object_or_404(assembly.invitations, pk=pk))["link"]
        if not link:
            raise NotHere
        return qr.picture(str(link))


class Closing(View):
    def post(self, request: HttpRequest, slug: str, pk: int) -> HttpResponse:
        assembly = gates.facilitator(slug, request.user)
        setting_up.close_invitation(get_object_or_404(assembly.invitations, pk=pk))
        return redirect("facilitator:inviting", slug=slug)


def way_in(request: HttpRequest, invitation: Invitation) -> dict[str, object]:
    """An invitation with its code and link; both empty where the site's key has changed since."""
    code = gates.invitation_code(invitation)
    link = request.build_absolute_uri(reverse("citizen:welcome", args=[code])) if code else ""
    return {"invitation": invitation, "code": code or "", "link": link}
