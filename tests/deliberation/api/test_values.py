"""Values in the API: what people say is told once weighing is over, from five people on; a member's browser may vote."""

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from deliberation.assemblies.actions import setting_up
from elicitation.graph.actions.endorsing import endorse
from elicitation.graph.models import Endorsement, Value
from elicitation.interview.actions import welcome
from tests.conftest import newcomer

AGREE, DISAGREE = Endorsement.Says.AGREE, Endorsement.Says.DISAGREE
VALUES, WEIGHING = "/api/v1/assemblies/water/values/", "/api/v1/assemblies/water/weighing/"


def set_weighing(assembly, starts=-1, ends=24):
    now = timezone.now()
    return setting_up.set_phase(
        assembly, "weighing", now + timedelta(hours=starts), now + timedelta(hours=ends)
    )


@pytest.fixture
def value(assembly):
    set_weighing(assembly)
    inquiry = assembly.inquiries.get()
    return Value.objects.create(
        inquiry=inquiry, title="Shade", policies=["TREES"], context="it is hot", language="en"
    )


@pytest.fixture
def reader(invitation):
    return newcomer(invitation)


def client_of(member, **how):
    client = Client(**how)
    session = client.session
    session["members"] = {member.assembly.slug: member.pk}
    session.save()
    return client


def crowd(value, agree, disagree=0):
    for says, many in ((AGREE, agree), (DISAGREE, disagree)):
        for _ in range(many):
            endorse(welcome(), value, says)


def vote(client, value, says, **more):
    sent = {"value": str(value.pk), "says": says}
    return client.post(WEIGHING, sent, content_type="application/json", **more)


def test_values_are_listed_without_counts_while_weighing_is_open(client, value):
    crowd(value, 6)
    (told,) = client.get(VALUES).json()["results"]
    assert told == {
        "id": str(value.pk), "inquiry": str(value.inquiry_id), "title": "Shade", "when": "it is hot",
        "policies": ["TREES"], "language": "en", "counts": None,
    }  # fmt: skip


def test_only_turnout_is_told_while_weighing_is_open(client, value, reader):
    crowd(value, 6)
    endorse(reader.respondent, value, AGREE)
    told = client.get(WEIGHING).json()
    assert (told["is_open"], told["counts_are_public"]) == (True, False)
    assert told["turnout"] == {"people": 1, "votes": 7, "values": 1}


def test_counts_are_told_once_weighing_is_over(client, value, assembly):
    crowd(value, 4, 3)
    set_weighing(assembly, -48, -24)
    (told,) = client.get(VALUES).json()["results"]
    assert told["counts"] == {"agrees": 4, "disagrees": 3, "passes": 0}


def test_what_fewer_than_five_people_say_is_never_told(client, value, assembly):
    crowd(value, 2, 2)
    set_weighing(assembly, -48, -24)
    assert client.get(VALUES).json()["results"][0]["counts"] is None


def test_counts_are_not_told_before_weighing_was_held(client, value, assembly):
    crowd(value, 6)
    assembly.phases.filter(kind="weighing").delete()
    assert client.get(VALUES).json()["results"][0]["counts"] is None
    assert client.get(WEIGHING).json()["starts_at"] is None
    set_weighing(assembly, 24, 48)
    assert client.get(VALUES).json()["results"][0]["counts"] is None


def test_values_of_an_assembly_that_is_not_public_are_not_there(client, value, assembly):
    assembly.is_public = False
    assembly.save()
    assert client.get(VALUES).status_code == client.get(WEIGHING).status_code == 404


def test_many_values_come_in_pages(client, value):
    Value.objects.bulk_create(
        Value(inquiry=value.inquiry, title=f"v{n}", language="en") for n in range(120)
    )
    first = client.get(VALUES).json()
    second = client.get(first["next"]).json()
    assert (len(first["results"]), len(second["results"]), second["next"]) == (100, 21, None)


def test_a_members_browser_votes_changes_and_takes_back(reader, value):
    client = client_of(reader)
    for says, stands in (("agree", [1]), ("pass", [0]), ("nothing", [])):
        assert vote(client, value, says).json() == {"value": str(value.pk), "says": says}
        assert list(Endorsement.objects.standing().values_list("says", flat=True)) == stands


def test_a_vote_another_site_sends_is_refused(reader, value):
    refused = vote(client_of(reader, enforce_csrf_checks=True), value, "agree")
    assert (refused.status_code, refused.json()["code"]) == (403, "permission_denied")
    assert not Endorsement.objects.exists()


def test_a_vote_with_the_token_of_a_page_is_taken(reader, value):
    client = client_of(reader, enforce_csrf_checks=True)
    client.get("/a/water/weigh/")
    token = client.cookies["csrftoken"].value
    assert vote(client, value, "agree", headers={"X-CSRFToken": token}).status_code == 200


@pytest.mark.parametrize(
    ("sent", "status", "code"),
    [
        ({"says": "maybe"}, 400, "invalid"),
        ({"value": "7"}, 400, "invalid"),
        ({"value": "\u0000"}, 400, "invalid"),
        ({"value": "8d0b1a55-61b9-4a0e-a1f5-5f6f6b9d5e0e"}, 404, "not_here"),
    ],
)
def test_what_makes_no_sense_is_a_problem_with_its_field(reader, value, sent, status, code):
    body = {"value": str(value.pk), "says": "agree", **sent}
    told = client_of(reader).post(WEIGHING, body, content_type="application/json")
    assert (told.status_code, told.json()["code"]) == (status, code)
    assert told["Content-Type"] == "application/problem+json"


def test_who_holds_no_seat_cannot_vote(client, value):
    assert vote(client, value, "agree").json()["code"] == "not_here"


def test_a_vote_after_its_time_is_refused(reader, value, assembly):
    set_weighing(assembly, -48, -24)
    told = vote(client_of(reader), value, "agree")
    assert (told.status_code, told.json()["code"]) == (409, "phase_closed")
