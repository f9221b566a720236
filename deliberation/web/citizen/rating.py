"""An author says with one tap whether a card says what they care about."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views import View

from deliberation.assemblies import gates
from deliberation.web.forms import see_other
from deliberation.web.seats import seat
from elicitation.extraction.actions.cards import rate
from elicitation.extraction.models import Candidate, Rating


class Rate(View):
    """Takes what was tapped; nothing tapped takes back what was said."""

    def post(self, request: HttpRequest, slug: str, candidate_id: UUID) -> HttpResponse:
        card = gates.own_card(seat(request, slug), candidate_id)
        said = request.POST.get("says", "")
        rate(card, Rating.Says(said) if said in Rating.Says.values else None)
        messages.success(request, _("Kept. Thank you.") if said else _("Taken back."))
        if request.POST.get("back") == "card":
            return see_other("citizen:card", slug=slug, candidate_id=card.pk)
        return see_other("citizen:mine", slug=slug)


def around(card: Any) -> dict[str, Any]:
    """What was said of a card, and whether there is anything to ask: not before its author has said whether it is what they meant, nor of words that are the author's own, nor of a card that stands no more.

    `card` has `reworded` (see with_cards).
    """
    rated, state = getattr(card, "rating", None), Candidate.State
    is_over = card.state == state.SUPERSEDED or card.reworded
    return {
        "rated": rated,
        "may_rate": not is_over and (card.state != state.PROPOSED or rated is not None),
        "ratings": Rating.Says.choices,
    }
