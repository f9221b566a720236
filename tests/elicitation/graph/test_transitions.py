"""Comparisons are put to people, judged, proposed and forgotten."""

from collections import Counter
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection, connections
from django.utils import timezone

from elicitation.graph import draws, open_pairs
from elicitation.graph.actions.proposals import MOST_PROPOSED, Proposal, propose
from elicitation.graph.actions.stories import release_story
from elicitation.graph.actions.transitions import Saying, close, forget, judge, put, reopen
from elicitation.graph.errors import (
    ComparisonEnded,
    DependsOnWhat,
    PairUnfit,
    ProposalsFull,
    StoryUnfit,
    TransitionGone,
)
from elicitation.graph.judged import counts, judged, said_by
from elicitation.graph.models import Judgement, Showing, Story, Transition, Value
from elicitation.graph.models.transitions import LONGEST
from elicitation.interview.errors import UnstorableText
from elicitation.interview.models import Inquiry
from elicitation.record.models import Entry
from tests.elicitation.graph.conftest import (
    a_person,
    a_story,
    a_transition,
    a_value,
    stands_in,
)


def here(inquiry):
    return Inquiry.objects.filter(pk=inquiry.pk)


def shown(inquiry, respondent=None, language="en"):
    return put(respondent or a_person(), here(inquiry), language)


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


def test_a_proposal_is_asked_and_its_story_waits(ring, inquiry, context):
    less, wiser = ring[0].from_value, ring[2].from_value
    me = a_person()
    found = propose(me, Proposal(less, wiser, context, "Somebody came to see it.", "en"))
    assert (found.source, found.proposed_by, found.to_value) == ("person", me, wiser)
    story = found.stories.get()
    assert (story.towards, story.written_by, story.released_at) == (wiser, me, None)
    assert not Story.objects.released().exists()


def test_a_pair_is_one_comparison_whichever_way_it_is_proposed(ring, inquiry, context):
    there = ring[0]
    again = propose(a_person(), Proposal(there.to_value, there.from_value, context, "A story."))
    assert again == there
    assert there.stories.get().towards == there.from_value
    other = propose(a_person(), Proposal(there.to_value, there.from_value, None))
    assert other != there


def test_an_unfit_proposal_is_refused(ring, inquiry, context, other_assembly):
    one, other = ring[0].from_value, ring[0].to_value
    elsewhere = other_assembly.inquiries.get()
    stranger = a_value(elsewhere, "Elsewhere")
    for unfit in (
        Proposal(one, one),
        Proposal(one, stranger),
        Proposal(one, other, elsewhere.contexts.get()),
    ):
        with pytest.raises(PairUnfit):
            propose(a_person(), unfit)
    with pytest.raises(StoryUnfit):
        propose(a_person(), Proposal(one, other, context, "x" * (LONGEST + 1)))
    with pytest.raises(UnstorableText):
        propose(a_person(), Proposal(one, other, context, "a\x00b"))
    assert Transition.objects.count() == len(ring)
    assert not Story.objects.exists()


def test_one_person_proposes_a_few_and_leaves_some_to_others(inquiry):
    me, first = a_person(), a_value(inquiry, "First")
    for n in range(MOST_PROPOSED):
        propose(me, Proposal(first, a_value(inquiry, f"No. {n}")))
    with pytest.raises(ProposalsFull):
        propose(me, Proposal(first, a_value(inquiry, "One more")))
    propose(a_person(), Proposal(first, a_value(inquiry, "Another's")))


def test_the_same_story_sent_again_is_one_and_another_takes_its_place(ring, inquiry, context):
    me, ends = a_person(), (ring[0].from_value, ring[3].from_value, context)
    first = [propose(me, Proposal(*ends, " A story. ")) for _ in range(30)]
    assert len({transition.pk for transition in first}) == 1
    told = Story.objects.get()
    propose(me, Proposal(*ends))
    assert Story.objects.get() == told
    release_story(told, 1)
    propose(me, Proposal(*ends, "A better story."))
    last = Story.objects.get()
    assert (last.text, last.released_at) == ("A better story.", None)
    propose(a_person(), Proposal(*ends, "A better story."))
    assert Story.objects.count() == 2


