"""Seats that seem to be one person's: the same words, or votes more alike than chance makes two people's."""

from itertools import product

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from deliberation.opinion.twins import (
    Reason,
    Seat,
    alike_votes,
    alike_words,
    at_least,
    coinciding,
    twins,
    weakest,
)
from deliberation.opinion.voices import Read
from deliberation.opinion.votes import gather

LONG = (
    "When the river floods I look at who is left without a door to knock on, and who comes to help."
)
OTHER = "I want the market to stay where it is, because my neighbours meet there every Saturday morning."


def read_of(table):
    """Votes from rows of 1, 0, -1 or None."""
    told = [(i, j, says) for i, row in enumerate(table) for j, says in enumerate(row) if says is not None]  # fmt: skip
    people, things, says = (np.array(part) for part in zip(*told, strict=True))
    votes = gather(people.astype(np.int64), things.astype(np.int64), np.zeros(len(told), np.int64), says.astype(np.int8))  # fmt: skip
    return Read(votes, [f"p{i}" for i in votes.people], [f"s{j}" for j in votes.statements])


def crowd(n, things, seed=7):
    """People who each toss a coin over everything: no two of them are anything to each other."""
    return np.random.default_rng(seed).choice([1, -1], size=(n, things)).tolist()


@given(st.lists(st.floats(0, 1), max_size=7), st.integers(0, 7))
def test_the_tail_is_what_going_through_all_cases_says(chances, same):
    cases = product((0, 1), repeat=len(chances))
    by_hand = sum(
        np.prod([p if came else 1 - p for p, came in zip(chances, case, strict=True)])
        for case in cases
        if sum(case) >= same
    )
    assert at_least(np.array(chances), same) == pytest.approx(by_hand, abs=1e-12)


def test_two_people_coincide_as_often_as_the_shares_say():
    said = np.array(
        [[1], [1], [1], [-1]], dtype=np.int8
    )  # (4 + 1 of 0 + ...) with one more of each
    assert coinciding(said)[0] == pytest.approx((4**2 + 1**2 + 2**2) / 7**2)


def test_identical_votes_of_two_among_strangers_are_found_with_their_chance():
    table = [*crowd(40, 30), *crowd(1, 30, seed=8) * 2]
    ((one, other, reason),) = alike_votes(read_of(table), {})
    assert {one, other} == {"p40", "p41"}
    assert (reason.same, reason.of) == (30, 30)
    assert reason.chance < 1e-5


def test_nobody_is_found_among_strangers():
    assert list(alike_votes(read_of(crowd(60, 40)), {})) == []


def test_a_camp_of_one_mind_is_no_person():
    """Thirty people who agree on everything: that two of them do is to be expected."""
    table = [[1] * 20] * 30 + [[-1] * 20] * 30
    labels = {f"p{n}": n // 30 for n in range(60)}
    assert list(alike_votes(read_of(table), labels)) == []


@pytest.mark.parametrize("says", [1, 0, -1])
def test_who_says_the_same_to_everything_is_no_twin_of_others_who_do(says):
    table = [*crowd(40, 30), *[[says] * 28 + [1, -1]] * 2]
    assert list(alike_votes(read_of(table), {})) == []


def test_few_votes_tell_nothing():
    table = [*crowd(40, 9), *crowd(1, 9, seed=8) * 2]
    assert list(alike_votes(read_of(table), {})) == []


def test_votes_that_only_one_of_them_cast_are_not_held_against_them():
    twin = crowd(1, 30, seed=8)[0]
    table = [*crowd(40, 30), [*twin[:25], *[None] * 5], [*[None] * 5, *twin[5:]]]
    ((_one, _other, reason),) = alike_votes(read_of(table), {})
    assert (reason.same, reason.of) == (20, 20)


def test_nearly_the_same_words_are_found_whatever_their_signs_and_case():
    seats = [
        Seat("a", None, (LONG,)),
        Seat("b", None, (f"  {LONG.upper()}!!",)),
        Seat("c", None, (f"Well. {LONG}",)),
        Seat("d", None, (OTHER,)),
    ]
    found = {frozenset((one, other)): reason for one, other, reason in alike_words(seats)}
    assert set(found) == {frozenset("ab"), frozenset("ac")}
    assert found[frozenset("ab")].same == 1.0
    (group,) = twins(seats, [], {})
    assert group.people == ["a", "b", "c"]


def test_short_words_and_one_persons_own_tell_nothing():
    short = "I want peace and quiet."
    assert list(alike_words([Seat("a", None, (short,)), Seat("b", None, (short,))])) == []
    assert list(alike_words([Seat("a", None, (LONG, f"So: {LONG}"))])) == []


def test_a_campaign_text_of_two_hundred_is_one_group():
    seats = [Seat(f"p{n:03}", None, (LONG,)) for n in range(200)]
    (group,) = twins(seats, [], {})
    assert len(group.people) == 200


def test_seats_taken_together_are_no_reason_by_themselves_but_stand_beside_others():
    seats = [Seat(f"p{n}", 1000.0 + n, ()) for n in range(42)]
    assert twins(seats, [read_of(crowd(42, 30))], {}) == []
    table = [*crowd(40, 30), *crowd(1, 30, seed=8) * 2]
    (group,) = twins(seats, [read_of(table)], {})
    assert [reason.kind for reason in group.reasons] == ["words", "votes", "taken"][1:]
    assert group.reasons[-1] == Reason("taken", 1.0, 20.0)


def test_votes_just_too_like_chance_count_only_where_seats_were_taken_together():
    table = [*crowd(40, 14), *crowd(1, 14, seed=8) * 2]
    apart = [Seat(f"p{n}", 1000.0 * n, ()) for n in range(42)]
    together = [Seat(f"p{n}", 1.0 * n, ()) for n in range(42)]
    assert twins(apart, [read_of(table)], {}) == []
    assert [group.people for group in twins(together, [read_of(table)], {})] == [["p40", "p41"]]


def test_of_each_kind_the_reason_that_says_least_is_told():
    told = [
        Reason("votes", 30, 30, 1e-9),
        Reason("votes", 20, 20, 1e-4),
        Reason("words", 1.0, 1.0),
        Reason("words", 0.82, 1.0),
        Reason("taken", 3.0, 20.0),
        Reason("taken", 9.0, 20.0),
    ]
    assert weakest(told) == [Reason("words", 0.82, 1.0), Reason("votes", 20, 20, 1e-4), Reason("taken", 9.0, 20.0)]  # fmt: skip
