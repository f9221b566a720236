"""What everybody may see of a result: no count of fewer than five people can be read or worked out."""

import itertools
from copy import deepcopy

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as some

from deliberation.opinion import polis
from deliberation.opinion.convergence import Parts, Placed
from deliberation.opinion.shown import FEWEST, for_everybody
from deliberation.opinion.withholding import kept
from tests.deliberation.opinion.conftest import result_of

LOGS = some.lists(
    some.tuples(some.integers(1, 30), some.integers(0, 6), some.sampled_from([-1, 0, 1])),
    min_size=1,
    max_size=200,
)


def in_two(votes):
    return polis.group(votes, k=2)


def camps(*sizes, statements=8):
    """Votes of two camps who see a third of the statements alike."""
    return [
        (100 * camp + n + 1, s, 1 if (s % 3 == 0) == bool(camp) else -1)
        for camp, size in enumerate(sizes)
        for n in range(size)
        for s in range(statements)
    ]


# Counts
@given(some.dictionaries(some.integers(), some.integers(0, 30), max_size=6), some.integers(0, 9))
def test_no_cell_of_a_few_is_kept_and_none_is_left_over(cells, outside):
    cells = {str(name): number for name, number in cells.items()}
    total = sum(cells.values()) + outside
    told = kept(cells, total)
    rest = total - sum(cells[name] for name in told)
    assert all(cells[name] >= FEWEST for name in told)
    assert len(told) == len(cells) or not told or rest == 0 or rest >= FEWEST


@given(LOGS)
def test_what_is_told_of_a_statement_is_of_five_people_or_more_and_so_is_the_rest(log):
    result = result_of(log)
    shown = for_everybody(result)
    for one, told in shown.get("statements", {}).items():
        seen = [cell[2] for cell in told["votes"].values()]
        assert all(number >= FEWEST for number in seen)
        assert set(shown["profiles"][one]["groups"]) == set(told["votes"])
        if told["agree"] is None:
            assert not seen
            continue
        total = told["agree"] + told["disagree"] + told["pass"]
        assert total >= FEWEST
        if len(told["votes"]) < result["k"]:
            assert total - sum(seen) == 0 or total - sum(seen) >= FEWEST
            assert told["priority"] is None


@given(LOGS)
def test_what_is_shown_is_made_anew_and_nothing_kept_is_changed(log):
    result = result_of(log)
    before = deepcopy(result)
    for_everybody(result)
    assert result == before


def test_of_a_statement_few_answered_nothing_is_told():
    shown = for_everybody(result_of([*camps(12, 12), (1, 99, -1)], in_two))
    lone = shown["statements"]["s99"]
    assert (lone["agree"], lone["disagree"], lone["pass"], lone["votes"]) == (None, None, None, {})
    assert (lone["priority"], lone["group_aware_consensus"]) == (None, None)
    assert shown["profiles"]["s99"]["hidden_groups"] == 2
    assert shown["profiles"]["s99"]["lowest"] is None


def test_where_one_group_is_withheld_on_a_statement_another_is_so_that_it_is_not_left_over():
    log = [*camps(12, 12), *((n + 1, 50, 1) for n in range(12)), *((101 + n, 50, -1) for n in range(3))]  # fmt: skip
    shown = for_everybody(result_of(log, in_two))
    told = shown["statements"]["s50"]
    assert told["votes"] == {}
    assert (told["agree"], told["disagree"]) == (12, 3)
    assert len(shown["statements"]["s0"]["votes"]) == 2
    assert not [o for chosen in shown["representative"].values() for o in chosen if o["statement"] == "s50"]  # fmt: skip


def test_a_number_made_of_all_groups_does_not_give_the_withheld_one_away():
    log = [*camps(12, 12), *((n + 1, 50, 1) for n in range(12)), *((101 + n, 50, -1) for n in range(3))]  # fmt: skip
    log += [(200 + n, s, (-1) ** s) for n in range(9) for s in range(8)]
    log += [(200 + n, 50, 1) for n in range(9)]
    shown = for_everybody(result_of(log, lambda votes: polis.group(votes, k=3)))
    told = shown["statements"]["s50"]
    product = np.prod([(a + 1) / (n + 2) for a, _, n in told["votes"].values()])
    assert len(told["votes"]) < 3
    assert told["votes"]
    assert told["group_aware_consensus"] == pytest.approx(product)
    for one in itertools.chain(*shown["representative"].values()):
        assert one["statement"] != "s50" or (one["ratio"], one["contrast"]) == (None, None)


def test_a_small_group_is_told_by_its_name_alone():
    result = result_of(camps(20, FEWEST - 1), in_two)
    small = next(g["name"] for g in result["groups"] if g["size"] < FEWEST)
    shown = for_everybody(result)
    assert {"name": small, "small": True} in shown["groups"]
    assert small not in shown["representative"]
    assert not any(small in told["votes"] for told in shown["statements"].values())
    assert not any(small in told["groups"] for told in shown["profiles"].values())
    assert shown["counts"]["grouped"] is None
    assert {point[2] for point in shown["map"]["points"]} == {1 - "AB".index(small)}


