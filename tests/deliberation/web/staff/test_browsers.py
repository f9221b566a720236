"""Where I am signed in: each browser with since when and roughly which, never from where; and sent out from another."""

import re
from datetime import timedelta

import pytest
from django.contrib.auth import get_user_model
from django.core.management import call_command
from django.test import Client
from django.utils import timezone

from deliberation.assemblies.actions.signing_in import forget_old_sign_ins
from deliberation.assemblies.devices import Device, device_of
from deliberation.assemblies.models import SignedIn
from deliberation.assemblies.signed_in import HOLDS
from deliberation.web.public.links import token_for
from elicitation.record.models import Entry

GOOD = {"username": "ada-of-the-hall", "password": "a long enough one"}
PHONE = "Mozilla/5.0 (Android 15; Mobile; rv:140.0) Gecko/140.0 Firefox/140.0"
COMPUTER = "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Safari/537.36"
NEW = {"password": GOOD["password"], "new": "quite another one", "once_more": "quite another one"}


def signed_in(agent=COMPUTER):
    client = Client(headers={"user-agent": agent})
    assert client.post("/sign-in/", GOOD)["Location"] == "/run/"
    return client


def is_in(client):
    return client.get("/run/").status_code == 200


@pytest.fixture
def here(account, assembly):
    return signed_in()


def test_each_browser_is_listed_with_its_kind_and_which_is_this_one(here):
    signed_in(PHONE)
    page = here.get("/account/").text
    assert "A phone · <bdi>Firefox</bdi>" in page
    assert "A computer · <bdi>Chrome</bdi>" in page
    assert page.count("This is the browser you are in now.") == 1


def test_nothing_of_where_is_kept_and_of_the_browser_its_kind_alone(here):
    kept = str(list(SignedIn.objects.values())) + str([one.body for one in Entry.objects.all()])
    for told in ("127.0.0.1", "Mozilla", "X11", "140"):
        assert told not in kept


def test_one_is_sent_out_from_another_and_nobody_else(here, stranger):
    phone, third = signed_in(PHONE), signed_in()
    lost = SignedIn.objects.get(kind="phone")
    assert here.post(f"/account/browsers/{lost.pk}/end/")["Location"] == "/account/"
    assert [is_in(one) for one in (here, phone, third)] == [True, False, True]
    assert here.post(f"/account/browsers/{lost.pk}/end/").status_code == 404


def test_all_others_are_sent_out_at_once(here):
    others = [signed_in(PHONE), signed_in()]
    here.post("/account/browsers/end-others/")
    assert [is_in(one) for one in (here, *others)] == [True, False, False]
    assert SignedIn.objects.count() == 1


def test_nobody_sends_out_another_account(here, stranger):
    stranger.set_password("yet another one")
    stranger.save()
    other = Client()
    other.post("/sign-in/", {"username": stranger.get_username(), "password": "yet another one"})
    theirs = SignedIn.objects.get(account=stranger)
    assert here.post(f"/account/browsers/{theirs.pk}/end/").status_code == 404
    here.post("/account/browsers/end-others/")
    assert is_in(other)


def test_signing_out_takes_it_off_the_list(here):
    phone = signed_in(PHONE)
    phone.post("/sign-out/")
    assert "A phone" not in here.get("/account/").text


def test_after_a_week_one_signs_in_anew_and_it_is_erased(here):
    SignedIn.objects.update(since=timezone.now() - HOLDS - timedelta(seconds=1))
    assert not is_in(here)
    assert forget_old_sign_ins() == 1
    assert not SignedIn.objects.exists()


def test_the_operator_ends_all_of_them(here):
    call_command("reset_second_factor", "ada-of-the-hall")
    assert not is_in(here)
    assert not SignedIn.objects.exists()


def test_another_password_holds_and_ends_all_other_browsers(here):
    phone = signed_in(PHONE)
    assert here.post("/account/password/", NEW)["Location"] == "/account/"
    assert [is_in(here), is_in(phone)] == [True, False]
    assert SignedIn.objects.count() == 1
    assert Client().post("/sign-in/", GOOD).status_code == 422
    assert Client().post("/sign-in/", {**GOOD, "password": NEW["new"]}).status_code == 303
    assert Entry.objects.filter(kind="password.changed").count() == 1


