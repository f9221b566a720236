"""What a result says: all of the votes, none of the people."""

import json

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as some

from deliberation.opinion import polis
from deliberation.opinion.analysis import analyse
from deliberation.opinion.outcome import MOST_POINTS, Found, letters, outcome, sample, scramble
from deliberation.opinion.places import Places, pack, unpack, without
from deliberation.opinion.votes import gather

ODD = 0x5DEECE66D  # far from any count a result could hold


def result_of(log, k=None):
    """`log`: (person, statement, vote); the persons' numbers are large and odd, so that they are found again where they stand."""
    person, statement, vote = (
        np.array(column, dtype=np.int64) for column in zip(*log, strict=True)
    )
    votes = gather(person * ODD, statement, np.arange(len(log)), vote.astype(np.int8))
    grouping = polis.group(votes, k=k)
    told = analyse(votes, grouping)
    names = [f"s{n}" for n in votes.statements]
    return outcome(Found(votes, names, grouping, told)), votes


def two_camps(sizes=(20, 20), statements=8):
    return [
        (100 * camp + n + 1, s, 1 if (s % 3 == 0) == bool(camp) else -1)
        for camp, size in enumerate(sizes)
        for n in range(size)
        for s in range(statements)
    ]


LOGS = some.lists(
    some.tuples(some.integers(1, 30), some.integers(0, 6), some.sampled_from([-1, 0, 1])),
    min_size=1,
    max_size=120,
)


@given(LOGS)
def test_a_result_is_plain_json_and_names_nobody(log):
    result, votes = result_of(log)
    text = json.dumps(result, allow_nan=False)
    assert not any(str(person) in text for person in votes.people.tolist())


@given(LOGS)
def test_the_counts_of_a_statement_are_those_of_its_last_votes(log):
    result, _ = result_of(log)
    last = {(p, s): v for p, s, v in log}
    for name, told in result["statements"].items():
        says = [v for (_, s), v in last.items() if f"s{s}" == name]
        assert [told["agree"], told["pass"], told["disagree"]] == [
            says.count(v) for v in (1, 0, -1)
        ]
    assert result["counts"]["votes"] == len(last)


@given(LOGS)
def test_groups_points_and_profiles_go_together(log):
    result, votes = result_of(log)
    assert sum(g["size"] for g in result["groups"]) == result["counts"]["grouped"]
    assert len(result["map"]["points"]) == len(votes.people)
    for one, told in result["statements"].items():
        for name, (agree, disagree, seen) in told["votes"].items():
            group = result["profiles"][one]["groups"][name]
            assert [group["agree"], group["disagree"], group["n"]] == [agree, disagree, seen]


def test_two_camps_are_two_groups_and_what_parts_them_is_named():
    result, _ = result_of(two_camps(), k=2)
    assert [g["size"] for g in result["groups"]] == [20, 20]
    assert result["divisive"]
    assert all(result["statements"][one]["divisive"] for one in result["divisive"])
    assert {one["agree"] for one in result["representative"]["A"]} <= {True, False}


def test_points_stand_in_the_order_of_places_not_of_people():
    result, _ = result_of(two_camps())
    assert result["map"]["points"] == sorted(result["map"]["points"])


def test_of_many_people_a_fixed_sample_is_drawn():
    people = np.arange(10 * MOST_POINTS)
    drawn = people[sample(people, MOST_POINTS)]
    assert len(drawn) == MOST_POINTS
    mixed = np.random.default_rng(1).permutation(people)
    assert set(mixed[sample(mixed, MOST_POINTS)]) == set(drawn)


def test_the_hash_is_the_published_one():
    # SplitMix64 from seed 0 gives these first (Vigna, splitmix64.c); its state is a multiple of the golden step
    assert scramble(np.array([0]))[0] == 0xE220A8397B1DCDAF


@pytest.mark.parametrize(
    ("number", "last"), [(0, None), (1, "A"), (26, "Z"), (27, "AA"), (53, "BA")]
)
def test_groups_have_letters(number, last):
    assert letters(number)[-1:] == ([last] if last else [])


@given(
    some.dictionaries(some.uuids().map(str), some.tuples(some.integers(-1, 9), some.integers(0, 1)))
)
def test_places_come_back_as_they_were_packed_and_one_can_be_forgotten(held):
    people = list(held)
    packed = pack(Places(people, [g for g, _ in held.values()], [u for _, u in held.values()]))
    assert list(unpack(packed).people) == people
    for person in people[:1]:
        left = unpack(without(packed, {person}))
        assert list(left.people) == people[1:]
    assert without(packed, {"somebody else"}) == packed
    assert unpack(b"") == Places()
