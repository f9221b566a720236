"""Real cards of a moral graph: does likeness by policies find what was put together there? Nothing is fitted or chosen on these labels.

596 cards were clustered by machine in generations 2 and 3; they are 197 distinct policy texts, and only these are compared. A text's cluster is that of
its first card. Cards are read in the company of all their policies.
"""

import csv
import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from elicitation.extraction.encoder import Vectors
from elicitation.graph import covering
from elicitation.graph.covering import HELD, Cards, Cover, Relation, cover, relation
from elicitation.graph.matching import Kind, scores
from scripts.train_matching import Reader
from tests.benchmarks.figures import DATA, SEED, Figure

GRAPH = DATA / "moral-graph"
WANTED = {2: 0.65, 3: 0.50}
FOLDS = 5
LEAST_PRECISION = 0.75
DRAWN = 2000

Array = NDArray[Any]


@dataclass(frozen=True)
class Real:
    """The distinct texts: title and policies of each, and its cluster by generation."""

    titles: list[str]
    policies: list[list[str]]
    clusters: dict[int, Array]


def figures() -> Iterator[Figure]:
    """Average precision, what is suggested at the rule's thresholds, and the authors' own verdicts."""
    if not GRAPH.is_dir():
        yield Figure("matching: the real cards are not here", float("nan"), 0)
        return
    reader, real = Reader(), real_cards()
    company = reader.vectors(sorted({text for of in real.policies for text in of}))
    made = cards(reader, real.policies, company)
    yield from found_again(reader, real, cover(made, made))
    yield from halves(reader, real, company)
    yield from verdicts(reader, company)


def real_cards() -> Real:
    """As published, each distinct set of policies once."""
    told = {card["id"]: card for card in json.loads((GRAPH / "cards.json").read_text())}
    clusters: dict[int, dict[int, int]] = {2: {}, 3: {}}
    with (GRAPH / "dedup_generations.csv").open() as rows:
        for row in csv.DictReader(rows):
            if int(row["generation"]) in clusters:
                clusters[int(row["generation"])][int(row["card"])] = int(row["cluster"])
    first: dict[tuple[str, ...], int] = {}
    for key in sorted(clusters[2]):
        first.setdefault(tuple(told[key]["policies"]), key)
    return Real(
        [told[key]["title"] for key in first.values()],
        [list(policies) for policies in first],
        {g: np.array([of[key] for key in first.values()]) for g, of in clusters.items()},
    )


def cards(reader: Reader, policies: list[list[str]], company: Vectors) -> Cards:
    """Cards ready to be covered."""
    return covering.cards(policies, reader.vectors([t for of in policies for t in of]), company)


def found_again(reader: Reader, real: Real, found: Cover) -> Iterator[Figure]:
    """Pairs of one cluster among all pairs, beside plain cosine."""
    wholes = [". ".join([t, *of]) for t, of in zip(real.titles, real.policies, strict=True)]
    vectors = reader.vectors(wholes)
    once = np.triu_indices(len(wholes), 1)
    for generation, wanted in WANTED.items():
        clusters = real.clusters[generation]
        same = (clusters[:, None] == clusters[None, :])[once]
        name = f"real cards, {len(wholes)} distinct, generation {generation}"
        yield Figure(f"{name}, AP", precision(found.likeness[once], same), wanted)
        cosine = precision((vectors @ vectors.T)[once], same)
        yield Figure(f"{name}, AP of cosine of title and policies", cosine, 0)
        best_only = np.maximum(found.held, found.holds)[once]
        yield Figure(f"{name}, AP of the better direction alone", precision(best_only, same), 0)
        yield from suggested(name, found, same, once)
        yield from left_out(name, found.likeness, clusters)


def suggested(name: str, found: Cover, same: Array, once: Any) -> Iterator[Figure]:
    """How many of the pairs called same, narrower or wider are of one cluster, and how many of these are called so."""
    held, holds = found.held[once], found.holds[once]
    told = [relation(float(a), float(b)) for a, b in zip(held, holds, strict=True)]
    near = np.array([one is not Relation.NEW for one in told])
    alike = np.array([one is Relation.SAME for one in told])
    merged = np.minimum(held, holds) >= HELD
    for what, which in (("same", alike), ("same, narrower or wider", near), ("merge", merged)):
        yield Figure(f"{name}, suggested {what}: precision", float(same[which].mean()), 0)
        yield Figure(f"{name}, suggested {what}: recall", float(which[same].mean()), 0)


