"""Does matching tell what is the same? Learnt anew on training parts, measured on parts held back.

People in thirds (Global Dialogues), the official test claims (PERSPECTRUM), the dev topics (ArgKP-2021).
"""

import time
from collections.abc import Iterator, Sequence
from dataclasses import replace

import numpy as np

from elicitation.graph import matching
from elicitation.graph.matching import Floats, Kind, Weights
from scripts.pair_corpora import Answers, Grid, answers, key_points, parts, perspectives
from scripts.train_matching import (
    VALUE_QUESTIONS,
    Reader,
    learn_points,
    learn_values,
    rarity_of,
    shared,
)
from tests.benchmarks.reading.figures import CORPORA, SEED, Figure

HELD = 0  # the third that is measured on
STORED = 100_000


def figures() -> Iterator[Figure]:
    """Same value, same point, key points, speed; beside each what plain cosine reaches on the same pairs."""
    if not CORPORA.is_dir():
        yield Figure("pairs: corpora are not here", float("nan"), 0)
        return
    reader = Reader()
    yield from values(reader)
    yield from points(reader)
    yield Figure(
        "nearest of 100,000 stored vectors, median of 9", sieve_time(), 50, "ms", most=True
    )


def values(reader: Reader) -> Iterator[Figure]:
    """Average precision over all pairs of answers of held-back people to one question."""
    sets = {question: answers(CORPORA, question) for question in VALUE_QUESTIONS}
    part = parts((person for some in sets.values() for person in some.people), 3, SEED)
    train = [taken(some, [part[p] != HELD for p in some.people]) for some in sets.values()]
    learnt = learn_values(reader, train, rarity_of(reader, train, []))
    others = [taken(sets["missing_value"], [True] * len(sets["missing_value"].people))]
    moved = learn_values(reader, others, rarity_of(reader, others, []))
    for question, wanted in (("core_value", 0.60), ("missing_value", 0.0)):
        some = sets[question]
        held = taken(some, [part[p] == HELD for p in some.people])
        labels = once(shared(held.tags))
        cosine = once(_cosine(reader, held.texts, held.texts))
        found = once(scored(reader, held.texts, held.texts, Kind.VALUE, learnt))
        yield Figure(f"same value, {question}, AP", precision(found, labels), wanted)
        yield Figure(f"same value, {question}, AP of cosine", precision(cosine, labels), 0)
        limit = learnt.same_from[Kind.VALUE]
        yield Figure(f"same value, {question}, precision suggested", hit(labels, found >= limit), 0)
        yield Figure(f"same value, {question}, recall suggested", hit(found >= limit, labels), 0)
        if question == "core_value":
            found = once(scored(reader, held.texts, held.texts, Kind.VALUE, moved))
            what = "same value, core_value, learnt on missing_value only, AP"
            yield Figure(what, precision(found, labels), 0)


def points(reader: Reader) -> Iterator[Figure]:
    """One fit on training claims and training topics, measured on test claims and dev topics."""
    claims = perspectives(CORPORA, ("train", "dev"))
    topics = key_points(CORPORA, "train")
    learnt = rarity_of(reader, [], [*claims, *topics])
    learnt = learn_points(reader, claims, topics, learnt)
    yield from same_cluster(reader, perspectives(CORPORA, ("test",)), learnt)
    dev = key_points(CORPORA, "dev")
    for strict, wanted in ((True, 0.50), (False, 0.70)):
        name = "strict" if strict else "relaxed"
        mine = [task(g, scored(reader, g.left, g.right, Kind.POINT, learnt), strict) for g in dev]
        plain = [task(g, _cosine(reader, g.left, g.right), strict) for g in dev]
        yield Figure(f"key points, {name} mAP", float(np.mean(mine)), wanted)
        yield Figure(f"key points, {name} mAP of cosine", float(np.mean(plain)), 0)