@pytest.mark.parametrize(
    ("typed", "says"),
    [
        ({"password": "not it"}, "That is not your password."),
        ({"password": ""}, "This field is required."),
        ({"once_more": "quite another"}, "The two are not the same."),
        ({"new": "short", "once_more": "short"}, "This password is too short."),
        ({"new": "password1", "once_more": "password1"}, "This password is too common."),
        ({"new": "adaofthehall1", "once_more": "adaofthehall1"}, "too similar to the username"),
        ({"new": "Groundwork2026!", "once_more": "Groundwork2026!"}, "what somebody would try first"),
    ],
)  # fmt: skip
def test_what_does_not_fit_changes_nothing(here, account, typed, says):
    page = here.post("/account/password/", {**NEW, **typed})
    assert page.status_code == 422
    assert says in page.text
    assert "quite another one" not in page.text
    account.refresh_from_db()
    assert account.check_password(GOOD["password"])


def test_long_passwords_of_any_letters_are_taken_as_they_are(here, account):
    for new in (" Ünï cödé " * 8, "a" * 32 + "ﬁ" + "漢字" * 20, "onlylowercaseletters"):
        assert here.post("/account/password/", {**NEW, "new": new, "once_more": new}).status_code == 303  # fmt: skip
        account.refresh_from_db()
        assert account.check_password(new)
        assert not account.check_password(new.strip()) or new == new.strip()
        NEW["password"] = new
    NEW["password"] = GOOD["password"]


def test_guesses_at_the_present_password_are_slowed_like_those_at_the_door(here):
    statuses = [here.post("/account/password/", {**NEW, "password": "no"}).status_code for _ in range(7)]  # fmt: skip
    assert statuses[:5] == [422] * 5
    assert 429 in statuses


def test_who_has_no_password_sets_one(client, account, assembly):
    account.set_unusable_password()
    account.save()

    client.get(f"/sign-in/{token_for(account)}/")
    assert 'name="password"' not in client.get("/account/password/").text
    assert client.post("/account/password/", {**NEW, "password": ""}).status_code == 303
    assert get_user_model().objects.get(pk=account.pk).check_password(NEW["new"])


@pytest.mark.parametrize(
    ("agent", "device"),
    [
        (PHONE, Device("phone", "Firefox")),
        (COMPUTER, Device("computer", "Chrome")),
        (f"{COMPUTER} Edg/140.0.0.0", Device("computer", "Edge")),
        ("Mozilla/5.0 (iPhone; CPU iPhone OS 18_5 like Mac OS X) AppleWebKit/605.1.15 Version/18.5 Mobile/15E148 Safari/604.1", Device("phone", "Safari")),
        ("Mozilla/5.0 (Linux; Android 14; SM-X710) AppleWebKit/537.36 SamsungBrowser/28.0 Chrome/130.0 Safari/537.36", Device("tablet", "Samsung Internet")),
        ("curl/8.5.0", Device("other", "")),
        ("", Device("other", "")),
    ],
)  # fmt: skip
def test_a_browser_is_known_by_what_it_says_of_itself(agent, device):
    assert device_of(agent) == device


def test_every_field_of_a_password_is_masked_and_may_be_pasted_into(here):
    for page in (Client().get("/sign-in/"), here.get("/account/password/")):
        fields = re.findall(r'<input[^>]*name="(?:password|new|once_more)"[^>]*>', page.text)
        assert fields
        for field in fields:
            assert 'type="password"' in field
            assert re.search(r'autocomplete="(current|new)-password"', field)
            assert "maxlength" not in field


def test_a_closed_account_is_out_everywhere_at_once(here, account):
    phone = signed_in(PHONE)
    account.is_active = False
    account.save()
    assert [is_in(here), is_in(phone)] == [False, False]


def test_the_way_out_is_on_every_page(here):
    for path in ("/", "/run/", "/run/water/", "/account/", "/account/password/", "/a/water/"):
        assert 'action="/sign-out/"' in here.get(path).text, path
