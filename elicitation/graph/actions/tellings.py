"""Ask a model for stories: put on the list, claimed with the money it may cost, ended with what held."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.db.models import F, Q
from django.utils import timezone

from elicitation.extraction.actions import spending
from elicitation.extraction.actions.waiting import MOST_TRIES
from elicitation.extraction.engines.base import EngineFailure, Usage
from elicitation.extraction.errors import BudgetBusy, OverBudget
from elicitation.graph import chores
from elicitation.graph.errors import TellingClaimed
from elicitation.graph.models import Story, Telling, Transition, Value
from elicitation.record.actions import append, recorded, recorded_at_once

State = Telling.State
BUSY = timedelta(seconds=5)  # until money under way may be free again
SPENT = timedelta(hours=24)  # until the budget of the day may be another
RING_AGAIN = timedelta(minutes=2)


@dataclass(frozen=True, slots=True)
class Teller:
    """Who is to tell, as the telling and each story keep it; what it may cost at most."""

    engine: str
    model: str
    prompt_version: str
    at_most: int


@dataclass(frozen=True, slots=True)
class Told:
    """One story that may be kept: of a move from one value to another."""

    start: Value
    end: Value
    text: str


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of a telling: stories that may be kept, why others are not, what it took. `cost`: None where none was set apart."""

    stories: Sequence[Told]
    refusals: Counter[str]
    usage: Usage
    cost: int | None


@recorded
def request_tellings(most: int) -> int:
    """Put up to `most` values with their contexts on the list to be asked about. Returns how many."""
    wanted = chores.untold().values_list("from_value", "context").order_by("from_value", "context")
    now = timezone.now()
    found = [
        Telling(value_id=value, context_id=context, ring_at=now)
        for value, context in wanted.distinct()[:most]
    ]
    Telling.objects.bulk_create(found, ignore_conflicts=True)
    append("tellings.requested", count=len(found))
    return len(found)


@recorded
def ring_tellings(most: int) -> list[UUID]:
    """Take up to `most` tellings that are due, and put off their next ring. Returns their ids.

    One whose workers never came back, MOST_TRIES times over, ends as failed: each time may have been paid for.
    """
    due = chores.tellings_due().select_for_update(of=("self",), skip_locked=True)
    taken = list(due.order_by("ring_at")[:most])
    lost = [telling.pk for telling in taken if telling.tries >= MOST_TRIES]
    for telling_id in lost:
        spending.settle(telling_id, None)
    Telling.objects.filter(pk__in=lost).update(
        state=State.FAILED,
        failure="never_came_back",
        leased_until=None,
        ring_at=None,
        ended_at=timezone.now(),
    )
    ids = [telling.pk for telling in taken if telling.tries < MOST_TRIES]
    Telling.objects.filter(pk__in=ids).update(ring_at=timezone.now() + RING_AGAIN)
    append("tellings.rung", count=len(ids), lost=[str(pk) for pk in lost])
    return ids


@recorded_at_once
def open_telling(telling_id: UUID, teller: Teller) -> Telling | None:
    """Claim a telling and set apart what it may cost. None where there is no money now: it waits.

    Raises TellingClaimed where another has it, it no longer waits, or it was tried too often.
    """
    now, lease = timezone.now(), timedelta(seconds=settings.READING_LEASE)
    free = Q(leased_until=None) | Q(leased_until__lt=now)
    waiting = Telling.objects.filter(free, state=State.WAITING, tries__lt=MOST_TRIES)
    held = waiting.filter(pk=telling_id)
    if not held.update(leased_until=now + lease, tries=F("tries") + 1):
        raise TellingClaimed
    spending.settle(telling_id, None)  # of a worker that died at it, nobody knows what it spent
    Telling.objects.filter(pk=telling_id).update(
        engine=teller.engine, model=teller.model, prompt_version=teller.prompt_version
    )
    append("telling.opened", telling=str(telling_id), by=teller.engine)
    telling = Telling.objects.select_related("value").get(pk=telling_id)
    return telling if not teller.at_most or _set_apart(telling, teller.at_most) else None


@recorded_at_once
def close_telling(telling: Telling, outcome: Outcome) -> list[Story]:
    """Keep the stories, unreleased, each with its transition; what is there already in a context gets the story.

    Not kept: stories of a value that was worded anew or fell silent meanwhile (the telling goes too, for the new words to be asked about), and
    of a move a model told already. Raises TellingClaimed where the worker was too slow and another took over.
    """
    versions = _hold(telling, outcome.stories)
    _ensure_held(telling)
    found = [_keep(telling, told, versions) for told in outcome.stories]
    kept = [story for story in found if isinstance(story, Story)]
    refusals = outcome.refusals + Counter(why for why in found if isinstance(why, str))
    _end(telling.pk, outcome.usage, outcome.cost, state=State.DONE, refusals=dict(refusals))
    append(
        "telling.closed",
        telling=str(telling.pk),
        stories=[story.pk for story in kept],
        refused=refusals.total(),
    )
    if "outdated" in refusals or versions.get(telling.value_id) != telling.value.version:
        Telling.objects.filter(pk=telling.pk).delete()
    return kept


