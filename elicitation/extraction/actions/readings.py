"""Ask for readings, open and close them. No network in here: a transaction is open."""

from collections.abc import Iterable, Sequence
from datetime import timedelta
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.db.models import F, Q
from django.utils import timezone

from elicitation.extraction.actions.keeping import keep
from elicitation.extraction.engines.base import Engine, EngineFailure, Reply
from elicitation.extraction.errors import AlreadyClaimed, Outlived
from elicitation.extraction.models import Candidate, Reading, ReadingRequest
from elicitation.interview.models import Response, Revision
from elicitation.record.actions import append, recorded

RING_AGAIN = timedelta(seconds=30)
MOST_TRIES = 6
WAITING = ReadingRequest.State.WAITING
NEEDS_PERSON = ReadingRequest.State.NEEDS_PERSON


@recorded
def request_readings(revisions: Iterable[Revision]) -> list[ReadingRequest]:
    """Put `revisions` on the worker's list, in the transaction that wrote them."""
    now = timezone.now()
    requests = ReadingRequest.objects.bulk_create(
        (ReadingRequest(revision=r, ring_at=now) for r in revisions), ignore_conflicts=True
    )
    append("readings.requested", revisions=[str(r.revision_id) for r in requests])
    return requests


@recorded
def set_aside_older(revision: Revision) -> None:
    """New words have come: what was proposed from the older ones, and not yet owned, stands no more."""
    older = Revision.objects.filter(response=revision.response_id, number__lt=revision.number)
    ReadingRequest.objects.filter(revision__in=older).update(
        state=ReadingRequest.State.SET_ASIDE, why=""
    )
    Candidate.objects.filter(reading__revision__in=older, state=Candidate.State.PROPOSED).update(
        state=Candidate.State.SUPERSEDED, version=F("version") + 1
    )
    append("readings.set_aside", response=str(revision.response_id), before=revision.number)


@transaction.atomic(durable=True)
@recorded
def open_reading(revision_id: UUID, engine: Engine) -> Reading:
    """Claim a revision for one engine. Raises AlreadyClaimed where it is held or no longer waits."""
    now, lease = timezone.now(), timedelta(seconds=settings.READING_LEASE)
    free = Q(leased_until=None) | Q(leased_until__lt=now)
    claimed = ReadingRequest.objects.filter(free, revision=revision_id, state=WAITING).update(
        leased_until=now + lease, ring_at=now + lease, tries=F("tries") + 1
    )
    if not claimed:
        raise AlreadyClaimed
    Reading.objects.filter(revision=revision_id, state=Reading.State.OPEN).update(
        state=Reading.State.LOST, ended_at=now
    )
    reading = Reading.objects.create(
        revision_id=revision_id,
        engine=engine.name,
        model=engine.model,
        prompt_version=engine.prompt_version,
        parameters=dict(engine.parameters),
    )
    append("reading.opened", reading=str(reading.id), revision=str(revision_id), by=engine.name)
    return reading


@transaction.atomic(durable=True)
@recorded
def close_reading(reading: Reading, reply: Reply) -> list[Candidate]:
    """Keep each proposed card whose quotes the author really wrote; the others are counted.

    Raises Outlived where the reading lost its claim, or the words were changed or withdrawn meanwhile.
    """
    _end(reading, Reading.State.DONE)
    kept, refusals = keep(reading, reply.values)
    Reading.objects.filter(pk=reading.pk).update(
        refusals=dict(refusals),
        tokens_in=reply.usage.tokens_in,
        tokens_out=reply.usage.tokens_out,
        raw=reply.raw.replace("\x00", ""),
    )
    if kept:
        _settle(reading, ReadingRequest.State.READ)
    elif refusals:
        _settle(reading, NEEDS_PERSON, "quotes_not_found")
    else:
        _settle(reading, ReadingRequest.State.NOTHING_FOUND)
    append(
        "reading.closed",
        reading=str(reading.id),
        candidates=[str(c.id) for c in kept],
        refused=sum(refusals.values()),
    )
    return kept


@transaction.atomic(durable=True)
@recorded
def fail_reading(reading: Reading, failure: EngineFailure) -> None:
    """Write down why a reading failed: the answer waits for another try, or goes to a person.

    A busy endpoint costs the answer no try. Raises Outlived as close_reading does.
    """
    _end(reading, Reading.State.FAILED, failure)
    request = ReadingRequest.objects.get(revision=reading.revision_id)
    tries = request.tries - (failure.code == "rate_limited")
    if failure.temporary and tries < MOST_TRIES:
        pause = timedelta(seconds=failure.retry_after or min(2**tries, 60))
        ReadingRequest.objects.filter(pk=request.pk).update(
            tries=tries, leased_until=None, ring_at=timezone.now() + pause
        )
    else:
        _settle(reading, NEEDS_PERSON, failure.code)
    append("reading.failed", reading=str(reading.id), failure=failure.code)


@recorded
def ring_due(most: int) -> list[UUID]:
    """Take up to `most` answers that are due, and put off their next ring. Returns revision ids.

    An answer whose readings never came back, MOST_TRIES times over, goes to a person instead.
    """
    now = timezone.now()
    ReadingRequest.objects.filter(state=WAITING, ring_at__lte=now, tries__gte=MOST_TRIES).update(
        state=NEEDS_PERSON, why="never_came_back", leased_until=None, ring_at=None
    )
    due = (
        ReadingRequest.objects.select_for_update(skip_locked=True)
        .filter(state=WAITING, ring_at__lte=now)
        .order_by("ring_at")[:most]
    )
    ids = [request.pk for request in due]
    ReadingRequest.objects.filter(pk__in=ids).update(ring_at=now + RING_AGAIN)
    append("readings.rung", count=len(ids))
    return ids


@recorded
def read_again(requests: Sequence[ReadingRequest]) -> int:
    """Let the engine try answers that were waiting for a person once more. Returns how many."""
    again = ReadingRequest.objects.filter(
        pk__in=[r.pk for r in requests], state=NEEDS_PERSON
    ).update(state=WAITING, why="", tries=0, leased_until=None, ring_at=timezone.now())
    append("readings.requested_again", count=again)
    return again


@recorded
def nothing_to_find(request: ReadingRequest) -> None:
    """A person has looked at an answer and found no value in it."""
    ReadingRequest.objects.filter(pk=request.pk).update(
        state=ReadingRequest.State.NOTHING_FOUND, why="", leased_until=None
    )
    append("reading.nothing_by_hand", revision=str(request.pk))


def _end(reading: Reading, state: str, failure: EngineFailure | None = None) -> None:
    """End an open reading of words that still stand, or raise Outlived.

    The response is locked first, as withdrawing and revising do, so nothing is kept for words that are gone.
    """
    list(Response.objects.select_for_update().filter(revisions=reading.revision_id))
    still_open = Reading.objects.filter(
        pk=reading.pk, state=Reading.State.OPEN, revision__reading_request__state=WAITING
    )
    ended = still_open.update(
        state=state,
        ended_at=timezone.now(),
        failure=failure.code if failure else "",
        detail=failure.detail[:300].replace("\x00", "") if failure else "",
    )
    if not ended:
        raise Outlived


def _settle(reading: Reading, state: str, why: str = "") -> None:
    ReadingRequest.objects.filter(revision=reading.revision_id).update(
        state=state, why=why, leased_until=None, ring_at=None
    )
