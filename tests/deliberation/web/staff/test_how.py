"""How I sign in: set up an app, keep recovery codes, take things away; each only after a proof of who one is not long ago."""

import re
import time

import pytest
from django.contrib.auth import get_user_model
from django.contrib.sessions.models import Session
from django.core.management import CommandError, call_command
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import NoReverseMatch, reverse

from deliberation.assemblies.actions import setting_up
from deliberation.assemblies.actions.second_factors import check_code
from deliberation.assemblies.guarding import FREE
from deliberation.assemblies.models import Tries
from elicitation.record.models import Entry
from tests._factors import code_now, codes_of, with_app

GOOD = {"username": "ada-of-the-hall", "password": "a long enough one"}
HOW = "/account/"


@pytest.fixture
def ada(client, account, assembly):
    """Ada's browser, signed in just now."""
    client.post("/sign-in/", GOOD)
    return client


def long_ago(client):
    session = client.session
    session["proved_at"] = time.time() - 901
    session.save()
    return client


def secret_on(page):
    return re.search(r"<code[^>]*>([A-Z2-7 ]+)</code>", page.text)[1].replace(" ", "")


def set_up(client):
    secret = secret_on(client.get(f"{HOW}app/"))
    return secret, client.post(f"{HOW}app/", {"code": code_now(0, secret)})


def test_an_app_is_set_up_by_a_code_of_it_and_recovery_codes_are_shown(ada, account):
    page = ada.get(f"{HOW}app/")
    assert "<svg" in page.text
    secret, done = set_up(ada)
    assert done["Location"] == f"{HOW}codes/"
    shown = re.findall(r"<code>(\d{4} \d{4})</code>", ada.get(f"{HOW}codes/").text)
    assert [one.replace(" ", "") for one in shown] == codes_of(account)
    assert len(shown) == 10
    assert check_code(account, code_now(1, secret), "")
    assert {"second_factor.added", "second_factor.used"} <= set(
        Entry.objects.values_list("kind", flat=True)
    )


def test_a_code_that_does_not_fit_sets_nothing_up_and_keeps_the_secret(ada, account):
    secret = secret_on(ada.get(f"{HOW}app/"))
    page = ada.post(f"{HOW}app/", {"code": "12345"})
    assert page.status_code == 422
    assert secret_on(page) == secret
    assert "The six digits your app shows now." in page.text
    assert not account.authenticator_set.exists()


def test_recovery_codes_are_a_file_too_and_gone_once_kept(ada):
    set_up(ada)
    file = ada.get(f"{HOW}codes/recovery-codes.txt")
    assert file["Content-Type"] == "text/plain; charset=utf-8"
    assert file["Content-Disposition"].startswith("attachment")
    assert len(re.findall(r"^\d{4} \d{4}$", file.text, re.MULTILINE)) == 10
    ada.post(f"{HOW}codes/kept/")
    assert ada.get(f"{HOW}codes/")["Location"] == HOW
    assert ada.get(f"{HOW}codes/recovery-codes.txt").status_code == 404


def test_recovery_codes_are_shown_for_ten_minutes_and_in_that_browser_alone(ada, account):
    set_up(ada)
    another = Client()
    another.force_login(account)
    session = another.session
    session["proved_at"] = time.time()
    session.save()
    assert another.get(f"{HOW}codes/recovery-codes.txt").status_code == 404
    session = ada.session
    session["codes_shown_until"] = {**session["codes_shown_until"], "until": time.time() - 1}
    session.save()
    assert ada.get(f"{HOW}codes/")["Location"] == HOW


def test_new_recovery_codes_make_the_old_ones_void(ada, account):
    set_up(ada)
    old = codes_of(account)
    assert ada.post(f"{HOW}codes/")["Location"] == f"{HOW}codes/"
    assert set(old).isdisjoint(codes_of(account))
    assert not check_code(account, old[0], "")


def test_there_are_no_recovery_codes_for_nothing(ada, account):
    assert ada.post(f"{HOW}codes/").status_code == 404
    assert not account.authenticator_set.exists()


def test_with_the_last_factor_go_the_recovery_codes(ada, account):
    set_up(ada)
    app = account.authenticator_set.get(type="totp")
    page = ada.post(f"{HOW}remove/{app.pk}/", follow=True)
    assert "nothing but your first step" in page.text
    assert not account.authenticator_set.exists()
    assert Client().post("/sign-in/", GOOD)["Location"] == "/run/"


def test_nobody_takes_away_what_is_anothers_or_the_codes_alone(ada, account, stranger):
    with_app(stranger)
    set_up(ada)
    for one in (
        *stranger.authenticator_set.all(),
        account.authenticator_set.get(type="recovery_codes"),
    ):
        assert ada.post(f"{HOW}remove/{one.pk}/").status_code == 404
    assert (stranger.authenticator_set.count(), account.authenticator_set.count()) == (2, 2)


CHANGES = (
    "app/",
    "codes/",
    "codes/recovery-codes.txt",
    "passkeys/",
    "passkeys/asked/",
    "remove/1/",
    "part/",
    "password/",
    "browsers/1/end/",
    "browsers/end-others/",
)


@pytest.mark.parametrize("path", CHANGES)
@pytest.mark.parametrize("method", ["get", "post"])
def test_every_change_asks_first_who_one_is_if_that_was_long_ago(ada, path, method):
    page = getattr(long_ago(ada), method)(HOW + path)
    assert page.status_code == 302
    assert page["Location"].startswith(f"{HOW}again/?next=%2Faccount%2F")


def test_a_session_from_before_this_existed_is_asked_too(facilitator):
    assert facilitator.get(f"{HOW}app/")["Location"].startswith(f"{HOW}again/")


