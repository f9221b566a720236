"""Which transition a respondent meets next, and how it is put. Free of Django; the same seed gives the same draw.

What few have seen comes first: first the transition whose less seen value was seen least, then the one seen least itself, so that every
value gets its chance. What resembles one's own cards is drawn only while it is the smaller part of what one was shown. The way it is
put is balanced over the crowd by permuted blocks, a transition each (Matts and Lachin 1988): after any number of people the
two directions, and the two sides, differ by 2 at most.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from hashlib import sha256
from typing import Literal

Route = Literal["few", "few_like_own"]
CELLS = ((True, True), (True, False), (False, True), (False, False))  # forward, to_left
NEAR = 0.3  # likeness from which the neighbour of one's own value resembles it


@dataclass(frozen=True, slots=True)
class Open:
    """A transition a respondent was not shown yet.

    `shown`: to how many people; `exposed`: how often its two values were shown, in any transition, the less shown first; `like_own`:
    whether it resembles the respondent's own cards.
    """

    id: int
    shown: int
    exposed: tuple[int, int]
    like_own: bool


@dataclass(frozen=True, slots=True)
class Placing:
    """How a transition is put: as a move from its first value to its second or the other way, and which stands first."""

    forward: bool
    to_left: bool


def draw(there: Sequence[Open], before: tuple[int, int], seed: str) -> tuple[Open, Route] | None:
    """The next of the transitions `there`, with the rule that chose it; None where there is none.

    `before`: how many the respondent was shown that resembled their own cards, and that did not. What resembles them comes next only
    where it is the smaller number, or nothing else is left.
    """
    like = [one for one in there if one.like_own]
    unlike = [one for one in there if not one.like_own]
    first, second = (like, unlike) if before[0] < before[1] else (unlike, like)
    chosen = min(first or second, key=lambda o: _few_first(o, seed), default=None)
    if chosen is None:
        return None
    return chosen, "few_like_own" if chosen.like_own else "few"


def place(transition: int, nth: int, seed: str) -> Placing:
    """How the `nth` person, counted from 0, gets a transition. Each four that follow get each of the four ways once."""
    block, within = divmod(nth, len(CELLS))
    cells = sorted(CELLS, key=lambda cell: _hash(seed, transition, block, cell))
    return Placing(*cells[within])


def with_story(transition: int, way: tuple[bool, str], nth: int, seed: str) -> bool:
    """Whether the `nth` person for whom a story stood ready, in this direction and language, is shown it: one of each two."""
    block, within = divmod(nth, 2)
    first = _hash(seed, transition, way, block) < _hash(seed, block, way, transition)
    return first == (within == 0)


def _few_first(one: Open, seed: str) -> tuple[tuple[int, int], int, str]:
    return one.exposed, one.shown, _hash(seed, one.id)


def _hash(*parts: object) -> str:
    return sha256(repr(parts).encode()).hexdigest()
