"""Who agreed with what, as arrays. Free of Django.

A matrix of n people and m statements, with nothing stored where nobody voted: people by rows, a row's statements side by side.
"""

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

Ids = NDArray[Any]  # of any type that can be sorted
Ints = NDArray[np.int64]
AGREE, PASS, DISAGREE = 1, 0, -1


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
    if not np.isin(vote, (AGREE, PASS, DISAGREE)).all():
        raise ValueError("A vote is 1 (agree), 0 (pass) or -1 (disagree).")
    people, row = np.unique(person, return_inverse=True)
    statements, column = np.unique(statement, return_inverse=True)
    by_pair = np.lexsort((time, column, row))  # stable: equal times keep the log's order
    row, column = row[by_pair], column[by_pair]
    last = np.ones(len(row), dtype=bool)
    last[:-1] = (row[1:] != row[:-1]) | (column[1:] != column[:-1])
    row, kept = row[last], by_pair[last]
    starts = np.searchsorted(row, np.arange(len(people) + 1)).astype(np.int64)
    signs = np.asarray(vote)[kept].astype(np.int8)
    return Votes(people, statements, starts, column[last].astype(np.int32), signs)
