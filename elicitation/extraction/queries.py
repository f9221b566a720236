"""What waits, and for how long."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from uuid import UUID

from django.conf import settings
from django.db.models import Count, Min, QuerySet
from django.utils import timezone

from elicitation.extraction.errors import AlreadyClaimed
from elicitation.extraction.models import (
    Lane,
    Located,
    Mark,
    NormQuote,
    Quote,
    ReadingRequest,
    Reservation,
)
from elicitation.interview.models import Revision


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


def to_read(revision_id: UUID) -> Revision:
    """A revision with all that is told of it. Raises AlreadyClaimed where it was withdrawn meanwhile."""
    with_question = Revision.objects.select_related(
        "response__prompt__inquiry", "response__follows__root"
    )
    if revision := with_question.filter(pk=revision_id).first():
        return revision
    raise AlreadyClaimed


def rests_until(lane: str) -> datetime | None:
    """Until when an endpoint asked to be left alone; None where it may be asked."""
    now = timezone.now()
    return (
        Lane.objects.filter(pk=lane, rests_until__gt=now)
        .values_list("rests_until", flat=True)
        .first()
    )


def lost_reservations() -> QuerySet[Reservation]:
    """Money set apart for readings that never came back."""
    stale = timezone.now() - timedelta(seconds=2 * settings.READING_LEASE)
    return Reservation.objects.filter(made_at__lt=stale)


def broken_spans() -> Iterator[Located]:
    """Quotes and marks that differ from their span. There must be none; checks and tests ask."""
    for located in (Quote, NormQuote, Mark):
        for span in located.objects.select_related("revision").iterator():
            if span.revision.text[span.start : span.end] != span.text:
                yield span