def test_numbers_of_five_people_or_more_are_told_as_they_are():
    result = result_of(camps(20, 20), in_two)
    shown = for_everybody(result)
    for part in ("groups", "statements", "representative", "consensus", "counts", "divisive"):
        assert shown[part] == result[part]
    for one, told in result["profiles"].items():
        assert shown["profiles"][one] == {**told, "hidden_groups": 0}


def test_rounds_few_answered_in_are_withheld_and_no_trend_is_told_of_them():
    def parts(*seen):
        counts = np.array([[n] * 8 for n in seen])
        return Parts([str(r + 1) for r in range(len(seen))], counts, counts * 0, counts)

    for seen, trend in (((24, 24), "steady"), ((4, 24), "open"), ((0, 24), "single")):
        result = result_of(camps(12, 12), in_two, rounds=parts(*seen))
        told = for_everybody(result)["profiles"]["s0"]
        assert told["trend"] == trend
        assert [r.get("n") for r in told["rounds"]] == [n if n >= FEWEST else None for n in seen]


def test_contexts_few_compared_in_say_only_whether_it_was_placed_there():
    better, none = np.array([[4] * 8, [5] * 8, [4] * 8]), np.zeros((3, 8), dtype=np.int64)
    named = np.array([[False] * 8, [False] * 8, [True] * 8])
    result = result_of(camps(12, 12), in_two, contexts=Placed(list("abc"), better, none, named))
    assert result["profiles"]["s0"]["held"]["contexts"] == [3, 3]
    told = for_everybody(result)["profiles"]["s0"]
    assert told["contexts"]["a"] == {"named": False, "standing": "open", "small": True}
    assert told["contexts"]["b"]["better"] == 5
    assert told["contexts"]["c"]["standing"] == "named"
    assert told["held"]["contexts"] == [2, 3]


def test_of_fewer_than_five_people_nothing_is_shown():
    assert for_everybody(result_of(camps(2, 2))) == {"too_few": True}


# The graph
def edge(low, high, wiser, **groups):
    return {
        "from_value": low, "to_value": high, "contexts": ["c"], "groups": groups,
        "counts": {"to_wiser": wiser, "unsure": 1},
    }  # fmt: skip


def graph(*edges, **more):
    values = {e[end] for e in edges for end in ("from_value", "to_value")}
    ranking = [{"value": v, "best": 1, "worst": 2, "height": 1.0, "least": 0.5, "most": 1.5} for v in sorted(values)]  # fmt: skip
    return {"people": 30, "edges": list(edges), "ranking": ranking, "winners": [], "tensions": [], **more}  # fmt: skip


def test_how_often_it_was_asked_each_way_counts_nobody_twice():
    few = edge("x", "y", 3)
    few["counts"] |= {"asked_forward": 2, "asked_backward": 2}
    assert for_everybody(graph(edge("a", "b", 4), few))["edges"][0]["to_value"] == "b"
    assert len(for_everybody(graph(few))["edges"]) == 0


def test_a_transition_few_judged_is_not_told_nor_what_rests_on_it():
    shown = for_everybody(
        graph(
            edge("a", "b", 4),
            edge("x", "y", 3),
            winners=[{"context": "c", "value": v, "over": 1, "named": n} for v, n in (("b", 4), ("y", 3))],
            tensions=[{"context": "c", "values": ["x", "y"]}, {"context": "c", "values": ["a", "b"]}],
        )
    )  # fmt: skip
    assert [e["to_value"] for e in shown["edges"]] == ["b"]
    assert [w["value"] for w in shown["winners"]] == ["b"]
    assert [t["values"] for t in shown["tensions"]] == [["a", "b"]]
    heights = {rank["value"]: rank["height"] for rank in shown["ranking"]}
    assert heights == {"a": 1.0, "b": 1.0, "x": None, "y": None}


def test_a_transition_does_not_tell_of_a_group_few_of_which_judged_it():
    a, b = {"for": 9, "against": 1}, {"for": 3, "against": 1}
    (alone,) = for_everybody(graph(edge("x", "y", 13, A=a, B=b)))["edges"]
    assert alone["groups"] == {}  # 14 judged, 10 of them in A: the four of B would be left over
    (among,) = for_everybody(graph(edge("x", "y", 19, A=a, B=b)))["edges"]
    assert among["groups"] == {"A": a}


def test_a_transition_does_not_tell_of_a_few_who_are_in_no_group():
    (told,) = for_everybody(graph(edge("x", "y", 13, A={"for": 6}, B={"for": 7})))["edges"]
    assert told["groups"] == {"B": {"for": 7}}


def test_a_graph_of_fewer_than_five_people_is_not_shown():
    assert for_everybody({**graph(edge("x", "y", 8)), "people": 4}) == {"too_few": True}
