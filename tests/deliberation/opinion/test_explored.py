"""What one who explores values is told: what the filters let through, in which order, and since when."""

from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from deliberation.opinion.explored import (
    EVERY,
    NONE,
    SOME,
    STEP,
    Sieve,
    Worded,
    explored,
    sifted,
    standing,
    steps,
)

TITLES = {"a": "Open doors", "b": "Quiet nights", "c": "Old trees", "d": "Benches"}


def cell(agree, n, held):
    return {"agree": agree, "n": n, "low": 0.1, "high": 0.9, "held": held}


def edge(low, high, context, probability):
    return {
        "from_value": low, "to_value": high, "contexts": [context], "counts": {"to_wiser": 9, "unsure": 1},
        "lean": {"probability": probability},
    }  # fmt: skip


GRAPH = {
    "values": [{"id": "a"}, {"id": "b"}, {"id": "c"}],
    "edges": [edge("a", "b", "flood", 0.97), edge("b", "c", "drought", 0.91)],
    "ranking": [{"value": "c", "best": 1, "worst": 1}, {"value": "b", "best": 2, "worst": 3}],
}
GROUPS = {
    "groups": [{"name": "A", "size": 20}, {"name": "B", "small": True}, {"name": "C", "size": 9}],
    "statements": {
        "a": {"agree": 9, "disagree": 1, "pass": 0},
        "b": {"agree": 3, "disagree": 3, "pass": 4},
        "d": {"agree": None, "disagree": None, "pass": None},
    },
    "profiles": {
        "a": {"groups": {"A": cell(9, 9, True), "C": cell(9, 9, True)}, "contexts": {}},
        "b": {
            "groups": {"A": cell(9, 9, True), "C": cell(1, 9, False)},
            "contexts": {"drought": {"standing": "named"}, "storm": {"standing": "against"}},
        },
        "d": {"groups": {}, "contexts": {}},
    },
}


@pytest.fixture
def whole():
    words = {
        one: Worded(title, "en", date(2026, 1, n))
        for n, (one, title) in enumerate(TITLES.items(), start=1)
    }
    return standing(explored(GRAPH, GROUPS, {"a": (5, 6)}), words)


def ids(whole, sieve):
    return [whole.nodes[n].id for n in sifted(whole, sieve).nodes]


def test_every_value_of_either_result_is_there_with_its_place_and_rank(whole):
    told = {node.id: (node.at, node.ranks, node.agree, node.n) for node in whole.nodes}
    assert told["a"] == ((5, 6), None, 9, 10)
    assert told["c"] == (None, (1, 1), None, None)
    assert told["d"] == (None, None, None, None)
    assert [(line.percent, line.people) for line in whole.lines] == [(97, 10), (91, 10)]


def test_a_group_too_small_to_tell_of_is_none_to_choose(whole):
    assert whole.groups == {"A": 0, "C": 2}


def test_who_holds_a_value_is_told_over_the_groups_that_are(whole):
    assert {node.id: node.held for node in whole.nodes} == {"a": EVERY, "b": SOME, "c": "", "d": ""}


@pytest.mark.parametrize(
    ("sieve", "found"),
    [
        (Sieve(), ["c", "b", "d", "a"]),
        (Sieve(order="title"), ["d", "c", "a", "b"]),
        (Sieve(order="-title"), ["b", "a", "c", "d"]),
        (Sieve(order="-support"), ["a", "b", "c", "d"]),
        (Sieve(order="support"), ["b", "a", "c", "d"]),
        (Sieve(words="NIGHT"), ["b"]),
        (Sieve(context="flood"), ["b", "a"]),
        (Sieve(context="drought"), ["c", "b"]),
        (Sieve(context="storm"), []),
        (Sieve(held=EVERY), ["a"]),
        (Sieve(held=NONE), []),
        (Sieve(held="A"), ["b", "a"]),
        (Sieve(held="C"), ["a"]),
        (Sieve(until=date(2026, 1, 2)), ["b", "a"]),
    ],
)
def test_what_is_asked_for_is_let_through_in_its_order(whole, sieve, found):
    listed = ids(whole, sieve)
    assert sorted(listed) == sorted(found)
    if sieve.order != "rank":
        assert [one for one in listed if one in found[:2]] == found[:2]
    else:
        assert listed[: min(2, len(found))] == found[:2]


def test_of_transitions_those_between_the_values_let_through_in_the_context_asked_for(whole):
    assert sifted(whole, Sieve()).lines == [0, 1]
    assert sifted(whole, Sieve(context="drought")).lines == [1]
    assert sifted(whole, Sieve(held="A")).lines == [0]


def test_what_was_taken_back_is_gone_with_its_transitions(whole):
    left = standing(
        explored(GRAPH, GROUPS, {}), {"a": Worded("Open doors", "en", date(2026, 1, 1))}
    )
    assert [node.id for node in left.nodes] == ["a"]
    assert left.lines == ()


def test_nothing_is_explored_where_too_few_took_part():
    assert explored({"too_few": True}, {"too_few": True}, {}).nodes == ()


@given(st.lists(st.integers(0, 400), max_size=300))
def test_no_step_through_time_tells_of_few_values_and_the_last_is_today(days):
    came = [date(2026, 1, 1) + timedelta(days=n) for n in days]
    told = steps(came)
    if len(came) < STEP:
        assert told == []
        return
    assert told[-1] == (max(came), len(came))
    counts = [0, *(n for _, n in told)]
    assert all(later - earlier >= STEP for earlier, later in pairwise(counts))
    assert all(sum(day <= until for day in came) == n for until, n in told)
