"""Learn when two texts say the same, and write elicitation/graph/weights/matching.npz. NumPy only, the same result every time.

`python -m scripts.train_matching CORPORA`, where CORPORA holds the folders argkp, perspectrum and global-dialogues. What was
tried and how it scored: docs/decisions/0009-same-or-not.md. Thresholds are chosen on parts that a fit did not see.
"""

import argparse
import json
import sys
from collections.abc import Sequence
from dataclasses import dataclass, fields, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from elicitation.extraction.encoder import ENCODER, Vectors, encode
from elicitation.graph import matching
from elicitation.graph.matching import WEIGHTS, Floats, Kind, Texts, Weights
from scripts.matching_fits import Lessons, Seen, fit_blend, fit_points, fit_tags
from scripts.pair_corpora import (
    VALUE_QUESTIONS,
    Answers,
    Grid,
    answers,
    key_points,
    parts,
    perspectives,
)

SEED = 20261125
NOBODY = np.zeros((0, 512), dtype=np.float32)
FOLDS = 3
CLAIMS_WEIGHT = 2.0  # all pairs of perspectives against all labelled pairs of arguments
MOST_OPPOSITE = 0.003  # share of opposite pairs that may reach the threshold of "same point"
LEAST_PRECISION = 0.75  # of the pairs that reach the threshold of "same value"
SOURCES = [
    {"name": "ArgKP-2021 (IBM Debater)", "licence": "Apache-2.0"},
    {"name": "PERSPECTRUM (CogComp)", "licence": "CC BY-SA 4.0"},
    {
        "name": "Global Dialogues (The Collective Intelligence Project)",
        "licence": "open source by its methodology page; round 1 marked MIT on its data hub",
    },
]


class Reader:
    """Texts as vectors, each encoded once."""

    def __init__(self) -> None:
        self._known: dict[str, NDArray[np.float32]] = {}

    def read(self, texts: Sequence[str], company: Vectors | None = None) -> Texts:
        """As matching.read."""
        return matching.read(texts, company, self.vectors(texts))

    def vectors(self, texts: Sequence[str]) -> Vectors:
        """As encode."""
        new = sorted({text for text in texts if text not in self._known}, key=len)
        for start in range(0, len(new), 64):
            some = new[start : start + 64]
            self._known.update(zip(some, encode(some), strict=True))
        return np.stack([self._known[text] for text in texts])


def untaught(texts: Texts) -> Weights:
    """Weights that know only how rare words are: natural log of texts per text with the word, both counted from one."""
    nothing = np.zeros(0, dtype=np.float32)
    rarity = np.log((len(texts.bare) + 1) / (texts.words.sum(axis=0) + 1)).astype(np.float32)
    arrays: dict[str, Any] = {field.name: nothing for field in fields(Weights)}
    return Weights(**(arrays | {"rarity": rarity, "same_from": {}}))


def learn_values(reader: Reader, sets: Sequence[Answers], weights: Weights) -> Weights:
    """`weights` with what `sets` teach about speaking of one value.

    Signs are weighed on people whose answers the profiles were not fitted to.
    """
    pool = _Pool.of(reader, sets)
    part = parts(pool.people, FOLDS, SEED)
    fold = np.array([part[person] for person in pool.people])
    signs, labels = [], []
    for number in range(FOLDS):
        kept = fold != number
        fitted = fit_tags(pool.lessons.part(kept), weights)
        for question in range(len(sets)):
            some = np.flatnonzero((fold == number) & (pool.question == question))
            once = np.triu_indices(len(some), 1)
            texts = pool.texts.part(some)
            signs.append(matching.value_signs(texts, texts, fitted)[once])
            labels.append(shared(pool.lessons.tags[some])[once])
    all_signs, all_labels = np.concatenate(signs), np.concatenate(labels)
    blend = fit_blend(all_signs, all_labels)
    reached = matching.probability(all_signs @ blend)
    limit = {Kind.VALUE: precise_from(reached, all_labels)}
    weights = fit_tags(pool.lessons, weights)
    return replace(weights, value_blend=blend, same_from=weights.same_from | limit)


def learn_points(
    reader: Reader, claims: Sequence[Grid], topics: Sequence[Grid], weights: Weights
) -> Weights:
    """`weights` with what grids of perspectives and of arguments teach about making one point."""
    around_claims = reader.vectors(sorted({text for grid in claims for text in grid.left}))
    around_topics = reader.vectors(sorted({text for grid in topics for text in grid.right}))
    seen_claims = look(reader, weighed(claims, CLAIMS_WEIGHT), weights, around_claims)
    seen_topics = look(reader, weighed(topics, 1.0), weights, around_topics)
    part = parts((grid.group for grid in claims), FOLDS, SEED)
    opposite: list[Floats] = []
    for number in range(FOLDS):
        kept = [s for s in seen_claims if part[s.grid.group] != number]
        fitted = fit_points([*kept, *seen_topics], weights)
        held = [s for s in seen_claims if part[s.grid.group] == number]
        opposite += [judged(s, fitted)[(s.grid.opposite * s.grid.weight) > 0] for s in held]
    limit = {Kind.POINT: float(np.quantile(np.concatenate(opposite), 1 - MOST_OPPOSITE))}
    weights = fit_points([*seen_claims, *seen_topics], weights)
    return replace(weights, same_from=weights.same_from | limit)


