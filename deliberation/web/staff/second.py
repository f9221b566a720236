"""The second step of signing in: a code of the app, a recovery code, or a passkey."""

from typing import Any

from allauth.mfa.webauthn.internal import auth as webauthn
from django.contrib.auth.models import User
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.views import View

from deliberation.assemblies.errors import NotHere
from deliberation.assemblies.second_factors import factors_of
from deliberation.web.entering import come_in, half_in
from deliberation.web.forms import see_other
from deliberation.web.staff.proof import CodeForm, ensure_second
from elicitation.errors import DomainError


class Second(View):
    page = "staff/second.html"

    def get(self, request: HttpRequest) -> HttpResponse:
        half = half_in(request)
        if half is None:
            return redirect("public:sign_in")
        return render(request, self.page, around(half[0]))

    def post(self, request: HttpRequest) -> HttpResponse:
        half = half_in(request)
        if half is None:
            return see_other("public:sign_in")
        account, onto = half
        try:
            ensure_second(request, account)
        except DomainError as refused:
            context = {**around(account), "refused": refused}
            return render(request, self.page, context, status=refused.status)
        return see_other(come_in(request, account, onto))


class Asked(View):
    """What the browser asks a passkey of whoever takes the second step."""

    def post(self, request: HttpRequest) -> HttpResponse:
        half = half_in(request)
        if half is None:
            raise NotHere
        return JsonResponse(webauthn.begin_authentication(half[0]))


def around(account: User) -> dict[str, Any]:
    """What the page shows: a form for a code, and whether there is a passkey to use; each where the account has one."""
    held = factors_of(account)
    form = CodeForm() if held.app or held.codes_left else None
    return {"form": form, "passkeys": bool(held.passkeys)}
