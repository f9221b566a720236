"""A ranking follows the answers and nothing else: not their order, not the names of values, not the way a thing was asked."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from elicitation.graph.judgements import Answer, Judgements
from elicitation.graph.ranked import Rule
from elicitation.graph.ranking import rank

COLUMNS = ("person", "from_value", "to_value", "context", "answer", "asked_forward")
YES, NO = Answer.TO_WISER, Answer.FROM_WISER
rules = pytest.mark.parametrize("rule", list(Rule))


def judged(*rows, group=None):
    """Rows of (from, to, context, answer, asked forward, how many); each by somebody else."""
    spread = [row[:5] for row in rows for _ in range(row[5])]
    start, end, context, answer, forward = zip(*spread, strict=True) if spread else [()] * 5
    return Judgements(
        np.arange(len(spread)),
        np.array(start, dtype=int),
        np.array(end, dtype=int),
        np.array(context, dtype=str),
        np.array(answer, dtype=np.int8),
        np.array(forward, dtype=bool),
        group=None if group is None else np.array(group),
    )


def both_ways(start, end, yes, no, context="now"):
    """A transition asked as often each way: `yes` name its end, `no` its start."""
    return [
        (start, end, context, YES, True, yes),
        (start, end, context, NO, True, no),
        (start, end, context, YES, False, yes),
        (start, end, context, NO, False, no),
    ]


def pairs(ranked):
    return [(edge.from_value, edge.to_value) for edge in ranked.edges]


answers = st.tuples(
    st.integers(1, 5), st.integers(1, 5), st.sampled_from("ab"), st.sampled_from(list(Answer)),
    st.booleans(), st.integers(1, 6),
).filter(lambda row: row[0] != row[1])  # fmt: skip
tables = st.lists(answers, max_size=14)


def close(one, other):
    """The same graph, numbers to nine digits."""
    assert [(e.from_value, e.to_value, e.contexts, e.counts) for e in one.edges] == [
        (e.from_value, e.to_value, e.contexts, e.counts) for e in other.edges
    ]
    assert (one.tensions, one.winners) == (other.tensions, other.winners)
    assert [r.value for r in one.ranking] == [r.value for r in other.ranking]
    for a, b in zip(one.ranking, other.ranking, strict=True):
        assert (a.best, a.worst) == (b.best, b.worst)
        assert a.height == pytest.approx(b.height, abs=1e-9)


@settings(max_examples=30)
@given(tables, st.randoms(use_true_random=False))
def test_the_order_of_judgements_changes_nothing(rows, chance):
    whole = judged(*rows)
    order = np.array(chance.sample(range(len(whole.person)), len(whole.person)), dtype=int)
    moved = Judgements(*(getattr(whole, name)[order] for name in COLUMNS))
    close(rank(whole), rank(moved))


@settings(max_examples=30)
@given(tables)
def test_naming_a_transition_the_other_way_round_changes_nothing(rows):
    whole = judged(*rows)
    turned = np.array([1, 0, 2, 3, 4, 5, 6], dtype=np.int8)[whole.answer]
    other = replace(
        whole,
        from_value=whole.to_value,
        to_value=whole.from_value,
        answer=turned,
        asked_forward=~whole.asked_forward,
    )
    close(rank(whole), rank(other))


@settings(max_examples=30)
@given(tables)
def test_other_ids_give_the_same_graph_under_other_ids(rows):
    names = {1: 40, 2: 10, 3: 50, 4: 20, 5: 30}
    ranked = rank(judged(*rows))
    renamed = rank(judged(*((names[a], names[b], *rest) for a, b, *rest in rows)))
    assert sorted(pairs(renamed)) == sorted((names[a], names[b]) for a, b in pairs(ranked))
    tense = {(t.context, frozenset(names[v] for v in t.values)) for t in ranked.tensions}
    assert {(t.context, frozenset(t.values)) for t in renamed.tensions} == tense
    heights = {names[r.value]: r.height for r in ranked.ranking}
    assert {r.value: pytest.approx(r.height, abs=1e-9) for r in renamed.ranking} == heights


@settings(max_examples=30)
@given(tables)
def test_no_number_is_missing_and_pagerank_is_a_share(rows):
    ranked = rank(judged(*rows), resamples=2)
    told = [r for place in ranked.ranking for r in (place.height, place.least, place.most)]
    told += [number for e in ranked.edges for number in (e.bits, e.lean.mean, e.lean.probability)]
    assert np.isfinite(told).all()
    tense = {value for tension in ranked.tensions for value in tension.values}
    assert not tense & {place.value for place in ranked.ranking}
    assert sum(place.pagerank for place in ranked.ranking) <= 1 + 1e-9
    if ranked.edges and not tense:
        assert sum(place.pagerank for place in ranked.ranking) == pytest.approx(1)


@rules
@pytest.mark.parametrize(
    "rows", [[], [(1, 2, "now", YES, True, 1)], [(1, 2, "now", Answer.UNSURE, True, 30)]]
)
def test_nothing_one_vote_and_only_unsure_make_no_graph(rule, rows):
    ranked = rank(judged(*rows), rule, resamples=5)
    assert (ranked.edges, ranked.ranking, ranked.tensions) == ((), (), ())
    assert ranked.judgements == sum(row[5] for row in rows)


def test_a_chain_asked_both_ways_is_ranked_from_its_end():
    rows = both_ways(1, 2, 30, 2) + both_ways(2, 3, 30, 2) + both_ways(1, 3, 31, 1)
    ranked = rank(judged(*rows))
    assert pairs(ranked) == [(1, 2), (1, 3), (2, 3)]
    assert [place.value for place in ranked.ranking] == [3, 2, 1]
    assert [won.value for won in ranked.winners] == [3]
    assert ranked.winners[0].over == 2
    assert ranked.tensions == ()


def test_values_that_intervals_do_not_tell_apart_share_their_ranks():
    rows = both_ways(1, 2, 30, 0) + both_ways(1, 3, 30, 0)
    low = rank(judged(*rows)).ranking
    ranks = {place.value: (place.best, place.worst) for place in low}
    assert ranks[2] == ranks[3] == (1, 2)
    assert ranks[1] == (3, 3)


def test_a_pair_called_wiser_whichever_way_it_is_asked_is_a_tension_and_not_first():
    accepted = [(1, 2, "now", YES, True, 20), (1, 2, "now", NO, False, 20)]
    ranked = rank(judged(*accepted, *both_ways(3, 4, 12, 2)))
    assert [(t.context, t.values) for t in ranked.tensions] == [("now", (1, 2))]
    assert ranked.ranking[0].value == 4
    assert {place.value for place in ranked.ranking} == {3, 4}
    assert [won.value for won in ranked.winners] == [4]


def test_a_circle_of_three_is_a_tension_and_its_flow_is_cyclic():
    rows = both_ways(1, 2, 30, 2) + both_ways(2, 3, 30, 2) + both_ways(3, 1, 30, 2)
    ranked = rank(judged(*rows, *both_ways(4, 5, 30, 2)))
    assert [t.values for t in ranked.tensions] == [(1, 2, 3)]
    assert [place.value for place in ranked.ranking] == [5, 4]
    assert ranked.cyclic_share == pytest.approx(3 / 4, abs=0.01)


def test_the_same_pair_may_lean_either_way_in_two_contexts():
    rows = both_ways(1, 2, 20, 1, "at home") + both_ways(2, 1, 20, 1, "at work")
    ranked = rank(judged(*rows))
    assert {(*pair, *e.contexts) for pair, e in zip(pairs(ranked), ranked.edges, strict=True)} == {
        (1, 2, "at home"),
        (2, 1, "at work"),
    }
    assert ranked.tensions == ()
    assert [(won.context, won.value) for won in ranked.winners] == [("at home", 2), ("at work", 1)]


def test_the_yes_of_the_question_makes_no_transition():
    """Sixty pairs with nothing between them, 80 % yes either way; one that is really wiser."""
    rows = []
    for n in range(60):
        for forward in (True, False):
            accepted, declined = (YES, NO) if forward else (NO, YES)
            rows += [
                (n, n + 100, "now", accepted, forward, 8),
                (n, n + 100, "now", declined, forward, 2),
            ]
    ranked = rank(judged(*rows, *both_ways(500, 501, 20, 1)))
    assert pairs(ranked) == [(500, 501)]
    assert ranked.tensions == ()
    effect = ranked.direction_effect
    assert effect.estimated
    assert effect.mean == pytest.approx(np.log(4), abs=0.25)
    assert effect.accepted_both == pytest.approx(0.6 * 1200 / 1242)  # none of the last 42


def test_answers_that_say_neither_stand_between_yes_and_no():
    same = judged((1, 2, "now", Answer.SAME, True, 20), (1, 2, "now", Answer.SAME, False, 20))
    assert rank(same).edges == ()
    leans = []
    for word in (YES, Answer.DEPENDS, NO):
        rows = [
            *both_ways(1, 2, 20, 2),
            (1, 2, "now", word, True, 6),
            (1, 2, "now", word, False, 6),
        ]
        leans.append(rank(judged(*rows)).edges[0].lean.mean)
    assert leans == sorted(leans, reverse=True)


def test_a_no_to_the_one_value_alone_never_makes_the_other_the_wiser():
    ranked = rank(judged((1, 2, "now", Answer.NOT_WISER, True, 40)))
    assert ranked.edges == ()


def test_support_is_counted_by_group():
    rows = [(1, 2, "now", YES, True, 12), (1, 2, "now", NO, False, 2), (1, 2, "now", YES, False, 9)]
    rows.append((1, 2, "now", Answer.UNSURE, True, 1))
    ranked = rank(judged(*rows, group=["east"] * 12 + ["west"] * 11 + ["east"]))
    assert ranked.edges[0].groups == {
        "east": {"for": 12, "against": 0, "neither": 0, "unsure": 1},
        "west": {"for": 9, "against": 2, "neither": 0, "unsure": 0},
    }
    assert ranked.edges[0].counts["asked_forward"] == 13
    assert ranked.edges[0].counts["asked_backward"] == 11


@rules
def test_resampling_is_the_same_for_the_same_seed_and_says_how_often_each_transition_stayed(rule):
    whole = judged(*both_ways(1, 2, 8, 4), *both_ways(2, 3, 30, 1), (4, 5, "now", YES, True, 9))
    one, again = (rank(whole, rule, seed=4, resamples=20) for _ in range(2))
    assert one == again
    assert one.stability.resamples == 20
    assert 0 < one.stability.overlap <= 1
    stayed = {pair: e.stayed for pair, e in zip(pairs(one), one.edges, strict=True)}
    assert stayed[2, 3] == 1
    assert all(0 <= share <= 1 for share in stayed.values())


def test_judgements_that_do_not_fit_are_refused():
    with pytest.raises(ValueError, match="same length"):
        Judgements(*[np.zeros(2)] * 5, np.zeros(1, dtype=bool))
    with pytest.raises(ValueError, match="one value to another"):
        judged((1, 1, "now", YES, True, 1))
    with pytest.raises(ValueError, match="code from 0 to 6"):
        judged((1, 2, "now", 7, True, 1))
