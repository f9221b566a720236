"""Others said something close: is it the same, or does the card stay by itself? The person's own words stay either way."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views import View

from deliberation.assemblies import gates
from deliberation.web.forms import see_other
from deliberation.web.seats import seat
from elicitation.graph.actions.placing import wish


class Likening(View):
    def post(self, request: HttpRequest, slug: str, candidate_id: UUID) -> HttpResponse:
        card = gates.own_card(seat(request, slug), candidate_id)
        chosen = request.POST.get("value", "")
        offered = [likeness.value for likeness in card.likenesses.select_related("value")]
        value = next((value for value in offered if str(value.pk) == chosen), None)
        wish(card, value)
        if value:
            messages.success(
                request, _("Kept. Your words stay as they are; a moderator sees your wish.")
            )
        else:
            messages.success(request, _("Your card stays by itself."))
        return see_other("citizen:mine", slug=slug)
