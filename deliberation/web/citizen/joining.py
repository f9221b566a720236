"""A citizen comes in: by a link, by a code typed or scanned. A seat is taken only when they agree."""

import time
from functools import lru_cache
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views import View

from deliberation.assemblies import gates, queries, ways
from deliberation.assemblies.actions import consenting, taking_part
from deliberation.assemblies.counting import count
from deliberation.assemblies.errors import NotHere
from deliberation.assemblies.models import Agreement, Assembly, Membership
from deliberation.assemblies.pacing import JOINING
from deliberation.assemblies.sent import as_member
from deliberation.assemblies.taking_long import usual_minutes
from deliberation.web.code_form import CodeForm
from deliberation.web.forms import again, see_other
from deliberation.web.once import key_in, through
from deliberation.web.pace import ByCode, ensure_by_hand, ensure_waited, from_where, new_ticket
from deliberation.web.seats import leave, seat, seated, sit, spoken
from elicitation.extraction import at_work

MINUTE = 60
COMING = "coming"  # the cookie of who is shown the form and has no seat yet


class Typed(ByCode):
    page = "citizen/join.html"

    def get(self, request: HttpRequest) -> HttpResponse:
        return render(request, self.page, {"form": CodeForm()})

    def post(self, request: HttpRequest) -> HttpResponse:
        form = CodeForm(request.POST)
        if form.attempt(lambda: gates.invitation(form.cleaned_data["code"])):
            return see_other("citizen:welcome", code=form.cleaned_data["code"])
        if _is_receipt(form.cleaned_data.get("code", "")):
            return see_other("citizen:back", code=form.cleaned_data["code"])
        return again(request, self.page, form)


class Welcome(ByCode):
    """What it is about and what one agrees to. Looking takes no seat, for link previews look too."""

    page = "citizen/welcome.html"

    def get(self, request: HttpRequest, code: str) -> HttpResponse:
        assembly = gates.invitation(code).assembly
        member = seated(request, assembly.slug)
        if member and agreed(member):
            return redirect(*onward(member))
        response = render(request, self.page, welcoming(request, assembly))
        secret = request.COOKIES.get(COMING) or ways.new_secret()
        response.set_cookie(
            COMING, secret, max_age=ways.HOLDS, path=request.path,
            secure=settings.SESSION_COOKIE_SECURE, httponly=True, samesite="Lax",
        )  # fmt: skip
        return response

    def post(self, request: HttpRequest, code: str) -> HttpResponse:
        invitation = gates.invitation(code)
        member = seated(request, invitation.assembly.slug)
        if member is None:
            ensure_by_hand(request)
            by = {**from_where(request), "code": str(invitation.pk)}
            ensure_waited(request, JOINING, count(JOINING, by), settings.JOINING_TAKES)
            language = spoken(request, invitation.assembly.languages)
            way = ways.way(invitation, key_in(request), request.COOKIES.get(COMING, ""))
            member = taking_part.join(invitation, language, way)
            sit(request, member)
        joined = member
        response = through(request, as_member(joined.pk), lambda: consent(request, joined))
        response.delete_cookie(COMING, path=request.path, samesite="Lax")
        return response


class Consenting(View):
    """The same page for a member who has not agreed yet: let in by a receipt, or the text has changed since."""

    page = Welcome.page

    def get(self, request: HttpRequest, slug: str) -> HttpResponse:
        member = seat(request, slug)
        if agreed(member):
            return redirect(*onward(member))
        return render(request, self.page, welcoming(request, member.assembly))

    def post(self, request: HttpRequest, slug: str) -> HttpResponse:
        return consent(request, seat(request, slug))


class Leaving(View):
    """Make room for the next person at a shared device: the seat is left, and drafts kept here are cleared."""

    def post(self, request: HttpRequest, slug: str) -> HttpResponse:
        leave(request, slug)
        response = see_other("citizen:join")
        response["Clear-Site-Data"] = '"cache", "storage"'
        return response


def consent(request: HttpRequest, member: Membership) -> HttpResponse:
    """Agree, unless that was done, with a yes or no to each further purpose, and go on."""
    if not agreed(member):
        taking_part.agree(member)
        for purpose in further():
            consenting.decide(member, purpose, purpose in request.POST.getlist("also"))
        if member.assembly.strata.exists() and not member.respondent.belongings.exists():
            return see_other("citizen:about_me", member.assembly.slug)
    return see_other(*onward(member))


def further() -> list[Agreement.Purpose]:
    """What a member is asked beside taking part: a model elsewhere only where answers go to one."""
    asked = [Agreement.Purpose.RESEARCH]
    return [Agreement.Purpose.MODEL, *asked] if at_work.host() else asked


def agreed(member: Membership) -> bool:
    """Whether a member agreed to the consent text as it stands now, and was asked about the model that reads now."""
    known = getattr(member, "has_agreed", None)  # told with the seat, where a page only shows
    taken = member.consents.filter(text_version=member.assembly.consent_version)
    return (taken.exists() if known is None else known) and (
        not at_work.host() or Agreement.Purpose.MODEL in queries.said_to(member)
    )


def onward(member: Membership) -> tuple[Any, ...]:
    """Where a member goes on: to the next prompt, or to their own answers where all are answered."""
    slug = member.assembly.slug
    if prompt := queries.next_prompt(member):
        return "citizen:answering", slug, prompt.pk
    return "citizen:mine", slug


def welcoming(request: HttpRequest, assembly: Assembly) -> dict[str, Any]:
    """What the welcome says, in the visitor's language where the assembly has it."""
    language = spoken(request, assembly.languages)
    return {
        "assembly": assembly,
        "language": language,
        "title": assembly.titled_in(language),
        "welcome": assembly.welcome_in(language),
        "consent": assembly.consent_in(language),
        "prompts": queries.prompts_of(assembly).count(),
        "minutes": _measured(assembly.pk, int(time.time() // MINUTE)),
        "model_host": at_work.host(),
        "pace": new_ticket(),
    }


@lru_cache(maxsize=64)
def _measured(assembly_pk: int, _minute: int) -> int | None:
    """How long answering takes here: asked once a minute, whoever comes meanwhile."""
    return usual_minutes(Assembly.objects.get(pk=assembly_pk))


def _is_receipt(code: str) -> bool:
    """Whether somebody typed the code of their receipt where an invitation's belongs."""
    try:
        return bool(gates.returning(code))
    except NotHere:
        return False
