"""Who agreed with what, as arrays. Free of Django.

A matrix of n people and m statements, with nothing stored where nobody voted: people by rows, a row's statements side by side.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

Ids = NDArray[Any]  # of any type that can be sorted
Ints = NDArray[np.int64]
AGREE, PASS, DISAGREE = 1, 0, -1
PIECE = 1 << 17  # votes worked on at a time: memory used again is far faster than memory asked for


@dataclass(frozen=True, slots=True)
class Votes:
    """The last vote of each person on each statement.

    `people`: ids, (n,); `statements`: ids, (m,), those nobody voted on may be among them; `starts`: (n + 1,), row i holds the votes
    from starts[i] to starts[i + 1]; `columns`: (v,) int32, places in `statements`, rising in a row; `signs`: (v,) int8, AGREE, PASS or DISAGREE.
    """

    people: Ids
    statements: Ids
    starts: Ints
    columns: NDArray[np.int32]
    signs: NDArray[np.int8]


def gather(person: Ids, statement: Ids, time: NDArray[Any], vote: NDArray[Any]) -> Votes:
    """Count the last vote of each pair, from a log of four arrays (l,) in any order. People and statements come out sorted by id.

    Of two votes of a pair at one time the one that stands later in the log counts. Raises ValueError where a vote is not 1, 0 or -1.
    """
    signs = _signs(np.asarray(vote))
    people, row = _numbered(np.asarray(person))
    statements, column = _numbered(np.asarray(statement))
    wide, long = len(statements).bit_length(), len(signs).bit_length()
    if len(people).bit_length() + wide + long + 2 >= 64:
        raise ValueError("More votes, people and statements than one analysis can hold.")
    key = np.empty(len(signs), dtype=np.int64)
    for part in pieces(len(key)):
        pair = row(part) << wide | column(part)
        key[part] = (pair << long | np.arange(part.start, part.stop)) << 2 | (signs[part] + 1)
    key.sort()
    _by_time(key, np.asarray(time), long)
    return _laid_out(people, statements, key, long)


def pieces(size: int) -> Iterator[slice]:
    """Parts of an array of that size, PIECE each but the last."""
    return (slice(at, min(at + PIECE, size)) for at in range(0, size, PIECE))


def _signs(vote: NDArray[Any]) -> NDArray[np.int8]:
    """The votes as int8, or ValueError."""
    whole = vote.dtype.kind in "biu" or bool(np.all(vote == np.rint(vote)))
    if not whole or (len(vote) and not (vote.min() >= DISAGREE and vote.max() <= AGREE)):
        raise ValueError("A vote is 1 (agree), 0 (pass) or -1 (disagree).")
    return vote.astype(np.int8, copy=False)


def _numbered(ids: Ids) -> tuple[Ids, Callable[[slice], Ints]]:
    """The distinct ids, sorted, and a part's places among them. Whole numbers close together are counted, not sorted."""
    if ids.dtype.kind in "iu" and len(ids):
        low, high = int(ids.min()), int(ids.max())
        if high < 2**63 and high - low <= 4 * len(ids) + 2**16:
            seen = np.zeros(high - low + 1, dtype=bool)
            for part in pieces(len(ids)):
                seen[ids[part].astype(np.int64) - low] = True
            place = np.cumsum(seen) - 1
            found = (np.flatnonzero(seen) + low).astype(ids.dtype)
            return found, lambda part: place[ids[part].astype(np.int64) - low]
    found, places = np.unique(ids, return_inverse=True)
    return found, lambda part: places[part].astype(np.int64)


def _by_time(key: Ints, time: NDArray[Any], long: int) -> None:
    """Put the votes of each pair that came more than once in order of time; `key` has them in order of the log."""
    pair = long + 2
    same = [
        part.start
        + np.flatnonzero(key[part] >> pair == key[part.start + 1 : part.stop + 1] >> pair)
        for part in pieces(max(len(key) - 1, 0))
    ]
    first = np.concatenate(same) if same else np.zeros(0, dtype=np.int64)
    places = np.union1d(first, first + 1)
    again = key[places]
    when = time[again >> 2 & ((1 << long) - 1)]
    key[places] = again[np.lexsort((again, when, again >> pair))]


def _laid_out(people: Ids, statements: Ids, key: Ints, long: int) -> Votes:
    """The last vote of each pair, read from the numbers `gather` sorted: row, column, place in the log (`long` bits), vote."""
    wide = len(statements).bit_length()
    votes, columns = np.zeros(len(people) + 1, np.int64), np.empty(len(key), np.int32)
    signs, filled = np.empty(len(key), np.int8), 0
    for part in pieces(len(key)):
        these, pair = key[part], key[part] >> (long + 2)
        last = np.ones(len(these), dtype=bool)
        np.not_equal(pair[1:], pair[:-1], out=last[:-1])
        if part.stop < len(key):
            last[-1] = pair[-1] != key[part.stop] >> (long + 2)
        these, pair = these[last], pair[last]
        here = slice(filled, filled + len(pair))
        columns[here] = pair & ((1 << wide) - 1)
        signs[here] = (these & 3) - 1
        row = pair >> wide
        if len(row):  # rows rise, so a part touches few
            counted = np.bincount(row - row[0])
            votes[row[0] + 1 : row[0] + 1 + len(counted)] += counted
        filled = here.stop
    return Votes(people, statements, np.cumsum(votes), columns[:filled], signs[:filled])
