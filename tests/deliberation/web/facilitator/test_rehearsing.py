"""A facilitator begins a rehearsal, looks at it, and wipes it with one button; it is marked wherever it is seen, and in no list."""

import pytest
from django.test import Client

from deliberation.artifacts import rehearsing
from deliberation.assemblies import gates, made_up
from deliberation.assemblies.actions import setting_up, taking_part
from deliberation.assemblies.models import Assembly, Rehearsal

pytestmark = pytest.mark.django_db(transaction=True)
PAGE = "/run/water/rehearsal/"
MARK = '<span class="sample">sample</span>'


@pytest.fixture
def begun(facilitator, monkeypatch):
    monkeypatch.setattr(made_up, "PEOPLE", 3)
    assert "Rehearse it" in facilitator.get("/run/water/").text
    assert facilitator.post(PAGE, {"do": "begin"}).status_code == 303
    return Rehearsal.objects.get()


def test_a_rehearsal_is_begun_filled_seen_and_wiped(facilitator, assembly, begun):
    assert "Made-up people are coming in" in facilitator.get(PAGE).text
    assert rehearsing.fill(begun.pk)
    page = facilitator.get(PAGE).text
    assert "3 people are in it." in page
    assert "/run/water-rehearsal/" in page
    assert "There is a rehearsal" in facilitator.get("/run/water/").text
    assert "This is a rehearsal" in facilitator.get("/run/water-rehearsal/").text
    wiped = facilitator.post("/run/water-rehearsal/rehearsal/", {"do": "wipe"})
    assert (wiped.status_code, wiped["Location"]) == (303, "/run/water/")
    assert Assembly.objects.get() == assembly
    assert "Rehearse it" in facilitator.get("/run/water/").text
    assert facilitator.post(PAGE, {"do": "wipe"}).status_code == 404


def test_it_says_sample_wherever_it_is_seen_and_stands_in_no_list(facilitator, begun):
    assert rehearsing.fill(begun.pk)
    copy = begun.copy
    for path in ("", "queue/", "documents/", "asked/", "people/"):
        assert MARK in facilitator.get(f"/run/{copy.slug}/{path}").text
    guest = Client()
    assert f"/a/{copy.slug}/" not in guest.get("/").text
    assert copy.slug not in [
        one["slug"] for one in guest.get("/api/v1/assemblies/").json()["results"]
    ]
    for path in ("", "results/", "became/"):
        assert MARK in guest.get(f"/a/{copy.slug}/{path}").text
    code = gates.invitation_code(copy.invitations.get())
    assert "Nothing that is said here counts." in guest.get(f"/join/{code}/").text
    assert guest.get(f"/api/v1/assemblies/{copy.slug}/").json()["is_sample"]


def test_while_people_come_in_it_is_not_wiped_and_once_real_ones_are_here_none_begins(
    facilitator, assembly, begun
):
    from_worker = rehearsing.rehearsing.claim(begun.pk)
    assert from_worker
    page = facilitator.post(PAGE, {"do": "wipe"})
    assert page.status_code == 409
    assert "still coming in" in page.text
    Rehearsal.objects.update(leased_until=None)
    facilitator.post(PAGE, {"do": "wipe"})
    setting_up.invite(assembly)
    taking_part.agree(taking_part.join(assembly.invitations.get(), "en"))
    page = facilitator.post(PAGE, {"do": "begin"})
    assert page.status_code == 409
    assert "People are here already" in page.text
    assert not Rehearsal.objects.exists()


def test_who_does_not_run_the_assembly_neither_begins_nor_wipes(begun, client, django_user_model):
    client.force_login(django_user_model.objects.create_user("eve"))
    for slug in ("water", "water-rehearsal"):
        for wish in ("begin", "wipe"):
            assert client.post(f"/run/{slug}/rehearsal/", {"do": wish}).status_code == 404
    assert Rehearsal.objects.get() == begun


def test_pressed_twice_it_is_begun_once(facilitator, assembly):
    sent = [facilitator.post(PAGE, {"do": "begin", "once": "k" * 20}) for _ in range(2)]
    assert {answer["Location"] for answer in sent} == {PAGE}
    assert Assembly.objects.count() == 2
