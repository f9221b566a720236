"""What ballots come to, by oracles made by hand and by rules that hold for all ballots."""

from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from deliberation.artifacts.tally import OTHERS, SAYS, Paper, Rules, approves, fold, tally
from deliberation.opinion.withholding import FEWEST

EVEN = Rules(0.5, 0.5, 0)


def papers(**said):
    """`A=(7, 2, 1)`: of group A seven approve, two stand aside, one objects; _ is in no group."""
    return [
        Paper(says, {"one": says}, OTHERS if group == "_" else group)
        for group, counts in said.items()
        for says, n in zip(SAYS, counts, strict=True)
        for _ in range(n)
    ]


def whole(rules=EVEN, **said):
    return tally(papers(**said), ["one"], rules)["whole"]


def test_a_question_passes_with_the_share_of_those_who_approve_or_object():
    told = whole(Rules(0.6, 0.5, 0), _=(6, 90, 4))
    assert told == {
        "approve": 6, "aside": 90, "object": 4, "groups": {}, "passed": True, "because": [],
    }  # fmt: skip
    assert whole(Rules(0.61, 0.5, 0), _=(6, 90, 4))["because"] == [{"why": "share"}]


def test_no_group_is_overruled():
    told = whole(A=(30, 0, 0), B=(2, 0, 4))
    assert told["groups"] == {
        "A": {"approve": 30, "aside": 0, "object": 0},
        "B": {"approve": 2, "aside": 0, "object": 4},
    }
    assert told["because"] == [{"why": "group", "group": "B"}]
    assert not told["passed"]


def test_a_group_that_stands_aside_is_against_nothing():
    assert whole(A=(30, 0, 0), B=(0, 6, 0))["passed"]


def test_where_everybody_stands_aside_nothing_is_adopted():
    assert whole(_=(0, 9, 0))["because"] == [{"why": "nobody"}]


def test_too_few_ballots_for_the_quorum_adopt_nothing_though_all_approve():
    assert whole(Rules(0.5, 0.5, 9), _=(8, 0, 0))["because"] == [{"why": "quorum"}]
    assert whole(Rules(0.5, 0.5, 9), _=(8, 1, 0))["passed"]


def test_fewer_than_five_ballots_have_no_result_and_no_counts():
    told = tally(papers(A=(4, 0, 0)), ["one"], EVEN)
    assert told["ballots"] == 4
    assert told["whole"] == told["clauses"]["one"] == {"passed": False, "because": [{"why": "few"}]}


def test_each_clause_is_told_by_itself():
    said = [Paper("approve", {"one": "object", "two": "approve"}) for _ in range(5)]
    told = tally(said, ["one", "two"], EVEN)
    assert told["whole"]["passed"]
    assert not told["clauses"]["one"]["passed"]
    assert told["clauses"]["two"]["approve"] == 5


@pytest.mark.parametrize(
    ("sizes", "told"),
    [
        ({"A": 9, "B": 6}, {"A": 9, "B": 6}),
        ({"A": 9, "B": 6, "": 5}, {"A": 9, "B": 6, "": 5}),
        ({"A": 9, "B": 3, "C": 2}, {"A": 9, "": 5}),  # two small ones are told together
        ({"A": 9, "B": 6, "C": 4}, {"A": 9, "": 10}),  # C alone would be known by subtraction
        ({"A": 9, "B": 4}, {}),  # A alone would tell of B
        ({"A": 9}, {}),
        ({"": 9}, {}),
        ({}, {}),
    ],
)
def test_small_groups_are_folded_until_nobody_can_be_worked_out(sizes, told):
    assert fold(sizes) == told


def test_a_threshold_is_met_exactly():
    assert approves({"approve": 6, "object": 4}, 0.6)
    assert approves({"approve": 7, "object": 3}, 0.7)
    assert not approves({"approve": 66, "object": 34}, 0.6667)


ballots = st.lists(
    st.builds(
        lambda whole, one, group: Paper(whole, {"one": one}, group),
        st.sampled_from(SAYS), st.sampled_from(SAYS), st.sampled_from(["A", "B", "C", OTHERS]),
    ),
    max_size=60,
)  # fmt: skip
share = st.floats(0, 1, allow_nan=False)
rules = st.builds(Rules, share, share, st.integers(0, 40))


@given(ballots, rules)
def test_no_told_number_of_people_is_small_and_all_of_them_are_everybody(cast, by):
    told = tally(cast, ["one"], by)
    sizes = [group["ballots"] for group in told["groups"]]
    assert all(n >= FEWEST for n in sizes)
    assert sum(sizes) in (0, len(cast))
    for question in (told["whole"], told["clauses"]["one"]):
        counted = [question.get(says, 0) for says in SAYS]
        assert sum(counted) == (len(cast) if len(cast) >= FEWEST else 0)
        for n, counts in zip(sizes, question.get("groups", {}).values(), strict=True):
            assert sum(counts.values()) == n


@given(ballots, rules)
def test_the_order_of_ballots_changes_nothing(cast, by):
    assert tally(cast, ["one"], by) == tally(cast[::-1], ["one"], by)


@given(ballots, rules)
def test_one_more_who_approves_takes_away_nothing_that_passed(cast, by):
    """In a group that is told anyway: one more ballot may let a small group be told."""
    before = tally(cast, ["one"], by)
    group = max(Counter(p.group for p in cast) or {OTHERS: 0})
    after = tally([*cast, Paper("approve", {"one": "approve"}, group)], ["one"], by)
    if [g["name"] for g in before["groups"]] == [g["name"] for g in after["groups"]]:
        assert after["whole"]["passed"] >= before["whole"]["passed"]


@given(ballots, rules)
def test_what_passes_says_nothing_against_it_and_what_fails_says_why(cast, by):
    question = tally(cast, ["one"], by)["whole"]
    assert question["passed"] == (question["because"] == [])
