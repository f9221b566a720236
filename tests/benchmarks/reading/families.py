"""Value families, the name a person means, and nothing to find: measured on rows no head was trained on."""

import csv
import math
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from elicitation.extraction.families import vectors
from elicitation.extraction.heads import Floats, macro_f1
from elicitation.extraction.names import nearest_name
from scripts import train_families
from tests.benchmarks.figures import CORPORA, Figure
from tests.benchmarks.reading import _tags

NO_TAG = frozenset(("Other", "Uninformative answer"))
TAGS = 20


@dataclass(frozen=True, slots=True)
class Tagged:
    """The answers to one question, in step; `labels` (rows, tags) for its most frequent tags."""

    texts: list[str]
    people: list[str]
    tags: list[str]
    labels: Floats


def figures() -> Iterator[Figure]:
    """All figures of value families; those whose labelled text is not here have nothing to measure on."""
    yield from argument_figures()
    yield from tag_figures()


def argument_figures() -> Iterator[Figure]:
    """The 20 categories of valueeval."""
    there = (CORPORA / "valueeval").exists() and (CORPORA / "valueeval-54").exists()
    rows = train_families.arguments(CORPORA) if there else None
    random = train_families.random_third(rows) if rows else math.nan
    topics = train_families.whole_topics(rows) if rows else math.nan
    yield Figure("families, a random third held back", random, 0.50, "macro-F1")
    yield Figure("families, whole topics held back", topics, 0.42, "macro-F1")


def tag_figures() -> Iterator[Figure]:
    """The 20 commonest tags of core_value: a head trained on two thirds of the people, and the names alone."""
    there = (CORPORA / "global-dialogues").exists()
    tagged = core_value() if there else None
    trained = trained_tags(tagged) if tagged else math.nan
    named = nearest_tags(tagged) if tagged else math.nan
    yield Figure("core_value, a head a tag, a third of people held back", trained, 0.62, "macro-F1")
    yield Figure("core_value, nearest tag name, nothing trained", named, 0.75, "right")


def core_value() -> Tagged:
    """The answers to core_value with their commonest tags."""
    path = CORPORA / "global-dialogues" / "answers_tagged.csv"
    with path.open(encoding="utf-8", newline="") as file:
        rows = [row for row in csv.DictReader(file) if row["question_key"] == "core_value"]
    given = [row["tags"].split("|") for row in rows]
    counted = Counter(tag for tags in given for tag in tags if tag not in NO_TAG)
    common = [tag for tag, _ in counted.most_common(TAGS)]
    labels = np.array([[tag in own for tag in common] for own in given], np.float32)
    people = [row["participant"] for row in rows]
    return Tagged([row["text"] for row in rows], people, common, labels)


def trained_tags(tagged: Tagged) -> float:
    """Macro-F1 on a third of the people, of what was learnt from the others."""
    held = train_families.a_third(tagged.people)
    _, named = nearest_name(tagged.texts, tagged.tags)
    told = _tags.Told(vectors(tagged.texts), named, tagged.labels, tagged.people)
    flags = _tags.flagged(told, np.flatnonzero(~held), np.flatnonzero(held))
    return macro_f1(tagged.labels[held], flags)


def nearest_tags(tagged: Tagged) -> float:
    """The share of answers with a tag whose nearest name is one of their tags."""
    nearest, _ = nearest_name(tagged.texts, tagged.tags)
    right = tagged.labels[np.arange(len(nearest)), nearest]
    return float(right[tagged.labels.any(axis=1)].mean())
