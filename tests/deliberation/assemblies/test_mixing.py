"""Mixed tables: everybody once, even sizes, the same plan for the same seed, and never less mixed than chance."""

import random
from itertools import chain, permutations
from statistics import mean

import pytest
from hypothesis import given
from hypothesis import strategies as st

from deliberation.assemblies import mixing

PEOPLE = st.dictionaries(
    st.integers(1, 10_000),
    st.tuples(st.sampled_from(["", "a", "b", "c"]), st.sampled_from(["x", "y"])),
    max_size=40,
)
MOST = st.integers(1, 12)


@given(PEOPLE, MOST, st.integers(0, 5))
def test_everybody_sits_once_and_sizes_differ_by_one_at_most(people, most, seed):
    tables = mixing.plan(people, most, seed)
    assert sorted(chain(*tables)) == sorted(people)
    numbers = [len(table) for table in tables]
    assert sorted(numbers) == sorted(mixing.sizes(len(people), most))
    assert not numbers or (max(numbers) <= most and max(numbers) - min(numbers) <= 1)


@given(PEOPLE, MOST, st.integers(0, 5))
def test_a_plan_is_never_less_mixed_than_chance_is_on_average(people, most, seed):
    tables = mixing.plan(people, most, seed)
    chance = mixing.by_chance(people, [len(table) for table in tables])
    assert mixing.likenesses(people, tables) <= chance + 1e-9


@given(PEOPLE, MOST, st.randoms())
def test_the_same_seed_gives_the_same_plan_in_whatever_order_people_come(people, most, shuffled):
    rows = list(people.items())
    shuffled.shuffle(rows)
    assert mixing.plan(dict(rows), most, 7) == mixing.plan(people, most, 7)


def test_chance_is_what_all_orders_come_to_on_average():
    people = {1: ("a",), 2: ("a",), 3: ("a",), 4: ("b",), 5: ("",)}
    seatings = [mixing.likenesses(people, [o[:3], o[3:]]) for o in permutations(people)]
    assert mixing.by_chance(people, [3, 2]) == pytest.approx(mean(seatings))


def test_two_kinds_are_spread_evenly():
    people = {n: ("old" if n < 12 else "young",) for n in range(24)}
    for table in mixing.plan(people, 6, 1):
        assert sum(n < 12 for n in table) == 3


def test_who_said_nothing_is_like_nobody():
    assert mixing.likenesses({1: ("",), 2: ("",)}, [[1, 2]]) == 0


def test_two_questions_at_once_are_mixed_better_than_chance():
    dealt = random.Random(5)
    people = {n: (dealt.choice("abc"), dealt.choice("xy")) for n in range(60)}
    tables = mixing.plan(people, 6, 3)
    chance = mixing.by_chance(people, [len(table) for table in tables])
    assert mixing.likenesses(people, tables) < 0.8 * chance
