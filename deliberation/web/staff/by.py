"""Sign in by whom the site trusts to vouch for its staff (OpenID Connect): go there, and come back."""

import time
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render, resolve_url
from django.utils.translation import gettext as _
from django.views import View

from deliberation.assemblies import gates
from deliberation.assemblies.actions.identities import join_identity, take_up_by
from deliberation.assemblies.errors import NotHere, NotVouchedFor
from deliberation.assemblies.identities import account_of
from deliberation.assemblies.second_factors import asked_of
from deliberation.web.entering import (
    RECENT,
    come_in,
    enter,
    note_proof,
    own_door,
    proved_lately,
    wanted,
)
from deliberation.web.public.joining_staff import first_page
from deliberation.web.staff.issuer import Vouched, vouched_for, way_to
from deliberation.web.staff.proof import to_proof

FOREIGN = {"cross-site", "same-site"}  # what a browser says of a way that began on another's page


class By(View):
    """To the issuer: to sign in, to join the account one is in (`for=joining`), or to prove once more who one is (`for=again`)."""

    def get(self, request: HttpRequest) -> HttpResponse:
        if not settings.OIDC_ISSUER:
            raise NotHere
        if request.headers.get("Sec-Fetch-Site") in FOREIGN:
            return redirect("public:sign_in")
        purpose = request.GET.get("for", "")
        asked = {"for": purpose, "next": wanted(request), "account": request.user.pk}
        if purpose == "joining":
            if not request.user.is_authenticated or not proved_lately(request):
                return to_proof(request)
        elif purpose == "again":
            return redirect(way_to(request, asked, prompt="login", max_age="0"))
        return redirect(way_to(request, {**asked, "invited": request.GET.get("invited", "")}))


class Back(View):
    """Back from the issuer: to where one wanted to go."""

    def get(self, request: HttpRequest) -> HttpResponse:
        if not settings.OIDC_ISSUER:
            raise NotHere
        vouched = vouched_for(request)
        purposes = {"joining": joining, "again": proving}
        return purposes.get(vouched.asked["for"], signing_in)(request, vouched)


def joining(request: HttpRequest, vouched: Vouched) -> HttpResponse:
    """Join the identity to the account that asked for it. Raises NotVouchedFor, IdentityTaken."""
    account = asker(request, vouched)
    if not proved_lately(request):
        raise NotVouchedFor
    join_identity(account, vouched.identity)
    messages.success(request, _("Joined: from now on you can sign in here that way, too."))
    return redirect("staff:how")


def proving(request: HttpRequest, vouched: Vouched) -> HttpResponse:
    """Take it as a proof of who one is, if it was given just now, and no second factor is to be asked for. Raises NotVouchedFor."""
    account = asker(request, vouched)
    lately = vouched.proved_at > time.time() - RECENT
    if not lately or account_of(vouched.identity) != account or asked_of(account):
        raise NotVouchedFor
    request.session.cycle_key()
    note_proof(request)
    return redirect(vouched.asked["next"] or "staff:how")


def signing_in(request: HttpRequest, vouched: Vouched) -> HttpResponse:
    """Let the account of this identity in, or a new one that takes up an invitation; a stranger is told how to be invited."""
    account, code = account_of(vouched.identity), vouched.asked["invited"]
    if account is not None:
        onto = resolve_url("public:colleague", code) if code else vouched.asked["next"]
        return redirect(enter(request, account, onto or own_door(account)))
    if not code:
        context = {"vouches": settings.OIDC_NAME}
        return render(request, "staff/uninvited.html", context, status=403)
    invited = gates.staff_invitation(code)
    account = take_up_by(invited, vouched.identity)
    return redirect(come_in(request, account, first_page(invited)))


def asker(request: HttpRequest, vouched: Vouched) -> Any:
    """The account that is signed in, if it is the one that set out. Raises NotVouchedFor."""
    if not request.user.is_authenticated or request.user.pk != vouched.asked["account"]:
        raise NotVouchedFor
    return request.user
