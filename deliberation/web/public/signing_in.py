"""Facilitators and researchers sign in: by password, by a passkey, by whom the site trusts to vouch for them, or by a link made for them."""

from typing import Any

from django.conf import settings
from django.contrib.auth import logout
from django.contrib.auth.forms import AuthenticationForm
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views import View

from deliberation.assemblies.actions import guarding
from deliberation.assemblies.actions.signing_in import end_sign_in
from deliberation.assemblies.counting import count, counted
from deliberation.assemblies.errors import Hurried, NotHere, TooManyTries
from deliberation.assemblies.guarding import Trying, ensure_may_try
from deliberation.assemblies.pacing import SIGNING_IN
from deliberation.web.entering import enter, network_of, onward
from deliberation.web.forms import see_other
from deliberation.web.pace import ByCode, ensure_waited, new_ticket
from deliberation.web.public.links import user_of
from deliberation.web.still_in import NUMBER


class SignIn(View):
    page = "public/sign_in.html"

    def get(self, request: HttpRequest) -> HttpResponse:
        return render(request, self.page, around(AuthenticationForm(request)))

    def post(self, request: HttpRequest) -> HttpResponse:
        form = AuthenticationForm(request, request.POST)
        trying = Trying(request.POST.get("username", ""), network_of(request))
        site = {"site": ""}
        try:
            ensure_may_try(trying)
            ensure_waited(request, SIGNING_IN, counted(SIGNING_IN, site))
        except (TooManyTries, Hurried) as refused:
            anew = AuthenticationForm(request, initial={"username": trying.name})
            context = {**around(anew), "refused": refused}
            return render(request, self.page, context, status=refused.status)
        if not form.is_valid():
            guarding.note_failure(trying)
            count(SIGNING_IN, site)
            return render(request, self.page, around(form), status=422)
        guarding.forget_failures(trying)
        account = form.get_user()
        return see_other(enter(request, account, onward(request, account)))


class SignInLink(ByCode):
    def get(self, request: HttpRequest, token: str) -> HttpResponse:
        user = user_of(token)
        if user is None:
            raise NotHere
        return redirect(enter(request, user, onward(request, user)))


class SignOut(View):
    def post(self, request: HttpRequest) -> HttpResponse:
        if request.user.is_authenticated and (number := request.session.get(NUMBER)):
            end_sign_in(request.user, number)
        logout(request)
        answer = see_other("public:home")
        answer["Clear-Site-Data"] = '"cache", "storage"'  # pages and drafts this browser kept
        return answer


def around(form: AuthenticationForm) -> dict[str, Any]:
    """What the page shows; `vouches` is whom the site trusts to say who somebody is, "" for nobody."""
    vouches = settings.OIDC_NAME if settings.OIDC_ISSUER else ""
    return {"form": form, "vouches": vouches, "pace": new_ticket()}
