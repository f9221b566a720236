"""Comparisons are put to people and judged."""

from collections import Counter

import pytest
from django.utils import timezone

from elicitation.graph import draws, open_pairs
from elicitation.graph.actions.stories import release_story
from elicitation.graph.actions.transitions import Saying, close, judge, reopen
from elicitation.graph.errors import DependsOnWhat, TransitionGone
from elicitation.graph.judged import counts, judged, said_by
from elicitation.graph.models import Judgement, Value
from elicitation.graph.models.transitions import LONGEST
from elicitation.interview.errors import UnstorableText
from elicitation.record.models import Entry
from tests.elicitation.graph.conftest import (
    a_person,
    a_story,
    a_transition,
    a_value,
    here,
    shown,
    stands_in,
)


def test_what_was_put_comes_again_until_it_is_judged(ring, inquiry):
    me = a_person()
    first = shown(inquiry, me)
    assert shown(inquiry, me) == first
    assert open_pairs.pending(me, here(inquiry)) == first
    judge(first, Saying("to"))
    assert shown(inquiry, me) != first


def test_one_meets_every_comparison_once_and_then_none(ring, inquiry):
    me = a_person()
    met = []
    while showing := shown(inquiry, me):
        met.append(showing.transition_id)
        judge(showing, Saying("unsure"))
    assert sorted(met) == sorted(t.pk for t in ring)
    assert not open_pairs.not_shown(me, here(inquiry)).exists()


def test_every_value_is_reached_before_any_is_shown_often(ring, inquiry):
    for _ in range(4):
        shown(inquiry)
    exposed = open_pairs.exposures(Value.objects.values_list("pk", flat=True))
    assert set(exposed.values()) == {1, 2}


def test_directions_and_sides_are_balanced_over_people(inquiry):
    only = a_transition(a_value(inquiry, "A"), a_value(inquiry, "B"))
    put_so = [shown(inquiry) for _ in range(12)]
    assert Counter((s.forward, s.to_left) for s in put_so) == dict.fromkeys(draws.CELLS, 3)
    only.refresh_from_db()
    assert only.shown == 12


def test_an_ai_agent_may_judge_and_counts_nowhere(inquiry):
    only = a_transition(a_value(inquiry, "A"), a_value(inquiry, "B"))
    agent = a_person("ai_agent")
    judge(shown(inquiry, agent), Saying("to"))
    only.refresh_from_db()
    assert (only.shown, only.judged) == (0, 0)
    assert list(judged(inquiry)) == []
    assert counts([only])[only.pk].said == 0
    assert Judgement.objects.count() == 1


def test_a_released_story_is_shown_to_half_of_those_it_stood_ready_for(inquiry):
    only = a_transition(a_value(inquiry, "A"), a_value(inquiry, "B"))
    release_story(a_story(only), 1)
    put_so = [shown(inquiry) for _ in range(16)]
    forward = [s for s in put_so if s.forward]
    assert all(s.story for s in forward)
    assert sum(s.with_story for s in forward) == 4
    assert not any(s.story or s.with_story for s in put_so if not s.forward)


def test_a_story_that_is_not_released_or_in_another_language_is_shown_to_nobody(inquiry):
    only = a_transition(a_value(inquiry, "A"), a_value(inquiry, "B"))
    a_story(only)
    release_story(a_story(only, language="fr"), 1)
    assert not any(shown(inquiry).story for _ in range(8))
    assert any(shown(inquiry, language="fr-CA").with_story for _ in range(8))


def test_half_of_what_one_is_shown_does_not_resemble_ones_own_cards(ring, inquiry):
    me = a_person()
    stands_in(ring[0].from_value, me)
    routes = []
    while showing := shown(inquiry, me):
        routes.append((showing.route, showing.own))
        judge(showing, Saying("both"))
    assert routes[:4] == [("few", False), ("few_like_own", True)] * 2
    assert Counter(route for route, _ in routes)["few_like_own"] == 2


