"""Who comes too fast, or too often from one place, waits a little and presses again: nothing typed is lost, and nobody is asked to read crooked letters.

A page that is about to let somebody in carries a ticket: a signed time. How old it has to be says how full it is (assemblies/pacing.py); whoever read the
page has waited that long without noticing. A ticket is taken once.
"""

import secrets
import time
from typing import Any

from django.conf import settings
from django.core.signing import BadSignature, TimestampSigner
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.views import View

from deliberation.assemblies.counting import count, counted, first_use
from deliberation.assemblies.errors import Hurried, NotHere
from deliberation.assemblies.pacing import GUESSING, WINDOW, Limit
from deliberation.web.entering import network_of
from deliberation.web.typed import fields_of

SIGNER = TimestampSigner(salt="groundwork.pace")
FIELD = "pace"
TRAP = "website"  # a field nobody sees; programs fill it in
HOLDS = 3600  # seconds a ticket is good for
FORM = {FIELD, TRAP}


class ByCode(View):
    """A page one comes to by a code: codes that fit nothing are counted, and slowed where there are many of them."""

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        by = from_where(request)
        if kwargs or request.method == "POST":  # it names a code, in its address or typed
            ensure_waited(request, GUESSING, counted(GUESSING, by))
        try:
            answer = super().dispatch(request, *args, **kwargs)
        except NotHere:
            count(GUESSING, by)
            raise
        if answer.status_code == NotHere.status:
            count(GUESSING, by)
        return answer


def from_where(request: HttpRequest) -> dict[str, str]:
    """What everybody is counted by: the network, and the site."""
    return {"network": network_of(request), "site": ""}


def ensure_by_hand(request: HttpRequest) -> None:
    """Raises Hurried for what fills in a field nobody sees."""
    if request.POST.get(TRAP):
        raise Hurried(seconds=max(1, settings.JOINING_TAKES))


def ensure_waited(
    request: HttpRequest, limit: Limit, counts: dict[str, int], at_least: int = 0
) -> None:
    """Whether the ticket of this request is old enough for how full it is, and nobody has used it. Raises Hurried."""
    if limit.is_shut(counts, settings.LIMITS_TIMES):
        raise Hurried(seconds=WINDOW)
    needed = max(at_least, limit.wait(counts, settings.LIMITS_TIMES))
    if needed and not (waited(request) >= needed and first_use(ticket_of(request))):
        raise Hurried(seconds=needed)


def new_ticket() -> str:
    """A ticket from now on."""
    return SIGNER.sign_object({"at": time.time(), "one": secrets.token_urlsafe(12)})


def ticket_of(request: HttpRequest) -> str:
    return request.POST.get(FIELD) or request.GET.get(FIELD, "")


def waited(request: HttpRequest) -> float:
    """Seconds since the ticket of this request was given; 0 without one, or where it is forged or too old."""
    try:
        return float(time.time() - SIGNER.unsign_object(ticket_of(request), max_age=HOLDS)["at"])
    except BadSignature:
        return 0.0


def press_again(request: HttpRequest, hurried: Hurried) -> HttpResponse:
    """The page that holds all that was sent, and a ticket, for one press more."""
    sent = request.POST if request.method == "POST" else request.GET
    context = {"hurried": hurried, "fields": fields_of(sent, FORM), "pace": new_ticket()}
    answer = render(request, "press_again.html", context, status=hurried.status)
    answer["Retry-After"] = str(hurried.details["seconds"])
    return answer
