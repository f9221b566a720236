"""The labelled pairs matching is trained on and measured with, as grids: a few texts against a few texts.

Read from a folder of corpora that is no part of the project. People, claims and topics are kept whole, so that a split by them is fair.
"""

import csv
import gzip
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

Matrix = NDArray[Any]  # float32
Row = dict[str, str]
NO_VALUE = {"", "Other", "Uninformative answer", "Artificial Intelligence"}
VALUE_QUESTIONS = ("core_value", "missing_value")  # the two that ask people for a value
AUXILIARY = re.compile(r"\b(?:should|must|can|could|will|would|may|is|are|was|does|do|has|have)\b")
NEGATION = re.compile(r"\s+not\b|n['’]t\b")
OPPOSITE_WEIGHT = 0.2  # of an argument with a key point of the other side, which nobody labelled


@dataclass(frozen=True, slots=True)
class Grid:
    """n left and m right texts of one claim or topic (`group`).

    `labels`: 1 same, 0 not; `weight`: 0 where a pair is unknown or met twice; `opposite`: stances differ; each (n, m).
    """

    group: str
    left: list[str]
    right: list[str]
    labels: Matrix
    weight: Matrix
    opposite: Matrix


@dataclass(frozen=True, slots=True)
class Answers:
    """Answers of n people to one question and which of t values each speaks of, (n, t) of 0 and 1."""

    people: list[str]
    texts: list[str]
    names: list[str]
    tags: Matrix


def perspectives(corpora: Path, splits: Iterable[str]) -> list[Grid]:
    """PERSPECTRUM: all pairs inside a claim, each once; same = same cluster."""
    by_claim: dict[str, list[Row]] = defaultdict(list)
    for row in _rows(corpora / "perspectrum" / "perspectives.csv.gz"):
        if row["split_official"] in set(splits):
            by_claim[row["claim_id"]].append(row)
    return [_claim(group, rows) for group, rows in sorted(by_claim.items())]


def key_points(corpora: Path, split: str) -> list[Grid]:
    """ArgKP-2021: arguments against key points, a grid a topic and stance (`left` of stance, all key points of the topic).

    Pairs of one stance are labelled or unknown (weight 0); pairs across stances are not the same.
    """
    folder = corpora / "argkp"
    labels = {
        (row["arg_id"], row["key_point_id"]): int(row["label"])
        for row in _rows(folder / f"labels_{split}.csv")
    }
    arguments, points = defaultdict(list), defaultdict(list)
    for row in _rows(folder / f"arguments_{split}.csv"):
        arguments[row["topic"], row["stance"]].append(row)
    for row in _rows(folder / f"key_points_{split}.csv"):
        points[row["topic"]].append(row)
    return [
        _topic(arguments[key], points[key[0]], labels)
        for key in sorted(arguments)
        if any(row["stance"] == key[1] for row in points[key[0]])
    ]


def answers(corpora: Path, question: str, least: int = 10) -> Answers:
    """Global Dialogues: answers with at least one tag that names a value and was given `least` times."""
    path = corpora / "global-dialogues" / "answers_tagged.csv"
    rows = [row for row in _rows(path) if row["question_key"] == question]
    given = [set(row["tags"].split("|")) - NO_VALUE for row in rows]
    times: dict[str, int] = defaultdict(int)
    for tags in given:
        for tag in tags:
            times[tag] += 1
    names = sorted(tag for tag, number in times.items() if number >= least)
    kept = [n for n, tags in enumerate(given) if tags & set(names)]
    found = np.array([[name in given[n] for name in names] for n in kept], dtype=np.float32)
    people = [rows[n]["participant"] for n in kept]
    return Answers(people, [rows[n]["text"] for n in kept], names, found)


def denials(grids: Iterable[Grid]) -> list[Grid]:
    """Every text of `grids` against its own denial: the same words and never the same point."""
    found = []
    for grid in grids:
        pairs = [(text, denied) for text in grid.left if (denied := denial(text)) != text]
        if pairs:
            left, right = ([pair[side] for pair in pairs] for side in (0, 1))
            own = np.eye(len(pairs), dtype=np.float32)
            found.append(Grid(grid.group, left, right, np.zeros_like(own), own, own))
    return found


def denial(text: str) -> str:
    """An English sentence with a "not" taken out, or put in after its first auxiliary; itself where neither can be."""
    without = NEGATION.sub("", text, count=1)
    return without if without != text else AUXILIARY.sub(r"\g<0> not", text, count=1)


def parts(groups: Iterable[str], number: int, seed: int) -> dict[str, int]:
    """Each group's part, 0 to `number` - 1, of about equal size."""
    ordered = sorted(set(groups))
    shuffled = np.random.default_rng(seed).permutation(len(ordered))
    return {group: int(place) % number for group, place in zip(ordered, shuffled, strict=True)}


def _claim(group: str, rows: list[Row]) -> Grid:
    clusters = np.array([row["cluster_id"] for row in rows], dtype=object)
    stances = np.array([row["stance"] for row in rows], dtype=object)
    texts = [row["text"] for row in rows]
    once = np.triu(np.ones((len(rows), len(rows)), dtype=np.float32), 1)
    same = (clusters[:, None] == clusters).astype(np.float32)
    return Grid(group, texts, texts, same, once, (stances[:, None] != stances).astype(np.float32))


def _topic(arguments: list[Row], points: list[Row], labels: dict[tuple[str, str], int]) -> Grid:
    stance = arguments[0]["stance"]
    found = np.array(
        [[labels.get((a["arg_id"], p["key_point_id"]), -1) for p in points] for a in arguments],
        dtype=np.float32,
    )
    other = np.array([p["stance"] != stance for p in points], dtype=np.float32)
    opposite = np.repeat(other[None, :], len(arguments), axis=0)
    weight = np.where(opposite > 0, OPPOSITE_WEIGHT, found >= 0).astype(np.float32)
    return Grid(
        arguments[0]["topic"],
        [row["argument"] for row in arguments],
        [row["key_point"] for row in points],
        np.maximum(found, 0),
        weight,
        opposite,
    )


def _rows(path: Path) -> Iterator[Row]:
    if path.suffix == ".gz":
        with gzip.open(path, "rt", encoding="utf-8", newline="") as packed:
            yield from csv.DictReader(packed)
    else:
        with path.open(encoding="utf-8", newline="") as plain:
            yield from csv.DictReader(plain)
