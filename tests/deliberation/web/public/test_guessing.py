"""Whoever guesses passwords is slowed, by name and by network; whoever errs a few times, or shares a network with many, is not."""

import re
from datetime import timedelta

import pytest
from django.test import Client, RequestFactory
from django.utils import timezone

from deliberation.assemblies.actions.guarding import forget_old_failures, note_failure
from deliberation.assemblies.guarding import FREE, Trying, ensure_may_try, wait_after
from deliberation.assemblies.models import Tries
from deliberation.web.public.signing_in import network_of
from elicitation.record.models import Entry

GOOD = {"username": "ada-of-the-hall", "password": "a long enough one"}
WRONG = {**GOOD, "password": "not it"}


def tries(client, times, typed=WRONG, **how):
    return [client.post("/sign-in/", typed, **how).status_code for _ in range(times)]


def passed(**by):
    Tries.objects.update(last_at=timezone.now() - timedelta(**by))


def test_a_few_errors_cost_nothing_and_coming_in_forgets_them(client, account):
    assert tries(client, FREE["both"]) == [422] * FREE["both"]
    passed(minutes=1)
    assert client.post("/sign-in/", GOOD).status_code == 303
    assert Tries.objects.count() == 1  # the network's
    assert tries(Client(), FREE["both"]) == [422] * FREE["both"]


def test_more_have_to_wait_longer_each_time_the_right_password_too(client, account):
    tries(client, FREE["both"])
    Tries.objects.update(failures=FREE["both"] + 7)  # a wait no slow machine sits out
    refused = client.post("/sign-in/", GOOD)
    assert refused.status_code == 429
    assert re.search(r"Wait 1[12]\d seconds", refused.text)
    assert "_auth_user_id" not in client.session
    assert [wait_after(n, 5).total_seconds() for n in (4, 5, 6, 7, 30)] == [0, 1, 2, 4, 900]
    passed(seconds=129)
    assert client.post("/sign-in/", GOOD).status_code == 303


def test_an_unknown_name_is_answered_alike(client, account):
    nobody = {**WRONG, "username": "nobody-here"}
    assert tries(Client(), 3) == tries(Client(), 3, nobody) == [422] * 3
    Tries.objects.update(failures=FREE["both"] + 7)
    assert tries(Client(), 2) == tries(Client(), 2, nobody) == [429] * 2


def test_a_network_many_share_may_err_often(client, account):
    for n in range(FREE["network"] - 1):
        note_failure(Trying(f"visitor-{n}", "127.0.0.1"))
    assert client.post("/sign-in/", GOOD).status_code == 303
    Tries.objects.filter(failures__gt=1).update(failures=FREE["network"] + 7)
    assert client.post("/sign-in/", GOOD).status_code == 429


def test_a_name_guessed_from_many_networks_is_slowed_too(account):
    for n in range(FREE["name"]):
        note_failure(Trying("Ada-of-the-hall ", f"10.0.0.{n}"))
    Tries.objects.filter(failures__gt=1).update(failures=FREE["name"] + 7)
    with pytest.raises(Exception, match="Wait"):
        ensure_may_try(Trying("ada-of-the-hall", "10.9.9.9"))
    ensure_may_try(Trying("bo-of-the-hall", "10.9.9.9"))


def test_after_an_hour_it_counts_no_more_and_is_erased(client, account):
    tries(client, 12)
    passed(minutes=61)
    assert tries(client, 1) == [422]
    assert Tries.objects.get(key=Trying("ada-of-the-hall", "127.0.0.1").keys["both"]).failures == 1
    passed(minutes=61)
    assert forget_old_failures() == 3
    assert not Tries.objects.exists()


def test_neither_name_nor_network_is_kept_in_the_clear(client, account):
    tries(client, 2)
    kept = str(list(Tries.objects.values())) + str([entry.body for entry in Entry.objects.all()])
    assert "ada-of-the-hall" not in kept
    assert "127.0.0.1" not in kept


@pytest.mark.parametrize(
    ("proxies", "via", "network"),
    [
        (0, "203.0.113.9", "127.0.0.1"),
        (1, "198.51.100.7, 203.0.113.9", "203.0.113.9"),
        (2, "198.51.100.7, 203.0.113.9", "198.51.100.7"),
        (1, "", "127.0.0.1"),
        (3, "203.0.113.9", "127.0.0.1"),
        (1, "2001:db8:1:2:3::4", "2001:db8:1:2::/64"),
        (1, "not an address", ""),
    ],
)
def test_the_network_is_what_our_own_proxy_saw(settings, proxies, via, network):
    settings.PROXIES = proxies
    headers = {"x-forwarded-for": via} if via else {}
    assert network_of(RequestFactory().post("/sign-in/", headers=headers)) == network
