"""Train the heads of elicitation/extraction/families.py and write their weights: `.venv/bin/python -m scripts.train_families`.

Reads valueeval and valueeval-54 (Touche23-ValueEval, CC BY-SA 4.0) beside the project; NumPy only; no chance but a fixed seed.
"""

import csv
import datetime as dt
import gzip
import json
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from elicitation.extraction.encoder import ENCODER, Vectors
from elicitation.extraction.families import (
    AXES,
    CATEGORIES,
    JOINT_AXES,
    WEIGHTS,
    Axes,
    Reader,
    alone_features,
    context,
    joint_features,
    vectors,
)
from elicitation.extraction.heads import (
    SEED,
    Floats,
    cuts,
    folds,
    keep,
    macro_f1,
    out_of_fold,
    ridge,
)

CORPORA = Path(__file__).parents[2] / "shared" / "data" / "corpora"
ALONE, JOINT = 10.0, 6.0  # strengths of the penalty, chosen by cross-validation in a training part


@dataclass(frozen=True, slots=True)
class Arguments:
    """Rows of one kind, in step: vectors (rows, 512), labels (rows, 20), and whether they are of the wider set."""

    premises: Vectors
    contexts: Vectors
    labels: Floats
    conclusions: NDArray[np.str_]
    wider: NDArray[np.bool_]

    def take(self, kept: NDArray[np.bool_]) -> "Arguments":
        """The rows where `kept` is true."""
        return Arguments(
            self.premises[kept],
            self.contexts[kept],
            self.labels[kept],
            self.conclusions[kept],
            self.wider[kept],
        )


def arguments(corpora: Path = CORPORA) -> Arguments:
    """Every row of valueeval, then those of valueeval-54 that are not in it. Raises FileNotFoundError."""
    rows = list(_narrow(corpora / "valueeval" / "arguments.csv"))
    known = {row[0] for row in rows} | {row[1].strip().lower() for row in rows}
    wider = [
        row
        for row in _wide(corpora / "valueeval-54" / "arguments.csv.gz")
        if row[0] not in known and row[1].strip().lower() not in known
    ]
    both = rows + wider
    return Arguments(
        vectors([row[1] for row in both]),
        vectors([context(row[2], row[3]) for row in both]),
        np.array([row[4] for row in both], np.float32),
        np.array([row[3] for row in both]),
        np.arange(len(both)) >= len(rows),
    )


def train(rows: Arguments, groups: Sequence[object]) -> Reader:
    """A reader of `rows`; its cuts come from cross-validation that keeps each of `groups` (rows,) together."""
    premise, setting = _axes(rows.premises, AXES), _axes(rows.contexts, JOINT_AXES)
    one = alone_features(premise, rows.premises)
    two = joint_features(premise, setting, rows.premises, rows.contexts)
    fold = folds(groups)
    alone = out_of_fold(one, rows.labels, ALONE, fold)
    joint: Floats = (alone + out_of_fold(two, rows.labels, JOINT, fold)) * np.float32(0.5)
    own = ~rows.wider
    return Reader(
        premise,
        setting,
        ridge(one, rows.labels, ALONE),
        ridge(two, rows.labels, JOINT),
        cuts(alone[own], rows.labels[own]),
        cuts(joint[own], rows.labels[own]),
    )


def held_out(rows: Arguments, held: NDArray[np.bool_], groups: Sequence[object]) -> float:
    """Macro-F1 on the rows of valueeval that are `held`, of a reader trained on the others."""
    named = np.array([str(group) for group in groups])
    read = train(rows.take(~held), list(named[~held]))
    asked = rows.take(held & ~rows.wider)
    return macro_f1(asked.labels, read.scores(asked.premises, asked.contexts) >= 0)


def a_third(names: Sequence[str]) -> NDArray[np.bool_]:
    """Which rows are held back: a third of the distinct `names`, drawn with SEED."""
    distinct = sorted(set(names))
    drawn = np.random.default_rng(SEED).permutation(len(distinct))[: len(distinct) // 3]
    held = {distinct[n] for n in drawn}
    return np.array([name in held for name in names])


def random_third(rows: Arguments) -> float:
    """Macro-F1 with a third of valueeval's rows held back at random."""
    numbers = [f"{n:05d}" for n in range(len(rows.wider))]
    held = np.zeros(len(rows.wider), bool)
    held[~rows.wider] = a_third(numbers[: int((~rows.wider).sum())])
    return held_out(rows, held, numbers)


def whole_topics(rows: Arguments) -> float:
    """Macro-F1 with a third of valueeval's conclusions held back, their rows in the wider set too."""
    own = sorted(set(rows.conclusions[~rows.wider]))
    held = {name for name, out in zip(own, a_third(own), strict=True) if out}
    return held_out(rows, np.isin(rows.conclusions, sorted(held)), list(rows.conclusions))


def _axes(found: Vectors, count: int) -> Axes:
    middle = found.mean(axis=0)
    centred = (found - middle).astype(np.float64)
    _, directions = np.linalg.eigh(centred.T @ centred)
    return Axes(middle, directions[:, ::-1][:, :count].astype(np.float32))


Row = tuple[str, str, str, str, list[float]]


def _narrow(path: Path) -> Iterator[Row]:
    with path.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            labels = [float(row[name]) for name in CATEGORIES]
            yield row["id"], row["premise"], row["stance"], row["conclusion"], labels


def _wide(path: Path) -> Iterator[Row]:
    with gzip.open(path, "rt", encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            named = row["categories_20"].split("; ")
            labels = [float(name in named) for name in CATEGORIES]
            yield row["id"], row["premise"], row["stance"], row["conclusion"], labels


def main() -> None:
    """Measure, train on everything, write."""
    rows = arguments()
    scores = {"random_third": random_third(rows), "whole_topics": whole_topics(rows)}
    read = train(rows, range(len(rows.wider)))
    about = {
        "source": "Touche23-ValueEval (Kiesel et al. 2022; Mirzakhmedova et al. 2023), Webis group",
        "licence": "CC BY-SA 4.0",
        "rows": len(rows.wider),
        "features": f"{ENCODER}; products of {AXES} and {JOINT_AXES} + {JOINT_AXES} principal axes",
        "head": f"ridge, strength {ALONE} (premise) and {JOINT} (premise and context)",
        "seed": SEED,
        "trained": dt.datetime.now(dt.UTC).date().isoformat(),
        "macro_f1_held_out": {name: round(score, 3) for name, score in scores.items()},
    }
    keep(WEIGHTS, about, read.parts())
    sys.stdout.write(json.dumps(about, indent=1) + f"\n{WEIGHTS.stat().st_size} bytes\n")


if __name__ == "__main__":
    main()
