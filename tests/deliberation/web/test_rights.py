"""Every address of the site against everybody who may stand before it: who may not come in finds nothing there, and nothing of others is behind one's own door."""

import time

import pytest
from django.test import Client
from django.urls import reverse

from deliberation.web.rights import DOORS, Who, who_may
from elicitation.graph.models import Story
from tests.doors import FORMS, Hall, addresses, closed

pytestmark = pytest.mark.django_db(transaction=True)
LEADS_AWAY = ("/sign-in/", "/join/", "/back/")


STAFF = [(a, asks) for a, asks in addresses() if who_may(a) in (Who.FACILITATOR, Who.RESEARCHER) and "slug" in asks]  # fmt: skip
OWN_DOORS = [(a, asks) for a, asks in addresses() if who_may(a) == Who.ACCOUNT]
SEATS = [(a, asks) for a, asks in addresses() if who_may(a) == Who.MEMBER]
POSTED = ("get", "post")


@pytest.fixture
def hall(db, tmp_path):
    return Hall(tmp_path)


def is_shut(response):
    """Whether there is nothing behind the door: not there, or the way to one's own."""
    if response.status_code in (301, 302, 303):
        return response.url.startswith(LEADS_AWAY)
    return response.status_code in (403, 404, 405)


def test_every_address_has_a_door_somebody_decided_on():
    names = {address for address, _ in addresses()}
    assert len(names) > 140
    for name in names:
        assert who_may(name)
    assert {door for door in DOORS if ":" in door} <= names


def test_nobody_but_staff_of_the_assembly_comes_in_at_the_doors_of_staff(hall):
    others = ("nobody", "author", "another", "member elsewhere", "member abroad", "elsewhere", "abroad", "steward", "belongs", "stranger")  # fmt: skip
    open_doors = []
    for who in (*others, "researcher", "facilitator"):
        client = hall.client(who)
        for address, asks in STAFF:
            if who == who_may(address):
                continue
            for method in POSTED:
                response = getattr(client, method)(hall.at(address, asks))
                if not is_shut(response):
                    open_doors.append((who, method, address, response.status_code))
    assert open_doors == []


def test_staff_of_the_assembly_come_in_at_theirs(hall):
    """Otherwise the test above would pass for a site with no doors at all."""
    for who in ("facilitator", "researcher"):
        client = hall.client(who)
        for address, asks in STAFF:
            if who == who_may(address):
                response = client.get(hall.at(address, asks))
                assert response.status_code in (200, 302, 405), address
                response.close()  # a package is an open file


@pytest.mark.parametrize("whose", ["fire", "air"])
def test_behind_the_doors_of_staff_there_is_nothing_of_another_assembly(hall, whose):
    client, seen, other = hall.client("facilitator"), [], getattr(hall, whose)
    for address, asks in STAFF:
        for name in set(asks) - {"slug", "table", "file"}:
            if who_may(address) != Who.FACILITATOR:
                continue
            for method in POSTED:
                response = getattr(client, method)(hall.at(address, asks, name, other))
                if response.status_code != 404:
                    seen.append((method, address, name, response.status_code))
    assert [one for one in seen if one[3] != 405] == []


STEWARDS = [(a, asks) for a, asks in addresses() if who_may(a) == Who.STEWARD]


def test_nobody_but_stewards_of_the_organisation_comes_in_at_the_doors_of_stewards(hall):
    others = ("nobody", "author", "member abroad", "facilitator", "researcher", "elsewhere", "belongs", "stranger")  # fmt: skip
    open_doors = []
    for who in (*others, "abroad"):
        client = hall.client(who)
        for address, asks in STEWARDS if who != "abroad" else [one for one in STEWARDS if one[1]]:
            for method in POSTED:
                response = getattr(client, method)(hall.at(address, asks))
                if not is_shut(response):
                    open_doors.append((who, method, address, response.status_code))
    assert open_doors == []
    assert hall.water.assembly.organisation.colleagues.filter(user=hall.accounts["facilitator"])


def test_stewards_come_in_at_theirs_and_to_nothing_of_another_organisation(hall):
    client, seen = hall.client("steward"), []
    for address, asks in STEWARDS:
        if address != "facilitator:outlined":  # what one account asked for is its own
            assert client.get(hall.at(address, asks)).status_code in (200, 302, 405), address
        for name in asks:
            for method in POSTED:
                response = getattr(client, method)(hall.at(address, asks, name, hall.air))
                if response.status_code not in (404, 405):
                    seen.append((method, address, name, response.status_code))
    assert seen == []
    assert hall.air.assembly.organisation.colleagues.filter(user=hall.accounts["abroad"])
    assert hall.air.assembly.organisation.staff_invitations.get(kind="member").is_open


