"""What I agree to: each purpose with what I say to it now, changed with one press."""

from datetime import datetime
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views import View

from deliberation.assemblies import queries
from deliberation.assemblies.actions import consenting
from deliberation.assemblies.errors import NotHere
from deliberation.assemblies.models import Agreement, Membership
from deliberation.web.forms import see_other
from deliberation.web.seats import seat, tongue
from elicitation.extraction import at_work

Purpose = Agreement.Purpose


class Agreeing(View):
    page = "citizen/agreeing.html"

    def get(self, request: HttpRequest, slug: str) -> HttpResponse:
        return render(request, self.page, around(seat(request, slug)))

    def post(self, request: HttpRequest, slug: str) -> HttpResponse:
        member = seat(request, slug)
        says, _sep, purpose = request.POST.get("say", "").partition(":")
        if purpose not in Purpose.values or says not in ("yes", "no"):
            raise NotHere
        consenting.decide(member, Purpose(purpose), says == "yes")
        messages.success(request, _("Kept. It holds from now on."))
        return see_other("citizen:agreeing", slug=slug)


def around(member: Membership) -> dict[str, Any]:
    """What the member says to each purpose now."""
    said = queries.said_to(member)
    who = member.respondent
    return {
        "assembly": member.assembly,
        "model_host": at_work.host(),
        "model": said.get(Purpose.MODEL, False),
        "research": who.in_research,
        "quotes": queries.released_by(member),
        "said": member.agreements.order_by("-pk"),
        "texts": [_shown(one) for one in queries.agreed_to(member)],
    }


def _shown(one: queries.AgreedTo) -> tuple[datetime, str | None]:
    """When a member agreed, and to which words, in the reader's language; None where they were not kept."""
    return one.consent.given_at, one.text.said_in(tongue()) if one.text else None
