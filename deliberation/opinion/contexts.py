"""Where values were judged the wiser ones. Free of Django."""

from collections import Counter
from collections.abc import Iterable, Sequence
from typing import NamedTuple

import numpy as np

from deliberation.opinion.convergence import NAMED_FROM, Placed


class Move(NamedTuple):
    """Somebody judged one value wiser than another in a context."""

    person: str
    context: str
    better: str
    worse: str


class Naming(NamedTuple):
    """A value is said to hold in a context: by a person (`likeness` None), or found by a machine."""

    value: str
    context: str
    likeness: float | None


def placed(
    contexts: Sequence[str],
    values: Sequence[str],
    moves: Iterable[Move],
    namings: Iterable[Naming],
) -> Placed:
    """How each of `values` (m,) stands in each of `contexts` (c,). Others are passed over.

    A person counts once for a value in a context, on the side more of their judgements take; as many on both sides count on neither.
    """
    row = {name: place for place, name in enumerate(contexts)}
    column = {name: place for place, name in enumerate(values)}
    leaning: Counter[tuple[str, int, int]] = Counter()
    for move in moves:
        if move.context in row:
            for value, step in ((move.better, 1), (move.worse, -1)):
                if value in column:
                    leaning[move.person, row[move.context], column[value]] += step
    shape = (len(contexts), len(values))
    better, worse = np.zeros(shape, dtype=np.int64), np.zeros(shape, dtype=np.int64)
    for (_, c, j), step in leaning.items():
        better[c, j] += step > 0
        worse[c, j] += step < 0
    named = np.zeros(shape, dtype=bool)
    for one in namings:
        if one.context in row and one.value in column:
            sure = one.likeness is None or one.likeness >= NAMED_FROM
            named[row[one.context], column[one.value]] |= sure
    return Placed(contexts, better, worse, named)
