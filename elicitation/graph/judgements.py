"""What people said of transitions, as arrays: who, from which value to which, where, asked which way. Free of Django."""

from dataclasses import dataclass
from enum import IntEnum
from typing import Any

import numpy as np
from numpy.typing import NDArray

Ids = NDArray[Any]  # of any type that can be sorted
Ints = NDArray[np.int64]
Floats = NDArray[np.float64]
Bools = NDArray[np.bool_]


class Answer(IntEnum):
    """The answers to "in this context, which is wiser?". NOT_WISER is only for questions that know just yes, no and unsure: the
    value asked about is not wiser, and nobody said that the other one is."""

    TO_WISER = 0
    FROM_WISER = 1
    DEPENDS = 2
    SAME = 3
    BOTH_NEEDED = 4
    UNSURE = 5
    NOT_WISER = 6


TIES = (Answer.DEPENDS, Answer.SAME, Answer.BOTH_NEEDED)


@dataclass(frozen=True, slots=True)
class Judgements:
    """j judgements, one a person, transition and direction; every array is (j,).

    `asked_forward`: whether `to_value` was the one put as the wiser. `group` and `stratum`: labels of the person, where known.
    Raises ValueError where lengths differ, an answer is unknown or a value stands against itself.
    """

    person: Ids
    from_value: Ids
    to_value: Ids
    context: Ids
    answer: NDArray[np.int8]
    asked_forward: Bools
    group: Ids | None = None
    stratum: Ids | None = None

    def __post_init__(self) -> None:
        arrays = (self.from_value, self.to_value, self.context, self.answer, self.asked_forward)
        labels = [label for label in (self.group, self.stratum) if label is not None]
        if any(len(array) != len(self.person) for array in (*arrays, *labels)):
            raise ValueError("Every array of the judgements needs the same length.")
        if len(self.answer) and not np.isin(self.answer, [a.value for a in Answer]).all():
            raise ValueError(f"An answer is a code from 0 to {len(Answer) - 1}.")
        if (np.asarray(self.from_value) == np.asarray(self.to_value)).any():
            raise ValueError("A transition leads from one value to another one.")

    def as_asked(self) -> tuple[Ids, Ids, NDArray[np.int8]]:
        """From, to and answer, (j,) each, turned so that `to` is always the one put as the wiser."""
        forward = np.asarray(self.asked_forward, dtype=bool)
        put_from = np.where(forward, self.from_value, self.to_value)
        put_to = np.where(forward, self.to_value, self.from_value)
        return put_from, put_to, np.where(forward, self.answer, _TURNED[self.answer])


_TURNED = np.array([1, 0, 2, 3, 4, 5, 6], dtype=np.int8)  # TO_WISER and FROM_WISER change places


def entropy(counts: Floats) -> Floats:
    """Shannon entropy in bits of each row of counts, (n, k) -> (n,); 0 where a row is empty."""
    total = counts.sum(axis=1, keepdims=True)
    share = np.divide(counts, total, out=np.zeros_like(counts, dtype=float), where=total > 0)
    logs = np.log2(share, out=np.zeros_like(share), where=share > 0)
    found: Floats = -(share * logs).sum(axis=1) + 0.0
    return found
