"""Keep the watermarks of what runs by itself. A tick and a claim are nobody's act; what has run to its end is in the record."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import datetime, timedelta

from django.db.models import F, Q
from django.utils import timezone

from deliberation.assemblies.clock import TICK
from deliberation.assemblies.models import Turn
from deliberation.assemblies.turns import Rhythm
from elicitation.record.actions import append, recorded

LEASE = timedelta(seconds=600)  # longer than any task may run
PAUSE = timedelta(seconds=60)  # after a run that failed, doubled with each
LONGEST_PAUSE = timedelta(hours=1)


def tick(rhythms: Mapping[str, Rhythm]) -> None:
    """The clock of this site goes: now. Work nobody has heard of yet gets its watermark, at this moment."""
    now = timezone.now()
    if Turn.objects.filter(pk=TICK).update(through=now):
        known = set(Turn.objects.values_list("pk", "every", "at"))
        if known >= {(name, rhythm.every, rhythm.at) for name, rhythm in rhythms.items()}:
            return
    all_turns = {TICK: Rhythm(1), **rhythms}
    Turn.objects.bulk_create(
        [Turn(name=n, every=r.every, at=r.at, through=now) for n, r in all_turns.items()],
        update_conflicts=True,
        unique_fields=["name"],
        update_fields=["every", "at"],
    )


def claim(name: str) -> datetime | None:
    """Take one turn that is due and that nobody is at; of all who try at the same moment one gets it.

    Returns the moment it began, to be handed to `held`; None where there is nothing to do.
    """
    now = timezone.now()
    turn = Turn.objects.filter(pk=name).first()
    if turn is None or not turn.rhythm.is_due(turn.through, now):
        return None
    free = Q(leased_until=None) | Q(leased_until__lt=now)
    same = Turn.objects.filter(free, pk=name, through=turn.through)
    return now if same.update(leased_until=now + LEASE, tries=F("tries") + 1) else None


@contextmanager
def held(name: str, began: datetime) -> Iterator[None]:
    """Do the work of a claimed turn inside: where it comes to its end the watermark moves, where it fails it stays. Raises what the work raises."""
    try:
        yield
    except BaseException:
        _give_up(name, began)
        raise
    _finish(name, began)


@recorded
def _finish(name: str, began: datetime) -> None:
    """All that was due until it began is done."""
    ours = Turn.objects.filter(pk=name, leased_until=began + LEASE)
    ours.update(through=began, leased_until=None, tries=0)
    append("turn.taken", turn=name)


def _give_up(name: str, began: datetime) -> None:
    """After a pause it is tried again; a worker that was killed says nothing, and its lease runs out."""
    turn = Turn.objects.get(pk=name)
    pause = min(PAUSE * 2 ** min(turn.tries - 1, 10), LONGEST_PAUSE)
    ours = Turn.objects.filter(pk=name, leased_until=began + LEASE)
    ours.update(leased_until=timezone.now() + pause)
