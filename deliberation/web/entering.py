"""How somebody comes in: at once, or after a second step where their account has one; and how long ago they last proved who they are."""

import time
from typing import Any

from django.conf import settings
from django.contrib.auth import login
from django.contrib.auth.models import AbstractBaseUser, User
from django.http import HttpRequest
from django.shortcuts import resolve_url
from django.utils.crypto import constant_time_compare
from django.utils.http import url_has_allowed_host_and_scheme

from deliberation.assemblies.actions.signing_in import note_sign_in
from deliberation.assemblies.devices import device_of
from deliberation.assemblies.models import Role
from deliberation.assemblies.networks import network
from deliberation.assemblies.queries import held_by
from deliberation.assemblies.second_factors import asked_of
from deliberation.web.still_in import NUMBER

BACKEND = "django.contrib.auth.backends.ModelBackend"
HALF = "half_signed_in"
PROVED = "proved_at"
HALF_HOLDS = 600  # seconds between the first step and the second
RECENT = 900  # seconds for which a proof of who one is allows changes to how one signs in


def enter(request: HttpRequest, account: User, onto: str) -> str:
    """Let an account in whose first step is done, or ask for the second. Returns where to go."""
    if not asked_of(account):
        return come_in(request, account, onto)
    request.session.cycle_key()
    request.session[HALF] = {
        "account": account.pk,
        "seal": account.get_session_auth_hash(),
        "at": time.time(),
        "onto": onto,
    }
    return resolve_url("staff:second")


def come_in(request: HttpRequest, account: User, onto: str) -> str:
    """Let an account in that has proved all it has to. Returns where to go."""
    request.session.pop(HALF, None)
    login(request, account, backend=BACKEND)
    device = device_of(request.headers.get("User-Agent", ""))
    request.session[NUMBER] = note_sign_in(account, device).pk
    note_proof(request)
    return onto


def half_in(request: HttpRequest) -> tuple[User, str] | None:
    """Whose second step is due in this browser, and where they go then; None for nobody, or once it took too long."""
    half: dict[str, Any] = request.session.get(HALF, {})
    if half.get("at", 0) < time.time() - HALF_HOLDS:
        return None
    account = User.objects.filter(pk=half["account"], is_active=True).first()
    same = account and constant_time_compare(account.get_session_auth_hash(), half["seal"])
    return (account, half["onto"]) if account and same else None


def note_proof(request: HttpRequest) -> None:
    """Whoever is signed in has just proved who they are."""
    request.session[PROVED] = time.time()


def proved_lately(request: HttpRequest) -> bool:
    """Whether whoever is signed in proved who they are in the last quarter of an hour."""
    return bool(request.session.get(PROVED, 0) > time.time() - RECENT)


def network_of(request: HttpRequest) -> str:
    """The address a request came from, as the nearest proxy of ours saw it; of IPv6 the network a household or an office has."""
    forwarded, peer = (
        request.headers.get("X-Forwarded-For", ""),
        request.META.get("REMOTE_ADDR", ""),
    )
    return network(forwarded, peer, settings.PROXIES)


def onward(request: HttpRequest, account: AbstractBaseUser) -> str:
    """Where somebody wanted to go before signing in, if that is on this site; else to their own door."""
    return wanted(request) or own_door(account)


def wanted(request: HttpRequest) -> str:
    """The page named by the address's `next`, if it is on this site; else ""."""
    named = request.GET.get("next", "")
    here = url_has_allowed_host_and_scheme(named, {request.get_host()}, request.is_secure())
    return named if here else ""


def own_door(user: AbstractBaseUser) -> str:
    """Where an account's work is: facilitators first, then researchers."""
    if held_by(user, Role.Kind.FACILITATOR).exists():
        return "facilitator:home"
    return "researcher:home" if held_by(user, Role.Kind.RESEARCHER).exists() else "facilitator:home"
