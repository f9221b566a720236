"""Votes at the same moment: none is lost, one stands, and the tally is what a recount gives."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import connection

from elicitation.graph.actions.endorsing import endorse, erase_endorsements, expose, take_back
from elicitation.graph.models import Endorsement, Exposure, Tally
from elicitation.interview.models import Inquiry, Respondent
from tests.elicitation.graph._votes import AGREE, DISAGREE, PASS, make_value, recount, tally


@pytest.fixture
def inquiry(db):
    return Inquiry.objects.create(question={"en": "What matters?"}, languages=["en"])


def at_once(acts):
    """Do all `acts` at the same moment, each on a connection of its own; raises what any of them raises."""
    barrier = Barrier(len(acts))

    def run(act):
        try:
            barrier.wait(30)
            return act()
        finally:
            connection.close()

    with ThreadPoolExecutor(len(acts)) as pool:
        return [done.result() for done in [pool.submit(run, act) for act in acts]]


@pytest.mark.django_db(transaction=True)
def test_votes_of_one_person_at_the_same_moment_leave_one_standing(ada, value):
    for _ in range(5):
        at_once(
            [lambda says=says: endorse(ada, value, says) for says in (AGREE, DISAGREE, PASS, AGREE)]
        )
        assert Endorsement.objects.standing().filter(respondent=ada).count() == 1
        assert tally(value) == recount(value)


@pytest.mark.django_db(transaction=True)
def test_no_vote_of_many_people_at_the_same_moment_is_lost(inquiry):
    value = make_value(inquiry)
    people = [Respondent.objects.create() for _ in range(24)]
    at_once([lambda p=p: endorse(p, value, AGREE) for p in people])
    assert tally(value) == recount(value) == (24, 0, 0)


@pytest.mark.django_db(transaction=True)
def test_voting_changing_taking_back_and_erasing_at_the_same_moment_keep_the_tally_true(inquiry):
    values = [make_value(inquiry) for _ in range(3)]
    people = [Respondent.objects.create() for _ in range(4)]
    for p in people:
        for v in values:
            endorse(p, v, AGREE)
    acts = [lambda p=p, v=v: endorse(p, v, DISAGREE) for p in people for v in values]
    acts += [lambda p=p: take_back(p, values[0]) for p in people]
    acts += [lambda p=p: erase_endorsements(p) for p in people[:2] * 2]
    at_once(acts)
    assert [tally(v) for v in values] == [recount(v) for v in values]


@pytest.mark.django_db(transaction=True)
def test_a_value_shown_twice_at_the_same_moment_is_shown_once(ada, value):
    at_once([lambda: expose(ada, value, "priority", 0.5)] * 4)
    assert (Exposure.objects.count(), Tally.objects.get().shown) == (1, 1)
