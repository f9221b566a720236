"""Ask a model for stories: put on the list, claimed with the money it may cost, ended with what held."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.utils import timezone

from elicitation.extraction.actions import asking_keeping
from elicitation.extraction.actions.asking_keeping import Who
from elicitation.extraction.engines.base import EngineFailure, Usage
from elicitation.graph import chores
from elicitation.graph.errors import TellingClaimed
from elicitation.graph.models import Story, Telling, Transition, Value
from elicitation.record.actions import append, recorded, recorded_at_once

State = Telling.State


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
    """Take up to `most` tellings that are due, and put off their next ring. Returns their ids. One tried too often ends as failed."""
    ids, lost = asking_keeping.ring(chores.tellings_due(), most)
    append("tellings.rung", count=len(ids), lost=[str(pk) for pk in lost])
    return ids


@recorded_at_once
def open_telling(telling_id: UUID, teller: Who) -> Telling | None:
    """Claim a telling and set apart what it may cost. None where there is no money now: it waits.

    Raises TellingClaimed where another has it, it no longer waits, or it was tried too often.
    """
    if not asking_keeping.claim(Telling, telling_id, teller):
        raise TellingClaimed
    append("telling.opened", telling=str(telling_id), by=teller.engine)
    telling = Telling.objects.select_related("value").get(pk=telling_id)
    inquiry = telling.value.inquiry_id
    there = not teller.at_most or asking_keeping.set_apart(telling, inquiry, teller.at_most)
    return telling if there else None


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
    told = {"state": State.DONE, "refusals": dict(refusals)}
    asking_keeping.end(telling, outcome.usage, outcome.cost, **told)
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
    asking_keeping.fail(telling, failure, cost)
    append("telling.failed", telling=str(telling.pk), failure=failure.code)


@recorded
def put_off_telling(telling_id: UUID, until: datetime) -> None:
    """Let a telling wait until `until`: its endpoint rests."""
    Telling.objects.filter(pk=telling_id, state=State.WAITING).update(ring_at=until)
    append("telling.put_off", telling=str(telling_id))


@recorded
def tell_again(ids: Sequence[UUID]) -> int:
    """Let a model be asked anew about what it failed to tell of. Returns how many."""
    number = asking_keeping.again(Telling, ids)
    append("tellings.requested_again", count=number)
    return number


def _ensure_held(telling: Telling) -> None:
    if not asking_keeping.is_held(telling):
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