def test_no_page_or_list_of_staff_names_anything_of_another_organisation(hall):
    hall.air.assembly.is_public = False
    hall.air.assembly.save()
    secret = {"Assembly air", "/air/", "House sky", "fay"}
    told = []
    for who in ("facilitator", "researcher", "steward"):
        client = hall.client(who)
        for address, asks in addresses():
            if {*asks} & {"code", "token", "table", "form", "name"} or address in {
                "public:tile",
                "api:schema",
            }:
                continue  # a schema has made-up examples, the same for everybody
            page = closed(client.get(hall.at(address, asks)))
            text = b"".join(page).decode(errors="replace")
            told += [(who, address, one) for one in secret if one in text]
    assert told == []


def test_nobody_without_a_seat_comes_in_at_the_doors_of_members(hall):
    open_doors = []
    for who in ("nobody", "member elsewhere", "member abroad", "facilitator", "researcher", "elsewhere", "abroad", "steward"):  # fmt: skip
        client = hall.client(who)
        for address, asks in SEATS:
            for method in POSTED:
                response = getattr(client, method)(hall.at(address, asks))
                if not is_shut(response) and address != "citizen:leaving":
                    open_doors.append((who, method, address, response.status_code))
    assert open_doors == []


def test_nobody_without_an_account_comes_in_at_the_doors_of_accounts(hall):
    open_doors = []
    for who in ("nobody", "author", "member elsewhere"):
        client = hall.client(who)
        for address, asks in OWN_DOORS:
            for method in POSTED:
                response = getattr(client, method)(hall.at(address, asks))
                if not is_shut(response):
                    open_doors.append((who, method, address, response.status_code))
    assert open_doors == []


def test_accounts_come_in_at_theirs_and_to_nothing_of_another_account(hall):
    client = hall.client("stranger")
    session = client.session
    session["proved_at"] = time.time()
    session.save()
    for address, asks in OWN_DOORS:
        status = client.get(hall.at(address, asks)).status_code
        assert status in (200, 302, 404, 405), (address, status)
    removing = hall.at("staff:removing", ("pk",))
    assert client.post(removing).status_code == 404
    assert hall.accounts["facilitator"].authenticator_set.filter(type="totp").exists()


ALIKE = {
    "citizen:erasing_story": 303
}  # says the same of any story, there or not, and erases only one's own
OWN = {"response_id", "candidate_id", "about_id", "norm_id", "follow_up_id", "meaning_id", "showing_id", "story_id"}  # fmt: skip


def test_a_member_finds_nothing_of_another_members(hall):
    client, seen = hall.client("another"), []
    for address, asks in SEATS:
        if OWN & set(asks):
            for method in POSTED:
                response = getattr(client, method)(hall.at(address, asks))
                if response.status_code not in (404, 405, ALIKE.get(address)):
                    seen.append((method, address, response.status_code))
    assert seen == []
    assert Story.objects.filter(pk=hall.water.ids["story_id"]).exists()


@pytest.mark.parametrize("whose", ["fire", "air"])
def test_a_member_finds_nothing_of_another_assembly_behind_the_own_door(hall, whose):
    client, seen, other = hall.client("author"), [], getattr(hall, whose)
    for address, asks in SEATS:
        for name in set(asks) - {"slug"}:
            for method in POSTED:
                response = getattr(client, method)(hall.at(address, asks, name, other))
                if response.status_code not in (404, 405, ALIKE.get(address)):
                    seen.append((method, address, name, response.status_code))
    assert seen == []
    assert Story.objects.filter(pk=other.ids["story_id"]).exists()


def test_members_come_in_at_theirs(hall):
    client = hall.client("author")
    for address, asks in SEATS:
        status = client.get(hall.at(address, asks)).status_code
        assert status in (200, 302, 405), (address, status)


def test_nothing_public_of_an_assembly_leads_to_things_of_another(hall):
    client, seen = Client(), []
    for address, asks in addresses():
        public = who_may(address) == Who.ANYBODY and "slug" in asks
        for name in (set(asks) & set(hall.fire.ids)) - {"slug", "number"} if public else ():
            kwargs = {one: (hall.fire if one == name else hall.water).named(address, one) if one != "form" else FORMS[address.rpartition(":")[2]] for one in asks}  # fmt: skip
            if client.get(reverse(address, kwargs=kwargs)).status_code != 404:
                seen.append((address, name))
    assert seen == []


def test_an_assembly_that_is_not_public_shows_nothing_to_anybody(hall):
    hall.water.assembly.is_public = False
    hall.water.assembly.save()
    client, seen = Client(), []
    for address, asks in addresses():
        if who_may(address) == Who.ANYBODY and "slug" in asks:
            kwargs = {one: hall.water.named(address, one) if one != "form" else FORMS[address.rpartition(":")[2]] for one in asks}  # fmt: skip
            if client.get(reverse(address, kwargs=kwargs)).status_code != 404:
                seen.append(address)
    assert seen == []
