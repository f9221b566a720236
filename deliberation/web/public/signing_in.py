"""Facilitators and researchers sign in: by password, or by a link made for them."""

from ipaddress import ip_address, ip_network

from django.conf import settings
from django.contrib.auth import login, logout
from django.contrib.auth.forms import AuthenticationForm
from django.contrib.auth.models import AbstractBaseUser
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.views import View

from deliberation.assemblies.actions import guarding
from deliberation.assemblies.errors import NotHere, TooManyTries
from deliberation.assemblies.guarding import Trying, ensure_may_try
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
        trying = Trying(request.POST.get("username", ""), network_of(request))
        try:
            ensure_may_try(trying)
        except TooManyTries as refused:
            context = {"form": AuthenticationForm(request), "refused": refused}
            return render(request, self.page, context, status=refused.status)
        if not form.is_valid():
            guarding.note_failure(trying)
            return render(request, self.page, {"form": form}, status=422)
        guarding.forget_failures(trying)
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


def network_of(request: HttpRequest) -> str:
    """The address a request came from, as the nearest proxy of ours saw it; of IPv6 the network a household or an office has."""
    via = [one for one in request.headers.get("X-Forwarded-For", "").split(",") if one.strip()]
    proxies = settings.PROXIES
    told = via[-proxies] if 0 < proxies <= len(via) else request.META.get("REMOTE_ADDR", "")
    try:
        address = ip_address(told.strip())
    except ValueError:
        return ""
    return str(ip_network(f"{address}/64", strict=False)) if address.version == 6 else str(address)


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
