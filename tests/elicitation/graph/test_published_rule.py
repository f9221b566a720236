"""The published rule gives the published graphs: every transition, every count, every rank."""

import csv
import json
from collections import Counter
from pathlib import Path

import numpy as np
import pytest

from elicitation.graph.edge_votes import read_votes
from elicitation.graph.judgements import Answer, Judgements
from elicitation.graph.ranked import Rule
from elicitation.graph.ranking import rank
from elicitation.interview.opening import open_table

DATA = Path(__file__).parents[4] / "shared" / "data" / "moral-graph"
needs_data = pytest.mark.skipif(not DATA.is_dir(), reason=f"no data in {DATA}")
COUNTS = ("wiser", "not_wiser", "less_wise", "unsure", "impressions")
MARKED = ("markedWiser", "markedNotWiser", "markedLessWise", "markedUnsure", "impressions")


def oracle():
    return json.loads((DATA / "oracle_moral_graph.json").read_text(encoding="utf-8"))


def found(path=DATA / "edge_votes.csv"):
    return rank(read_votes(open_table(path)), Rule.PUBLISHED)


def by_pair(edges):
    return {(edge.from_value, edge.to_value): edge for edge in edges}


@needs_data
def test_all_71_transitions_have_the_counts_likelihood_and_entropy_of_the_oracle():
    edges = by_pair(found().edges)
    wanted = {(e["from_value"], e["to_value"]): e for e in oracle()["edges"]}
    assert len(wanted) == 71
    assert edges.keys() == wanted.keys()
    for pair, edge in edges.items():
        assert edge.counts == {name: wanted[pair][name] for name in COUNTS}
        assert list(edge.contexts) == wanted[pair]["contexts"]
        assert edge.likelihood == pytest.approx(wanted[pair]["wiser_likelihood"], abs=1e-6)
        assert edge.bits == pytest.approx(wanted[pair]["entropy"], abs=1e-6)


@needs_data
def test_pagerank_is_the_oracles():
    wanted = oracle()
    ranking = found().ranking
    assert {str(r.value) for r in ranking} == set(wanted["pagerank"])
    for place in ranking:
        assert place.pagerank == pytest.approx(wanted["pagerank"][str(place.value)], abs=1e-9)
    assert [r.value for r in ranking[:20]] == [top["id"] for top in wanted["top"]]


@needs_data
@pytest.mark.parametrize(("graph", "edges", "values"), [("all", 69, 60), ("prolific", 67, 59)])
def test_without_the_later_votes_it_is_the_graph_as_published(graph, edges, values, tmp_path):
    later = json.loads((DATA / f"later_votes_{graph}.json").read_text(encoding="utf-8"))
    left_out = Counter()
    for vote in later["votes"]:
        key = (str(vote["from_value"]), str(vote["to_value"]), vote["judgement"])
        left_out[key] += vote["count"]
    with (DATA / "edge_votes.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    kept = []
    for row in reversed(rows):
        key = (row["from_value"], row["to_value"], row["judgement"])
        left_out[key] -= 1
        if left_out[key] < 0:
            kept.append(row)
    path = tmp_path / "edge_votes.csv"
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, rows[0].keys())
        writer.writeheader()
        writer.writerows(reversed(kept))

    published = json.loads((DATA / f"published_graph_{graph}.json").read_text(encoding="utf-8"))
    wanted = {(e["from_value"], e["to_value"]): e for e in published["edges"]}
    ranked = found(path)
    got = by_pair(ranked.edges)
    assert len(got) == edges
    assert got.keys() == wanted.keys()
    for pair, edge in got.items():
        assert [edge.counts[name] for name in COUNTS] == [wanted[pair][name] for name in MARKED]
        assert list(edge.contexts) == wanted[pair]["contexts"]
        assert edge.bits == pytest.approx(wanted[pair]["entropy"], abs=1e-9)
    assert {place.value for place in ranked.ranking} == set(published["values"])
    assert len(ranked.ranking) == values


def test_a_hand_counted_pair_asked_both_ways():
    """Three yes and one no the one way, one yes and one unsure the other: (3 - 1) / (3 + 1 + 1) = 0.4."""
    yes, no, unsure = Answer.TO_WISER, Answer.NOT_WISER, Answer.UNSURE
    judgements = Judgements(
        person=np.arange(6),
        from_value=np.array([1, 1, 1, 1, 2, 2]),
        to_value=np.array([2, 2, 2, 2, 1, 1]),
        context=np.array(["now"] * 6),
        answer=np.array([yes, yes, yes, no, yes, unsure], dtype=np.int8),
        asked_forward=np.ones(6, dtype=bool),
    )
    (edge,) = rank(judgements, Rule.PUBLISHED).edges
    assert (edge.from_value, edge.to_value) == (1, 2)
    assert list(edge.counts.values()) == [3, 1, 1, 0, 6]
    assert edge.likelihood == pytest.approx(0.4)
    shares = np.array([3, 1, 1, 6]) / 11
    assert edge.bits == pytest.approx(-(shares * np.log2(shares)).sum())


def test_an_answer_counts_the_same_when_the_transition_is_named_the_other_way_round():
    forward = Judgements(*columns(1, 2, Answer.TO_WISER, True))
    backward = Judgements(*columns(2, 1, Answer.FROM_WISER, False))
    assert rank(forward, Rule.PUBLISHED) == rank(backward, Rule.PUBLISHED)
    assert len(rank(forward, Rule.PUBLISHED).edges) == 1


def columns(start, end, answer, forward, people=3):
    return (
        np.arange(people),
        np.full(people, start),
        np.full(people, end),
        np.full(people, "now"),
        np.full(people, answer, dtype=np.int8),
        np.full(people, forward),
    )
