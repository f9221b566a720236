"""Ask a model for words of proposed clauses: put them on the list, claim one, keep what it said or why it said nothing."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.db.models import F, Q
from django.utils import timezone

from deliberation.artifacts import chores
from deliberation.artifacts.actions.keeping import keep_wording, touch
from deliberation.artifacts.errors import PhrasingClaimed
from deliberation.artifacts.models import Clause, Phrasing
from elicitation.extraction.actions import spending
from elicitation.extraction.actions.waiting import MOST_TRIES
from elicitation.extraction.engines.base import EngineFailure, Usage
from elicitation.extraction.errors import BudgetBusy, OverBudget
from elicitation.record.actions import append, recorded, recorded_at_once

State = Phrasing.State
BUSY = timedelta(seconds=5)  # until money under way may be free again
SPENT = timedelta(hours=24)  # until the budget of the day may be another
RING_AGAIN = timedelta(minutes=2)


@dataclass(frozen=True, slots=True)
class Writer:
    """Who is to word it; what it may cost at most."""

    engine: str
    model: str
    prompt_version: str
    at_most: int


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of asking: words, or why they are not kept, and what it took. `cost`: None where none was set apart."""

    text: str
    refused: str
    usage: Usage
    cost: int | None


@recorded
def request(clauses: Iterable[Clause]) -> int:
    """Put proposed clauses on the list a model is asked about. Returns how many."""
    now = timezone.now()
    wanted = [Phrasing(clause=clause, edits=clause.edits, ring_at=now) for clause in clauses]
    Phrasing.objects.bulk_create(wanted)
    append("phrasings.requested", clauses=[str(one.clause_id) for one in wanted])
    return len(wanted)


@recorded
def ring(most: int) -> list[UUID]:
    """Take up to `most` that are due, and put off their next ring. Returns their ids. One tried too often ends as failed."""
    now = timezone.now()
    due = chores.phrasings_due().select_for_update(skip_locked=True)
    taken = list(due.order_by("ring_at")[:most])
    for one in taken:
        if one.tries >= MOST_TRIES:
            _end(one, Usage(), None, state=State.FAILED, failure="never_came_back")
    ids = [one.pk for one in taken if one.tries < MOST_TRIES]
    Phrasing.objects.filter(pk__in=ids).update(ring_at=now + RING_AGAIN)
    append("phrasings.rung", count=len(ids))
    return ids


@recorded_at_once
def open_phrasing(phrasing_id: UUID, writer: Writer) -> Phrasing | None:
    """Claim one and set apart what it may cost. None where there is no money now: it waits. Raises PhrasingClaimed."""
    now, lease = timezone.now(), timedelta(seconds=settings.READING_LEASE)
    free = Q(leased_until=None) | Q(leased_until__lt=now)
    waiting = Phrasing.objects.filter(free, state=State.WAITING, tries__lt=MOST_TRIES)
    if not waiting.filter(pk=phrasing_id).update(leased_until=now + lease, tries=F("tries") + 1):
        raise PhrasingClaimed
    spending.settle(phrasing_id, None)  # of a worker that died at it, nobody knows what it spent
    Phrasing.objects.filter(pk=phrasing_id).update(
        engine=writer.engine, model=writer.model, prompt_version=writer.prompt_version
    )
    append("phrasing.opened", phrasing=str(phrasing_id), by=writer.engine)
    opened = Phrasing.objects.get(pk=phrasing_id)
    return opened if not writer.at_most or _set_apart(opened, writer.at_most) else None


@recorded_at_once
def close_phrasing(phrasing: Phrasing, outcome: Outcome) -> bool:
    """Put the model's words in the clause, labelled as its own; not where a person has touched it since, or the words are unfit.

    Returns whether they were. Raises PhrasingClaimed where the worker was too slow and another took over.
    """
    _ensure_held(phrasing)
    held = Clause.objects.select_for_update(of=("self",)).select_related("version__artifact")
    clause = held.get(pk=phrasing.clause_id)
    version = clause.version
    is_draft = version.published_at is None and version.frozen_at is None
    untouched = is_draft and clause.is_unread and clause.edits == phrasing.edits
    put = untouched and not outcome.refused
    if put:
        clause.text, clause.origin, clause.edits = outcome.text, Clause.Origin.MODEL, clause.edits + 1  # fmt: skip
        clause.save(update_fields=["text", "origin", "edits"])
        keep_wording(clause, None)
        touch(version)
    ended = {"state": State.FAILED, "failure": outcome.refused} if outcome.refused else {"state": State.DONE}  # fmt: skip
    _end(phrasing, outcome.usage, outcome.cost, **ended)
    append("phrasing.closed", phrasing=str(phrasing.pk), put=put)
    return put


@recorded_at_once
def fail_phrasing(phrasing: Phrasing, failure: EngineFailure, cost: int | None) -> None:
    """Write down why a model said nothing: it is asked again, or not any more. A busy endpoint costs no try. Raises PhrasingClaimed."""
    _ensure_held(phrasing)
    tries = phrasing.tries - (failure.code == "rate_limited")
    if failure.temporary and tries < MOST_TRIES:
        pause = min(2**tries, 60) if failure.retry_after is None else failure.retry_after
        again = timezone.now() + timedelta(seconds=pause)
        _settle(phrasing, cost)
        Phrasing.objects.filter(pk=phrasing.pk).update(
            tries=tries, failure=failure.code, leased_until=None, ring_at=again
        )
    else:
        _end(phrasing, failure.usage, cost, state=State.FAILED, failure=failure.code)
    append("phrasing.failed", phrasing=str(phrasing.pk), failure=failure.code)


@recorded
def put_off(phrasing_id: UUID, until: datetime) -> None:
    """Let one wait until `until`: its endpoint rests."""
    Phrasing.objects.filter(pk=phrasing_id, state=State.WAITING).update(ring_at=until)
    append("phrasing.put_off", phrasing=str(phrasing_id))


def _set_apart(phrasing: Phrasing, amount: int) -> bool:
    now = timezone.now()
    inquiry = phrasing.clause.values.values_list("inquiry", flat=True).first()
    keys = {"day": now.date().isoformat(), "inquiry": str(inquiry)}
    try:
        with transaction.atomic():
            spending.set_apart(phrasing.pk, keys, amount)
    except (OverBudget, BudgetBusy) as refused:
        pause = SPENT if isinstance(refused, OverBudget) else BUSY
        Phrasing.objects.filter(pk=phrasing.pk).update(
            failure=refused.code[:24], tries=F("tries") - 1, leased_until=None, ring_at=now + pause
        )
        return False
    return True


def _ensure_held(phrasing: Phrasing) -> None:
    held = Phrasing.objects.select_for_update()
    if not held.filter(pk=phrasing.pk, state=State.WAITING, tries=phrasing.tries).exists():
        raise PhrasingClaimed


def _end(phrasing: Phrasing, usage: Usage, cost: int | None, **result: object) -> None:
    _settle(phrasing, cost)
    Phrasing.objects.filter(pk=phrasing.pk).update(
        tokens_in=usage.tokens_in,
        tokens_out=usage.tokens_out,
        calls=usage.calls,
        cost=cost or 0,
        leased_until=None,
        ring_at=None,
        ended_at=timezone.now(),
        **{"failure": "", **result},
    )


def _settle(phrasing: Phrasing, cost: int | None) -> None:
    spending.settle(phrasing.pk, cost)
