"""Every form has a key of its own, and what is sent with a key is done once, however often it comes (decision 0036)."""

import json
from collections.abc import Callable
from hashlib import sha256
from typing import Any
from uuid import uuid4

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from deliberation.assemblies.actions.done_keeping import Before, once
from deliberation.assemblies.gates import MEMBERS
from deliberation.assemblies.sent import LONGEST, as_member, as_staff, sent
from deliberation.web.errors import told
from deliberation.web.forms import SeeOther
from deliberation.web.repeats import ANSWERED_BY_A_PAGE, Repeat, repeat_of
from deliberation.web.typed import CSRF_FIELD
from elicitation.errors import DomainError

FIELD = "once"
STAFF = ("facilitator:", "researcher:", "steward:")
View = Callable[..., HttpResponse]


def fresh(request: HttpRequest) -> dict[str, Callable[[], SafeString]]:
    """For templates: `{{ once }}` in a form gives it a key, another each time."""
    return {
        FIELD: lambda: format_html('<input type="hidden" name="{}" value="{}">', FIELD, uuid4())
    }


class Once:
    """Take what a form sends through its key, in one transaction with the row that says it was done."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: View, args: tuple[Any, ...], kwargs: dict[str, Any]
    ) -> HttpResponse | None:
        """None, so that the view goes on by itself, where nothing is sent with a key by somebody this site knows."""
        address = _address(request)
        if request.method != "POST" or address.startswith("api:"):
            return None
        actor = _actor(request, kwargs.get("slug", ""))
        if repeat_of(address) not in (Repeat.KEYED, Repeat.NAMELESS) or not (actor and key_in(request)):  # fmt: skip
            return None
        try:
            return through(request, actor, lambda: view(request, *args, **kwargs))
        except DomainError as refused:
            return told(request, refused)


def through(request: HttpRequest, actor: str, act: Callable[[], HttpResponse]) -> HttpResponse:
    """The answer to what was sent: of `act`, or, where that was done before, the way to the first one's. Raises what `act` raises, OtherContentSameKey."""
    key, address = key_in(request), _address(request)
    if not key:
        return act()
    named = repeat_of(address) != Repeat.NAMELESS
    asked = sent(key, address, actor, _content(request), named=named)
    done = once(asked, act, lambda response: _reply(request, response))
    if isinstance(done, Before):
        messages.info(request, _("This had reached us before, and was done once."))
        return SeeOther(done.reply)
    return done


def key_in(request: HttpRequest) -> str:
    """The key a form was sent with; "" where it has none."""
    return request.POST.get(FIELD, "")[:LONGEST]


def _address(request: HttpRequest) -> str:
    return request.resolver_match.view_name if request.resolver_match else ""


def _actor(request: HttpRequest, slug: str) -> str:
    """Who sends: a member by their seat in this assembly, staff by their account; "" for everybody else."""
    if _address(request).startswith(STAFF):
        return as_staff(request.user.pk) if request.user.pk else ""
    seat = request.session.get(MEMBERS, {}).get(slug)
    return as_member(seat) if seat else ""


def _content(request: HttpRequest) -> bytes:
    """All that was sent, but the key and the token that every page has anew."""
    fields = [(n, v) for n, v in request.POST.lists() if n not in (FIELD, CSRF_FIELD)]
    files = [(n, f.name, _sum(f)) for n, fs in request.FILES.lists() for f in fs]
    return json.dumps([request.get_full_path(), sorted(fields), sorted(files)]).encode()


def _sum(file: Any) -> str:
    digest = sha256()
    for chunk in file.chunks():
        digest.update(chunk)
    file.seek(0)
    return digest.hexdigest()


def _reply(request: HttpRequest, response: HttpResponse) -> str | None:
    """Where the answer to what was done lies; None where the form came back, or a page that asks more."""
    if response.status_code in (302, 303):
        return response["Location"]
    if _address(request) in ANSWERED_BY_A_PAGE and response.status_code in (200, 409):
        return request.get_full_path()
    return None
