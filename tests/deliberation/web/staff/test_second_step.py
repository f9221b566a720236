"""Whoever has a second factor is in only after it: by password, by a link, whatever comes first."""

import secrets
import time
from threading import Barrier, Thread

import pytest
from django.contrib.auth import get_user_model
from django.db import connection
from django.test import Client

from deliberation.assemblies.actions.second_factors import check_code
from deliberation.assemblies.guarding import FREE
from deliberation.assemblies.models import Tries
from deliberation.web.public.links import token_for
from elicitation.record.models import Entry
from tests._factors import SEED, code_now, codes_of, with_app

GOOD = {"username": "ada-of-the-hall", "password": "a long enough one"}
HERE = "/sign-in/second/"


@pytest.fixture
def ada(account):
    return with_app(account)


def signed_in(client):
    return "_auth_user_id" in client.session


def half_way(client=None):
    client = client or Client()
    client.post("/sign-in/", GOOD)
    return client


def test_the_password_alone_lets_nobody_in(client, ada, assembly):
    page = client.post("/sign-in/?next=/run/water/", GOOD)
    assert (page.status_code, page["Location"]) == (303, HERE)
    assert not signed_in(client)
    assert client.get("/run/water/").status_code == 404
    assert "second proof" in client.get(HERE).text


def test_the_code_of_the_app_lets_in_and_leads_where_one_wanted_to_go(client, ada, assembly):
    client.post("/sign-in/?next=/run/water/", GOOD)
    page = client.post(HERE, {"code": code_now()})
    assert (page.status_code, page["Location"]) == (303, "/run/water/")
    assert client.get("/run/water/").status_code == 200


def test_a_code_may_be_typed_with_spaces_and_in_other_digits(client, ada):
    typed = code_now().translate(str.maketrans("0123456789", "٠١٢٣٤٥٦٧٨٩"))
    half_way(client).post(HERE, {"code": f"{typed[:3]} {typed[3:]}"})
    assert signed_in(client)


def test_a_code_works_once_whoever_looked_over_the_shoulder(ada):
    code = code_now()
    assert half_way().post(HERE, {"code": code}).status_code == 303
    again = half_way()
    assert again.post(HERE, {"code": code}).status_code == 422
    assert not signed_in(again)


def test_an_older_code_does_not_work_after_a_newer_one(ada):
    assert check_code(ada, code_now(1), "")
    assert not check_code(ada, code_now(), "")


@pytest.mark.django_db(transaction=True)
def test_of_two_who_send_the_same_code_at_once_one_comes_in(account):
    with_app(account)
    code, came_in, ready = code_now(), [], Barrier(2)

    def send():
        ready.wait()
        came_in.append(check_code(account, code, ""))
        connection.close()

    both = [Thread(target=send) for _ in range(2)]
    for one in both:
        one.start()
    for one in both:
        one.join()
    assert sorted(came_in) == [False, True]


def test_a_recovery_code_works_once(ada):
    code = codes_of(ada)[3]
    assert half_way().post(HERE, {"code": f"{code[:4]} {code[4:]}"}).status_code == 303
    assert code not in codes_of(ada)
    assert half_way().post(HERE, {"code": code}).status_code == 422


def test_a_wrong_code_says_so_and_lets_nobody_in(client, ada):
    page = half_way(client).post(HERE, {"code": "000000" if code_now() != "000000" else "111111"})
    assert page.status_code == 422
    assert "does not fit" in page.text
    assert not signed_in(client)


@pytest.mark.parametrize("sent", [{}, {"code": ""}, {"code": "x" * 5000}, {"code": "\x00"}])
def test_what_is_no_code_is_a_wrong_one(client, ada, sent):
    assert half_way(client).post(HERE, sent).status_code == 422


