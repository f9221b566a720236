"""Open and close many plain readings at a time: the same as one by one, in few queries.

Plain is what asks nobody beneath and follows nothing; the flow gives all else to readings.py, one by one.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

from django.conf import settings
from django.db.models import F, Q
from django.utils import timezone

from elicitation.extraction.actions.keeping import (
    Kept,
    keep,
    lose_open,
    settled,
    spent,
    storable,
)
from elicitation.extraction.addressing import addresses_a_machine
from elicitation.extraction.engines.base import Ask, Engine, Reply
from elicitation.extraction.models import RawReply, Reading, ReadingRequest
from elicitation.extraction.sifting import Sifted
from elicitation.interview.models import Response, Revision
from elicitation.record.actions import append, recorded, recorded_at_once

State = ReadingRequest.State
RESULT = ["state", "ended_at", "refusals", "tokens_in", "tokens_out", "calls", "cost", "parameters"]


@dataclass(frozen=True, slots=True)
class Result:
    """A reply to a reading, sifted."""

    reading: Reading
    reply: Reply
    sifted: Sifted


@recorded_at_once
def open_readings(
    asks: Sequence[tuple[Revision, Ask]], engine: Engine
) -> list[tuple[Reading, Ask]]:
    """Claim those of these revisions that still wait, for an engine without a price. Those held by others are passed over."""
    claimed = _claim([revision.pk for revision, _ in asks])
    opened = [
        (
            Reading(
                revision=revision,
                engine=engine.name,
                model=engine.model,
                prompt_version=engine.prompt_version(ask),
                parameters=dict(engine.parameters),
            ),
            ask,
        )
        for revision, ask in asks
        if revision.pk in claimed
    ]
    Reading.objects.bulk_create(reading for reading, _ in opened)
    append("readings.opened", readings=[str(r.pk) for r, _ in opened], by=engine.name)
    return opened


@recorded_at_once
def close_readings(results: Sequence[Result]) -> None:
    """Keep what held of each reply. Those that lost their claim, or whose words were changed or withdrawn, keep nothing."""
    standing = _still_open(results)
    kept = [Kept(r.reading, r.sifted, [r.reading.revision]) for r in standing]
    now = timezone.now()
    for r in standing:
        done = {**spent(r.reply.usage, None), "refusals": dict(r.sifted.refusals)}
        done |= {"parameters": {**r.reading.parameters, **r.reply.noted}}
        for name, value in {**done, "state": Reading.State.DONE, "ended_at": now}.items():
            setattr(r.reading, name, value)
    Reading.objects.bulk_create(
        [r.reading for r in standing],
        update_conflicts=True,
        unique_fields=["id"],
        update_fields=RESULT,
    )
    keep(kept)
    RawReply.objects.bulk_create(
        RawReply(reading=r.reading, text=storable(r.reply.raw)) for r in standing if r.reply.raw
    )
    _settle(standing)
    append(
        "readings.closed",
        readings=[str(r.reading.pk) for r in standing],
        candidates=[str(card.pk) for k in kept for card in k.cards],
        norms=[str(norm.pk) for k in kept for norm in k.norms],
        refused=sum(sum(k.sifted.refusals.values()) for k in kept),
    )


@recorded
def hold_on(readings: Sequence[Reading]) -> None:
    """Go on holding answers whose readings are under way. A worker that dies holds nothing for longer than READING_HOLD."""
    until = timezone.now() + timedelta(seconds=settings.READING_HOLD)
    revisions = [reading.revision_id for reading in readings]
    ReadingRequest.objects.filter(pk__in=revisions, state=State.WAITING).update(
        leased_until=until, ring_at=until
    )
    append("readings.held", count=len(revisions))


def _claim(revisions: Sequence[UUID]) -> set[UUID]:
    """Hold the requests that wait and nobody holds; readings whose worker died are lost."""
    now, hold = timezone.now(), timedelta(seconds=settings.READING_HOLD)
    free = Q(leased_until=None) | Q(leased_until__lt=now)
    waiting = ReadingRequest.objects.select_for_update(skip_locked=True).filter(
        free, pk__in=revisions, state=State.WAITING
    )
    claimed = set(waiting.values_list("pk", flat=True))
    ReadingRequest.objects.filter(pk__in=claimed).update(
        leased_until=now + hold, ring_at=now + hold, tries=F("tries") + 1
    )
    lose_open(claimed)
    return claimed


def _still_open(results: Sequence[Result]) -> list[Result]:
    """Those whose words stand and who hold their claim; the answers are locked first, as withdrawing and revising do."""
    answers = [r.reading.revision.response_id for r in results]
    list(Response.objects.select_for_update().filter(pk__in=answers).order_by("pk").values("pk"))
    ids = [r.reading.pk for r in results]
    still = set(
        Reading.objects.filter(
            pk__in=ids, state=Reading.State.OPEN, revision__reading_request__state=State.WAITING
        ).values_list("pk", flat=True)
    )
    return [r for r in results if r.reading.pk in still]


def _settle(results: Sequence[Result]) -> None:
    """How each answer ends; answers that end alike are written at once."""
    groups: dict[tuple[str, str, bool], list[UUID]] = {}
    for r in results:
        state, why = settled(r.sifted.outcome(asked=False))
        ends = state, why, addresses_a_machine(r.reading.revision.text)
        groups.setdefault(ends, []).append(r.reading.revision_id)
    for (state, why, flagged), revisions in groups.items():
        ReadingRequest.objects.filter(pk__in=revisions).update(
            state=state,
            why=why,
            flag="addresses_the_model" if flagged else "",
            leased_until=None,
            ring_at=None,
        )
