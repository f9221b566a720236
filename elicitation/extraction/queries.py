"""What waits, and for how long."""

from collections.abc import Iterator
from datetime import datetime

from django.db.models import Count, Min, QuerySet
from django.utils import timezone

from elicitation.extraction.models import Quote, ReadingRequest


def waiting() -> QuerySet[ReadingRequest]:
    """Answers no engine has finished with yet: the worker's whole to-do list."""
    return ReadingRequest.objects.filter(state=ReadingRequest.State.WAITING)


def due() -> QuerySet[ReadingRequest]:
    """Waiting answers whose bell should ring now."""
    return waiting().filter(ring_at__lte=timezone.now())


def oldest_waiting() -> datetime | None:
    """When the answer that has waited longest was asked about; None where nothing waits."""
    oldest: datetime | None = waiting().aggregate(at=Min("asked_at"))["at"]
    return oldest


def counts(requests: QuerySet[ReadingRequest]) -> dict[str, int]:
    """How many of `requests` are in each state; every state is named."""
    found = dict(requests.order_by().values_list("state").annotate(n=Count("pk")))
    return {state: found.get(state, 0) for state in ReadingRequest.State.values}


def counts_done() -> int:
    """How many answers are no longer waiting."""
    return ReadingRequest.objects.exclude(state=ReadingRequest.State.WAITING).count()


def broken_quotes() -> Iterator[Quote]:
    """Quotes that differ from their span. There must be none; checks and tests ask."""
    for quote in Quote.objects.select_related("revision").iterator():
        if quote.revision.text[quote.start : quote.end] != quote.text:
            yield quote
