"""Who erases what they said to values is in no result's places, whatever runs at the same time; places are kept for the newest alone."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from django.db import OperationalError, connection, transaction
from django.utils import timezone

from deliberation.assemblies.models import Membership
from deliberation.opinion import analysing, groups_result
from deliberation.opinion.actions import snapshots
from deliberation.opinion.actions.erasing import erase_said
from deliberation.opinion.errors import AnalysisUnderWay
from deliberation.opinion.models import Analysis, Wanted
from deliberation.opinion.places import unpack
from deliberation.opinion.snapshots import due, newest, snapshot
from elicitation.graph.actions.endorsing import endorse, take_back
from elicitation.graph.models import Endorsement, Tally
from elicitation.record.models import Entry

GROUPS = Analysis.Kind.GROUPS
ERASE = "/a/water/weigh/said/erase/"


@pytest.fixture
def voice(member, camps):
    """One of the camps is the member's."""
    Membership.objects.filter(pk=member.pk).update(respondent=camps[0])
    return camps[0]


def named(respondent):
    """In how many results' places somebody is named."""
    return sum(
        str(respondent.pk) in unpack(bytes(packed)).people
        for packed in Analysis.objects.values_list("places", flat=True)
    )


def an_hour_passes():
    for result in Analysis.objects.all():
        earlier = result.made_at - timedelta(hours=1)
        Analysis.objects.filter(pk=result.pk).update(made_at=earlier)


def test_places_are_kept_with_the_newest_result_alone(inquiry, camps):
    for _ in range(3):
        analysing.analyse(inquiry)
        an_hour_passes()
    assert Analysis.objects.count() == 3
    assert named(camps[0]) == 1
    assert unpack(bytes(newest(inquiry, GROUPS).places)).people


def test_who_erases_all_they_said_is_in_no_result_any_more(member_client, inquiry, voice, camps):
    analysing.analyse(inquiry)
    Analysis.objects.update(made_at=timezone.now() - timedelta(hours=3))
    assert member_client.post(ERASE).status_code == 303
    assert (named(voice), named(camps[1])) == (0, 1)
    assert Entry.objects.get(kind="places.forgotten").body["results"] == 1
    analysing.analyse(inquiry)
    assert (named(voice), named(camps[1])) == (0, 1)


def test_who_erases_while_a_result_is_computed_is_not_put_back(
    member_client, inquiry, voice, camps
):
    claimed = snapshots.claim(inquiry)
    result = groups_result.compute(inquiry, claimed)
    result.marker = "before"
    assert str(voice.pk) in unpack(bytes(result.places)).people
    member_client.post(ERASE)
    snapshots.keep(claimed, [result])
    assert (named(voice), named(camps[1])) == (0, 1)
    assert snapshot(inquiry, GROUPS).stale


def test_erasing_before_anything_was_computed_is_no_failure(member_client, inquiry, voice):
    assert member_client.post(ERASE).status_code == 303
    assert not Wanted.objects.get().is_leased
    assert [*due()] == [inquiry]


def test_erasing_what_was_only_taken_back_asks_for_a_new_result(
    member_client, inquiry, voice, values
):
    Endorsement.objects.filter(respondent=voice).exclude(value=values[0]).delete()
    take_back(voice, values[0])
    analysing.analyse(inquiry)
    before = Tally.objects.get(value=values[0])
    assert not snapshot(inquiry, GROUPS).stale
    member_client.post(ERASE)
    assert snapshot(inquiry, GROUPS).stale
    after = Tally.objects.get(value=values[0])
    assert (after.agrees, after.disagrees, after.passes) == (
        before.agrees, before.disagrees, before.passes,
    )  # fmt: skip


def test_who_changed_their_mind_keeps_their_place(inquiry, values, camps):
    claimed = snapshots.claim(inquiry)
    result = groups_result.compute(inquiry, claimed)
    result.marker = "before"
    endorse(camps[0], values[0], Endorsement.Says.PASS)
    snapshots.keep(claimed, [result])
    assert named(camps[0]) == 1


def at_another_place(act):
    """Do `act` on a connection of its own, which waits for no lock for long."""

    def run():
        try:
            with connection.cursor() as cursor:
                cursor.execute("SET lock_timeout = '200ms'")
            act()
        finally:
            connection.close()

    with ThreadPoolExecutor(1) as pool:
        pool.submit(run).result()


@pytest.mark.django_db(transaction=True)
def test_no_result_is_claimed_or_kept_while_somebody_erases(member, inquiry, voice):
    claimed = snapshots.claim(inquiry)
    result = groups_result.compute(inquiry, claimed)
    result.marker = "before"
    with transaction.atomic():
        erase_said(Membership.objects.get(pk=member.pk))
        for act in (lambda: snapshots.keep(claimed, [result]), lambda: snapshots.claim(inquiry)):
            with pytest.raises((OperationalError, AnalysisUnderWay)):
                at_another_place(act)
    assert not Analysis.objects.exists()
    snapshots.keep(claimed, [result])
    assert (Analysis.objects.count(), named(voice)) == (1, 0)


@pytest.mark.django_db(transaction=True)
def test_no_first_claim_is_made_while_somebody_erases(member, inquiry, voice):
    with transaction.atomic():
        erase_said(Membership.objects.get(pk=member.pk))
        with pytest.raises(OperationalError):
            at_another_place(lambda: snapshots.claim(inquiry))
    assert not snapshots.claim(inquiry).was_left
