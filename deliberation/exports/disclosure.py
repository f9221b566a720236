"""What of a count by kinds of people may be told to everybody, so that nobody works out a small one: of one release, or of two (decision 0043). Free of Django.

A count is of people who say one thing to one value, told apart by what they said of themselves. Small ones are kept back, none of them alone, so that only
their sum is known, and that is of many. What is kept back once stays so. A later release tells anew only counts of which each part moved by many: what did not
move at all is not told either, for then what moved by few would stand out.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

FEWEST = 10  # people
LATER = 2 * FEWEST  # of a whole that was too small to be told before: it has grown by many


@dataclass(frozen=True, slots=True)
class Told:
    """`counts`: those that are told, by kind; `hidden`: the other kinds; `rest`: how many people these are together, which the whole betrays."""

    counts: Mapping[str, int]
    hidden: Sequence[str]
    rest: int

    @property
    def whole(self) -> int:
        """Everybody who says it."""
        return sum(self.counts.values()) + self.rest


def first(cells: Mapping[str, int], order: Callable[[str], Any], fewest: int = FEWEST) -> Told | None:  # fmt: skip
    """What is told of counts nothing was ever told of; None for nothing, not even their sum. `fewest`: LATER in all releases but the first.

    `order` says which larger count goes with a small one where it would be left alone, and knows nothing of how large they are: a
    choice by size would tell of sizes.
    """
    hidden = [kind for kind, number in cells.items() if number < FEWEST]
    spare = sorted(cells.keys() - set(hidden), key=order)
    while hidden and (len(hidden) < 2 or _sum(cells, hidden) < FEWEST):
        if not spare:
            return None
        hidden.append(spare.pop(0))
    if sum(cells.values()) < fewest:
        return None
    return _told(cells, hidden)


def again(cells: Mapping[str, int], before: Sequence[Told]) -> Told | None:
    """The same parts told anew; None where one of them is small now, moved by nobody or few since any time it was told, or the kinds are others."""
    hidden = before[0].hidden
    if cells.keys() != {*before[0].counts, *hidden}:
        return None
    now = _told(cells, hidden)
    sound = all(is_many(number) for number in _parts(now)) and all(_apart(now, one) for one in before)  # fmt: skip
    return now if sound else None


def _apart(now: Told, before: Told) -> bool:
    """Whether each part moved by many."""
    return all(is_many(abs(number - was)) for number, was in zip(_parts(now), _parts(before), strict=True))  # fmt: skip


def _parts(told: Told) -> list[int]:
    counts = [told.counts[kind] for kind in sorted(told.counts)]
    return [*counts, told.rest] if told.hidden else counts


def is_many(number: int) -> bool:
    """Whether so many people can be told of."""
    return number >= FEWEST


def _told(cells: Mapping[str, int], hidden: Sequence[str]) -> Told:
    counts = {kind: number for kind, number in cells.items() if kind not in hidden}
    return Told(counts, tuple(sorted(hidden)), _sum(cells, hidden))


def _sum(cells: Mapping[str, int], kinds: Sequence[str]) -> int:
    return sum(cells[kind] for kind in kinds)