def same_cluster(reader: Reader, claims: Sequence[Grid], learnt: Weights) -> Iterator[Figure]:
    """All pairs inside a claim, at the threshold chosen on other claims."""
    found, plain, same, opposite = [], [], [], []
    for grid in claims:
        met = grid.weight > 0
        found.append(scored(reader, grid.left, grid.right, Kind.POINT, learnt)[met])
        plain.append(_cosine(reader, grid.left, grid.right)[met])
        same.append(grid.labels[met])
        opposite.append(grid.opposite[met])
    score, cosine = np.concatenate(found), np.concatenate(plain)
    labels, other = np.concatenate(same), np.concatenate(opposite) > 0
    said = score >= learnt.same_from[Kind.POINT]
    equal = np.quantile(cosine[other], 1 - hit(said, other))
    yield Figure("same point, opposite stances suggested", 100 * hit(said, other), 0.5, "%", True)
    yield Figure("same point, recall suggested", hit(said, labels), 0)
    yield Figure("same point, recall of cosine at that share", hit(cosine > equal, labels), 0)
    yield Figure("same point, precision suggested", hit(labels, said), 0)
    yield Figure("same point, AP", precision(score, labels), 0)
    yield Figure("same point, AP of cosine", precision(cosine, labels), 0)


def scored(
    reader: Reader, left: Sequence[str], right: Sequence[str], kind: Kind, learnt: Weights
) -> Floats:
    """matching.scores, texts encoded once."""
    return matching.scores(reader.read(left), reader.read(right), kind, learnt)


def task(grid: Grid, found: Floats, strict: bool) -> float:
    """ArgKP-2021's formula for one topic and stance: average precision times the share right, in the better half.

    Each argument with its best key point of the same stance; arguments by that score. A pair nobody labelled is wrong (`strict`) or right.
    """
    mine = grid.opposite[0] == 0
    found, known = found[:, mine], grid.weight[:, mine] > 0
    labels = np.where(known, grid.labels[:, mine], 0 if strict else 1)
    rows = np.arange(len(found))
    best = found.argmax(axis=1)
    order = np.argsort(-found[rows, best], kind="stable")[: len(found) // 2]
    right = labels[rows, best][order]
    return precision(-np.arange(len(order), dtype=np.float32), right) * float(right.mean())


def precision(found: Floats, labels: Floats) -> float:
    """Average precision: the mean, over the right pairs, of the share right among all that score as high. Ties count together."""
    order = np.argsort(-found, kind="stable")
    right, score = np.cumsum(labels[order]), found[order]
    last = np.append(np.flatnonzero(np.diff(score)), len(score) - 1)
    gained = np.diff(right[last], prepend=0.0)
    return float((gained * right[last] / (last + 1)).sum() / max(right[-1], 1))


def hit(what: Floats, among: Floats) -> float:
    """The share of `among` that is also `what`."""
    return float(np.asarray(what, dtype=np.float64)[np.asarray(among) > 0].mean())


def once(grid: Floats) -> Floats:
    """Each pair of a square grid once, flat."""
    flat: Floats = grid[np.triu_indices(len(grid), 1)]
    return flat


def taken(some: Answers, kept: Sequence[bool]) -> Answers:
    """A part of the answers."""
    places = np.flatnonzero(kept)
    people, texts = ([column[n] for n in places] for column in (some.people, some.texts))
    return replace(some, people=people, texts=texts, tags=some.tags[places])


def sieve_time() -> float:
    """Milliseconds to find the nearest among STORED unit vectors."""
    rng = np.random.default_rng(SEED)
    stored = rng.standard_normal((STORED, 512), dtype=np.float32)
    stored /= np.linalg.norm(stored, axis=1, keepdims=True)
    spent = []
    for _ in range(9):
        start = time.perf_counter()
        matching.nearest(stored[7], stored)
        spent.append(time.perf_counter() - start)
    return 1000 * float(np.median(spent))


def _cosine(reader: Reader, left: Sequence[str], right: Sequence[str]) -> Floats:
    found: Floats = reader.read(left).vectors @ reader.read(right).vectors.T
    return found
