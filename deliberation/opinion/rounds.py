"""When each round of weighing began, told from how its times were set. Free of Django."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class Setting:
    """At `made_at` it was said that weighing is open from `starts_at` to `ends_at`. All are aware."""

    made_at: datetime
    starts_at: datetime
    ends_at: datetime


def beginnings(settings: Iterable[Setting]) -> list[datetime]:
    """The start of each round, oldest first, from settings in the order they were made.

    A setting opens a new round only where the one before had begun by then and the new time starts after the old one's end; otherwise it
    moves or lengthens the round there is. A round that was moved before it began counts from where it was moved to.
    """
    rounds: list[Setting] = []
    for setting in settings:
        last = rounds[-1] if rounds else None
        if last and setting.starts_at >= last.ends_at and last.starts_at <= setting.made_at:
            rounds.append(setting)
        elif last and last.starts_at <= setting.made_at:
            rounds[-1] = Setting(setting.made_at, last.starts_at, setting.ends_at)
        else:
            rounds[-1:] = [setting]
    return [setting.starts_at for setting in rounds]
