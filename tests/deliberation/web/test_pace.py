"""Whoever comes too fast or too often waits a little and presses again; a hall full of people does not notice; known and unknown are answered alike."""

import re
import time
from html import unescape

import pytest
from django.contrib.auth.hashers import PBKDF2PasswordHasher
from django.test import Client
from django.urls import reverse

from deliberation.assemblies import counting, gates
from deliberation.assemblies.counting import count
from deliberation.assemblies.models import Membership
from deliberation.assemblies.pacing import ASKING, GUESSING, JOINING, SIGNING_IN
from deliberation.web import pace

pytestmark = pytest.mark.usefixtures("valkey")
HERE = {"network": "127.0.0.1", "site": ""}
GOOD = {"username": "ada-of-the-hall", "password": "a long enough one"}


@pytest.fixture
def tight(settings):
    """As a site has it, but a hundred times less is usual."""
    settings.LIMITS_TIMES, settings.JOINING_TAKES = 0.01, 2


@pytest.fixture
def door(invitation):
    return f"/join/{gates.invitation_code(invitation)}/"


def ticket_on(page):
    return unescape(re.search(r'name="pace" value="([^"]+)"', page.text)[1])


def aged(seconds):
    """A ticket given so long ago."""
    return pace.SIGNER.sign_object({"at": time.time() - seconds, "one": f"{time.time()}"})


def press(client, door, **sent):
    return client.post(door, {"also": ["research"], **sent})


def seats():
    return Membership.objects.count()


def test_who_reads_the_page_joins_without_noticing(client, door, settings):
    settings.JOINING_TAKES = 2
    client.get(door)
    assert press(client, door, pace=aged(3)).status_code == 303
    assert seats() == 1


def test_who_is_faster_than_people_read_takes_no_seat_and_is_told_to_press_again(client, door, settings):  # fmt: skip
    settings.JOINING_TAKES = 2
    page = press(client, door, pace=ticket_on(client.get(door)))
    assert (page.status_code, page["Retry-After"], seats()) == (429, "2", 0)
    assert "wait 2 seconds, then press again" in page.text
    assert '<input type="hidden" name="also" value="research">' in page.text
    assert f'action="{door}"' in page.text
    settings.JOINING_TAKES = 0  # two seconds have passed
    assert press(client, door, pace=ticket_on(page)).status_code == 303
    member = Membership.objects.get()
    assert member.agreements.get(purpose="research").given


@pytest.mark.parametrize("sent", ["", "made up", "x:y:z"])
def test_without_a_ticket_of_ours_nobody_comes_in(client, door, settings, sent):
    settings.JOINING_TAKES = 2
    assert press(client, door, pace=sent).status_code == 429
    assert press(client, door).status_code == 429
    assert seats() == 0


def test_a_ticket_lets_one_person_in(door, settings):
    settings.JOINING_TAKES = 2
    ticket = aged(3)
    assert [press(Client(), door, pace=ticket).status_code for _ in range(3)] == [303, 429, 429]
    assert seats() == 1


def test_a_ticket_too_old_asks_for_one_press_more(client, door, settings):
    settings.JOINING_TAKES = 2
    page = press(client, door, pace=aged(3), website="")
    assert page.status_code == 303
    old = pace.HOLDS
    pace.HOLDS = -1
    try:
        assert press(Client(), door, pace=aged(3)).status_code == 429
    finally:
        pace.HOLDS = old


def test_what_fills_in_the_field_nobody_sees_takes_no_seat(client, door):
    page = client.get(door)
    assert re.search(r'<div class="sr" aria-hidden="true">.*name="website" tabindex="-1"', page.text, re.DOTALL)  # fmt: skip
    caught = press(client, door, website="https://spam.example")
    assert (caught.status_code, seats()) == (429, 0)
    assert "spam.example" not in caught.text
    assert press(client, door, pace=ticket_on(caught)).status_code == 303


def test_a_full_house_waits_longer_and_comes_in_all_the_same(door, tight):
    """Usual are three from a network within ten minutes here."""
    said = [press(Client(), door, pace=aged(3)).status_code for _ in range(4)]
    assert said == [303, 303, 303, 429]
    waits = [int(press(Client(), door)["Retry-After"]) for _ in range(5)]
    assert waits == sorted(waits)
    assert waits[-1] > waits[0] >= 4
    assert press(Client(), door, pace=aged(130)).status_code == 303
    assert seats() == 4