@recorded_at_once
def fail_telling(telling: Telling, failure: EngineFailure, cost: int | None) -> None:
    """Write down why a model told nothing: it is asked again, or not any more. A busy endpoint costs no try.

    Raises TellingClaimed as close_telling does.
    """
    _ensure_held(telling)
    tries = telling.tries - (failure.code == "rate_limited")
    if failure.temporary and tries < MOST_TRIES:
        pause = min(2**tries, 60) if failure.retry_after is None else failure.retry_after
        again = timezone.now() + timedelta(seconds=pause)
        _settle(telling.pk, cost)
        Telling.objects.filter(pk=telling.pk).update(
            tries=tries, failure=failure.code, leased_until=None, ring_at=again
        )
    else:
        _end(telling.pk, failure.usage, cost, state=State.FAILED, failure=failure.code)
    append("telling.failed", telling=str(telling.pk), failure=failure.code)


@recorded
def put_off_telling(telling_id: UUID, until: datetime) -> None:
    """Let a telling wait until `until`: its endpoint rests."""
    Telling.objects.filter(pk=telling_id, state=State.WAITING).update(ring_at=until)
    append("telling.put_off", telling=str(telling_id))


def _set_apart(telling: Telling, amount: int) -> bool:
    now = timezone.now()
    keys = {"day": now.date().isoformat(), "inquiry": str(telling.value.inquiry_id)}
    try:
        with transaction.atomic():
            spending.set_apart(telling.pk, keys, amount)
    except (OverBudget, BudgetBusy) as refused:
        pause = SPENT if isinstance(refused, OverBudget) else BUSY
        Telling.objects.filter(pk=telling.pk).update(
            failure=refused.code[:24], tries=F("tries") - 1, leased_until=None, ring_at=now + pause
        )
        return False
    return True


def _ensure_held(telling: Telling) -> None:
    held = Telling.objects.select_for_update(of=("self",))
    if not held.filter(pk=telling.pk, state=State.WAITING, tries=telling.tries).exists():
        raise TellingClaimed


def _hold(telling: Telling, stories: Sequence[Told]) -> dict[UUID, int]:
    """Lock all values told of at once, by key and before the telling, as those do who word them anew. Returns versions of the standing."""
    ends = {value.pk for told in stories for value in (told.start, told.end)}
    held = Value.objects.standing().select_for_update(no_key=True)
    named = held.filter(pk__in={telling.value_id, *ends})
    return dict(named.order_by("pk").values_list("pk", "version"))


def _keep(telling: Telling, told: Told, versions: Mapping[UUID, int]) -> Story | str:
    """The story, or why it is not kept."""
    ends = {told.start.pk: told.start.version, told.end.pk: told.end.version}
    if any(versions.get(pk) != version for pk, version in ends.items()):
        return "outdated"
    Transition.objects.bulk_create(
        [
            Transition(
                inquiry_id=told.end.inquiry_id,
                from_value=told.start,
                to_value=told.end,
                context_id=telling.context_id,
                source=Transition.Source.MODEL,
            )
        ],
        ignore_conflicts=True,
    )
    transition = Transition.objects.get(
        from_value__in=ends, to_value__in=ends, context=telling.context_id
    )
    language = telling.value.language
    there = transition.stories.filter(towards=told.end, language=language, written_by=None)
    if there.filter(left_out_at=None).exists():
        return "told_already"
    return Story.objects.create(
        transition=transition,
        towards=told.end,
        text=told.text,
        language=language,
        engine=telling.engine,
        model=telling.model,
        prompt_version=telling.prompt_version,
    )


def _end(telling_id: UUID, usage: Usage, cost: int | None, **result: object) -> None:
    _settle(telling_id, cost)
    Telling.objects.filter(pk=telling_id).update(
        tokens_in=usage.tokens_in,
        tokens_out=usage.tokens_out,
        calls=usage.calls,
        cost=cost or 0,
        leased_until=None,
        ring_at=None,
        ended_at=timezone.now(),
        **{"failure": "", **result},
    )


def _settle(telling_id: UUID, cost: int | None) -> None:
    if cost is not None:
        spending.settle(telling_id, cost)
