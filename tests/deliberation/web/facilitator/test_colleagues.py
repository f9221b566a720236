"""Colleagues come in by a link that works once, and go again; somebody always runs the assembly."""

from datetime import timedelta

import pytest
from django.contrib.auth import get_user_model
from django.test import Client
from django.utils import timezone

from deliberation.assemblies import gates
from deliberation.assemblies.actions import staffing
from deliberation.assemblies.errors import InvitationUsed
from deliberation.assemblies.models import Role, StaffInvitation
from elicitation.record.models import Entry

pytestmark = pytest.mark.django_db(transaction=True)
PAGE = "/run/water/colleagues/"
PASSWORDS = {"password1": "a-lantern-in-the-hall", "password2": "a-lantern-in-the-hall"}


@pytest.fixture
def invited(assembly):
    return staffing.invite_colleague(assembly, "Bo", Role.Kind.FACILITATOR)


@pytest.fixture
def way(invited):
    return f"/colleague/{gates.staff_code(invited)}/"


def running(assembly):
    return assembly.roles.filter(kind="facilitator")


def test_a_facilitator_makes_a_link_and_sees_it(facilitator, assembly):
    page = facilitator.post(PAGE, {"name": "Bo", "kind": "facilitator"}, follow=True).text
    invited = StaffInvitation.objects.get()
    assert f"/colleague/{gates.staff_code(invited)}/" in page
    assert "Bo" in page
    assert invited.code_digest not in page
    assert not any("Bo" in str(entry.body) for entry in Entry.objects.all())


def test_a_colleague_makes_an_account_and_is_at_work(assembly, way, client):
    assert "run this assembly with others" in client.get(way).text
    done = client.post(way, {"username": "bo", **PASSWORDS})
    assert (done.status_code, done.url) == (303, "/run/water/")
    assert client.get("/run/water/").status_code == 200
    assert running(assembly).count() == 2
    assert Client().login(username="bo", password=PASSWORDS["password1"])


def test_somebody_with_an_account_takes_it_up_with_that(assembly, way, stranger, client):
    client.force_login(stranger)
    assert stranger.username in client.get(way).text
    client.post(way, {"as_me": "1"})
    assert running(assembly).filter(user=stranger).exists()


def test_a_link_works_once_and_looking_uses_nothing_up(assembly, invited, way, client, stranger):
    for _ in range(3):
        assert client.get(way).status_code == 200
    client.post(way, {"username": "bo", **PASSWORDS})
    other = Client()
    assert other.get(way).status_code == 404
    assert other.post(way, {"username": "eve", **PASSWORDS}).status_code == 404
    with pytest.raises(InvitationUsed):
        staffing.take_up(invited, stranger)
    assert running(assembly).count() == 2


def test_a_link_that_is_over_or_taken_back_leads_nowhere(facilitator, invited, way, client):
    facilitator.post(f"{PAGE}links/{invited.pk}/")
    assert client.get(way).status_code == 404
    assert way not in facilitator.get(PAGE).text
    again = staffing.invite_colleague(invited.assembly, "Bo", Role.Kind.RESEARCHER)
    StaffInvitation.objects.update(expires_at=timezone.now() - timedelta(seconds=1))
    assert client.get(f"/colleague/{gates.staff_code(again)}/").status_code == 404


@pytest.mark.parametrize(
    "typed",
    [
        {"username": "bo", "password1": "a-lantern-in-the-hall", "password2": "another"},
        {"username": "bo", "password1": "password", "password2": "password"},
        {"username": "", **PASSWORDS},
        {"username": "ada-of-the-hall", **PASSWORDS},
        {},
    ],
)
def test_what_is_typed_wrongly_uses_nothing_up(assembly, invited, way, client, typed):
    assert client.post(way, typed).status_code == 422
    invited.refresh_from_db()
    assert invited.is_open
    assert running(assembly).count() == 1
    assert not get_user_model().objects.filter(username="bo").exists()


def test_a_researcher_gets_the_files_and_runs_nothing(assembly, client):
    invited = staffing.invite_colleague(assembly, "Cy", Role.Kind.RESEARCHER)
    way = f"/colleague/{gates.staff_code(invited)}/"
    assert client.post(way, {"username": "cy", **PASSWORDS}).url == "/research/water/"
    assert client.get("/research/water/").status_code == 200
    assert client.get("/run/water/").status_code == 404


def test_a_role_is_taken_back_but_never_the_last_that_runs_it(
    facilitator, assembly, account, stranger
):
    mine = running(assembly).get()
    assert facilitator.post(f"{PAGE}{mine.pk}/").status_code == 409
    staffing.take_up(staffing.invite_colleague(assembly, "Eve", Role.Kind.FACILITATOR), stranger)
    theirs = running(assembly).get(user=stranger)
    facilitator.post(f"{PAGE}{theirs.pk}/")
    assert list(running(assembly)) == [mine]
    staffing.take_up(staffing.invite_colleague(assembly, "Eve", Role.Kind.FACILITATOR), stranger)
    assert facilitator.post(f"{PAGE}{mine.pk}/").url == "/run/"
    assert facilitator.get(PAGE).status_code == 404


def test_nothing_of_another_assembly_is_touched(
    facilitator, assembly, other_assembly, stranger, invited
):
    theirs = other_assembly.roles.get(kind="facilitator")
    assert facilitator.post(f"{PAGE}{theirs.pk}/").status_code == 404
    elsewhere = staffing.invite_colleague(other_assembly, "Bo", Role.Kind.FACILITATOR)
    assert facilitator.post(f"{PAGE}links/{elsewhere.pk}/").status_code == 404
    assert facilitator.get("/run/fire/colleagues/").status_code == 404
    client = Client()
    client.force_login(stranger)
    assert client.get(PAGE).status_code == 404
    assert client.post(PAGE, {"name": "x", "kind": "facilitator"}).status_code == 404
    assert other_assembly.roles.filter(pk=theirs.pk).exists()