def look(reader: Reader, grids: Sequence[Grid], weights: Weights, company: Vectors) -> list[Seen]:
    """Grids as a fit sees them."""
    found = []
    for grid in grids:
        left, right = reader.read(grid.left, company), reader.read(grid.right, company)
        signs = matching.point_signs(left, right, weights)
        found.append(Seen(grid, left.vectors, right.vectors, signs))
    return found


def judged(seen: Seen, weights: Weights) -> Floats:
    """Probability of one point for a whole grid, (n, m)."""
    logits = seen.signs @ weights.point_blend
    logits += matching.formed(seen.left, seen.right, weights)
    return matching.damped(logits, seen.signs)


def weighed(grids: Sequence[Grid], total: float) -> list[Grid]:
    """Grids whose weights add up to `total`."""
    whole = sum(float(grid.weight.sum()) for grid in grids)
    return [replace(grid, weight=grid.weight * np.float32(total / whole)) for grid in grids]


def shared(tags: Floats) -> Floats:
    """1 where two answers share a value, (n, n), from (n, t)."""
    return (tags @ tags.T > 0).astype(np.float32)


def precise_from(reached: Floats, labels: Floats) -> float:
    """The lowest score from which at least LEAST_PRECISION of the pairs are right; the highest score where none is."""
    order = np.argsort(-reached, kind="stable")
    precision = np.cumsum(labels[order]) / np.arange(1, len(order) + 1)
    good = np.flatnonzero(precision >= LEAST_PRECISION)
    return float(reached[order[good[-1] if len(good) else 0]])


def save(weights: Weights, path: Path) -> None:
    """Write the weights as float16 with where they come from."""
    told = {
        "sources": SOURCES,
        "features": ENCODER,
        "script": "scripts/train_matching.py",
        "date": datetime.now(UTC).date().isoformat(),
        "seed": SEED,
        "scores": "docs/decisions/0009-same-or-not.md",
        "same_from": {kind.value: round(limit, 4) for kind, limit in weights.same_from.items()},
    }
    names = [name for name in weights.__slots__ if name != "same_from"]
    arrays = {name: getattr(weights, name).astype(np.float16) for name in names}
    np.savez_compressed(path, provenance=np.array(json.dumps(told)), **arrays)


def main() -> None:
    """Learn from everything there is."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("corpora", type=Path)
    asked.add_argument("--out", type=Path, default=WEIGHTS)
    given = asked.parse_args()
    reader = Reader()
    sets = [answers(given.corpora, question) for question in VALUE_QUESTIONS]
    claims = perspectives(given.corpora, ("train", "dev", "test"))
    topics = [*key_points(given.corpora, "train"), *key_points(given.corpora, "dev")]
    weights = rarity_of(reader, sets, [*claims, *topics])
    weights = learn_points(reader, claims, topics, learn_values(reader, sets, weights))
    save(weights, given.out)
    sys.stdout.write(f"{given.out.stat().st_size} bytes, same from {weights.same_from}\n")


def rarity_of(reader: Reader, sets: Sequence[Answers], grids: Sequence[Grid]) -> Weights:
    """Untaught weights from all texts of a training part."""
    texts = {text for some in sets for text in some.texts}
    texts |= {text for grid in grids for text in [*grid.left, *grid.right]}
    return untaught(reader.read(sorted(texts), NOBODY))


@dataclass(frozen=True, slots=True)
class _Pool:
    """Answers to several questions, n in all; values of one name are one value."""

    people: list[str]
    texts: Texts
    question: NDArray[np.intp]
    lessons: Lessons

    @classmethod
    def of(cls, reader: Reader, sets: Sequence[Answers]) -> "_Pool":
        names = sorted({name for some in sets for name in some.names})
        tags, known = [], []
        for some in sets:
            places = [names.index(name) for name in some.names]
            tags.append(np.zeros((len(some.texts), len(names)), dtype=np.float32))
            tags[-1][:, places] = some.tags
            known.append(np.zeros_like(tags[-1]))
            known[-1][:, places] = 1
        texts = reader.read([text for some in sets for text in some.texts])
        asked = np.repeat(np.arange(len(sets)), [len(some.texts) for some in sets])
        lessons = Lessons(
            texts.vectors, np.concatenate(tags), np.concatenate(known), reader.vectors(names)
        )
        return cls([person for some in sets for person in some.people], texts, asked, lessons)


if __name__ == "__main__":
    main()
