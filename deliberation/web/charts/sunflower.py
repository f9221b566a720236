"""A picture that grows without anything in it moving: each thing takes the next place of a sunflower's head. Free of Django.

Place n lies at the angle n * 137.508 degrees, at a distance that grows with the root of n (Vogel 1979, doi:10.1016/0025-5564(79)90080-4), so that all have
about the same room.
"""

from collections.abc import Collection, Hashable, Sequence
from dataclasses import dataclass
from math import cos, pi, sin, sqrt

TURN = pi * (3 - sqrt(5))  # the golden angle
STEP = 20.0  # between neighbours, in units of the drawing
RADIUS = 7.0  # of a dot
FEWEST_ROOM = 12  # places the drawing has room for from the start


@dataclass(frozen=True, slots=True)
class Dot:
    """A thing at its place; `new`: the one that came last."""

    x: float
    y: float
    new: bool


@dataclass(frozen=True, slots=True)
class Line:
    """From one dot to another."""

    x1: float
    y1: float
    x2: float
    y2: float


@dataclass(frozen=True, slots=True)
class Sunflower:
    """The drawing, in a square from -`reach` to `reach`."""

    reach: float
    dots: tuple[Dot, ...]
    lines: tuple[Line, ...]
    radius: float = RADIUS

    @property
    def across(self) -> float:
        return 2 * self.reach


def place(n: int) -> tuple[float, float]:
    """Where the thing number `n`, from 0, stands."""
    far = STEP * sqrt(n + 0.5)
    return round(far * cos(n * TURN), 1), round(far * sin(n * TURN), 1)


def draw(
    things: Sequence[tuple[Hashable, int]], links: Collection[tuple[Hashable, Hashable]]
) -> Sunflower:
    """Draw things, each with its place, and the links among them; a link of what is not there is left out."""
    at = {thing: place(n) for thing, n in things}
    last = max((n for _, n in things), default=-1)
    dots = tuple(Dot(*at[thing], new=n == last) for thing, n in things)
    lines = tuple(Line(*at[a], *at[b]) for a, b in links if a in at and b in at)
    reach = round(STEP * sqrt(max(last + 1, FEWEST_ROOM)) + 2 * RADIUS, 1)
    return Sunflower(reach, dots, lines)
