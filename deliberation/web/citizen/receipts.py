"""A citizen's proof that an answer was received: the words, their entry, and the head it is sealed in."""

from dataclasses import dataclass
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.views import View

from deliberation.assemblies import gates
from deliberation.assemblies.errors import NotHere
from deliberation.web.downloads import download
from deliberation.web.seats import seat
from elicitation.interview.models import Response
from elicitation.record.models import Entry, TreeHead
from elicitation.record.queries import head_over, receipt_of, received_as


class Receipt(View):
    def get(self, request: HttpRequest, slug: str, response_id: UUID) -> HttpResponse:
        response = gates.own_response(seat(request, slug), response_id)
        entry, latest = received_as(response.pk), response.latest
        if entry is None or latest is None:
            raise NotHere
        is_of_these = entry.body is not None and entry.body["revision"] == str(latest.pk)
        told = receipt_of(entry, latest.text if is_of_these else None)
        return download(told, f"{slug}-receipt.json")


@dataclass(frozen=True, slots=True)
class Sealed:
    """How far an answer's entry has come: `head` is None while it waits."""

    entry: Entry
    head: TreeHead | None


def sealed(response: Response) -> Sealed | None:
    """How far the entry of an answer's words has come; None where there is none (any more)."""
    entry = received_as(response.pk)
    return Sealed(entry, head_over(entry)) if entry else None