@pytest.mark.parametrize(
    "said", ["", "null", "[]", "{}", '{"response": 5}', '{"rawId": "AA"}', "[" * 9000, "x" * 30_000]
)
def test_what_no_passkey_says_lets_nobody_in(client, ada, said):
    half_way(client).post(f"{HERE}asked/")
    for where in (HERE, "/sign-in/passkey/"):
        page = client.post(where, {"credential": said})
        assert page.status_code == 422
        assert not signed_in(client)


def test_guessing_codes_is_slowed_like_guessing_passwords(client, ada):
    for _ in range(FREE["both"]):
        assert half_way(client).post(HERE, {"code": "12345"}).status_code == 422
    Tries.objects.filter(failures=FREE["both"]).update(failures=FREE["both"] + 7)
    page = half_way(client).post(HERE, {"code": code_now()})
    assert page.status_code == 429
    assert "Wait" in page.text
    assert not signed_in(client)


def test_a_right_password_does_not_forget_guessed_codes_and_nobody_is_kept_from_the_first_step(ada):
    for n in range(FREE["name"]):
        check_code(ada, "12345", f"10.0.0.{n}")
    Tries.objects.filter(failures=FREE["name"]).update(failures=FREE["name"] + 7)
    client = half_way()
    assert client.post(HERE, {"code": code_now()}).status_code == 429
    assert half_way(Client()).get(HERE).status_code == 200


def test_coming_in_forgets_wrong_codes(ada):
    check_code(ada, "12345", "127.0.0.1")
    assert half_way().post(HERE, {"code": code_now()}).status_code == 303
    assert not Tries.objects.filter(failures=2).exists()
    assert Tries.objects.count() == 1  # the network's


def test_a_link_asks_for_the_second_step_too(client, ada, assembly):
    page = client.get(f"/sign-in/{token_for(ada)}/?next=/run/water/")
    assert page["Location"] == HERE
    assert not signed_in(client)
    assert client.post(HERE, {"code": code_now()})["Location"] == "/run/water/"


def test_nobody_takes_the_second_step_without_the_first(client, ada):
    assert client.get(HERE)["Location"] == "/sign-in/"
    assert client.post(HERE, {"code": code_now()})["Location"] == "/sign-in/"
    assert client.post(f"{HERE}asked/").status_code == 404
    assert not signed_in(client)


def test_the_first_step_is_void_after_a_while_and_once_the_password_changes(client, ada):
    half_way(client)
    session = client.session
    session["half_signed_in"]["at"] = time.time() - 601
    session.save()
    assert client.post(HERE, {"code": code_now()})["Location"] == "/sign-in/"
    half_way(client)
    ada.set_password("another long one")
    ada.save()
    assert client.post(HERE, {"code": code_now()})["Location"] == "/sign-in/"
    assert not signed_in(client)


def test_a_closed_account_is_not_let_in_by_its_second_step(client, ada):
    half_way(client)
    get_user_model().objects.update(is_active=False)
    assert client.post(HERE, {"code": code_now()})["Location"] == "/sign-in/"


def test_the_session_has_another_key_after_each_step(client, ada):
    client.get("/i18n/")
    first = half_way(client).session.session_key
    client.post(HERE, {"code": code_now()})
    assert client.session.session_key != first


def test_without_a_second_factor_nothing_has_changed(client, account, assembly):
    assert client.post("/sign-in/", GOOD)["Location"] == "/run/"
    assert signed_in(client)


def test_neither_a_secret_nor_a_code_is_in_the_database_or_the_record(ada):
    kept = str(list(ada.authenticator_set.values())) + str(
        [one.body for one in Entry.objects.all()]
    )
    assert SEED not in kept
    assert not [code for code in codes_of(ada) if code in kept]


def test_what_another_key_of_the_site_sealed_lets_nobody_in(ada, settings):
    codes = codes_of(ada)
    settings.SECRET_KEY = secrets.token_hex()
    assert not check_code(ada, code_now(), "")
    assert not check_code(ada, codes[0], "")
