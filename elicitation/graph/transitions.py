"""Judgements counted by pair of values and context, both ways of asking side by side. Free of Django."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from elicitation.graph.judgements import TIES, Answer, Bools, Floats, Ids, Ints, Judgements

YES, NO, TIE, NOTHING = 0, 1, 2, 3  # what an answer says of the value put as the wiser
UPWARD, DOWNWARD = 0, 1  # asked with the higher or the lower of the two as the wiser
# Columns of `answers`. Higher and lower are the order of the values' ids and mean nothing else.
HIGH_WISER, LOW_WISER, DEPENDS, SAME, BOTH_NEEDED, UNSURE, HIGH_NOT, LOW_NOT = range(8)
COLUMNS = 8


@dataclass(frozen=True, slots=True)
class Layout:
    """Where each judgement belongs; the same whatever a judgement weighs.

    `values` (n,) and `contexts` (c,): ids, sorted. t transitions: `low`, `high`, places in `values`, and `context`, (t,).
    j judgements: `transition`, `verdict`, `way` and `column`, (j,).
    """

    values: Ids
    contexts: Ids
    low: Ints
    high: Ints
    context: Ints
    transition: Ints
    verdict: NDArray[np.int8]
    way: NDArray[np.int8]
    column: NDArray[np.int8]


@dataclass(frozen=True, slots=True)
class Tally:
    """`asked`, (t, 2, 4): by way of asking and verdict. `answers`, (t, 8): by what was said."""

    asked: Floats
    answers: Floats

    @property
    def evidence(self) -> Floats:
        """Answers other than unsure, (t,)."""
        found: Floats = self.asked[:, :, :NOTHING].sum(axis=(1, 2))
        return found

    @property
    def scores(self) -> Floats:
        """Yes and no upward, yes and no downward, (t, 4). A tie is half a yes and half a no, as in paired comparisons that allow ties."""
        ties = self.asked[:, :, TIE] / 2
        found: Floats = (self.asked[:, :, :TIE] + ties[:, :, None]).reshape(-1, 4)
        return found


def lay_out(judgements: Judgements) -> Layout:
    """Find pair, context and verdict of each judgement. The order of judgements and the direction of a transition's name change nothing."""
    put_from, put_to, answer = judgements.as_asked()
    values, place = np.unique(np.concatenate([put_from, put_to]), return_inverse=True)
    start, end = np.split(place.astype(np.int64), 2)
    contexts, context = np.unique(judgements.context, return_inverse=True)
    low, high = np.minimum(start, end), np.maximum(start, end)
    n, c = max(len(values), 1), max(len(contexts), 1)
    keys, transition = np.unique((low * n + high) * c + context, return_inverse=True)
    upward = end == high
    return Layout(
        values,
        contexts,
        keys // c // n,
        keys // c % n,
        keys % c,
        transition,
        _verdict(answer),
        np.where(upward, UPWARD, DOWNWARD).astype(np.int8),
        _column(answer, upward),
    )


def count(laid: Layout, weight: Floats | None = None) -> Tally:
    """The tally of all judgements; `weight`, (j,), counts one more than once or not at all."""
    t = len(laid.low)
    cells = laid.transition * 8 + laid.way * 4 + laid.verdict
    asked = np.bincount(cells, weight, t * 8).reshape(t, 2, 4).astype(float)
    said = np.bincount(laid.transition * COLUMNS + laid.column, weight, t * COLUMNS)
    return Tally(asked, said.reshape(t, COLUMNS).astype(float))


def _verdict(answer: NDArray[np.int8]) -> NDArray[np.int8]:
    verdict = np.full(len(answer), NO, dtype=np.int8)
    verdict[answer == Answer.TO_WISER] = YES
    verdict[np.isin(answer, TIES)] = TIE
    verdict[answer == Answer.UNSURE] = NOTHING
    return verdict


def _column(answer: NDArray[np.int8], upward: Bools) -> NDArray[np.int8]:
    column = np.asarray(answer, dtype=np.int8).copy()
    column[answer == Answer.TO_WISER] = HIGH_WISER
    column[answer == Answer.FROM_WISER] = LOW_WISER
    downward = np.array([1, 0, 2, 3, 4, 5, LOW_NOT], dtype=np.int8)
    return np.where(upward, column, downward[column])