def test_a_near_neighbour_of_ones_own_value_resembles_it(inquiry):
    mine, near, far, farther = (a_value(inquiry, name) for name in ("A", "B", "C", "D"))
    a_transition(mine, near, likeness=draws.NEAR)
    a_transition(near, far, likeness=draws.NEAR / 2)
    me = a_person()
    stands_in(mine, me)
    assert open_pairs.near_own(me, here(inquiry)) == {mine.pk, near.pk}
    a_transition(far, farther)
    like = {o.id: o.like_own for o in open_pairs.open_to(me, here(inquiry))}
    assert list(like.values()).count(False) == 1


def test_a_change_of_mind_replaces_and_stays_in_history(ring, inquiry):
    showing = shown(inquiry)
    first = judge(showing, Saying("to", "It helps.", "en"))
    second = judge(showing, Saying("from"))
    first.refresh_from_db()
    assert first.replaced_at
    assert [j.answer for j in said_by(showing.respondent, here(inquiry))] == ["from"]
    assert Judgement.objects.count() == 2
    showing.transition.refresh_from_db()
    assert showing.transition.judged == 2
    assert second.reason == ""


def test_the_same_said_twice_is_said_once(ring, inquiry):
    showing = shown(inquiry)
    assert judge(showing, Saying("to", " why ")) == judge(showing, Saying("to", "why"))
    assert Judgement.objects.count() == 1


def test_what_depends_needs_to_say_on_what(ring, inquiry):
    showing = shown(inquiry)
    with pytest.raises(DependsOnWhat):
        judge(showing, Saying("depends", "  \n"))
    assert judge(showing, Saying("depends", "on the hour")).reason == "on the hour"


@pytest.mark.parametrize("reason", ["a\x00b", "half \ud800 pair", "x" * (LONGEST + 1)])
def test_a_reason_that_cannot_be_kept_is_refused_and_nothing_is(ring, inquiry, reason):
    with pytest.raises(UnstorableText):
        judge(shown(inquiry), Saying("to", reason))
    assert not Judgement.objects.exists()


def test_an_answer_nobody_knows_is_a_fault_of_the_caller(ring, inquiry):
    with pytest.raises(ValueError, match="no answer"):
        judge(shown(inquiry), Saying("maybe"))


def test_what_was_closed_or_fell_silent_is_not_judged_nor_put(ring, inquiry):
    showing = shown(inquiry)
    close(showing.transition)
    with pytest.raises(TransitionGone):
        judge(showing, Saying("to"))
    assert open_pairs.pending(showing.respondent, here(inquiry)) is None
    reopen(showing.transition)
    Value.objects.filter(pk=showing.transition.to_value_id).update(
        retired_at=timezone.now(), title=""
    )
    with pytest.raises(TransitionGone):
        judge(showing, Saying("to"))
    assert not Judgement.objects.exists()


def test_the_record_holds_neither_answers_nor_words(ring, inquiry):
    judge(shown(inquiry), Saying("depends", "zzqx17"))
    told = str(list(Entry.objects.values_list("body", flat=True)))
    assert "zzqx17" not in told
    assert "depends" not in told


def test_rows_for_the_ranking_hold_what_was_asked_and_said(inquiry, context):
    only = a_transition(a_value(inquiry, "A"), a_value(inquiry, "B"), context)
    showing = shown(inquiry)
    judge(showing, Saying("to"))
    last = judge(showing, Saying("from"))
    (row,) = judged(inquiry)
    assert row == (
        showing.respondent_id,
        only.from_value_id,
        only.to_value_id,
        context.pk,
        "from",
        showing.forward,
        False,
        last.at,
    )


def test_counts_tell_answers_apart_by_direction_and_story(inquiry):
    only = a_transition(a_value(inquiry, "A"), a_value(inquiry, "B"))
    release_story(a_story(only), 1)
    for n in range(8):
        judge(shown(inquiry), Saying("to" if n % 2 else "unsure"))
    shown(inquiry)
    only.refresh_from_db()
    told = counts([only])[only.pk]
    assert (told.shown, told.said) == (9, 8)
    assert told.answers == Counter(to=4, unsure=4)
    assert told.forward + told.backward == told.answers == told.told + told.untold
    assert (told.forward.total(), told.told.total()) == (4, 2)
