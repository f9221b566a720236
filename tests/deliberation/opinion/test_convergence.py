"""How widely a value holds: intervals by hand and from the papers, and what is true of every profile."""

import math
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as some

from deliberation.opinion.contexts import Move, Naming, placed
from deliberation.opinion.convergence import (
    Parts,
    Placed,
    Standing,
    Trend,
    Ways,
    change,
    profiles,
    trend,
    wilson,
)


def parts(*cells, names="ABCDE"):
    """One statement; a cell a part: (agree, disagree, pass)."""
    agree, disagree, passed = (
        np.array(column).reshape(-1, 1) for column in zip(*cells, strict=True)
    )
    return Parts(list(names[: len(cells)]), agree, disagree, agree + disagree + passed)


def profile(*cells, **more):
    (told,) = profiles(Ways(parts(*cells), **more))
    return told


CELL = some.tuples(some.integers(0, 500), some.integers(0, 500), some.integers(0, 500))
COUNTED = some.integers(0, 2000).flatmap(
    lambda seen: some.tuples(some.integers(0, seen), some.just(seen))
)


@pytest.mark.parametrize(
    ("count", "seen", "low", "high"),
    [
        (
            81,
            263,
            0.2553,
            0.3662,
        ),  # Newcombe 1998, Two-sided intervals for the single proportion, table I
        (15, 148, 0.0624, 0.1605),
        (0, 20, 0.0, 0.1611),
        (1, 29, 0.0061, 0.1718),
        (4, 4, 0.5101, 1.0),
        (0, 0, 0.0, 1.0),
    ],
)
def test_the_interval_of_a_share_is_that_of_the_paper(count, seen, low, high):
    found = [float(end[0]) for end in wilson(np.array([count]), np.array([seen]))]
    assert found == pytest.approx([low, high], abs=5e-5)


@pytest.mark.parametrize(
    ("after", "before", "low", "high"),
    [
        (
            (56, 70),
            (48, 80),
            0.0524,
            0.3339,
        ),  # Newcombe 1998, Interval estimation for the difference, table II
        ((9, 10), (3, 10), 0.1705, 0.8090),
        ((6, 7), (2, 7), 0.0582, 0.8062),
        ((10, 10), (0, 10), 0.6075, 1.0),
    ],
)
def test_the_interval_of_a_change_is_that_of_the_paper(after, before, low, high):
    assert change(before, after) == pytest.approx((low, high), abs=5e-5)


@given(COUNTED)
def test_a_share_lies_in_its_interval_and_the_interval_from_0_to_1(counted):
    low, high = (float(end[0]) for end in wilson(*(np.array([n]) for n in counted)))
    assert 0 <= low <= high <= 1
    if counted[1]:
        assert low <= counted[0] / counted[1] <= high


@given(COUNTED, some.integers(2, 50))
def test_the_same_share_of_more_people_is_known_better(counted, times):
    few = wilson(*(np.array([n]) for n in counted))
    many = wilson(*(np.array([n * times]) for n in counted))
    assert many[1][0] - many[0][0] <= few[1][0] - few[0][0] + 1e-12


@given(COUNTED, COUNTED)
def test_a_change_back_is_the_change_turned_round(before, after):
    low, high = change(before, after)
    assert change(after, before) == pytest.approx((-high, -low), abs=1e-9)


def test_a_value_is_held_by_a_group_where_the_whole_interval_lies_above_half():
    told = profile((4, 0, 0), (3, 0, 0), (60, 40, 0), (6, 4, 0))
    assert [group["held"] for group in told["groups"].values()] == [True, False, True, False]
    assert told["held"]["groups"] == [2, 4]


def test_who_passes_does_not_hold_it():
    told = profile((10, 0, 30))["groups"]["A"]
    assert (told["support"], told["held"], told["pass"], told["n"]) == (0.25, False, 30, 40)


def test_the_lowest_group_is_the_one_with_the_least_support_of_those_that_answered():
    assert profile((9, 1, 0), (5, 5, 0), (0, 0, 0))["lowest"] == "B"
    assert profile((0, 0, 0))["lowest"] is None
    assert profile((0, 0, 0))["groups"]["A"]["support"] is None


@given(some.lists(CELL, min_size=1, max_size=5))
def test_every_number_of_a_profile_is_a_number(cells):
    told = profile(*cells, rounds=parts(*cells))
    for group in [*told["groups"].values(), *told["rounds"]]:
        assert 0 <= group["low"] <= group["high"] <= 1
        assert group["agree"] + group["disagree"] + group["pass"] == group["n"]
        assert group["support"] is None or math.isfinite(group["support"])
    if told["lowest"]:
        least = told["groups"][told["lowest"]]["support"]
        assert all(least <= g["support"] for g in told["groups"].values() if g["n"])


