"""Whether the clock of this site goes, and what has waited for its turn too long."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.utils import timezone

from deliberation.assemblies.models import Turn

TICK = "tick"
STILL = timedelta(seconds=60)  # without a tick
LATE = timedelta(minutes=30)  # after its time, and still not done


@dataclass(frozen=True, slots=True)
class Clock:
    """`ticked_at`: the last tick, None where there never was one. `late`: turns long due, by name."""

    ticked_at: datetime | None
    late: tuple[str, ...]
    stands_still: bool

    @property
    def is_well(self) -> bool:
        return not (self.stands_still or self.late)


def turns() -> list[Turn]:
    """Every turn but the tick itself."""
    return list(Turn.objects.exclude(pk=TICK).order_by("pk"))


def clock() -> Clock:
    """The clock of this site, as it is now."""
    now = timezone.now()
    ticked = Turn.objects.filter(pk=TICK).values_list("through", flat=True).first()
    late = tuple(t.name for t in turns() if t.rhythm.is_due(t.through, now - LATE))
    return Clock(ticked, late, ticked is None or now - ticked > STILL)


def due() -> list[str]:
    """The names of turns that are due and that nobody is at."""
    now = timezone.now()
    return [
        turn.name
        for turn in turns()
        if turn.rhythm.is_due(turn.through, now)
        and (turn.leased_until is None or turn.leased_until < now)
    ]
