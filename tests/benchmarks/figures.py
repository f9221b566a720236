"""A figure a benchmark measured, beside what it has to reach."""

import json
from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass
from pathlib import Path

DATA = Path(__file__).parents[3] / "shared" / "data"
CORPORA = DATA / "corpora"
SEED = 20261125


@dataclass(frozen=True, slots=True)
class Figure:
    """`measured` in `unit`, wanted at least (or, with `most`, at most) `wanted`. NaN: nothing to measure on."""

    what: str
    measured: float
    wanted: float
    unit: str = ""
    most: bool = False

    @property
    def reached(self) -> bool:
        """Whether the figure is as good as wanted; never where nothing was measured."""
        return self.measured <= self.wanted if self.most else self.measured >= self.wanted


def table(figures: Iterable[Figure]) -> Iterator[str]:
    """A line for people, then one for programs, as each figure comes in."""
    for figure in figures:
        sign = "at most" if figure.most else "at least"
        mark = "ok  " if figure.reached else "MISS"
        yield f"{mark} {figure.what}: {figure.measured:.3f} {figure.unit} ({sign} {figure.wanted:g})"
        yield json.dumps({**asdict(figure), "reached": figure.reached}, ensure_ascii=False)
