"""Which group a person's own votes speak for. Free of Django.

A group is a chance of agree, pass and disagree for each statement; a person belongs where their votes are likeliest (naive Bayes: Maron 1961).
With few votes a person this says far more than a place on the map, which does not know which statements they happened to see.
"""

from collections.abc import Iterator
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_array

from deliberation.opinion.votes import PIECE, Votes

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
KINDS = 3  # disagree, pass, agree
LENT = 2.0  # votes a group is lent on each statement, divided as everybody's votes are


def tallies(votes: Votes, labels: Ints, k: int) -> Floats:
    """How many of each group gave each answer: (k, 3 m), in the order disagree, pass, agree. People with the label -1 are left out."""
    member = (labels[:, None] == np.arange(k)).astype(np.float64)
    counted = np.zeros((KINDS * len(votes.statements), k))
    for rows, given in _answers(votes):
        counted += given.T @ member[rows]
    return counted.T


def likelihoods(votes: Votes, counted: Floats) -> Floats:
    """The log likelihood of each person's votes in each group, (n, k), from the groups' tallies (k, 3 m)."""
    k = len(counted)
    counted = counted.reshape(k, -1, KINDS)
    everybody = counted.sum(axis=0) + 1
    lent = LENT * everybody / everybody.sum(axis=1, keepdims=True)
    chances = (counted + lent) / (counted.sum(axis=2, keepdims=True) + LENT)
    told = np.ascontiguousarray(np.log(chances).reshape(k, -1).T)
    found = np.empty((len(votes.people), k))
    for rows, given in _answers(votes):
        found[rows] = given @ told
    return found


def _answers(votes: Votes) -> Iterator[tuple[slice, csr_array[Any]]]:
    """Some rows at a time of (n, 3 m): 1 where a person gave that answer to that statement."""
    starts, ones, row = votes.starts, np.ones(0), 0
    while row < len(votes.people):
        end = int(np.searchsorted(starts, starts[row] + PIECE, side="right")) - 1
        end = max(row + 1, end)  # a row longer than a piece is one
        part = slice(starts[row], starts[end])
        columns = votes.columns[part] * KINDS
        columns += votes.signs[part]
        columns += 1
        if len(columns) > len(ones):
            ones = np.ones(len(columns))
        places = (starts[row : end + 1] - starts[row]).astype(np.int32)
        shape = (end - row, KINDS * len(votes.statements))
        yield slice(row, end), csr_array((ones[: len(columns)], columns, places), shape=shape)
        row = end
