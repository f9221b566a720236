"""Open readings and close them. No network in here: a transaction is open."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.db.models import F, Q
from django.utils import timezone

from elicitation.extraction.actions import spending
from elicitation.extraction.actions.keeping import Kept, keep, settled, spent, storable
from elicitation.extraction.actions.waiting import (
    MOST_TRIES,
    OFF,
    go_on_without,
    put_off,
    supersede,
)
from elicitation.extraction.addressing import addresses_a_machine
from elicitation.extraction.engines.base import Ask, Engine, EngineFailure, Reply
from elicitation.extraction.errors import AlreadyClaimed, BudgetBusy, Outlived, OverBudget
from elicitation.extraction.models import (
    Candidate,
    Lane,
    RawReply,
    Reading,
    ReadingRequest,
)
from elicitation.extraction.sifting import Sifted, sift
from elicitation.interview import queries as threads
from elicitation.interview.actions import ask_beneath
from elicitation.interview.models import Response, Revision
from elicitation.record.actions import append, recorded, recorded_at_once

State = ReadingRequest.State
RESTS = timedelta(seconds=5)  # where an endpoint does not say how long it wants to rest


@recorded_at_once
def open_reading(revision: Revision, engine: Engine, ask: Ask) -> Reading | None:
    """Claim a revision for one engine, and set apart what reading it may cost.

    None where it is not to be asked now: the budget is used up or held by others, or machine reading was switched off. The answer then
    is with a person, or waits. Raises AlreadyClaimed where it is held or no longer waits.
    """
    now, lease = timezone.now(), timedelta(seconds=settings.READING_LEASE)
    free = Q(leased_until=None) | Q(leased_until__lt=now)
    claimed = ReadingRequest.objects.filter(free, pk=revision.pk, state=State.WAITING).update(
        leased_until=now + lease, ring_at=now + lease, tries=F("tries") + 1
    )
    if not claimed:
        raise AlreadyClaimed
    _lose_open(revision.pk)
    reading = Reading.objects.create(
        revision=revision,
        engine=engine.name,
        model=engine.model,
        prompt_version=engine.prompt_version(ask),
        parameters=dict(engine.parameters),
    )
    append("reading.opened", reading=str(reading.id), revision=str(revision.pk), by=engine.name)
    return reading if _may_ask(reading, engine.at_most(ask)) else None


@recorded_at_once
def close_reading(reading: Reading, reply: Reply, cost: int | None = None) -> list[Candidate]:
    """Keep each proposal whose quotes the author really wrote; the others are counted. `cost`: None where none was set apart.

    Raises Outlived where the reading lost its claim, or the words were changed or withdrawn meanwhile.
    """
    sources = [reading.revision, *(words for _, words in threads.before(reading.revision))]
    sifted = sift(reply, [words.text for words in sources])
    noted = {**reading.parameters, **reply.noted}
    result = {**spent(reply.usage, cost), "parameters": noted, "refusals": dict(sifted.refusals)}
    _end(reading, state=Reading.State.DONE, **result)
    kept = Kept(reading, sifted, sources)
    keep([kept])
    _keep_raw(reading, reply.raw)
    if cost is not None:
        spending.settle(reading.pk, cost)
    state, why = settled(sifted.outcome(_asked_beneath(sources, sifted)))
    _settle(reading, state, why)
    if state in {State.READ, State.NOTHING_FOUND}:
        _settle_earlier(kept)
    append(
        "reading.closed",
        reading=str(reading.id),
        candidates=[str(c.id) for c in kept.cards],
        norms=[str(n.id) for n in kept.norms],
        refused=sum(sifted.refusals.values()),
    )
    return kept.cards


@recorded_at_once
def fail_reading(reading: Reading, failure: EngineFailure, cost: int | None = None) -> None:
    """Write down why a reading failed: the answer waits for another try, or goes to a person.

    A busy endpoint costs the answer no try. Raises Outlived as close_reading does.
    """
    noted = {**reading.parameters, **failure.noted}
    _end(reading, **_failed(failure), **spent(failure.usage, cost), parameters=noted)
    _keep_raw(reading, failure.raw)
    if cost is not None:
        spending.settle(reading.pk, cost)
    request = ReadingRequest.objects.get(revision=reading.revision_id)
    tries = request.tries - (failure.code == "rate_limited")
    if failure.temporary and tries < MOST_TRIES:
        pause = min(2**tries, 60) if failure.retry_after is None else failure.retry_after
        ReadingRequest.objects.filter(pk=request.pk).update(
            tries=tries,
            round=F("round") + 1,
            leased_until=None,
            ring_at=timezone.now() + timedelta(seconds=pause),
        )
    else:
        _settle(reading, State.NEEDS_PERSON, failure.code)
    append("reading.failed", reading=str(reading.id), failure=failure.code)


@recorded
def rest(lane: str, seconds: float | None) -> datetime:
    """Let every worker leave an endpoint alone for as long as it asked, or a little while. Returns until when."""
    until = timezone.now() + (RESTS if seconds is None else timedelta(seconds=seconds))
    held, new = Lane.objects.get_or_create(name=lane, defaults={"rests_until": until})
    if not new and held.rests_until < until:
        Lane.objects.filter(pk=lane).update(rests_until=until)
    append("lane.rests", seconds=seconds)
    return until


@recorded
def purge_replies(readings: Sequence[UUID]) -> int:
    """Erase what engines replied, word for word, in these readings. Returns how many."""
    erased, _ = RawReply.objects.filter(pk__in=readings).delete()
    append("replies.purged", count=erased)
    return erased


def _may_ask(reading: Reading, at_most: int) -> bool:
    """Whether money is set apart and reading is on; otherwise the reading ends here and says why."""
    if hasattr(reading.revision.response.prompt.inquiry, "reading_switched_off"):
        _close(reading, state=Reading.State.LOST)
        _settle(reading, State.NEEDS_PERSON, OFF)
        return False
    if not at_most:
        return True
    try:
        with transaction.atomic():
            spending.reserve(reading, at_most)
    except OverBudget:
        _close(reading, **_failed(EngineFailure("over_budget")))
        _settle(reading, State.NEEDS_PERSON, "over_budget")
        return False
    except BudgetBusy:
        reading.delete()
        ReadingRequest.objects.filter(pk=reading.revision_id).update(
            leased_until=None, tries=F("tries") - 1
        )
        put_off([reading.revision_id], timezone.now())
        return False
    return True


def _asked_beneath(sources: Sequence[Revision], sifted: Sifted) -> bool:
    """Whether the author is asked what lies beneath words that are no value yet."""
    if sifted.beneath is None:
        return False
    kind, place = sifted.beneath
    return ask_beneath(sources[place.text], kind, place.span.start, place.span.end) is not None


def _settle_earlier(kept: Kept) -> None:
    """What was not yet a value is read now, together with the reply: its own first cards give way to the new ones."""
    follows = kept.reading.revision.response.follows
    if follows is None:
        return
    if kept.cards or kept.norms:
        seen = [words for words in kept.sources[1:] if words.written_at < kept.reading.started_at]
        supersede(seen, by=kept.reading)
    go_on_without(follows.root_id)


def _lose_open(revision_id: UUID) -> None:
    """Readings that were under way when their worker died."""
    lost = Reading.objects.filter(revision=revision_id, state=Reading.State.OPEN)
    for reading in lost:
        spending.settle(reading.pk, None)
        _close(reading, state=Reading.State.LOST)


def _end(reading: Reading, **result: object) -> None:
    """End an open reading of words that still stand, or raise Outlived.

    The response is locked first, as withdrawing and revising do, so nothing is kept for words that are gone.
    """
    response = reading.revision.response
    thread = [response.pk, response.follows.root_id if response.follows else response.pk]
    list(Response.objects.select_for_update().filter(pk__in=thread).order_by("pk"))
    still_open = Reading.objects.filter(
        pk=reading.pk, state=Reading.State.OPEN, revision__reading_request__state=State.WAITING
    )
    if not still_open.update(ended_at=timezone.now(), **result):
        raise Outlived


def _close(reading: Reading, **result: object) -> None:
    Reading.objects.filter(pk=reading.pk).update(ended_at=timezone.now(), **result)


def _failed(failure: EngineFailure) -> dict[str, str]:
    detail = storable(failure.detail[:300])
    return {"state": Reading.State.FAILED, "failure": failure.code, "detail": detail}


def _keep_raw(reading: Reading, raw: str) -> None:
    if raw:
        RawReply.objects.create(reading=reading, text=storable(raw))


def _settle(reading: Reading, state: str, why: str = "") -> None:
    flag = "addresses_the_model" if addresses_a_machine(reading.revision.text) else ""
    ReadingRequest.objects.filter(revision=reading.revision_id).update(
        state=state, why=why, flag=flag, leased_until=None, ring_at=None
    )
