"""Facilitators and researchers sign in: by password, or by a link made for them."""

from django.contrib.auth import login, logout
from django.contrib.auth.forms import AuthenticationForm
from django.contrib.auth.models import AbstractBaseUser
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.views import View

from deliberation.assemblies.errors import NotHere
from deliberation.assemblies.models import Role
from deliberation.assemblies.queries import held_by
from deliberation.web.forms import see_other
from deliberation.web.public.links import user_of


class SignIn(View):
    page = "public/sign_in.html"

    def get(self, request: HttpRequest) -> HttpResponse:
        return render(request, self.page, {"form": AuthenticationForm(request)})

    def post(self, request: HttpRequest) -> HttpResponse:
        form = AuthenticationForm(request, request.POST)
        if not form.is_valid():
            return render(request, self.page, {"form": form}, status=422)
        login(request, form.get_user())
        return see_other(onward(request, form.get_user()))


class SignInLink(View):
    def get(self, request: HttpRequest, token: str) -> HttpResponse:
        user = user_of(token)
        if user is None:
            raise NotHere
        login(request, user)
        return redirect(onward(request, user))


class SignOut(View):
    def post(self, request: HttpRequest) -> HttpResponse:
        logout(request)
        return see_other("public:home")


def onward(request: HttpRequest, user: AbstractBaseUser) -> str:
    """Where somebody wanted to go before signing in, if that is on this site; else to their own door."""
    wanted = request.GET.get("next", "")
    if url_has_allowed_host_and_scheme(wanted, {request.get_host()}, request.is_secure()):
        return wanted
    return own_door(user)


def own_door(user: AbstractBaseUser) -> str:
    """Where an account's work is: facilitators first, then researchers."""
    if held_by(user, Role.Kind.FACILITATOR).exists():
        return "facilitator:home"
    return "researcher:home" if held_by(user, Role.Kind.RESEARCHER).exists() else "facilitator:home"
