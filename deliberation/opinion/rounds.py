"""When each round of weighing began, told from how its times were set. Free of Django."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime


@dataclass(frozen=True, slots=True)
class Setting:
    """At `made_at` it was said that weighing is open from `starts_at` to `ends_at`. All are aware."""

    made_at: datetime
    starts_at: datetime
    ends_at: datetime


def beginnings(settings: Iterable[Setting]) -> list[datetime]:
    """The start of each round, oldest first, from settings in the order they were made.

    A new round opens where the time starts after the end of a round that had begun; otherwise the round there is goes on, with another
    end. A round that was set anew before it began never was.
    """
    rounds: list[Setting] = []
    for setting in settings:
        while rounds and rounds[-1].starts_at > setting.made_at:
            rounds.pop()
        if rounds and setting.starts_at < rounds[-1].ends_at:
            was_open_until = min(rounds[-1].ends_at, setting.made_at)
            ends_at = max(setting.ends_at, was_open_until)
            rounds[-1] = replace(rounds[-1], ends_at=ends_at)
        else:
            rounds.append(setting)
    return [setting.starts_at for setting in rounds]
