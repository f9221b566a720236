"""Quotas, tickets and chances, by values computed by hand."""

import hashlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from deliberation.assemblies.sortition import lots
from deliberation.assemblies.sortition.lots import Answer, Fault, Quota

PANELS = [[0, 1], [0, 2], [1, 3]]
SHARES = [500_000, 300_000, 200_000]


def test_shares_become_the_whole_numbers_around_them():
    assert lots.by_share({"a": 0.5, "b": 0.3, "c": 0.2}, 25) == {"a": (12, 13), "b": (7, 8), "c": (5, 5)}  # fmt: skip


def test_each_quota_that_cannot_be_met_is_named_with_its_numbers():
    kinds = Quota("kind", (Answer("a", 3, 4, 5), Answer("b", 9, 3, 2), Answer("c", 9, 0, 1)))
    few = Quota("age", (Answer("old", 2, 0, 9), Answer("young", 1, 0, 9)))
    many = Quota("part", (Answer("north", 9, 4, 9), Answer("south", 9, 3, 9)))
    assert lots.faults([kinds, few, many], 6) == [
        Fault("too_few_in_pool", "kind", "a", 4, 3),
        Fault("least_above_most", "kind", "b", 3, 2),
        Fault("least_above_seats", "kind", "", 7, 6),
        Fault("most_below_seats", "age", "", 6, 3),
        Fault("least_above_seats", "part", "", 7, 6),
    ]


def test_what_is_left_of_a_quota_is_what_those_who_stay_do_not_fill():
    quota = Quota("kind", (Answer("a", 9, 2, 3), Answer("b", 9, 1, 2)))
    assert lots.left_for(quota, {"a": 3}, {"a": 4, "b": 5}) == Quota("kind", (Answer("a", 4, 0, 0), Answer("b", 5, 1, 2)))  # fmt: skip


def test_a_million_tickets_are_given_out_to_the_last_one():
    assert lots.tickets([1 / 3, 1 / 3, 1 / 3]) == [333_334, 333_333, 333_333]
    assert lots.tickets([0.5, 0.25, 0.25]) == [500_000, 250_000, 250_000]


@given(st.lists(st.floats(1e-8, 1), min_size=1, max_size=60))
def test_tickets_differ_from_the_chances_by_less_than_one(weights):
    shares = [one / sum(weights) for one in weights]
    given_out = lots.tickets(shares)
    assert sum(given_out) == lots.TICKETS
    assert all(abs(n - lots.TICKETS * share) < 1 + 1e-6 for n, share in zip(given_out, shares, strict=True))  # fmt: skip


def test_a_chance_is_the_sum_of_the_tickets_of_ones_panels():
    assert lots.chances(5, PANELS, SHARES) == [800_000, 700_000, 300_000, 200_000, 0]


def test_people_are_told_by_chance_in_groups_of_ten_and_more():
    held = list(range(25))
    assert lots.groups(held) == [(12, 0, 11), (13, 12, 24)]
    assert lots.groups(held[:9]) == []
    assert [n for n, *_ in lots.groups(list(range(207)))] == [
        20,
        21,
        21,
        20,
        21,
        21,
        20,
        21,
        21,
        21,
    ]


def test_the_ticket_is_the_digest_of_number_and_words_modulo_a_million():
    digest = int(hashlib.sha256(b"00ff\nseven\xe2\x80\x99s dice").hexdigest(), 16)
    assert lots.ticket_of("00ff", "seven’s dice") == digest % 1_000_000


@pytest.mark.parametrize(
    ("ticket", "panel"),
    [(0, [0, 1]), (499_999, [0, 1]), (500_000, [0, 2]), (799_999, [0, 2]), (800_000, [1, 3]), (999_999, [1, 3])],
)  # fmt: skip
def test_a_ticket_belongs_to_the_panel_it_is_numbered_into(ticket, panel):
    assert lots.drawn(PANELS, SHARES, ticket) == panel


def test_no_ticket_is_beyond_the_last():
    with pytest.raises(ValueError, match="no ticket"):
        lots.drawn(PANELS, SHARES, 1_000_000)


@pytest.mark.parametrize(
    ("there", "told"),
    [
        ([40, 30], [40, 30]),
        ([40, 0], [40, 0]),
        ([40, 30, 9], [40, None, None]),  # one alone could be worked out from the sum
        ([40, 6, 5], [40, None, None]),
        ([40, 12, 3, 2], [40, None, None, None]),
        ([9, 4], [None, None]),
    ],
)
def test_counts_of_fewer_than_ten_are_kept_back_and_cannot_be_worked_out(there, told):
    rows = [{"said": str(n), "in_pool": count} for n, count in enumerate(there)]
    assert [row["in_pool"] for row in lots.withheld(rows)] == told
