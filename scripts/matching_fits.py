"""The three fits behind matching: which values a text speaks of, what makes two texts one point, how signs are weighed.

Logistic regressions all of them, in NumPy, by scripts/lbfgs.py.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from elicitation.graph import matching
from elicitation.graph.matching import Floats, Weights
from scripts.lbfgs import minimise
from scripts.pair_corpora import Grid

DIMENSIONS = 128
STEPS = 200
TAG_PENALTY = 0.3  # on half the sum of squares, against a sum over answers
NAME_PULL = 6.0  # length of the vector a value's head is drawn to: its name
FORM_PENALTY = 5e-3  # the same, against a mean over pairs


@dataclass(frozen=True, slots=True)
class Seen:
    """A grid as the fit sees it: texts as vectors, signs worked out, words gone."""

    grid: Grid
    left: Floats
    right: Floats
    signs: Floats


@dataclass(frozen=True, slots=True)
class Lessons:
    """n answers as unit `vectors` (n, 512); `tags` and `known` (n, t): 1 where a value was given, 1 where it was asked for.

    `names`: unit vectors of the values' names, (t, 512).
    """

    vectors: Floats
    tags: Floats
    known: Floats
    names: Floats

    def part(self, which: NDArray[Any]) -> "Lessons":
        """Some of the answers."""
        return Lessons(self.vectors[which], self.tags[which], self.known[which], self.names)


def fit_points(seen: Sequence[Seen], weights: Weights) -> Weights:
    """`weights` with what the grids teach about making one point. Logistic regression on signs and a symmetric form."""
    texts = np.unique(np.concatenate([s.left for s in seen] + [s.right for s in seen]), axis=0)
    centre = texts.mean(axis=0)
    spread, turned = np.linalg.eigh(np.cov((texts - centre).T.astype(np.float64)))
    size = np.sqrt(spread[-DIMENSIONS:].mean() * np.sqrt(DIMENSIONS))
    axes = (turned[:, -DIMENSIONS:] / size).astype(np.float32)
    weights = replace(weights, centre=centre, axes=axes)
    placed = [(matching.placed(s.left, weights), matching.placed(s.right, weights)) for s in seen]
    whole = sum(float(s.grid.weight.sum()) for s in seen)
    shares = [s.grid.weight / whole for s in seen]
    signs = seen[0].signs.shape[2]

    def loss(at: NDArray[np.float64]) -> tuple[float, NDArray[np.float64]]:
        blend, form = at[:signs].astype(np.float32), at[signs:].reshape(DIMENSIONS, DIMENSIONS)
        form32, total = form.astype(np.float32), 0.0
        of_blend, of_form = np.zeros(signs), np.zeros_like(form)
        for s, (a, b), share in zip(seen, placed, shares, strict=True):
            logits = s.signs @ blend + a @ form32 @ b.T
            total += float((share * (np.logaddexp(0, logits) - s.grid.labels * logits)).sum())
            wrong = share * (matching.probability(logits) - s.grid.labels)
            of_blend += np.tensordot(wrong, s.signs, 2)
            of_form += a.T @ wrong @ b
        of_form = (of_form + of_form.T) / 2 + FORM_PENALTY * form
        penalty = 0.5 * FORM_PENALTY * float((form**2).sum())
        return total + penalty, np.concatenate([of_blend, of_form.ravel()])

    start = np.zeros(signs + DIMENSIONS**2)
    at = minimise(loss, start, STEPS).astype(np.float32)
    form = at[signs:].reshape(DIMENSIONS, DIMENSIONS)
    return replace(weights, point_blend=at[:signs], bilinear=(form + form.T) / 2)


def fit_tags(lessons: Lessons, weights: Weights) -> Weights:
    """`weights` with one logistic regression a value, drawn to the value's name where answers say little."""
    vectors, tags, known = lessons.vectors, lessons.tags, lessons.known
    drawn = np.pad(NAME_PULL * lessons.names.astype(np.float64), ((0, 0), (0, 1)))
    inputs = np.hstack([vectors, np.ones((len(vectors), 1), dtype=np.float32)])

    def loss(at: NDArray[np.float64]) -> tuple[float, NDArray[np.float64]]:
        heads = at.reshape(tags.shape[1], -1)
        logits = inputs @ heads.T
        wrong = known * (matching.probability(logits) - tags)
        held = heads - drawn
        held[:, -1] = 0
        total = (known * (np.logaddexp(0, logits) - tags * logits)).sum()
        slope = wrong.T @ inputs + TAG_PENALTY * held
        return float(total + 0.5 * TAG_PENALTY * (held**2).sum()), slope.ravel()

    heads = minimise(loss, drawn.ravel(), STEPS).reshape(tags.shape[1], -1).astype(np.float32)
    return replace(weights, tags=heads[:, :-1], tag_bias=heads[:, -1])


def fit_blend(signs: Floats, labels: Floats) -> Floats:
    """Logistic regression of `labels`, (n,), on `signs`, (n, s), unpenalised."""

    def loss(at: NDArray[np.float64]) -> tuple[float, NDArray[np.float64]]:
        logits = signs @ at
        wrong = (matching.probability(logits) - labels) / len(labels)
        return float((np.logaddexp(0, logits) - labels * logits).mean()), wrong @ signs

    return minimise(loss, np.zeros(signs.shape[1]), STEPS).astype(np.float32)
