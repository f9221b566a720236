"""A colleague takes up a role, or a place in an organisation, by a link that works once: with a new account, or with the one they are signed in to."""

from typing import Any

from django.conf import settings
from django.contrib.auth.forms import BaseUserCreationForm
from django.contrib.auth.models import User
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render, resolve_url

from deliberation.assemblies import gates
from deliberation.assemblies.actions import staffing
from deliberation.assemblies.models import Role, StaffInvitation
from deliberation.web.entering import come_in
from deliberation.web.forms import see_other
from deliberation.web.pace import ByCode
from deliberation.web.seats import spoken
from elicitation.errors import DomainError

HOME = {
    Role.Kind.FACILITATOR: "facilitator:dashboard",
    Role.Kind.RESEARCHER: "researcher:files",
}


class Colleague(ByCode):
    """Looking uses nothing up, for link previews look too."""

    page = "public/colleague.html"

    def get(self, request: HttpRequest, code: str) -> HttpResponse:
        invited = gates.staff_invitation(code)
        return render(request, self.page, self._around(request, invited, BaseUserCreationForm()))

    def post(self, request: HttpRequest, code: str) -> HttpResponse:
        invited = gates.staff_invitation(code)
        if "as_me" in request.POST and request.user.is_authenticated:
            staffing.take_up(invited, request.user)
            return see_other(first_page(invited))
        form: Any = BaseUserCreationForm(request.POST)
        if form.is_valid() and (account := self._anew(invited, form)):
            return see_other(come_in(request, account, first_page(invited)))
        return render(request, self.page, self._around(request, invited, form), status=422)

    def _anew(self, invited: StaffInvitation, form: Any) -> User | None:
        got = form.cleaned_data
        try:
            return staffing.take_up_anew(invited, got["username"], got["password1"])
        except DomainError as refused:
            form.add_error(None, str(refused))
            return None

    def _around(self, request: HttpRequest, invited: StaffInvitation, form: Any) -> dict[str, Any]:
        vouches = settings.OIDC_NAME if settings.OIDC_ISSUER else ""
        context = {"invited": invited, "form": form, "vouches": vouches}
        if (assembly := invited.assembly) is None:
            return {**context, "title": invited.organisation.name, "zone": "UTC"}
        title = assembly.titled_in(spoken(request, assembly.languages))
        return {**context, "title": title, "zone": assembly.zone}


def first_page(invited: StaffInvitation) -> str:
    """Where somebody's work begins who has taken up an invitation."""
    if invited.assembly is not None:
        return resolve_url(HOME[Role.Kind(invited.kind)], slug=invited.assembly.slug)
    if invited.kind == StaffInvitation.Kind.STEWARD:
        return resolve_url("steward:organisation", invited.organisation.slug)
    return resolve_url("facilitator:home")