def left_out(name: str, likeness: Array, clusters: Array) -> Iterator[Figure]:
    """What a threshold chosen on other clusters would reach (precision of 3 in 4 there), to be compared with the rule's."""
    names = np.unique(clusters)
    fold_of = dict(
        zip(names, np.random.default_rng(SEED).permutation(len(names)) % FOLDS, strict=True)
    )
    fold = np.array([fold_of[cluster] for cluster in clusters])
    limits, right, suggested_, all_same = [], 0, 0, 0
    every = clusters[:, None] == clusters[None, :]
    np.fill_diagonal(every, val=False)
    others = ~np.eye(len(clusters), dtype=bool)
    for number in range(FOLDS):  # each pair comes up twice, once from either side
        limit = _limit(likeness, clusters, fold != number)
        reached = (likeness >= limit) & others
        limits.append(limit)
        right += int((every & reached)[fold == number].sum())
        suggested_ += int(reached[fold == number].sum())
        all_same += int(every[fold == number].sum())
    each = " ".join(f"{limit:.2f}" for limit in limits)
    yield Figure(
        f"{name}, likeness from ({each}), clusters left out: precision", right / suggested_, 0
    )
    yield Figure(f"{name}, likeness from ({each}), clusters left out: recall", right / all_same, 0)


def halves(reader: Reader, real: Real, company: Vectors) -> Iterator[Figure]:
    """Cards of four policies or more, cut to a half drawn at random: narrower than the whole by construction."""
    draw = np.random.default_rng(SEED)
    whole = [of for of in real.policies if len(of) >= 4]
    kept = [sorted(draw.choice(len(of), len(of) // 2, replace=False)) for of in whole]
    half = [[of[n] for n in places] for of, places in zip(whole, kept, strict=True)]
    found = cover(cards(reader, half, company), cards(reader, whole, company))
    own = zip(found.held.diagonal(), found.holds.diagonal(), strict=True)
    told = [relation(float(a), float(b)) is Relation.NARROWER for a, b in own]
    yield Figure(
        f"half of a card's policies, {len(whole)} cards: called narrower",
        float(np.mean(told)),
        0.95,
    )


def verdicts(reader: Reader, company: Vectors) -> Iterator[Figure]:
    """AUC on the authors' verdicts whether their card and a cluster are the same, with a bootstrap interval over authors."""
    told = {card["id"]: card for card in json.loads((GRAPH / "cards.json").read_text())}
    of = {one["id"]: one for one in json.loads((GRAPH / "clusters.json").read_text())}
    with (GRAPH / "dedup_verified_by_authors.csv").open() as rows:
        said = list(csv.DictReader(rows))
    left = [told[int(row["card"])]["policies"] for row in said]
    right = [of[int(row["cluster"])]["policies"] for row in said]
    found = cover(cards(reader, left, company), cards(reader, right, company))
    same = np.array([row["verdict"] == "same" for row in said])
    measured = found.likeness.diagonal()
    draw = np.random.default_rng(SEED)
    drawn = [draw.integers(0, len(said), len(said)) for _ in range(DRAWN)]
    spread = [auc(measured[some], same[some]) for some in drawn if 0 < same[some].sum() < len(said)]
    low, high = np.quantile(spread, [0.025, 0.975])
    name = f"{len(said)} authors' verdicts, {int(same.sum())} same"
    yield Figure(
        f"{name}, AUC (95 % of {len(spread)} draws: {low:.2f} to {high:.2f})",
        auc(measured, same),
        0,
    )
    texts = [reader.read([". ".join(one) for one in side], company) for side in (left, right)]
    cosine = (texts[0].vectors @ texts[1].vectors.T).diagonal()
    yield Figure(f"{name}, AUC of cosine of policies", auc(cosine, same), 0)
    value = scores(texts[0], texts[1], Kind.VALUE).diagonal()
    yield Figure(f"{name}, AUC of same value", auc(value, same), 0)


def precision(reached: Array, same: Array) -> float:
    """Average precision."""
    right = same[np.argsort(-reached, kind="stable")]
    return float((np.cumsum(right) / np.arange(1, len(right) + 1))[right].mean())


def auc(reached: Array, same: Array) -> float:
    """How often one called the same scores above one called different; ties count half."""
    above = reached[same][:, None] - reached[~same][None, :]
    return float((above > 0).mean() + (above == 0).mean() / 2)


def _limit(likeness: Array, clusters: Array, which: Array) -> float:
    """The lowest likeness from which 3 of 4 pairs among these texts are of one cluster."""
    places = np.flatnonzero(which)
    once = np.triu_indices(len(places), 1)
    reached = likeness[np.ix_(places, places)][once]
    same = (clusters[places][:, None] == clusters[places][None, :])[once]
    order = np.argsort(-reached, kind="stable")
    right = np.cumsum(same[order]) / np.arange(1, len(order) + 1)
    return float(reached[order[np.flatnonzero(right >= LEAST_PRECISION)[-1]]])