@given(some.lists(CELL, min_size=1, max_size=5), some.randoms())
def test_the_order_of_groups_changes_nothing(cells, draw):
    order = list(range(len(cells)))
    draw.shuffle(order)
    straight = profile(*cells)
    mixed = profile(*(cells[i] for i in order))
    names = "ABCDE"
    assert {names[i]: mixed["groups"][names[at]] for at, i in enumerate(order)} == straight[
        "groups"
    ]
    assert mixed["held"] == straight["held"]


@given(some.lists(CELL, min_size=1, max_size=4), some.integers(0, 3), some.integers(1, 50))
def test_one_more_who_agrees_never_makes_a_value_less_held(cells, group, more):
    group %= len(cells)
    agree, disagree, passed = cells[group]
    grown = [*cells[:group], (agree + more, disagree, passed), *cells[group + 1 :]]
    before, after = profile(*cells), profile(*grown)
    assert after["held"]["groups"][0] >= before["held"]["groups"][0]


@pytest.mark.parametrize(
    ("rounds", "went"),
    [
        ([(80, 100)], Trend.SINGLE),
        ([(80, 100), (0, 0)], Trend.SINGLE),
        ([(800, 1000), (810, 1000)], Trend.STEADY),
        ([(40, 100), (80, 100)], Trend.ROSE),
        ([(80, 100), (40, 100)], Trend.FELL),
        ([(4, 5), (4, 5)], Trend.OPEN),
        ([(800, 1000), (300, 1000), (800, 1000)], Trend.OPEN),
    ],
)
def test_the_trend_is_told_only_where_there_is_enough_to_tell(rounds, went):
    assert trend(rounds) is went


@given(some.lists(COUNTED, max_size=5))
def test_rounds_nobody_answered_in_change_no_trend(rounds):
    padded = [(0, 0), *(x for one in rounds for x in (one, (0, 0)))]
    assert trend(padded) is trend(rounds)


@given(COUNTED, COUNTED)
def test_what_rose_one_way_fell_the_other(before, after):
    turned = {Trend.ROSE: Trend.FELL, Trend.FELL: Trend.ROSE}
    went = trend([before, after])
    assert trend([after, before]) is turned.get(went, went)


def moves(*rows):
    return [Move(*row) for row in rows]


def test_a_person_counts_once_for_a_value_in_a_context():
    rows = moves(
        ("ann", "rain", "care", "speed"),
        ("ann", "rain", "care", "price"),
        ("bob", "rain", "care", "speed"),
        ("bob", "rain", "price", "care"),
        ("eve", "rain", "speed", "care"),
        ("eve", "snow", "care", "speed"),
    )
    told = placed(["rain", "sun"], ["care", "speed"], rows, [])
    assert told.better.tolist() == [[1, 1], [0, 0]]
    assert told.worse.tolist() == [[1, 2], [0, 0]]


def test_a_value_stands_in_a_context_as_it_was_judged_or_else_named():
    many = [(f"p{n}", "rain", "care", "speed") for n in range(9)]
    namings = [
        Naming("speed", "rain", None),
        Naming("care", "sun", 0.9),
        Naming("speed", "sun", 0.2),
    ]
    where = placed(["rain", "sun"], ["care", "speed"], moves(*many), namings)
    groups = Parts(["A"], *np.zeros((3, 1, 2), dtype=np.int64))
    care, speed = profiles(Ways(groups, contexts=where))
    assert [told["standing"] for told in care["contexts"].values()] == ["held", "named"]
    assert [told["standing"] for told in speed["contexts"].values()] == ["against", "open"]
    assert care["held"]["contexts"] == [2, 2]
    assert speed["held"]["contexts"] == [0, 2]


@given(better=some.integers(0, 300), worse=some.integers(0, 300), named=some.booleans())
def test_a_standing_turns_round_with_the_judgements(better, worse, named):
    def of(one, other):
        cells = (np.array([[n]]) for n in (one, other, named))
        where = Placed(["c"], *cells)
        groups = Parts(["A"], *np.zeros((3, 1, 1), dtype=np.int64))
        return profiles(Ways(groups, contexts=where))[0]["contexts"]["c"]["standing"]

    turned = {Standing.HELD: Standing.AGAINST, Standing.AGAINST: Standing.HELD}
    assert of(worse, better) == turned.get(of(better, worse), of(better, worse))


@given(some.lists(CELL, min_size=2, max_size=5))
def test_strata_are_told_like_groups(cells):
    told = profile(*cells, strata={"age": parts(*cells)})
    assert told["strata"]["age"] == told["groups"]


def test_rounds_come_in_their_order():
    told = profile((1, 0, 0), rounds=parts((1, 0, 0), (0, 1, 0), names="12"))
    assert [r["name"] for r in told["rounds"]] == ["1", "2"]
    assert all(a["name"] < b["name"] for a, b in pairwise(told["rounds"]))
