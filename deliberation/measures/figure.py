"""One figure of how a study went, as page, file and API tell it: what it is of, of how many, between what. Free of Django."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum

from deliberation.measures.spread import Spread
from deliberation.opinion.intervals import wilson


class Measure(StrEnum):
    """What is measured."""

    READING = "reading_quality"
    EDITING = "editing"
    COMPLETION = "completion"
    TIME = "time_on_task"
    SURVEY = "survey"
    AGREEMENT = "agreement"
    TURNOUT = "representativeness"


class Unit(StrEnum):
    """What a value is counted in."""

    SHARE = "share"  # 0 to 1
    SECONDS = "seconds"
    WORDS = "words"
    COEFFICIENT = "coefficient"  # -1 to 1
    INDEX = "index"  # 0 to 1
    PEOPLE = "people"


@dataclass(frozen=True, slots=True)
class Figure:
    """`of`: what it is of, in words people know it by; `key`: the same for programs; `part`: a code of what of it is told.

    `count` of `n`; `value` in `unit`, between `low` and `high` at 95 %. What is None is not known, or not told.
    """

    measure: Measure
    key: str
    of: str
    part: str
    n: int
    unit: Unit
    count: int | None = None
    value: float | None = None
    low: float | None = None
    high: float | None = None


@dataclass(frozen=True, slots=True)
class Of:
    """What figures are of: the measure, a key for programs, words for people."""

    measure: Measure
    key: str = ""
    said: str = ""

    def share(self, part: str, count: int, n: int) -> Figure:
        """A share with Wilson's interval; none of nothing."""
        if not n:
            return Figure(self.measure, self.key, self.said, part, 0, Unit.SHARE, count)
        low, high = wilson(count, n)
        return Figure(
            self.measure, self.key, self.said, part, n, Unit.SHARE, count, count / n, low, high
        )

    def shares(self, counts: Mapping[str, int]) -> Iterator[Figure]:
        """The share of each part of a whole."""
        n = sum(counts.values())
        return (self.share(part, count, n) for part, count in counts.items())

    def told(self, part: str, n: int, unit: Unit, *ends: float | None) -> Figure:
        """A value with its interval (`ends`: value, low, high)."""
        return Figure(self.measure, self.key, self.said, part, n, unit, None, *ends)

    def spread(self, name: str, unit: Unit, found: Spread | None) -> Iterator[Figure]:
        """Median with interval, and both quartiles; nothing of no numbers."""
        if found:
            median = (found.median, found.low, found.high)
            yield self.told(f"{name}_median", found.n, unit, *median)
            yield self.told(f"{name}_lower", found.n, unit, found.lower)
            yield self.told(f"{name}_upper", found.n, unit, found.upper)


def spoken(parts: Iterable[str]) -> str:
    """What a figure is of, of several names: those that are empty are left out."""
    return " · ".join(part for part in parts if part)
