"""What somebody proves themselves by on a page: a code, a passkey, a password; and pages that ask for a proof not long ago."""

import json
from typing import Any

from allauth.mfa.models import Authenticator
from allauth.mfa.webauthn.internal import auth as webauthn
from django import forms
from django.contrib.auth.mixins import LoginRequiredMixin
from django.contrib.auth.models import AbstractBaseUser, User
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.utils.cache import add_never_cache_headers
from django.utils.http import urlencode
from django.utils.translation import gettext_lazy
from django.views import View

from deliberation.assemblies.actions import guarding, second_factors
from deliberation.assemblies.errors import CodeWrong, PasskeyWrong
from deliberation.assemblies.guarding import Trying, ensure_may_try
from deliberation.web.entering import network_of, proved_lately
from deliberation.web.forms import KindForm

LONGEST = 20_000  # letters of what a browser says of a passkey
UNFIT = (ValidationError, ValueError, TypeError, KeyError, AttributeError, RecursionError)


class CodeForm(KindForm):
    code = forms.CharField(
        label=gettext_lazy("Code"),
        max_length=40,
        help_text=gettext_lazy("Six digits of your app, or one of your recovery codes."),
        widget=forms.TextInput(
            attrs={"inputmode": "numeric", "autocomplete": "one-time-code", "dir": "ltr"}
        ),
    )


class PasswordForm(KindForm):
    password = forms.CharField(
        label=gettext_lazy("Password"),
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
    )


class ProvedView(LoginRequiredMixin, View):
    """A page of one's own account that wants a proof of who one is from the last quarter of an hour."""

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if request.user.is_authenticated and not proved_lately(request):
            return to_proof(request)
        answer = super().dispatch(request, *args, **kwargs)
        add_never_cache_headers(answer)  # secrets are shown here
        return answer


def to_proof(request: HttpRequest) -> HttpResponse:
    """Lead to the page that asks who one is, and from there back to the page one is at; what was sent is lost with that."""
    here = request.path if request.method == "GET" else redirect("staff:how").url
    return redirect(f"{redirect('staff:again').url}?{urlencode({'next': here})}")


def ensure_second(request: HttpRequest, account: User) -> None:
    """Take the code or passkey of a second step. Raises TooManyTries, CodeWrong, PasskeyWrong."""
    if "credential" in request.POST:
        ensure_passkey(request, account)
    elif not second_factors.check_code(account, request.POST.get("code", ""), network_of(request)):
        raise CodeWrong


def ensure_password(request: HttpRequest, account: User) -> None:
    """Take the password of whoever is signed in. Raises TooManyTries, ValidationError."""
    trying = Trying(account.get_username(), network_of(request))
    ensure_may_try(trying)
    if not account.check_password(request.POST.get("password", "")):
        guarding.note_failure(trying)
        raise ValidationError(gettext_lazy("That is not your password."))
    guarding.forget_failures(trying)


def ensure_passkey(request: HttpRequest, account: User | None = None) -> Authenticator:
    """Take what a browser says of a passkey, of this account or of any. Raises PasskeyWrong."""
    try:
        said = said_of_passkey(request)
        whose: AbstractBaseUser = account or webauthn.extract_user_from_response(said)
        found = webauthn.complete_authentication(whose, said)
    except UNFIT as unfit:
        raise PasskeyWrong from unfit
    if not found.user.is_active:
        raise PasskeyWrong
    second_factors.note_passkey(found)
    return found


def said_of_passkey(request: HttpRequest) -> dict[str, Any]:
    """What a browser says of a passkey. Raises ValueError, TypeError where it cannot be that."""
    text = request.POST.get("credential", "")
    if len(text) > LONGEST:
        raise ValueError
    return dict(json.loads(text))
