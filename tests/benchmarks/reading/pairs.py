"""Does matching tell what is the same? Learnt anew on training parts, measured on parts held back.

People in thirds (Global Dialogues), the official test claims (PERSPECTRUM), the dev topics (ArgKP-2021).
"""

import time
from collections.abc import Iterator, Sequence
from dataclasses import replace

import numpy as np

from elicitation.extraction.encoder import Vectors
from elicitation.graph import matching
from elicitation.graph.matching import Floats, Kind, Weights
from scripts.pair_corpora import Answers, Grid, answers, denials, key_points, parts, perspectives
from scripts.train_matching import (
    VALUE_QUESTIONS,
    Reader,
    learn_points,
    learn_values,
    rarity_of,
    shared,
)
from tests.benchmarks.figures import CORPORA, SEED, Figure

THIRDS = 3
MEASURED = ("AP", "AP of cosine", "precision suggested", "recall suggested", "base rate")
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
    """Average precision over all pairs of answers of held-back people to one question, each third held back in turn."""
    sets = {question: answers(CORPORA, question) for question in VALUE_QUESTIONS}
    part = parts((person for some in sets.values() for person in some.people), THIRDS, SEED)
    found: dict[str, list[list[float]]] = {question: [] for question in sets}
    for held in range(THIRDS):
        train = [taken(some, [part[p] != held for p in some.people]) for some in sets.values()]
        learnt = learn_values(reader, train, rarity_of(reader, train, []))
        for question, some in sets.items():
            test = taken(some, [part[p] == held for p in some.people])
            found[question].append(same_value(reader, test, learnt))
    for question, wanted in (("core_value", 0.60), ("missing_value", 0.0)):
        for number, measured in enumerate(np.transpose(found[question])):
            each = " ".join(f"{third:.3f}" for third in measured)
            what = f"same value, {question}, {MEASURED[number]} (thirds: {each})"
            yield Figure(what, float(measured.mean()), 0.0 if number else wanted)
    yield from moved(reader, sets)


def moved(reader: Reader, sets: dict[str, Answers]) -> Iterator[Figure]:
    """What was learnt on one question, used on another: all answers, none of whose tags were seen."""
    for learnt_on, used_on in (VALUE_QUESTIONS, VALUE_QUESTIONS[::-1]):
        learnt = [sets[learnt_on]]
        weights = learn_values(reader, learnt, rarity_of(reader, learnt, []))
        measured = same_value(reader, sets[used_on], weights)
        what = f"same value, {used_on}, learnt on {learnt_on} only"
        yield Figure(f"{what}, AP", measured[0], 0)
        yield Figure(f"{what}, AP of cosine", measured[1], 0)


def same_value(reader: Reader, some: Answers, learnt: Weights) -> list[float]:
    """The figures MEASURED names, over all pairs of answers."""
    labels = once(shared(some.tags))
    texts = reader.read(some.texts)
    found = once(matching.scores(texts, texts, Kind.VALUE, learnt))
    cosine = once(_cosine(reader, some.texts, some.texts))
    said = found >= learnt.same_from[Kind.VALUE]
    return [
        precision(found, labels),
        precision(cosine, labels),
        hit(labels, said),
        hit(said, labels),
        float(labels.mean()),
    ]


def points(reader: Reader) -> Iterator[Figure]:
    """One fit on training claims and training topics, measured on test claims and dev topics."""
    claims = perspectives(CORPORA, ("train", "dev"))
    topics = key_points(CORPORA, "train")
    learnt = rarity_of(reader, [], [*claims, *topics])
    learnt = learn_points(reader, claims, topics, learnt)
    test = perspectives(CORPORA, ("test",))
    yield from same_cluster(reader, test, learnt)
    yield from denied(reader, test, learnt)
    dev = key_points(CORPORA, "dev")
    company = reader.vectors(sorted({text for grid in dev for text in grid.right}))
    for strict, wanted in ((True, 0.50), (False, 0.70)):
        name = "strict" if strict else "relaxed"
        mine = [task(g, scored(reader, g, learnt, company), strict) for g in dev]
        plain = [task(g, _cosine(reader, g.left, g.right), strict) for g in dev]
        yield Figure(f"key points, {name} mAP", float(np.mean(mine)), wanted)
        yield Figure(f"key points, {name} mAP of cosine", float(np.mean(plain)), 0)


def same_cluster(reader: Reader, claims: Sequence[Grid], learnt: Weights) -> Iterator[Figure]:
    """All pairs inside a claim, at the threshold chosen on other claims."""
    found, plain, same, opposite = [], [], [], []
    company = reader.vectors(sorted({text for grid in claims for text in grid.left}))
    for grid in claims:
        met = grid.weight > 0
        found.append(scored(reader, grid, learnt, company)[met])
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


def denied(reader: Reader, claims: Sequence[Grid], learnt: Weights) -> Iterator[Figure]:
    """Test sentences against themselves with a "not" put in or taken out."""
    company = reader.vectors(sorted({text for grid in claims for text in grid.left}))
    found = [np.diag(scored(reader, grid, learnt, company)) for grid in denials(claims)]
    said = 100 * float((np.concatenate(found) >= learnt.same_from[Kind.POINT]).mean())
    yield Figure("same point, denials suggested", said, 0.5, "%", True)


def scored(reader: Reader, grid: Grid, learnt: Weights, company: Vectors) -> Floats:
    """Probability of one point for a whole grid."""
    left, right = reader.read(grid.left, company), reader.read(grid.right, company)
    return matching.scores(left, right, Kind.POINT, learnt)


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
    found: Floats = reader.vectors(left) @ reader.vectors(right).T
    return found