def test_the_password_proves_it_and_leads_back(ada):
    page = long_ago(ada).post(f"{HOW}again/?next=/account/app/", {"password": GOOD["password"]})
    assert page["Location"] == f"{HOW}app/"
    assert ada.get(f"{HOW}app/").status_code == 200


def test_a_wrong_password_proves_nothing_and_is_counted_with_those_at_the_door(ada, account):
    for _ in range(FREE["both"]):
        assert long_ago(ada).post(f"{HOW}again/", {"password": "not it"}).status_code == 422
    Tries.objects.filter(failures=FREE["both"]).update(failures=FREE["both"] + 7)
    assert ada.post(f"{HOW}again/", {"password": GOOD["password"]}).status_code == 429
    assert Client().post("/sign-in/", GOOD).status_code == 429
    assert ada.get(f"{HOW}app/").status_code == 302


def test_where_there_is_a_second_factor_the_password_is_not_enough(ada, account):
    secret, _ = set_up(ada)
    long_ago(ada)
    assert 'name="password"' not in ada.get(f"{HOW}again/").text
    assert ada.post(f"{HOW}again/", {"password": GOOD["password"]}).status_code == 422
    assert ada.post(f"{HOW}again/", {"code": code_now(1, secret)})["Location"] == HOW


def test_proving_it_never_leads_off_the_site(ada):
    page = long_ago(ada).post(
        f"{HOW}again/?next=https://evil.example/", {"password": GOOD["password"]}
    )
    assert page["Location"] == HOW


def test_without_a_password_one_is_told_how_to_go_on(client, account):
    account.set_unusable_password()
    account.save()
    client.force_login(account)
    page = client.get(f"{HOW}again/").text
    assert "sign-in link" in page
    assert 'name="password"' not in page


def test_the_pages_need_an_account_and_citizens_never_meet_them(client, member_client):
    for one in (client, member_client):
        assert one.get(HOW)["Location"].startswith("/sign-in/")
        assert "/account/" not in one.get("/").text


def test_a_citizens_pages_ask_nothing_of_the_tables_of_staff(member_client, settings):
    for asked in (False, True):
        settings.STAFF_SECOND_FACTOR = asked
        for path in ("/", "/a/water/mine/", "/a/water/", "/join/"):
            with CaptureQueriesContext(connection) as made:
                assert member_client.get(path).status_code == 200
            told = " ".join(one["sql"] for one in made)
            assert not re.search(r'"(mfa|socialaccount|account|auth)_', told), path


def test_pages_with_secrets_are_kept_by_no_browser(ada):
    set_up(ada)
    for path in ("app/", "codes/", "codes/recovery-codes.txt"):
        assert "no-store" in ada.get(HOW + path)["Cache-Control"]


def test_nothing_of_allauths_own_is_served_so_nobody_signs_up():
    for name in (
        "account_signup",
        "account_login",
        "account_email",
        "mfa_index",
        "socialaccount_signup",
    ):
        with pytest.raises(NoReverseMatch):
            reverse(name)


def test_the_operator_takes_a_second_factor_away_and_ends_the_sessions_of_that_account_alone(
    ada, account, stranger, capsys
):
    set_up(ada)
    other = Client()
    other.force_login(stranger)
    call_command("reset_second_factor", "ada-of-the-hall")
    assert "Sessions ended: 1" in capsys.readouterr().out
    assert not account.authenticator_set.exists()
    assert ada.get("/run/")["Location"].startswith("/sign-in/")
    assert other.get("/run/").status_code == 200
    assert Session.objects.count() >= 1
    assert Client().post("/sign-in/", GOOD)["Location"] == "/run/"
    assert Entry.objects.filter(kind="second_factor.reset").count() == 1


def test_resetting_nobody_says_so(db):
    with pytest.raises(CommandError, match="no account"):
        call_command("reset_second_factor", "nobody")


class TestWhereTheSiteAsksForIt:
    """STAFF_SECOND_FACTOR=1"""

    @pytest.fixture(autouse=True)
    def asked(self, settings):
        settings.STAFF_SECOND_FACTOR = True

    @pytest.mark.parametrize(
        "path",
        [
            "/run/",
            "/run/new/",
            "/run/water/",
            "/run/water/queue/",
            "/research/",
            "/research/water/",
        ],
    )
    def test_whoever_has_none_is_led_to_set_one_up(self, ada, path):
        for method in ("get", "post"):
            page = getattr(ada, method)(path)
            assert (page.status_code, page["Location"]) == (302, HOW)
        assert "asks everybody who works here" in ada.get(HOW).text

    def test_the_data_by_the_api_waits_too(self, ada, assembly, account):
        setting_up.give_role(assembly, account, "researcher")
        page = ada.get(reverse("api:export", kwargs={"slug": "water", "table": "responses"}))
        assert (page.status_code, page.json()["code"]) == (403, "second_factor_missing")
        assert page["Content-Type"] == "application/problem+json"

    def test_whoever_has_one_works(self, ada):
        set_up(ada)
        assert ada.get("/run/water/").status_code == 200

    def test_everybody_else_meets_nothing_of_it(self, member_client, ada):
        assert Client().get("/run/")["Location"].startswith("/sign-in/")
        assert Client().get("/run/water/").status_code == 404
        assert member_client.get("/a/water/mine/").status_code == 200
        assert ada.get("/").status_code == 200
        assert ada.get("/a/water/").status_code == 200


def test_off_by_default(ada):
    assert ada.get("/run/water/").status_code == 200
    assert get_user_model().objects.get().authenticator_set.count() == 0
