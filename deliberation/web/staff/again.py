"""Whoever changes how they sign in proves first who they are: by their second factor, else by their password or by whom the site trusts."""

from typing import Any

from allauth.mfa.webauthn.internal import auth as webauthn
from django.conf import settings
from django.contrib.auth.mixins import LoginRequiredMixin
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.views import View

from deliberation.assemblies.identities import joined
from deliberation.assemblies.second_factors import factors_of
from deliberation.web.entering import note_proof, wanted
from deliberation.web.forms import see_other
from deliberation.web.staff.proof import PasswordForm, ensure_password, ensure_second
from deliberation.web.staff.second import around as around_second
from elicitation.errors import DomainError


class Again(LoginRequiredMixin, View):
    page = "staff/again.html"

    def get(self, request: HttpRequest) -> HttpResponse:
        return render(request, self.page, around(request))

    def post(self, request: HttpRequest) -> HttpResponse:
        account: Any = request.user
        ensure = ensure_second if factors_of(account).any else ensure_password
        try:
            ensure(request, account)
        except DomainError as refused:
            context = {**around(request), "refused": refused}
            return render(request, self.page, context, status=refused.status)
        except ValidationError as wrong:
            context = {**around(request), "refused": wrong.message}
            return render(request, self.page, context, status=422)
        request.session.cycle_key()
        note_proof(request)
        return see_other(wanted(request) or "staff:how")


class Asked(LoginRequiredMixin, View):
    """What the browser asks a passkey of whoever is signed in."""

    def post(self, request: HttpRequest) -> HttpResponse:
        account: Any = request.user
        return JsonResponse(webauthn.begin_authentication(account))


def around(request: HttpRequest) -> dict[str, Any]:
    """What the page shows: what this account can prove itself by."""
    account: Any = request.user
    held = factors_of(account)
    if held.any:
        return around_second(account)
    vouched = settings.OIDC_ISSUER and joined(account, settings.OIDC_ISSUER)
    return {
        "form": PasswordForm() if account.has_usable_password() else None,
        "vouches": settings.OIDC_NAME if vouched else "",
        "next": wanted(request),
    }
