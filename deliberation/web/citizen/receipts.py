"""A citizen's proof that an answer was received: the words, their entry, and the head it is sealed in."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.views import View

from deliberation.assemblies import gates
from deliberation.assemblies.errors import NotHere
from deliberation.web.downloads import download
from deliberation.web.seats import seat
from elicitation.interview.models import Response
from elicitation.record.models import Entry
from elicitation.record.queries import receipt_of, received_as, received_as_of


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
class Head:
    """The head an entry was sealed in."""

    size: int
    sealed_at: datetime


@dataclass(frozen=True, slots=True)
class Sealed:
    """How far an answer's entry has come: `head` is None while it waits."""

    entry: Entry
    head: Head | None


def sealed(response: Response) -> Sealed | None:
    """How far the entry of an answer's words has come; None where there is none (any more)."""
    return sealed_of([response.pk]).get(response.pk)


def sealed_of(responses: Collection[UUID]) -> dict[UUID, Sealed]:
    """The same of many answers, by their keys, in one query."""
    return {
        pk: Sealed(one, Head(one.head_size, one.head_at) if one.head_size else None)
        for pk, one in received_as_of(responses).items()
    }
