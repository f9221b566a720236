"""Who says what now, with what it is of; and numbers for people that stay the same from one reading to the next. Free of Django."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any
from uuid import UUID

import numpy as np
from numpy.typing import NDArray

from deliberation.opinion.votes import Votes, gather

Structured = NDArray[Any]
Known = tuple[NDArray[np.int64], NDArray[Any], list[str]]


@dataclass(frozen=True, slots=True)
class Read:
    """Votes with what they are of: `people` (n,) and `statements` (m,) are ids as text, in the order of `votes`.

    `votes.people` are numbers that stay the same from one reading to the next.
    """

    votes: Votes
    people: Sequence[str]
    statements: Sequence[str]


def standing(
    ids: Sequence[str], place: NDArray[np.int64], raw: Structured, says: NDArray[np.int8]
) -> Read:
    """One standing vote a pair, (l,) each: `place` in `ids`, which are sorted; `raw` the voter's UUID as 16 bytes."""
    return _read(ids, place, says, known(raw))


def numbered(
    ids: Sequence[str],
    place: NDArray[np.int64],
    raw: Structured,
    person: NDArray[Any],
    says: NDArray[np.int8],
) -> Read:
    """The same of voters who have numbers: `raw` (n,) their UUIDs, `person` (l,) places in it. Who says nothing may be among them."""
    voting = np.zeros(len(raw), dtype=bool)
    voting[person] = True
    among, people, names = known(raw[voting])
    of = np.zeros(len(raw), dtype=np.int64)
    of[voting] = among
    return _read(ids, place, says, (of[person], people, names))


def _read(
    ids: Sequence[str], place: NDArray[np.int64], says: NDArray[np.int8], voters: Known
) -> Read:
    person, people, names = voters
    once = np.zeros(len(place), dtype=np.int8)  # one standing row a pair: no time decides
    votes = gather(person, place, once, says)
    return Read(replace(votes, people=people), names, [ids[i] for i in votes.statements])


def known(raw: Structured) -> Known:
    """Of UUIDs (l,) their places among the different ones, a number for each of those, and their text.

    The number is the first half where that tells them apart, as random ids do; else the place itself.
    """
    halves = np.ascontiguousarray(raw).view(">u8").reshape(-1, 2)
    front, back = (halves[:, side].astype(np.uint64) for side in (0, 1))
    codes, place = np.unique(front, return_inverse=True)
    one = np.empty(len(codes), dtype=np.int64)  # somewhere each stands
    one[place] = np.arange(len(place))
    if not np.array_equal(back[one][place], back):
        whole = np.ascontiguousarray(raw).view("S16")
        _, one, place = np.unique(whole, return_index=True, return_inverse=True)
        codes = np.arange(len(one), dtype=np.uint64)
    return place, codes.view(np.int64), [str(UUID(bytes=raw[i].tobytes())) for i in one]
