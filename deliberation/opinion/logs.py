"""What people ever said to values that stand, and what of it stood when each round of weighing ended. Free of Django."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

import numpy as np
from numpy.typing import NDArray

from deliberation.opinion import consensus
from deliberation.opinion.convergence import Parts
from deliberation.opinion.voices import Structured, known
from deliberation.opinion.votes import Ids, gather

Ints = NDArray[np.int64]
STANDS = np.iinfo(np.int64).max  # how PostgreSQL sends infinity
EPOCH = datetime(2000, 1, 1, tzinfo=UTC)  # PostgreSQL counts microseconds from here


@dataclass(frozen=True, slots=True)
class Log:
    """What those who say something now ever said to values that stand: (l,) each; `statement` a place in `ids`.

    A vote stood from `at` until before `until`, in microseconds since 2000; `until` is STANDS where it still does. Of one person
    and statement one stands at a time.
    """

    ids: Sequence[str]
    person: Ids
    statement: Ints
    at: Ints
    until: Ints
    says: NDArray[np.int8]


@dataclass(frozen=True, slots=True)
class Lines:
    """All that was said, (l,) each: `place` in `ids`, `raw` the voter's UUID as 16 bytes, the rest as in a Log."""

    ids: Sequence[str]
    place: Ints
    raw: Structured
    at: Ints
    until: Ints
    says: NDArray[np.int8]


def microseconds(moment: datetime) -> int:
    """A moment as PostgreSQL counts it."""
    return (moment - EPOCH) // timedelta(microseconds=1)


def log(lines: Lines, *, folded: bool) -> Log:
    """The log of all lines; `folded`: values were folded into each other, so that two votes of a person may have become votes on one."""
    person, _, _ = known(lines.raw)
    pair, until = person * len(lines.ids) + lines.place, lines.until
    if folded:
        until = _until_next(pair, lines.at, until)
    here = np.isin(pair, pair[until == STANDS])  # in PostgreSQL this took forty times as long
    return Log(
        lines.ids,
        person[here],
        lines.place[here],
        lines.at[here],
        until[here],
        lines.says[here],
    )


def by_round(log: Log, starts: Sequence[datetime], statements: Sequence[str]) -> Parts:
    """What stood when each round ended, that is when the next began; of the last what stands now. (r, m).

    What was said before the first start counts in the first round.
    """
    ends = [microseconds(start) for start in starts[1:]]
    column = {name: place for place, name in enumerate(statements)}
    place = np.array([column.get(one, -1) for one in log.ids], dtype=np.int64)
    counted = [
        _counted(log, (log.at < end) & (log.until >= end) & (place[log.statement] >= 0))
        for end in (*ends, STANDS)
    ]
    whole = np.zeros((len(starts), len(statements), 3), dtype=np.int64)
    for r, (ids, votes) in enumerate(counted):
        whole[r, place[ids]] = votes
    return Parts([str(r + 1) for r in range(len(starts))], *np.moveaxis(whole, 2, 0))


def _counted(log: Log, kept: NDArray[np.bool_]) -> tuple[NDArray[Any], Ints]:
    """Places in `log.ids`, and for each how many agree, disagree and answer."""
    votes = gather(log.person[kept], log.statement[kept], log.at[kept], log.says[kept])
    told = consensus.tally(votes)
    return votes.statements, np.stack([told.agree[0], told.disagree[0], told.seen[0]], axis=1)


def _until_next(pair: Ints, at: Ints, until: Ints) -> Ints:
    """What a person said to one value of a tree stands until they said something to another of it. All (l,), microseconds."""
    order = np.lexsort((at, pair))
    same = pair[order][1:] == pair[order][:-1]
    ends = until[order]
    ends[:-1][same] = np.minimum(ends[:-1], at[order][1:])[same]
    found = np.empty_like(ends)
    found[order] = ends
    return found
