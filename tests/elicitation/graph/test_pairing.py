"""Close values of one context are paired by the worker, each in some comparisons, and only once."""

from datetime import timedelta

import pytest
from django.utils import timezone

from elicitation.graph import chores, pairing, tasks
from elicitation.graph.errors import TellingClaimed
from elicitation.graph.models import Pairing, Transition, Value, ValueContext
from tests.elicitation.graph.conftest import a_person, a_transition, a_value

SAID = [
    "Honesty, telling the truth even when it is hard",
    "Being honest and telling the truth, also when it is hard",
    "Shade and trees where children can play in summer",
    "Benches where old people can rest in the shade",
    "Quiet nights without engines under the window",
    "Silence in the evening so that children can sleep",
    "Who is left without a door to knock on in a flood",
    "Neighbours who look after each other when water comes",
]

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def values(transactional_db, inquiry):
    return [a_value(inquiry, text) for text in SAID]


def pairs(context=None):
    there = Transition.objects.filter(context=context)
    return [frozenset(pair) for pair in there.values_list("from_value", "to_value")]


def test_every_value_comes_into_some_comparisons_and_the_same_are_not_compared(values, inquiry):
    made = pairing.pair(inquiry)
    found = pairs()
    assert made == len(found) == len(set(found))
    for value in values:
        assert 1 <= sum(value.pk in pair for pair in found) <= 6
    assert frozenset((values[0].pk, values[1].pk)) not in found
    for transition in Transition.objects.all():
        assert transition.source == "pairing"
        assert 0 <= transition.likeness <= 1


def test_close_ones_come_together(values, inquiry):
    pairing.pair(inquiry)
    assert frozenset((values[2].pk, values[3].pk)) in pairs()
    assert frozenset((values[4].pk, values[5].pk)) in pairs()


def test_pairing_again_changes_nothing_and_a_newcomer_is_paired(values, inquiry):
    pairing.pair(inquiry)
    before = set(pairs())
    assert pairing.pair(inquiry) == 0
    newcomer = a_value(inquiry, "Trees that are older than anybody")
    assert chores.to_pair().get() == inquiry
    assert pairing.pair(inquiry) > 0
    assert set(pairs()) > before
    assert all(newcomer.pk in pair for pair in set(pairs()) - before)
    assert not chores.to_pair().exists()


def test_values_are_paired_in_the_context_they_share_and_the_lonely_in_general(
    values, inquiry, context
):
    for value in values[:3]:
        ValueContext.objects.create(value=value, context=context)
    pairing.pair(inquiry)
    inside = {value.pk for value in values[:3]}
    assert pairs(context)
    assert all(pair <= inside for pair in pairs(context))
    assert all(not pair <= inside for pair in pairs())
    paired = {pk for pair in pairs() + pairs(context) for pk in pair}
    assert paired == {value.pk for value in values}


def test_somebody_alone_in_a_context_is_compared_in_general(values, inquiry, context):
    ValueContext.objects.create(value=values[0], context=context)
    pairing.pair(inquiry)
    assert any(values[0].pk in pair for pair in pairs())


def test_a_pair_a_person_proposed_is_not_made_again(values, inquiry):
    a_transition(values[2], values[3], source="person", proposed_by=a_person())
    pairing.pair(inquiry)
    assert pairs().count(frozenset((values[2].pk, values[3].pk))) == 1


def test_a_value_that_fell_silent_is_not_paired(values, inquiry):
    Value.objects.filter(pk=values[0].pk).update(retired_at=timezone.now(), title="")
    pairing.pair(inquiry)
    assert not any(values[0].pk in pair for pair in pairs())


def test_two_workers_do_not_pair_one_inquiry_at_once(values, inquiry):
    Pairing.objects.create(inquiry=inquiry, leased_until=timezone.now() + timedelta(minutes=1))
    assert not chores.to_pair().exists()
    with pytest.raises(TellingClaimed):
        pairing.pair(inquiry)
    tasks.pair_values(str(inquiry.pk))
    Pairing.objects.update(leased_until=timezone.now() - timedelta(seconds=1))
    assert chores.to_pair().exists()
    tasks.pair_values(str(inquiry.pk))
    assert Transition.objects.exists()


def test_after_a_day_all_are_looked_at_again(values, inquiry):
    pairing.pair(inquiry)
    Pairing.objects.update(paired_at=timezone.now() - timedelta(hours=25))
    Value.objects.update(admitted_at=timezone.now() - timedelta(hours=30))
    assert chores.to_pair().get() == inquiry


def test_an_inquiry_with_one_value_has_nothing_to_pair(transactional_db, inquiry):
    a_value(inquiry, SAID[0])
    assert not chores.to_pair().exists()
    assert pairing.pair(inquiry) == 0
