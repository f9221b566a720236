"""What a clause rests on, summed up: over its values, which group supports it least. Knows profiles as plain data. Free of Django."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

Profile = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Weakest:
    """The group that supports a value of the clause least, of all its values: shares from 0 to 1, with the interval at 95 %."""

    value: str
    group: str
    share: float
    low: float
    high: float


def weakest(profiles: Iterable[tuple[str, Profile]]) -> Weakest | None:
    """Of (value, profile) pairs; None where no group is told. A clause holds no more widely than the least held of its values."""
    found = [_weakest(value, profile) for value, profile in profiles]
    told = [one for one in found if one]
    return min(told, key=lambda one: (one.share, one.low, one.value), default=None)


def kept(profile: Profile) -> dict[str, Any]:
    """What of a profile is kept with a published version: groups and strata with their counts and intervals, and what follows from them."""
    names = ("groups", "strata", "contexts", "rounds", "lowest", "held", "trend", "hidden_groups")
    return {name: profile[name] for name in names if name in profile}


def _weakest(value: str, profile: Profile) -> Weakest | None:
    group = str(profile.get("lowest") or "")
    told = profile["groups"].get(group, {})
    if told.get("support") is None:
        return None
    return Weakest(value, group, told["support"], told["low"], told["high"])
