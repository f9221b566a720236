"""Comparisons put, judged, proposed and erased at the same moment."""

import time
from collections import Counter
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection, connections, transaction

from elicitation.graph import draws
from elicitation.graph.actions.proposals import Proposal, propose
from elicitation.graph.actions.stories import erase, release_story
from elicitation.graph.actions.transitions import Saying, forget, judge
from elicitation.graph.models import Judgement, Showing, Story, Transition
from tests.elicitation.graph.conftest import a_person, a_story, a_transition, a_value, shown


def at_once(calls):
    """Each call in a thread and connection of its own, all at the same time."""

    with ThreadPoolExecutor(len(calls)) as pool:
        return list(pool.map(lambda call: closing(call)(), calls))


def closing(call):
    """The call in a connection of its own, which it closes."""

    def run():
        try:
            return call()
        finally:
            connections.close_all()

    return run


def until(true):
    end = time.monotonic() + 20
    while not true():
        assert time.monotonic() < end
        time.sleep(0.02)


def somebody_waits():
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM pg_locks WHERE NOT granted")
        return cursor.fetchone()[0]


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
def test_of_many_at_the_same_moment_every_other_one_is_shown_the_story(transactional_db, inquiry):
    only = a_transition(a_value(inquiry, "A"), a_value(inquiry, "B"))
    for towards in (only.to_value, only.from_value):
        release_story(a_story(only, towards), 1)
    people = [a_person() for _ in range(16)]
    put_so = at_once([lambda me=me: shown(inquiry, me) for me in people])
    assert all(showing.story for showing in put_so)
    assert Counter((s.forward, s.with_story) for s in put_so) == dict.fromkeys(draws.CELLS, 4)


@pytest.mark.django_db(transaction=True)
def test_a_story_erased_while_somebody_waits_for_its_comparison_is_not_put(
    transactional_db, inquiry
):
    only = a_transition(a_value(inquiry, "A"), a_value(inquiry, "B"))
    for towards in (only.to_value, only.from_value):
        release_story(a_story(only, towards), 1)
    with ThreadPoolExecutor(1) as pool:
        with transaction.atomic():
            erase(Story.objects.all())
            waiting = pool.submit(closing(lambda: shown(inquiry)))
            until(somebody_waits)
        showing = waiting.result()
    assert showing.story is None
    showing.refresh_from_db()
    assert showing.story is None


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
