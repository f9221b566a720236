"""Passkeys: sign in by one alone, and make one."""

from typing import Any

from allauth.mfa.webauthn.internal import auth as webauthn
from django.contrib import messages
from django.contrib.auth.forms import AuthenticationForm
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views import View

from deliberation.assemblies.actions.second_factors import keep_passkey
from deliberation.assemblies.errors import PasskeyWrong
from deliberation.web.entering import come_in, onward
from deliberation.web.forms import again, see_other
from deliberation.web.public.signing_in import SignIn as SignInPage
from deliberation.web.public.signing_in import around as around_sign_in
from deliberation.web.staff.codes import show_codes
from deliberation.web.staff.how import How, PasskeyForm, around
from deliberation.web.staff.proof import UNFIT, ProvedView, ensure_passkey, said_of_passkey


class SignIn(View):
    """In by a passkey alone: it is held, and opened by a finger, a face or a number of its owner."""

    def post(self, request: HttpRequest) -> HttpResponse:
        try:
            account = ensure_passkey(request).user
        except PasskeyWrong as refused:
            page, context = SignInPage.page, around_sign_in(AuthenticationForm(request))
            return render(request, page, {**context, "refused": refused}, status=refused.status)
        return see_other(come_in(request, account, onward(request, account)))


class Asked(View):
    """What the browser asks any passkey of this site."""

    def post(self, request: HttpRequest) -> HttpResponse:
        return JsonResponse(webauthn.begin_authentication(None))


class Adding(ProvedView):
    def post(self, request: HttpRequest) -> HttpResponse:
        form = PasskeyForm(request.POST)
        made = form.attempt(lambda: made_passkey(request, form.cleaned_data["name"]))
        if made is None:
            return again(request, How.page, form, around(request, form))
        messages.success(request, _("The passkey is kept: with it alone you sign in from now on."))
        return show_codes(request) if made else see_other("staff:how")


class AddingAsked(ProvedView):
    """What the browser asks a new passkey for."""

    def post(self, request: HttpRequest) -> HttpResponse:
        account: Any = request.user
        return JsonResponse(webauthn.begin_registration(account, passwordless=True))


def made_passkey(request: HttpRequest, name: str) -> bool:
    """Keep the passkey a browser has made. Returns whether recovery codes were made too. Raises PasskeyWrong."""
    account: Any = request.user
    try:
        said = said_of_passkey(request)
        webauthn.complete_registration(said)
    except UNFIT as unfit:
        raise PasskeyWrong from unfit
    return keep_passkey(account, name, said)
