"""Which of the 20 value categories of Schwartz's theory an argument appeals to. Free of Django.

Two linear heads over sentence vectors, trained by scripts/train_families.py: one reads the premise alone, one the premise with what
it argues for. Each sees the vectors and the products of their first axes, because what a word counts for depends on the topic.
Decision: docs/decisions/0008-heads.md.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from elicitation.extraction.encoder import Vectors, encode
from elicitation.extraction.heads import Floats, Head, kept

CATEGORIES = (
    "Self-direction: thought",
    "Self-direction: action",
    "Stimulation",
    "Hedonism",
    "Achievement",
    "Power: dominance",
    "Power: resources",
    "Face",
    "Security: personal",
    "Security: societal",
    "Tradition",
    "Conformity: rules",
    "Conformity: interpersonal",
    "Humility",
    "Benevolence: caring",
    "Benevolence: dependability",
    "Universalism: concern",
    "Universalism: nature",
    "Universalism: tolerance",
    "Universalism: objectivity",
)
WEIGHTS = Path(__file__).parent / "weights" / "families.npz"
AXES = 50  # principal axes of premises, multiplied with each other
JOINT_AXES = 30  # of premises and of contexts, where both are there
BATCH = 64  # texts encoded at a time


@dataclass(frozen=True, slots=True)
class Axes:
    """The principal axes of a set of vectors: `middle` (512,), `directions` (512, axes)."""

    middle: Floats
    directions: Floats

    def of(self, vectors: Vectors) -> Floats:
        """Coordinates, shape (rows, axes)."""
        found: Floats = np.matmul(vectors - self.middle, self.directions)
        return found


@dataclass(frozen=True, slots=True)
class Reader:
    """All that is learned. `alone` reads the premise, `joint` premise and context; each with its cuts (20,)."""

    premise: Axes
    context: Axes
    alone: Head
    joint: Head
    alone_cuts: Floats
    joint_cuts: Floats

    def parts(self) -> dict[str, Floats]:
        """The arrays by the names they are kept under."""
        return {
            "premise_middle": self.premise.middle,
            "premise_axes": self.premise.directions,
            "context_middle": self.context.middle,
            "context_axes": self.context.directions,
            "alone_weights": self.alone.weights,
            "alone_bias": self.alone.bias,
            "joint_weights": self.joint.weights,
            "joint_bias": self.joint.bias,
            "alone_cuts": self.alone_cuts,
            "joint_cuts": self.joint_cuts,
        }

    def scores(self, premises: Vectors, contexts: Vectors) -> Floats:
        """Shape (rows, 20), above 0 where the category is there. A context of zeros is one not given."""
        alone = self.alone.scores(alone_features(self.premise, premises))
        given = contexts.any(axis=1)
        both = joint_features(self.premise, self.context, premises[given], contexts[given])
        found = alone - self.alone_cuts
        found[given] = (alone[given] + self.joint.scores(both)) / 2 - self.joint_cuts
        return found


@dataclass(frozen=True, slots=True)
class Families:
    """`scores` (rows, 20), the higher the likelier; `flags`, the same shape: whether the category is there."""

    scores: Floats
    flags: NDArray[np.bool_]


def families(
    premises: Sequence[str], stances: Sequence[str] = (), conclusions: Sequence[str] = ()
) -> Families:
    """The categories of each premise, in the order of CATEGORIES.

    `stances` ("in favor of", "against") and `conclusions` are as long as `premises` or left out; an empty conclusion is one
    not given. Raises ValueError for lists of different lengths.
    """
    stances = stances or [""] * len(premises)
    conclusions = conclusions or [""] * len(premises)
    contexts = [
        context(stance, said) if premise.strip() else ""
        for premise, stance, said in zip(premises, stances, conclusions, strict=True)
    ]
    scores = reader().scores(vectors(premises), vectors(contexts))
    scores[[not premise.strip() for premise in premises]] = -np.inf
    return Families(scores, scores >= 0)


def nearest_families(meant: Vectors, most: int = 3) -> list[str]:
    """The categories one text appeals to, the clearest first and at most `most`; `meant` is its unit vector, shape (512,)."""
    row = meant.reshape(1, -1)
    scores = reader().scores(row, np.zeros_like(row))[0]
    order = np.argsort(-scores, kind="stable")[:most]
    return [CATEGORIES[n] for n in order if scores[n] >= 0]


def context(stance: str, conclusion: str) -> str:
    """What a premise argues for or against, as one text; empty without a conclusion."""
    return f"{stance.strip()} {conclusion.strip()}".strip() if conclusion.strip() else ""


def vectors(texts: Sequence[str]) -> Vectors:
    """Unit vectors (len(texts), 512), zeros for an empty text; each text is encoded once, near in length together."""
    distinct = sorted({text for text in texts if text.strip()}, key=lambda text: (len(text), text))
    place = {text: n for n, text in enumerate(distinct)}
    parts = [encode(distinct[at : at + BATCH]) for at in range(0, len(distinct), BATCH)]
    found = np.vstack([*parts, np.zeros((1, 512), np.float32)])
    taken: Vectors = found[[place.get(text, len(distinct)) for text in texts]].reshape(-1, 512)
    return taken


def alone_features(axes: Axes, premises: Vectors) -> Floats:
    """The vectors and the products of their axes, shape (rows, 512 + AXES (AXES + 1) / 2)."""
    return np.hstack([premises, _products(axes.of(premises))])


def joint_features(premise: Axes, context: Axes, premises: Vectors, contexts: Vectors) -> Floats:
    """Both vectors and the products of their first JOINT_AXES axes, within and across."""
    near = [premise.of(premises)[:, :JOINT_AXES], context.of(contexts)[:, :JOINT_AXES]]
    return np.hstack([premises, contexts, _products(np.hstack(near))])


def _products(coordinates: Floats) -> Floats:
    """All products of two coordinates, scaled so that their inner product is the square of the coordinates' own."""
    first, second = np.triu_indices(coordinates.shape[1])
    scale = np.where(first == second, 1, np.sqrt(2)).astype(np.float32)
    found: Floats = coordinates[:, first] * coordinates[:, second] * scale
    return found


@cache
def reader() -> Reader:
    """The shipped weights, loaded with the first question. Raises FileNotFoundError where they are missing."""
    part = kept(WEIGHTS)
    return Reader(
        Axes(part["premise_middle"], part["premise_axes"]),
        Axes(part["context_middle"], part["context_axes"]),
        Head(part["alone_weights"], part["alone_bias"]),
        Head(part["joint_weights"], part["joint_bias"]),
        part["alone_cuts"],
        part["joint_cuts"],
    )
