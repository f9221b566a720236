"""What a person sees next: Polis's priority, what few have seen, what tells the groups apart; by chance, and the same for the same seed."""

from collections import Counter
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from deliberation.opinion.routing import SHARES, Drawn, Known, Option, draw, known, priority, seed

COUNT = st.integers(0, 100_000)
ANY = st.one_of(st.none(), st.floats(), st.integers(-(10**400), 10**400), st.text(), st.booleans())
KNOWN = st.builds(
    known,
    st.fixed_dictionaries(
        {},
        optional={
            "priority": ANY,
            "extremity": ANY,
            "votes": st.one_of(
                ANY, st.dictionaries(st.text(max_size=2), st.lists(ANY, max_size=4))
            ),
        },
    ),
)
OPTION = st.builds(Option, st.uuids(), COUNT, COUNT, COUNT, COUNT, KNOWN)
OPTIONS = st.lists(OPTION, min_size=1, max_size=12, unique_by=lambda option: option.id)


def value(number, **counts):
    return Option(str(UUID(int=number)), **counts)


def share_of(options, draws=1500):
    drawn = Counter(UUID(draw(options, seed(n)).id).int for n in range(draws))
    return {number: drawn[number] / draws for number in drawn}


def test_nothing_is_drawn_where_nothing_is_left():
    assert draw([], seed("salt")) is None


@given(OPTIONS, st.binary(min_size=16, max_size=32))
def test_one_of_the_options_is_drawn_with_a_chance_that_is_one(options, seeded):
    drawn = draw(options, seeded)
    assert drawn.id in {option.id for option in options}
    assert drawn.route in SHARES
    assert 0 < drawn.chance <= 1


@given(OPTIONS, st.data())
def test_the_order_the_options_come_in_changes_nothing(options, data):
    shuffled = data.draw(st.permutations(options))
    assert draw(shuffled, seed("s")) == draw(options, seed("s"))


@given(OPTIONS)
def test_the_chances_of_all_options_add_up_to_one(options):
    chances = {}
    for n in range(40):
        drawn = draw(options, seed(n))
        chances[drawn.id] = drawn.chance
    assert sum(chances.values()) <= 1 + 1e-9
    if len(options) == 1:
        assert chances == {options[0].id: pytest.approx(1)}


def test_another_person_another_assembly_or_one_more_vote_is_another_seed():
    seeds = {
        seed("salt", "ada", 0),
        seed("salt", "ada", 1),
        seed("salt", "eve", 0),
        seed("pepper", "ada", 0),
    }
    assert len(seeds) == 4
    assert seed("salt", "ada", 0) == seed("salt", "ada", 0)
    assert seed("a", "bc") != seed("ab", "c")


def test_a_draw_of_today_is_the_same_next_year():
    options = [value(n, agrees=n, shown=n) for n in range(1, 6)]
    assert [UUID(draw(options, seed("salt", "ada", n)).id).int for n in range(8)] == [
        3,
        4,
        4,
        4,
        2,
        4,
        1,
        2,
    ]


@pytest.mark.parametrize(
    ("counts", "extremity", "by_hand"),
    [
        ({}, None, 5.0625),  # ((1 - 1/2) * 1 * 1/2 * 9)^2
        ({"agrees": 3, "disagrees": 1, "passes": 1}, 0.0, (5 / 7 * 4 / 7 * 5) ** 2),
        ({"agrees": 3, "disagrees": 1, "passes": 1}, 1.0, (5 / 7 * 4 / 7 * 5 * 2) ** 2),
    ],
)  # fmt: skip
def test_the_priority_is_that_of_polis(counts, extremity, by_hand):
    assert priority(value(1, **counts, known=Known(extremity=extremity))) == pytest.approx(by_hand)


def test_what_the_analysis_says_goes_before_the_votes_of_now():
    loud = value(1, shown=9, known=Known(priority=300.0))
    quiet = value(2, shown=9, known=Known(priority=100.0))
    shares = share_of([loud, quiet])
    # no spread: the turn of that rule goes to the others, 0.6 and 0.25 of 0.85
    expected = (0.6 * 0.75 + 0.25 * 0.5) / 0.85
    assert shares[1] == pytest.approx(expected, abs=0.05)


def test_what_few_have_seen_comes_more_often():
    options = [
        value(1, shown=0, known=Known(priority=1.0)),
        value(2, shown=3, known=Known(priority=1.0)),
    ]
    assert share_of(options)[1] == pytest.approx((0.6 * 0.5 + 0.25 * 16 / 17) / 0.85, abs=0.05)


def test_what_tells_the_groups_apart_comes_more_often():
    apart, together = (
        known({"votes": {"a": [8, 0, 8], "b": [0, 8, 8]}}),
        known({"votes": {"a": [8, 0, 8], "b": [8, 0, 8]}}),
    )
    assert apart.spread == pytest.approx(0.16)  # rates 0.9 and 0.1
    assert together.spread == 0
    options = [Option(str(UUID(int=1)), known=apart), Option(str(UUID(int=2)), known=together)]
    routes = {draw(options, seed(n)).route for n in range(200)}
    assert routes == set(SHARES)
    assert all(
        UUID(draw(options, seed(n)).id).int == 1
        for n in range(200)
        if draw(options, seed(n)).route == "tells_apart"
    )


def test_the_chance_told_is_how_often_it_comes():
    options = [
        value(1, agrees=9, shown=9),
        value(2),
        Option(str(UUID(int=3)), known=known({"votes": {"a": [1, 0, 1], "b": [0, 1, 1]}})),
    ]
    told = {UUID(draw(options, seed(n)).id).int: draw(options, seed(n)).chance for n in range(500)}
    for number, often in share_of(options).items():
        assert told[number] == pytest.approx(often, abs=0.05)


@pytest.mark.parametrize(
    "statement",
    [None, [], "x", {}, {"priority": float("nan")}, {"priority": -1}, {"priority": True}, {"priority": 10**400},
     {"votes": {"a": [1, 0, 1]}}, {"votes": {"a": [2, 0, 1], "b": ["x", 0, 1]}}, {"votes": {"a": "123", "b": None}}],
)  # fmt: skip
def test_an_analysis_that_says_nothing_sensible_says_nothing(statement):
    assert known(statement) == Known()


@given(OPTIONS)
def test_nothing_is_written_to_the_options(options):
    before = list(options)
    draw(options, seed("s"))
    assert options == before


def test_a_value_alone_is_certain():
    assert draw([value(7)], seed("s")) == Drawn(
        str(UUID(int=7)), draw([value(7)], seed("s")).route, 1.0
    )
