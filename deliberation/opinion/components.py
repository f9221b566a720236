"""The two directions in which votes differ most, by Polis' rule. Free of Django.

A vote not cast counts as its statement's mean, so what is left after centring is nothing wherever nobody voted: the matrix stays sparse
and a round of the power method costs as many steps as there are votes. Source: Polis' math (compdemocracy/polis, pca.clj), from its behaviour.
"""

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from deliberation.opinion.votes import Votes

ROUNDS = 100
Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Centred:
    """Votes less the mean of their statement; those on statements moderated out count as 0.

    `matrix`: (n, m) sparse; `centre`: (m,); `cells`: (n,) how many cells of a row count as voted: its votes, and every statement
    moderated out; `seen`: how many statements anybody voted on.
    """

    matrix: Any
    centre: Floats
    cells: NDArray[np.int64]
    seen: int


def centre(votes: Votes, moderated_out: NDArray[np.bool_]) -> Centred:
    """Take from each vote the mean of those cast on its statement. `moderated_out`: (m,)."""
    n, m = len(votes.people), len(votes.statements)
    cast = np.bincount(votes.columns, minlength=m)
    mean = np.bincount(votes.columns, weights=votes.signs, minlength=m) / np.maximum(cast, 1)
    mean[moderated_out] = 0.0
    kept = ~moderated_out[votes.columns]
    starts = np.concatenate(([0], np.cumsum(kept, dtype=np.int64)))[votes.starts]
    columns = votes.columns[kept]
    places = starts.astype(np.int32) if len(columns) < 2**31 else starts  # half the way to fetch
    matrix = sparse.csr_array((votes.signs[kept] - mean[columns], columns, places), shape=(n, m))
    zeroed = int(np.count_nonzero(moderated_out & (cast > 0)))
    return Centred(matrix, mean, np.diff(starts) + zeroed, int(np.count_nonzero(cast)))


def components(centred: Centred) -> Floats:
    """The first two principal components as unit rows, (2, m); zeros where the votes do not differ.

    The power method on X'X from a start of ones, at most ROUNDS rounds, ended by an eigenvalue that repeats exactly; then the same with
    the first component projected off every row.
    """
    across = centred.matrix.T
    first = _dominant(centred.matrix, across, np.zeros(centred.matrix.shape[1]))
    return np.stack([first, _dominant(centred.matrix, across, first)])


def _dominant(matrix: Any, across: Any, without: Floats) -> Floats:
    vector: Floats = np.ones(matrix.shape[1])
    last = 0.0
    for _ in range(ROUNDS + 1):
        vector = vector - without * (without @ vector)
        vector = across @ (matrix @ vector)
        vector -= without * (without @ vector)
        value = float(np.linalg.norm(vector))
        if value == 0.0:
            return vector
        vector /= value
        if value == last:
            break
        last = value
    return vector


def project(centred: Centred, directions: Floats) -> Floats:
    """Where each person stands, (n, 2): the votes along both directions, the longer the fewer of all statements were voted on."""
    stretch = np.sqrt(centred.seen / np.maximum(centred.cells, 1))
    placed: Floats = (centred.matrix @ directions.T) * stretch[:, None]
    return placed


def extremity(mean: Floats, directions: Floats, seen: int) -> Floats:
    """How far a single agree on each statement alone would place a person from the middle, (m,)."""
    lengths: Floats = np.sqrt(seen) * np.abs(1.0 - mean) * np.hypot(directions[0], directions[1])
    return lengths
