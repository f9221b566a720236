"""Addresses that are told what happens: set one, end one, put what is to be told, and keep what became of it."""

import json
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.db.models import F, Max, Q
from django.db.models.functions import Coalesce
from django.utils import timezone

from deliberation.assemblies.errors import AddressUnfit
from deliberation.assemblies.models import Assembly, Delivery, Hook
from deliberation.assemblies.reaching import is_fit
from deliberation.assemblies.signatures import secret_of
from elicitation.record.actions import append, recorded
from elicitation.record.models import Entry

State = Delivery.State
LEASE = timedelta(seconds=60)  # longer than a try may take
WAITS = [timedelta(seconds=s) for s in (5, 60, 300, 1800, 7200, 21600, 43200)]
MOST_TRIES = len(WAITS) + 1
TEST = "test"


@dataclass(frozen=True, slots=True)
class Event:
    """What happened: `key` names it within the assembly; `told` holds kinds, ids and counts, and nothing that is not public."""

    key: str
    kind: str
    at: datetime
    told: dict[str, Any]


@recorded
def set_hook(assembly: Assembly, url: str, events: Collection[str]) -> tuple[Hook, str]:
    """Tell an address of events from now on. Returns it with the secret it can check us by. Raises AddressUnfit."""
    if not is_fit(url, settings.WEBHOOKS_PRIVATE):
        raise AddressUnfit
    newest = Entry.objects.aggregate(newest=Coalesce(Max("index"), -1))["newest"]
    made = Hook.objects.create(assembly=assembly, url=url, events=sorted(events), seen=newest)
    append("hook.set", assembly=assembly.slug, hook=made.pk, events=made.events)
    return made, secret_of(settings.SECRET_KEY, made.salt)


@recorded
def end_hook(hook: Hook) -> None:
    """Tell an address nothing more, of what waits neither."""
    Hook.objects.filter(pk=hook.pk, ended_at=None).update(ended_at=timezone.now())
    append("hook.ended", hook=hook.pk)


@recorded
def announce(hook: Hook, events: Sequence[Event], seen: int, clock: datetime) -> int:
    """Put events on the list of what an address is to be told, up to a place in the record and a moment. Returns how many are new.

    Another worker that was faster has told them: then nothing is put.
    """
    held = Hook.objects.select_for_update().get(pk=hook.pk)
    wanted = [one for one in events if one.kind in (*held.events, TEST)]
    if (held.seen, held.clock) == (hook.seen, hook.clock):
        Delivery.objects.bulk_create(
            [_delivery(held, one) for one in wanted], ignore_conflicts=True
        )
        held.seen, held.clock = seen, clock
        held.save(update_fields=["seen", "clock"])
    append("hook.announced", hook=held.pk, events=len(wanted))
    return len(wanted)


@recorded
def try_out(hook: Hook) -> Delivery:
    """Send an address something that tells nothing, to see whether it comes through."""
    now = timezone.now()
    made = _delivery(hook, Event(f"{TEST} {now.isoformat()}", TEST, now, {}))
    made.save(force_insert=True)
    append("hook.tested", hook=hook.pk)
    return made


@recorded
def claim(delivery: Delivery) -> bool:
    """Take what is to be told; False where it is over, waits for later, or another worker is at it. Lost too often with its worker, it is given up."""
    now = timezone.now()
    free = Q(leased_until=None) | Q(leased_until__lte=now)
    due = Delivery.objects.filter(free, pk=delivery.pk, state=State.WAITING, next_at__lte=now)
    told = due.filter(hook__ended_at=None)
    taken = told.filter(tries__lt=MOST_TRIES).update(leased_until=now + LEASE, tries=F("tries") + 1)
    if not taken:
        told.update(state=State.FAILED, failure="not_reached", leased_until=None, ended_at=now)
    append("delivery.claimed", delivery=str(delivery.pk), taken=bool(taken))
    delivery.refresh_from_db()
    return bool(taken)


@recorded
def keep(delivery: Delivery, status: int | None, failure: str) -> None:
    """Note what became of a try: taken, to be tried again after a while that grows, or given up. Not where another worker has taken it since."""
    now, over = timezone.now(), delivery.tries >= MOST_TRIES
    state = State.WAITING if failure and not over else State.FAILED if failure else State.SENT
    mine = Delivery.objects.filter(pk=delivery.pk, state=State.WAITING, tries=delivery.tries)
    mine.update(
        state=state,
        status=status,
        failure=failure,
        leased_until=None,
        next_at=now + WAITS[min(delivery.tries, len(WAITS)) - 1],
        ended_at=None if state == State.WAITING else now,
    )
    append("delivery.ended", delivery=str(delivery.pk), state=str(state))


@recorded
def try_again(keys: Sequence[str]) -> int:
    """Let what was given up be tried anew. Returns how many."""
    given_up = Delivery.objects.filter(pk__in=keys, state=State.FAILED)
    number = given_up.update(state=State.WAITING, tries=0, next_at=timezone.now(), ended_at=None)
    append("deliveries.asked_again", deliveries=number)
    return number


def _delivery(hook: Hook, event: Event) -> Delivery:
    data = {"assembly": hook.assembly.slug, **event.told}
    told = {"type": event.kind, "timestamp": event.at.isoformat(), "data": data}
    return Delivery(hook=hook, of=event.key, event=event.kind, body=json.dumps(told))