def test_a_story_counts_among_what_one_person_may_propose(inquiry):
    me, first = a_person(), a_value(inquiry, "First")
    others = [a_value(inquiry, f"No. {n}") for n in range(MOST_PROPOSED // 2)]
    for other in others:
        for ends in ((first, other), (other, first)):
            propose(me, Proposal(*ends, None, "Somebody came to see it."))
    last = Proposal(others[-1], first, None, "Somebody came to see it.")
    assert propose(me, last).stories.count() == 2
    with pytest.raises(ProposalsFull):
        propose(me, Proposal(first, a_value(inquiry, "One more")))


def test_what_a_facilitator_has_ended_takes_no_more_proposals(ring, context):
    close(ring[0])
    ends = (ring[0].from_value, ring[0].to_value, context)
    with pytest.raises(ComparisonEnded):
        propose(a_person(), Proposal(*ends, "A story."))
    assert not Story.objects.exists()
    reopen(ring[0])
    assert propose(a_person(), Proposal(*ends, "A story.")) == ring[0]


def test_who_clears_a_reason_takes_the_one_before_back_too(ring, inquiry):
    showing = shown(inquiry)
    judge(showing, Saying("to", "zzqx17 did it", "en"))
    judge(showing, Saying("to"))
    assert [(j.answer, j.reason, j.language) for j in Judgement.objects.all()] == [
        ("to", "", "")
    ] * 2


def test_erasing_leaves_nothing_a_person_said_to_comparisons(ring, inquiry, context):
    showing = shown(inquiry)
    me = showing.respondent
    judge(showing, Saying("to", "zzqx17 first"))
    judge(showing, Saying("from", "zzqx17 second"))
    propose(me, Proposal(ring[0].from_value, ring[3].from_value, context, "zzqx17 story"))
    assert forget(me) == 2
    with connection.cursor() as cursor:
        for table in ("judgement", "story"):
            cursor.execute(f"SELECT count(*) FROM graph_{table} t WHERE t::text LIKE '%zzqx17%'")  # noqa: S608
            assert cursor.fetchone() == (0,)
    assert list(judged(inquiry)) == []
    assert not me.showings.exists()
    assert not Transition.objects.filter(proposed_by=me).exists()
    assert forget(me) == 0


def test_erasing_takes_ones_own_out_of_the_count_and_nobody_elses(inquiry):
    only = a_transition(a_value(inquiry, "A"), a_value(inquiry, "B"))
    mine, theirs = shown(inquiry), shown(inquiry)
    for answer in ("to", "from"):
        judge(mine, Saying(answer))
    judge(theirs, Saying("same"))
    forget(mine.respondent)
    only.refresh_from_db()
    assert (only.shown, only.judged) == (2, 1)
    assert [row.answer for row in judged(inquiry)] == ["same"]
    with pytest.raises(TransitionGone):
        judge(mine, Saying("to"))


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


def at_once(calls):
    """Each call in a thread and connection of its own, all at the same time."""

    def run(call):
        try:
            return call()
        finally:
            connections.close_all()

    with ThreadPoolExecutor(len(calls)) as pool:
        return list(pool.map(run, calls))


@pytest.mark.django_db(transaction=True)
def test_two_windows_at_the_same_moment_show_one_comparison(transactional_db, ring, inquiry):
    me = a_person()
    found = at_once([lambda: shown(inquiry, me)] * 6)
    assert len({showing.pk for showing in found}) == 1
    assert Showing.objects.count() == 1
    assert sum(Transition.objects.values_list("shown", flat=True)) == 1


@pytest.mark.django_db(transaction=True)
def test_many_people_at_the_same_moment_stay_balanced(transactional_db, inquiry):
    only = a_transition(a_value(inquiry, "A"), a_value(inquiry, "B"))
    people = [a_person() for _ in range(16)]
    put_so = at_once([lambda me=me: shown(inquiry, me) for me in people])
    assert Counter((s.forward, s.to_left) for s in put_so) == dict.fromkeys(draws.CELLS, 4)
    only.refresh_from_db()
    assert only.shown == 16


@pytest.mark.django_db(transaction=True)
def test_two_answers_at_the_same_moment_leave_one_that_stands(transactional_db, ring, inquiry):
    showing = shown(inquiry)
    at_once([lambda a=a: judge(showing, Saying(a)) for a in ("to", "from", "same", "both")])
    assert Judgement.objects.standing().count() == 1
    assert Judgement.objects.count() == 4


@pytest.mark.django_db(transaction=True)
def test_the_same_pair_proposed_at_the_same_moment_is_one(transactional_db, inquiry, context):
    one, other = a_value(inquiry, "A"), a_value(inquiry, "B")
    people = [a_person() for _ in range(6)]
    ways = [(one, other), (other, one)] * 3
    found = at_once(
        [
            lambda me=me, ends=ends: propose(me, Proposal(*ends, context, "A story."))
            for me, ends in zip(people, ways, strict=True)
        ]
    )
    assert len({transition.pk for transition in found}) == 1
    assert Story.objects.count() == 6


@pytest.mark.django_db(transaction=True)
def test_a_story_sent_many_times_at_the_same_moment_is_one(transactional_db, inquiry):
    me, ends = a_person(), (a_value(inquiry, "A"), a_value(inquiry, "B"))
    at_once([lambda: propose(me, Proposal(*ends, None, "A story."))] * 6)
    assert Story.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_people_who_judge_and_erase_at_the_same_moment_all_come_through(transactional_db, inquiry):
    values = [a_value(inquiry, f"V{n}") for n in range(4)]
    for n, one in enumerate(values):
        for other in values[n + 1 :]:
            release_story(a_story(a_transition(one, other), written_by=a_person()), 1)
    people = [a_person() for _ in range(4)]

    def take_part(me):
        for _ in range(4):
            if showing := shown(inquiry, me):
                judge(showing, Saying("to", "why"))
        forget(me)

    tellers = [story.written_by for story in Story.objects.select_related("written_by")[:3]]
    at_once(
        [lambda me=me: take_part(me) for me in people]
        + [lambda me=me: forget(me) for me in tellers]
    )
    assert not Judgement.objects.exists()
    assert Story.objects.count() == 3
    assert set(Transition.objects.values_list("judged", flat=True)) == {0}
