"""Rounds of weighing, told from how its times were set."""

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as some

from deliberation.opinion.rounds import Setting, beginnings

START = datetime(2026, 3, 1, tzinfo=UTC)


def day(number):
    return START + timedelta(days=number)


def settings(*rows):
    return [Setting(day(made), day(start), day(end)) for made, start, end in rows]


def test_weighing_set_once_is_one_round():
    assert beginnings(settings((0, 1, 5))) == [day(1)]


def test_weighing_never_set_is_no_round():
    assert beginnings([]) == []


def test_opened_again_after_its_end_is_a_second_round():
    assert beginnings(settings((0, 1, 5), (6, 7, 9))) == [day(1), day(7)]


def test_made_longer_is_the_same_round():
    assert beginnings(settings((0, 1, 5), (4, 1, 9))) == [day(1)]


def test_moved_before_it_began_is_the_same_round():
    assert beginnings(settings((0, 3, 5), (1, 10, 12))) == [day(10)]


def test_closed_early_and_opened_again_is_a_second_round():
    assert beginnings(settings((0, 1, 9), (3, 1, 3), (4, 5, 9))) == [day(1), day(5)]


def test_a_second_round_moved_before_it_began_stays_one_round():
    assert beginnings(settings((0, 1, 2), (3, 10, 12), (4, 20, 22))) == [day(1), day(20)]


@given(
    some.lists(
        some.tuples(some.integers(0, 30), some.integers(0, 30), some.integers(1, 9)), max_size=6
    )
)
def test_rounds_never_go_back_in_time(rows):
    made = sorted(row[0] for row in rows)
    told = beginnings(
        Setting(day(at), day(start), day(start + length))
        for at, (_, start, length) in zip(made, rows, strict=True)
    )
    assert told == sorted(told)
