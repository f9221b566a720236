"""Both rules of ranking on the real votes, and the speed of the default one on a large graph. Without the data only speed is measured."""

from collections.abc import Iterator
from math import nan
from time import perf_counter, process_time

import numpy as np

from elicitation.graph.direction import direction_effect
from elicitation.graph.edge_votes import read_votes
from elicitation.graph.judgements import Floats, Ints, Judgements
from elicitation.graph.pagerank import pagerank
from elicitation.graph.patterns import patterns
from elicitation.graph.posteriors import posteriors
from elicitation.graph.ranked import Ranked, Rule
from elicitation.graph.ranking import rank
from elicitation.graph.transitions import Tally
from elicitation.interview.opening import open_table
from tests.benchmarks.figures import SEED, Figure
from tests.benchmarks.graph._later import VOTES, told, votes_before

RESAMPLES = 300
VALUES, TRANSITIONS, ANSWERS = 100_000, 1_000_000, 6  # answers a transition, on average
COUNTS = ("wiser", "not_wiser", "less_wise", "unsure", "impressions")
MARKED = ("markedWiser", "markedNotWiser", "markedLessWise", "markedUnsure", "impressions")
TIMES = 3


def figures() -> Iterator[Figure]:
    """All rows of the ranking."""
    if VOTES.is_file():
        judgements = read_votes(open_table(VOTES))
        yield from _published(judgements)
        yield from _steady(judgements)
    else:
        yield Figure("published rule, transitions of the oracle", nan, 71)
        yield Figure("groundwork, people drawn 300 times: overlap", nan, 0.8)
    yield from _speed()


def _published(judgements: Judgements) -> Iterator[Figure]:
    wanted, ranked = told("oracle_moral_graph.json"), rank(judgements, Rule.PUBLISHED)
    equal = _equal(ranked, wanted["edges"], COUNTS)
    yield Figure("published rule, transitions equal to the oracle in every count", equal, 71)
    edges = {(edge["from_value"], edge["to_value"]): edge for edge in wanted["edges"]}
    apart = [
        max(abs(e.likelihood - w["wiser_likelihood"]), abs(e.bits - w["entropy"]))
        for e in ranked.edges
        if e.likelihood is not None and (w := edges.get((e.from_value, e.to_value)))
    ]
    yield Figure("... likelihood and entropy, furthest off", max(apart), 1e-6, most=True)
    off = max(
        abs(place.pagerank - wanted["pagerank"][str(place.value)]) for place in ranked.ranking
    )
    yield Figure("... PageRank, furthest off", off, 1e-9, most=True)
    for graph, number in (("all", 69), ("prolific", 67)):
        as_it_was = rank(votes_before(graph), Rule.PUBLISHED)
        equal = _equal(as_it_was, told(f"published_graph_{graph}.json")["edges"], MARKED)
        yield Figure(f"published graph {graph}, transitions equal in every count", equal, number)


def _equal(ranked: Ranked, wanted: list[dict[str, int]], names: tuple[str, ...]) -> int:
    """How many transitions are equal; 0 where one is there too many."""
    counts = {(w["from_value"], w["to_value"]): [w[name] for name in names] for w in wanted}
    found = {(e.from_value, e.to_value): [e.counts[n] for n in COUNTS] for e in ranked.edges}
    if found.keys() - counts.keys():
        return 0
    return sum(found.get(pair) == count for pair, count in counts.items())


def _steady(judgements: Judgements) -> Iterator[Figure]:
    limits = {Rule.GROUNDWORK: (0.8, 7.5), Rule.PUBLISHED: (0.0, 0.0)}
    for rule, (overlap, top) in limits.items():
        ranked = rank(judgements, rule, SEED, RESAMPLES)
        name = f"{rule.value}, people drawn {RESAMPLES} times"
        if steady := ranked.stability:
            yield Figure(f"{name}: transitions kept, overlap", steady.overlap, overlap)
            yield Figure(f"{name}: of the first ten, stay", steady.top_kept, top)
        yield Figure(f"{rule.value}: transitions kept", len(ranked.edges), 0)


def _speed() -> Iterator[Figure]:
    """By the clock and, for a machine that others use too, by the processor; the best of TIMES."""
    tally, start, end = _large()
    clock, processor = [], []
    for _ in range(TIMES):
        began, worked = perf_counter(), process_time()
        alike = patterns(tally.scores)
        found = posteriors(alike, direction_effect(tally, alike))
        up = found.mean > 0
        ends = np.where(up, start, end), np.where(up, end, start)
        pagerank(*ends, np.abs(found.mean), VALUES, dangling=True)
        clock.append(perf_counter() - began)
        processor.append(process_time() - worked)
    what = "PageRank and posteriors, 1e5 values, 1e6 transitions"
    yield Figure(what, min(clock), 1.5, "s", most=True)
    yield Figure("... the same, processor time", min(processor), 1.5, "s", most=True)


def _large() -> tuple[Tally, Ints, Ints]:
    """Counts of a graph whose values have planted heights, asked either way at random, with a direction effect of 0.8."""
    chance = np.random.default_rng(SEED)
    height = chance.normal(0, 0.7, VALUES)
    start = chance.integers(0, VALUES, TRANSITIONS)
    end = (start + chance.integers(1, VALUES, TRANSITIONS)) % VALUES
    asked = np.zeros((TRANSITIONS, 2, 4))
    for way, sign in ((0, 1.0), (1, -1.0)):
        number = chance.poisson(ANSWERS / 2, TRANSITIONS)
        unsure = chance.binomial(number, 0.15)
        ties = chance.binomial(number - unsure, 0.1)
        decided = number - unsure - ties
        yes = chance.binomial(decided, _share(0.8 + sign * (height[end] - height[start])))
        asked[:, way] = np.stack([yes, decided - yes, ties, unsure], axis=1)
    return Tally(asked, np.zeros((TRANSITIONS, 8))), start, end


def _share(odds: Floats) -> Floats:
    found: Floats = 1 / (1 + np.exp(-odds))
    return found
