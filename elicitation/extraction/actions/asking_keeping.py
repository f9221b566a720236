"""What actions about a model that is asked something share: claim it, set apart what it may cost, end it or let it be tried again."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.db.models import F, Q, QuerySet
from django.utils import timezone

from elicitation.extraction.actions import spending
from elicitation.extraction.actions.waiting import MOST_TRIES
from elicitation.extraction.engines.base import EngineFailure, Usage
from elicitation.extraction.errors import BudgetBusy, OverBudget
from elicitation.extraction.models import Asking
from elicitation.extraction.queries import askings

BUSY = timedelta(seconds=5)  # until money under way may be free again
SPENT = timedelta(hours=24)  # until the budget of the day may be another
RING_AGAIN = timedelta(minutes=2)
WAITING, FAILED = "waiting", "failed"
Askings = QuerySet[Any]  # of one kind of Asking


@dataclass(frozen=True, slots=True)
class Who:
    """Which engine is asked, as the row keeps it; what it may cost at most."""

    engine: str
    model: str
    prompt_version: str
    at_most: int


def ring(found: Askings, most: int) -> tuple[list[UUID], list[UUID]]:
    """Take up to `most` of these and put off their next ring. Returns their ids, and those of others that end as failed.

    One whose workers never came back, MOST_TRIES times over, is not tried again: each time may have been paid for.
    """
    taken = list(found.select_for_update(of=("self",), skip_locked=True).order_by("ring_at")[:most])
    lost = [one for one in taken if one.tries >= MOST_TRIES]
    for one in lost:
        spending.settle(one.pk, None)
        end(one, Usage(), None, state=FAILED, failure="never_came_back")
    ids = [one.pk for one in taken if one.tries < MOST_TRIES]
    askings(found.model).filter(pk__in=ids).update(ring_at=timezone.now() + RING_AGAIN)
    return ids, [one.pk for one in lost]


def claim(kind: type[Asking], asking_id: UUID, who: Who) -> bool:
    """Take one for a worker; False where another has it, it no longer waits, or it was tried too often."""
    now, lease = timezone.now(), timedelta(seconds=settings.READING_LEASE)
    free = Q(leased_until=None) | Q(leased_until__lt=now)
    waiting = askings(kind).filter(free, state=WAITING, tries__lt=MOST_TRIES)
    if not waiting.filter(pk=asking_id).update(leased_until=now + lease, tries=F("tries") + 1):
        return False
    spending.settle(asking_id, None)  # of a worker that died at it, nobody knows what it spent
    askings(kind).filter(pk=asking_id).update(
        engine=who.engine, model=who.model, prompt_version=who.prompt_version
    )
    return True


def set_apart(one: Asking, inquiry: object, amount: int) -> bool:
    """Set apart what it may cost, of the day's budget and the inquiry's. False where there is no money now: it waits."""
    now = timezone.now()
    keys: Mapping[str, str] = {"day": now.date().isoformat(), "inquiry": str(inquiry)}
    try:
        with transaction.atomic():
            spending.set_apart(one.pk, keys, amount)
    except (OverBudget, BudgetBusy) as refused:
        pause = SPENT if isinstance(refused, OverBudget) else BUSY
        _same(one).update(
            failure=refused.code[:24], tries=F("tries") - 1, leased_until=None, ring_at=now + pause
        )
        return False
    return True


def is_held(one: Asking) -> bool:
    """Whether the worker that took it still has it: it waits, and nobody has tried since. It is locked."""
    held = _same(one).select_for_update(of=("self",))
    return held.filter(state=WAITING, tries=one.tries).exists()


def fail(one: Asking, failure: EngineFailure, cost: int | None) -> None:
    """Write down why a model said nothing: it is asked again, or not any more. A busy endpoint costs no try."""
    tries = one.tries - (failure.code == "rate_limited")
    if failure.temporary and tries < MOST_TRIES:
        pause = min(2**tries, 60) if failure.retry_after is None else failure.retry_after
        again = timezone.now() + timedelta(seconds=pause)
        _settle(one, cost)
        _same(one).update(tries=tries, failure=failure.code, leased_until=None, ring_at=again)
    else:
        end(one, failure.usage, cost, state=FAILED, failure=failure.code)


def end(one: Asking, usage: Usage, cost: int | None, **result: object) -> None:
    """Write down what came of it and what it took. `cost`: None where nothing was set apart."""
    _settle(one, cost)
    _same(one).update(
        tokens_in=usage.tokens_in,
        tokens_out=usage.tokens_out,
        calls=usage.calls,
        cost=cost or 0,
        leased_until=None,
        ring_at=None,
        ended_at=timezone.now(),
        **{"failure": "", **result},
    )


def again(kind: type[Asking], ids: Sequence[UUID]) -> int:
    """Let those of these that ended as failed be asked anew, as if they had never been. Returns how many."""
    failed = askings(kind).filter(pk__in=ids, state=FAILED)
    return failed.update(
        state=WAITING, failure="", tries=0, ring_at=timezone.now(), leased_until=None, ended_at=None
    )


def _settle(one: Asking, cost: int | None) -> None:
    if cost is not None:
        spending.settle(one.pk, cost)


def _same(one: Asking) -> Askings:
    return askings(type(one)).filter(pk=one.pk)
