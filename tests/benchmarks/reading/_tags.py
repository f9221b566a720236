"""The tags of core_value, read in two looks: a head a tag, then one blend for all tags that weighs it against names and neighbours.

A head knows its tag alone. The second look sees, for each answer and tag, the head's score, the name's score, how far each leads the
best other tag, and the share of the tag among the nearest answers; what these are worth is learnt once for all tags, so a tag with
five answers gets it too. Logistic regression by scripts/lbfgs.py. Chosen by cross-validation inside the two thirds: 0008-heads.md.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from elicitation.extraction.encoder import Vectors
from elicitation.extraction.heads import Floats, cuts, folds, out_of_fold, ridge
from scripts.lbfgs import minimise

HEAD_STRENGTH = 1.0
NAMES_COUNT = 2.0  # beside the vectors
PENALTY = 1e-3
NEIGHBOURS = 15
SHARPNESS = 8.0  # of a neighbour's weight, e to the power of this times the cosine
STEPS = 200
Rows = NDArray[np.intp]


@dataclass(frozen=True, slots=True)
class Told:
    """Answers in step: unit `vectors` (n, 512), `named` (n, t) their scores by name, `labels` (n, t), and who gave each."""

    vectors: Vectors
    named: Floats
    labels: Floats
    people: Sequence[str]

    @property
    def features(self) -> Floats:
        """What a head sees, shape (n, 512 + t)."""
        return np.hstack([self.vectors, NAMES_COUNT * self.named])

    def fold(self, rows: Rows) -> NDArray[np.intp]:
        """A fold for each of `rows`; the answers of one person share it."""
        return folds([self.people[n] for n in rows])


def flagged(told: Told, seen: Rows, asked: Rows) -> NDArray[np.bool_]:
    """Which tags each of the rows `asked` has, learnt, cuts included, from the rows `seen`; shape (len(asked), t)."""
    fold, inside = told.fold(seen), np.zeros((len(seen), told.labels.shape[1]), np.float32)
    for part in np.unique(fold):
        inside[fold == part] = scores(told, seen[fold != part], seen[fold == part])
    found: NDArray[np.bool_] = scores(told, seen, asked) >= cuts(inside, told.labels[seen])
    return found


def scores(told: Told, seen: Rows, asked: Rows) -> Floats:
    """How well each tag fits each of the rows `asked` (len(asked), t), learnt from the rows `seen`."""
    features, labels = told.features, told.labels[seen]
    fold = told.fold(seen)
    first = out_of_fold(features[seen], labels, HEAD_STRENGTH, fold)
    signs = np.stack([_signs(told, seen[fold != fold[n]], seen[n : n + 1], first[n : n + 1])[0]
                      for n in range(len(seen))])  # fmt: skip
    middle, spread = signs.mean(axis=(0, 1)), signs.std(axis=(0, 1)) + 1e-9
    blend = _blend((signs - middle) / spread, labels)
    head = ridge(features[seen], labels, HEAD_STRENGTH).scores(features[asked])
    found: Floats = ((_signs(told, seen, asked, head) - middle) / spread) @ blend
    return found


def _signs(told: Told, seen: Rows, asked: Rows, head: Floats) -> Floats:
    """What the second look sees of each answer and tag, shape (len(asked), t, 5)."""
    named = told.named[asked]
    return np.stack([head, _lead(head), named, _lead(named), _near(told, seen, asked)], axis=2)


def _lead(some: Floats) -> Floats:
    """How far each score is above the best other one of its row."""
    first, second = np.sort(some, axis=1)[:, -1:], np.sort(some, axis=1)[:, -2:-1]
    found: Floats = some - np.where(some == first, second, first)
    return found


def _near(told: Told, seen: Rows, asked: Rows) -> Floats:
    """The share of each tag among the nearest answers of `seen`, the nearer the heavier."""
    cosine = told.vectors[asked] @ told.vectors[seen].T
    nearest = np.argsort(-cosine, axis=1, kind="stable")[:, :NEIGHBOURS]
    weight = np.exp(SHARPNESS * (np.take_along_axis(cosine, nearest, axis=1) - 1))
    shares = (told.labels[seen][nearest] * weight[:, :, None]).sum(axis=1)
    found: Floats = shares / weight.sum(axis=1, keepdims=True)
    return found


def _blend(signs: Floats, labels: Floats) -> Floats:
    """Weights (5,) of the signs for all tags alike; the constant is left to the cuts."""
    inputs = np.pad(
        signs.reshape(-1, signs.shape[2]).astype(np.float64), ((0, 0), (0, 1)), constant_values=1
    )
    wanted = labels.ravel()

    def loss(at: NDArray[np.float64]) -> tuple[float, NDArray[np.float64]]:
        logits = inputs @ at
        held = np.append(at[:-1], 0)
        slope = inputs.T @ (1 / (1 + np.exp(-logits)) - wanted) / len(wanted) + PENALTY * held
        value = (np.logaddexp(0, logits) - wanted * logits).mean() + PENALTY / 2 * (held @ held)
        return float(value), slope

    found: Floats = minimise(loss, np.zeros(inputs.shape[1]), STEPS)[:-1].astype(np.float32)
    return found
