"""Who joins and loses the answer gets the same seat back, by the form's key and the browser's secret, and nobody else does."""

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from deliberation.assemblies import gates, ways
from deliberation.assemblies.actions import taking_part
from deliberation.assemblies.models import Membership
from deliberation.assemblies.tasks import forget_what_is_over
from elicitation.interview.drafts import Words
from tests.at_once import all_at_once, entries, key

pytestmark = pytest.mark.django_db


def comes(invitation):
    """A browser that is shown the welcome, and its address."""
    client = Client()
    path = f"/join/{gates.invitation_code(invitation)}/"
    assert client.get(path).cookies["coming"]["httponly"]
    return client, path


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("times", [1, 2])
def test_who_presses_eight_times_has_one_seat(invitation, times):
    client, path = comes(invitation)
    fields = {"also": "research", "once": key()}
    for _ in range(times):
        answers = all_at_once(client, path, fields)
        assert len(answers) == 1
    member = Membership.objects.get()
    invitation.refresh_from_db()
    assert invitation.taken == 1
    assert (entries("membership.made"), entries("consent.given")) == (1, 1)
    assert member.consents.count() == 1


def lost(client):
    """The browser as it was before the answer that never came: no session, the secret kept."""
    again = Client()
    again.cookies["coming"] = client.cookies["coming"].value
    return again


def test_a_seat_is_given_back_to_the_browser_whose_answer_was_lost(invitation):
    client, path = comes(invitation)
    before, fields = lost(client), {"once": key()}
    first = client.post(path, fields)
    second = before.post(path, fields)
    assert second["Location"] == first["Location"]
    assert Membership.objects.count() == 1
    assert before.get("/a/water/mine/").status_code == 200
    assert client.cookies["coming"].value == ""


def gone_by(member):
    Membership.objects.update(joined_at=timezone.now() - ways.HOLDS - timedelta(seconds=1))


def has_answered(member):
    prompt = member.assembly.inquiries.get().prompts.first()
    taking_part.answer(member, prompt, Words("I look at doors.", "en", "k"))


@pytest.mark.parametrize("over", [gone_by, has_answered])
def test_a_seat_that_is_used_or_ten_minutes_old_is_given_to_nobody(invitation, over):
    client, path = comes(invitation)
    before, fields = lost(client), {"once": key()}
    client.post(path, fields)
    first = Membership.objects.get()
    over(first)
    before.post(path, fields)
    assert Membership.objects.exclude(pk=first.pk).count() == 1
    assert before.session["members"]["water"] != first.pk


@pytest.mark.parametrize("lacks", ["the secret", "another secret", "the key", "another key"])
def test_the_key_or_the_secret_alone_gives_nobody_a_seat_of_another(invitation, lacks):
    client, path = comes(invitation)
    other, fields = lost(client), {"once": key()}
    client.post(path, fields)
    first = Membership.objects.get()
    if lacks == "the secret":
        del other.cookies["coming"]
    if lacks == "another secret":
        other.cookies["coming"] = ways.new_secret()
    sent = {"the key": {}, "another key": {"once": key()}}.get(lacks, fields)
    other.post(path, sent)
    assert other.session["members"]["water"] != first.pk
    assert Membership.objects.count() == 2


def test_the_way_somebody_came_in_is_erased_at_night(invitation):
    client, path = comes(invitation)
    client.post(path, {"once": key()})
    assert Membership.objects.get().came_by
    gone_by(None)
    forget_what_is_over()
    assert Membership.objects.get().came_by == ""
