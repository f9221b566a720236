"""Which comparison comes next and how it is put: few first, balanced over the crowd, the same for the same seed."""

from collections import Counter

from hypothesis import given
from hypothesis import strategies as st

from elicitation.graph.draws import Open, draw, place, with_story

seeds = st.text(max_size=12)
numbers = st.integers(min_value=0, max_value=10**9)
opens = st.lists(
    st.builds(
        Open,
        id=st.integers(1, 10**6),
        shown=st.integers(0, 50),
        exposed=st.tuples(st.integers(0, 9), st.integers(9, 50)),
        like_own=st.booleans(),
    ),
    unique_by=lambda one: one.id,
    max_size=30,
)


@given(numbers, seeds, st.integers(1, 60))
def test_after_any_number_of_people_directions_and_sides_differ_by_two_at_most(
    transition, seed, people
):
    placings = [place(transition, nth, seed) for nth in range(people)]
    for way in ("forward", "to_left"):
        yes = sum(getattr(placing, way) for placing in placings)
        assert abs(2 * yes - people) <= 2


@given(numbers, seeds)
def test_each_four_people_get_each_of_the_four_ways_once(transition, seed):
    for start in (0, 4, 8):
        ways = {place(transition, start + n, seed) for n in range(4)}
        assert len(ways) == 4


@given(numbers, seeds, st.integers(1, 60), st.booleans())
def test_a_story_that_stands_ready_is_shown_to_every_other_one(transition, seed, people, forward):
    told = sum(with_story(transition, (forward, "en"), nth, seed) for nth in range(people))
    assert abs(2 * told - people) <= 1


def test_who_comes_first_gets_every_way_in_some_transition():
    first = Counter(place(transition, 0, "inquiry") for transition in range(400))
    assert len(first) == 4
    assert min(first.values()) > 60
    told = sum(with_story(t, (True, "en"), 0, "inquiry") for t in range(400))
    assert 150 < told < 250


@given(opens, st.tuples(st.integers(0, 9), st.integers(0, 9)), seeds)
def test_the_same_seed_draws_the_same_whatever_the_order(there, before, seed):
    assert draw(there, before, seed) == draw(there[::-1], before, seed)


@given(opens, st.tuples(st.integers(0, 9), st.integers(0, 9)), seeds)
def test_nothing_seen_less_is_passed_over(there, before, seed):
    drawn = draw(there, before, seed)
    if not there:
        assert drawn is None
        return
    chosen, route = drawn
    assert (route == "few_like_own") == chosen.like_own
    alike = [one for one in there if one.like_own == chosen.like_own]
    assert (chosen.exposed, chosen.shown) == min((one.exposed, one.shown) for one in alike)


def test_different_seeds_break_ties_differently():
    there = [Open(n, 0, (0, 0), False) for n in range(50)]
    assert len({draw(there, (0, 0), str(seed))[0].id for seed in range(30)}) > 10


@given(st.integers(0, 12), st.integers(0, 12))
def test_half_of_what_one_is_shown_does_not_resemble_ones_own_cards(likes, others):
    there = [Open(n, 0, (0, 0), n < likes) for n in range(likes + others)]
    before, seen = (0, 0), []
    while drawn := draw(there, before, "seed"):
        chosen = drawn[0]
        there.remove(chosen)
        seen.append(chosen.like_own)
        before = (before[0] + chosen.like_own, before[1] + (not chosen.like_own))
    while_both = seen[: 2 * min(likes, others)]
    for n in range(1, len(while_both) + 1):
        assert sum(while_both[:n]) <= n / 2
    assert len(seen) == likes + others


@given(st.integers(3, 9), st.integers(10, 40))
def test_every_value_is_reached_and_about_as_often_as_any_other(values, people):
    """Values in a ring, each in two transitions; each person is shown two of them."""
    ring = [(n, (n + 1) % values) for n in range(values)]
    shown, seen = [0] * values, [0] * values
    for person in range(people):
        mine = set()
        for turn in range(2):
            there = [
                Open(n, shown[n], tuple(sorted((seen[a], seen[b]))), False)
                for n, (a, b) in enumerate(ring)
                if n not in mine
            ]
            chosen = draw(there, (0, turn), f"{person}|{turn}")[0].id
            mine.add(chosen)
            shown[chosen] += 1
            for value in ring[chosen]:
                seen[value] += 1
    assert min(seen) > 0
    assert max(seen) - min(seen) <= 4