def test_a_network_that_floods_is_shut_and_others_are_not(door, tight):
    for _ in range(JOINING.usual["network"] // 100 * 10):
        press(Client(), door)
    shut = press(Client(), door, pace=aged(130))
    assert (shut.status_code, shut["Retry-After"]) == (429, "600")
    elsewhere = Client(REMOTE_ADDR="203.0.113.9")
    assert press(elsewhere, door, pace=aged(130)).status_code == 303


def test_hundreds_join_from_one_network_before_anybody_waits(door, settings):
    settings.LIMITS_TIMES, settings.JOINING_TAKES = 1, 2
    for _ in range(JOINING.usual["network"] - 2):
        count(JOINING, {**HERE, "code": "x"})
    assert press(Client(), door, pace=aged(3)).status_code == 303


def test_who_sits_already_is_never_slowed(client, door, tight):
    assert press(client, door, pace=aged(3)).status_code == 303
    for _ in range(40):
        count(JOINING, HERE)
    assert client.post(door).status_code == 303


CODES = ("/join/AAAA-BBBB-CCCC-DDDD/", "/back/AAAA-BBBB-CCCC-DDDD/", "/colleague/AAAA-BBBB-CCCC-DDDD/", "/sign-in/abc/")  # fmt: skip


@pytest.mark.parametrize("path", CODES)
def test_codes_that_fit_nothing_are_slowed_at_every_door(client, tight, db, path):
    for _ in range(8):
        count(GUESSING, HERE)
    assert client.get(path).status_code == 429
    page = client.get(path)
    assert ticket_on(page)
    assert client.get(path, {"pace": aged(130)}).status_code == 404


@pytest.mark.parametrize("path", ["/join/", "/back/"])
def test_a_typed_code_is_kept_for_one_press_more(client, tight, db, path):
    for _ in range(8):
        count(GUESSING, HERE)
    assert client.get(path).status_code == 200
    page = client.post(path, {"code": "AAAA-BBBB"})
    assert page.status_code == 429
    assert '<input type="hidden" name="code" value="AAAA-BBBB">' in page.text


def test_only_codes_that_fit_nothing_are_counted(client, door, settings, member):
    settings.LIMITS_TIMES = 0.05  # three
    for _ in range(10):
        assert client.get(door).status_code == 200
        assert Client().get(f"/back/{gates.receipt_code(member)}/").status_code == 302
    wrong = [client.post("/join/", {"code": "AAAA-BBBB"}).status_code for _ in range(4)]
    assert wrong == [404, 404, 404, 429]


def test_an_unknown_receipt_and_a_closed_invitation_are_answered_alike(client, invitation):
    code = gates.invitation_code(invitation)
    unknown = client.post("/join/", {"code": "ZZZZ-ZZZZ-ZZZZ-ZZZZ"})
    invitation.closed_at = invitation.made_at
    invitation.save()
    closed = client.post("/join/", {"code": code})
    said = [re.sub(r'value="[^"]*"', "", one.text) for one in (unknown, closed)]
    assert said[0] == said[1]
    assert (unknown.status_code, closed.status_code) == (404, 404)


def test_a_site_under_a_storm_of_passwords_lets_in_who_waited_on_the_page(client, account, tight):
    for _ in range(6):
        count(SIGNING_IN, {"site": ""})
    page = client.post("/sign-in/", GOOD)
    assert page.status_code == 429
    assert 'value="ada-of-the-hall"' in page.text
    assert "a long enough one" not in page.text
    assert client.post("/sign-in/", {**GOOD, "pace": aged(130)}).status_code == 303


class Counting(PBKDF2PasswordHasher):
    """Counts how often a password is hashed."""

    iterations = 1000
    hashed: list[str] = []

    def encode(self, password, salt, iterations=None):
        Counting.hashed.append(password)
        return super().encode(password, salt, iterations)


@pytest.mark.parametrize(
    "who", ["ada-of-the-hall", "nobody-here", "closed", "without-password", ""]
)
def test_signing_in_says_and_costs_the_same_for_known_and_unknown(client, account, settings, who, django_user_model):  # fmt: skip
    settings.PASSWORD_HASHERS = [f"{__name__}.Counting"]
    account.set_password(GOOD["password"])
    account.save()
    django_user_model.objects.create_user("closed", password="x y z x y z", is_active=False)
    django_user_model.objects.create_user("without-password")
    Counting.hashed.clear()
    page = client.post("/sign-in/", {"username": who or "x", "password": "not it"})
    assert len(Counting.hashed) == 1
    assert page.status_code == 422
    assert "Please enter a correct username and password." in page.text


def test_programs_are_told_when_to_come_back(client, assembly, settings):
    settings.LIMITS_TIMES = 2 / ASKING.usual["network"]
    path = reverse("api:weighing", kwargs={"slug": "water"})
    said = [client.get(path) for _ in range(3)]
    assert [one.status_code for one in said] == [200, 429, 429]
    assert said[1]["Content-Type"] == "application/problem+json"
    assert 0 < int(said[1]["Retry-After"]) <= 600
    assert Client(REMOTE_ADDR="203.0.113.9").get(path).status_code == 200


def test_who_sits_in_an_assembly_is_counted_alone(client, member_client, assembly, settings):
    settings.LIMITS_TIMES = 2 / ASKING.usual["network"]
    path = reverse("api:weighing", kwargs={"slug": "water"})
    for _ in range(3):
        client.get(path)
    assert client.get(path).status_code == 429
    assert member_client.get(path).status_code == 200


def test_where_valkey_is_away_people_join_and_sign_in(client, door, account, settings):
    settings.REDIS_URL, settings.LIMITS_TIMES, settings.JOINING_TAKES = "redis://127.0.0.1:9/0", 0.01, 2  # fmt: skip
    try:
        assert press(client, door, pace=aged(3)).status_code == 303
        assert press(Client(), door).status_code == 429  # the ticket needs no Valkey
        assert Client().post("/sign-in/", GOOD).status_code == 303
    finally:
        counting._rests_until[0] = 0.0


def test_a_password_that_was_typed_is_on_no_page_to_press_again(client, tight, db):
    for _ in range(8):
        count(GUESSING, HERE)
    page = client.post(
        "/colleague/AAAA/", {"username": "bo", "password1": "a long one", "password2": "a long one"}
    )
    assert page.status_code == 429
    assert 'name="username" value="bo"' in page.text
    assert "a long one" not in page.text
