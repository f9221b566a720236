"""Which group a person's own votes speak for. Free of Django.

A group is a chance of agree, pass and disagree for each statement; a person belongs where their votes are likeliest (naive Bayes, as in Bishop 2006,
section 4.2.3). With few votes a person this says far more than a place on the map, which does not know which statements they happened to see.
"""

from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_array

from deliberation.opinion.votes import Votes

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
KINDS = 3  # disagree, pass, agree
PRIOR = 2.0  # votes a group is lent on each statement, divided as everybody's votes are


def answers(votes: Votes) -> csr_array[Any]:
    """(n, 3 m): 1 where a person gave that answer to that statement, in the order disagree, pass, agree."""
    columns = votes.columns * KINDS
    columns += votes.signs
    columns += 1
    shape = (len(votes.people), KINDS * len(votes.statements))
    starts = votes.starts.astype(np.int32) if len(columns) < 2**31 else votes.starts
    return csr_array((np.ones(len(columns)), columns, starts), shape=shape)


def tallies(given: csr_array[Any], labels: Ints, k: int) -> Floats:
    """How many of each group gave each answer: (k, 3 m). People with the label -1 are left out."""
    member = np.zeros((len(labels), k))
    inside = np.flatnonzero(labels >= 0)
    member[inside, labels[inside]] = 1
    return np.asarray((given.T @ member).T)


def likelihoods(given: csr_array[Any], counted: Floats) -> Floats:
    """The log likelihood of each person's votes in each group, (n, k), from the groups' tallies (k, 3 m)."""
    k = len(counted)
    counted = counted.reshape(k, -1, KINDS)
    everybody = counted.sum(axis=0) + 1
    lent = PRIOR * everybody / everybody.sum(axis=1, keepdims=True)
    chances = (counted + lent) / (counted.sum(axis=2, keepdims=True) + PRIOR)
    return np.asarray(given @ np.log(chances).reshape(k, -1).T)
