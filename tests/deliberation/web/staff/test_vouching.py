"""Somebody else vouches for staff: over real HTTP, and believed only in what it signed, for this site, in answer to this browser."""

import time

import jwt
import pytest
import requests
from allauth.socialaccount.models import SocialAccount
from cryptography.hazmat.primitives.asymmetric import rsa
from django.contrib.auth import get_user_model
from django.test import Client

from deliberation.assemblies import gates
from deliberation.assemblies.actions import staffing
from deliberation.assemblies.actions.identities import join_identity
from deliberation.assemblies.identities import Identity, username_for
from deliberation.assemblies.models import Role
from tests._factors import code_now, with_app
from tests._issuer import CLIENT, SECRET, Issuer

BY, BACK = "/sign-in/by/", "/sign-in/by/back/"


@pytest.fixture(scope="module")
def one_issuer():
    made = Issuer()
    yield made
    made.close()


@pytest.fixture
def issuer(one_issuer, settings):
    one_issuer.subject, one_issuer.claims = "s-1", {"preferred_username": "bo.berg"}
    for told in (one_issuer.wrong, one_issuer.tells, one_issuer.told, one_issuer.signs):
        told.clear()
    settings.OIDC_ISSUER, settings.OIDC_NAME = one_issuer.url, "the town"
    settings.OIDC_CLIENT_ID, settings.OIDC_CLIENT_SECRET = CLIENT, SECRET
    return one_issuer


def back_from(client, where=BY):
    """Where the issuer sends the browser back to, once it has been there."""
    there = client.get(where)
    assert there.status_code == 302
    answer = requests.get(there["Location"], allow_redirects=False, timeout=5)
    return answer.headers["Location"].removeprefix("http://testserver")


def through(client, where=BY):
    """There and back."""
    return client.get(back_from(client, where))


def signed_in(client):
    return "_auth_user_id" in client.session


def people():
    return get_user_model().objects.count()


@pytest.fixture
def joined(account, issuer):
    join_identity(account, Identity(issuer.url, "s-1"))
    return account


def test_without_the_setting_there_is_no_button_and_nothing_behind_it(client, db):
    assert BY not in client.get("/sign-in/").text
    assert client.get(BY).status_code == 404
    assert client.get(BACK).status_code == 404


def test_the_button_says_by_whom_and_leads_there_with_all_that_binds_the_answer(client, issuer, db):
    page = client.get("/sign-in/?next=/research/").text
    assert "Sign in with the town" in page
    assert f'href="{BY}?next=/research/"' in page
    back_from(client)
    asked = issuer.asked[-1]
    assert asked["redirect_uri"] == f"http://testserver{BACK}"
    assert (asked["response_type"], asked["client_id"]) == ("code", CLIENT)
    assert asked["code_challenge_method"] == "S256"
    assert set(asked["scope"].split()) == {"openid", "profile"}
    assert len(asked["nonce"]) > 20
    assert len(asked["state"]) >= 16


def test_a_joined_account_comes_in_and_to_where_it_wanted_to_go(client, joined, assembly):
    page = through(client, f"{BY}?next=/run/water/")
    assert page["Location"] == "/run/water/"
    assert client.get("/run/water/").status_code == 200


@pytest.mark.parametrize("methods", [["client_secret_basic"], []])
def test_an_issuer_that_takes_the_secret_in_a_header_gets_it_there(client, joined, issuer, methods):
    issuer.tells["token_endpoint_auth_methods_supported"] = methods
    assert through(client).status_code == 302
    assert signed_in(client)


def test_a_site_that_holds_another_secret_is_refused(client, joined, settings):
    settings.OIDC_CLIENT_SECRET = CLIENT
    assert through(client).status_code == 403


def test_a_stranger_gets_no_account_and_a_page_that_tells_how_to_be_invited(client, issuer, db):
    page = through(client)
    assert page.status_code == 403
    assert "nobody has invited you" in page.text
    assert people() == 0
    assert not signed_in(client)


def test_an_email_that_matches_joins_nothing(client, issuer, account):
    account.email = "ada@example.org"
    account.save()
    issuer.claims = {"email": "ada@example.org", "email_verified": True}
    assert through(client).status_code == 403
    assert not signed_in(client)
    assert not SocialAccount.objects.exists()


def test_the_same_subject_of_another_issuer_is_somebody_else(client, issuer, account):
    join_identity(account, Identity("https://elsewhere.example", "s-1"))
    assert through(client).status_code == 403


def test_a_closed_account_stays_closed(client, joined):
    get_user_model().objects.update(is_active=False)
    assert through(client).status_code == 403
    assert not signed_in(client)


def test_the_second_factor_is_asked_for_all_the_same(client, joined, assembly):
    with_app(joined)
    assert through(client)["Location"] == "/sign-in/second/"
    assert not signed_in(client)
    assert client.post("/sign-in/second/", {"code": code_now()})["Location"] == "/run/"


class TestWhatIsRefused:
    @pytest.fixture(autouse=True)
    def there(self, joined):
        """Somebody who would come in if it were right."""

    def refused(self, client, way=None):
        page = client.get(way) if way else through(client)
        assert page.status_code == 403
        assert "make sure who you are" in page.text
        assert not signed_in(client)

    @pytest.mark.parametrize(
        "wrong",
        [
            {"nonce": "another"},
            {"nonce": None},
            {"iss": "https://elsewhere.example"},
            {"iss": None},
            {"aud": "another-site"},
            {"aud": ["another-site"]},
            {"aud": None},
            {"aud": [CLIENT, "another-site"], "azp": "another-site"},
            {"exp": int(time.time()) - 3600},
            {"exp": None},
            {"iat": int(time.time()) + 3600},
            {"sub": None},
            {"sub": ""},
            {"sub": "s" * 300},
        ],
    )
    def test_an_id_token_that_says_something_else(self, client, issuer, wrong):
        issuer.wrong.update(wrong)
        self.refused(client)

    def test_an_id_token_another_key_signed(self, client, issuer):
        issuer.signs["key"] = rsa.generate_private_key(public_exponent=65537, key_size=2048)
        self.refused(client)

    def test_an_id_token_nobody_signed(self, client, issuer):
        issuer.signs.update(key=None, algorithm="none")
        self.refused(client)

    def test_an_id_token_signed_with_what_everybody_knows(self, client, issuer):
        issuer.signs.update(key="x" * 64, algorithm="HS256")
        self.refused(client)

    def test_an_id_token_of_a_key_the_issuer_does_not_name(self, client, issuer):
        issuer.signs["headers"] = {"kid": "k2"}
        self.refused(client)

    def test_an_issuer_that_says_it_is_another(self, client, issuer):
        issuer.tells["issuer"] = "https://elsewhere.example"
        page = client.get(BY)
        assert page.status_code == 403

    def test_what_is_told_of_somebody_else(self, client, issuer):
        issuer.claims = {}
        issuer.told["sub"] = "s-2"
        self.refused(client)

    def test_an_issuer_that_is_away(self, client, issuer, settings):
        settings.OIDC_ISSUER = "http://localhost:9"
        assert client.get(BY).status_code == 403

    @pytest.mark.parametrize("state", ["", "made-up"])
    def test_an_answer_nobody_asked_for(self, client, state):
        self.refused(client, f"{BACK}?code=code-1&state={state}")

    def test_an_answer_to_another_browser(self, client):
        self.refused(Client(), back_from(client))

    def test_an_answer_that_was_used(self, client):
        back = back_from(client)
        assert client.get(back).status_code == 302
        assert client.get(back).status_code == 403

    def test_an_answer_with_the_code_of_another_question(self, client):
        first, second = back_from(client), back_from(Client())
        code = second.partition("code=")[2].partition("&")[0]
        state = first.partition("state=")[2]
        self.refused(client, f"{BACK}?code={code}&state={state}")

    def test_what_the_issuer_refuses(self, client):
        state = back_from(client).partition("state=")[2]
        self.refused(client, f"{BACK}?error=access_denied&state={state}")

    def test_a_way_that_begins_on_anothers_page(self, client):
        page = client.get(BY, headers={"sec-fetch-site": "cross-site"})
        assert page["Location"] == "/sign-in/"


def test_signing_in_leads_nowhere_off_the_site(client, joined, assembly):
    assert through(client, f"{BY}?next=https://evil.example/")["Location"] == "/run/"


class TestAnInvitation:
    @pytest.fixture
    def code(self, assembly, issuer):
        invited = staffing.invite_colleague(assembly, "Bo", Role.Kind.RESEARCHER)
        return gates.staff_code(invited)

    def test_makes_an_account_that_is_joined_and_at_work(self, client, code, assembly):
        assert f'href="{BY}?invited={code}"' in client.get(f"/colleague/{code}/").text
        page = through(client, f"{BY}?invited={code}")
        assert page["Location"] == "/research/water/"
        made = get_user_model().objects.get(username="bo.berg")
        assert not made.has_usable_password()
        assert made.email == ""
        assert SocialAccount.objects.get(user=made).extra_data == {}
        assert client.get("/research/water/").status_code == 200
        client.post("/sign-out/")
        assert through(client)["Location"] == "/research/"

    def test_opens_no_closed_account(self, client, code, joined):
        get_user_model().objects.filter(pk=joined.pk).update(is_active=False)
        assert through(client, f"{BY}?invited={code}").status_code == 409
        assert people() == 1
        assert not signed_in(client)

    def test_works_once(self, client, code, issuer):
        through(client, f"{BY}?invited={code}")
        issuer.subject = "s-2"
        assert through(Client(), f"{BY}?invited={code}").status_code == 404
        assert not get_user_model().objects.filter(username="bo.berg-2").exists()

    def test_that_is_made_up_makes_nothing(self, client, issuer, db):
        assert through(client, f"{BY}?invited=AAAA-BBBB").status_code == 404
        assert people() == 0

    def test_leads_who_has_an_account_to_take_it_up_with_that(self, client, code, joined):
        page = through(client, f"{BY}?invited={code}")
        assert page["Location"] == f"/colleague/{code}/"
        assert people() == 1
        client.post(page["Location"], {"as_me": "1"})
        assert joined.roles.filter(kind="researcher").exists()

    def test_takes_a_name_that_is_free(self, client, code, issuer):
        get_user_model().objects.create_user("Bo.Berg")
        through(client, f"{BY}?invited={code}")
        assert get_user_model().objects.filter(username="bo.berg-2").exists()

    def test_asks_the_issuer_for_a_name_its_token_does_not_tell(self, client, code, issuer):
        issuer.claims = {}
        through(client, f"{BY}?invited={code}")
        assert get_user_model().objects.filter(username="Bo-Berg").exists()


@pytest.mark.parametrize(
    ("name", "username"),
    [
        ("Bo Berg", "Bo-Berg"),
        ("", "colleague"),
        ("<script>", "script"),
        ("عمر", "عمر"),
        ("x" * 200, "x" * 60),
    ],
)
def test_a_name_becomes_one_an_account_may_have(name, username):
    assert username_for(name) == username


class TestJoining:
    @pytest.fixture
    def ada(self, client, account, issuer):
        client.post("/sign-in/", {"username": "ada-of-the-hall", "password": "a long enough one"})
        return client

    def test_whoever_is_signed_in_joins_it_and_parts_it_again(self, ada, account, issuer):
        assert "Join it with the town" in ada.get("/account/").text
        assert through(ada, f"{BY}?for=joining")["Location"] == "/account/"
        held = SocialAccount.objects.get()
        assert (held.user, held.provider, held.uid, held.extra_data) == (
            account,
            issuer.url,
            "s-1",
            {},
        )
        assert through(Client())["Location"] == "/run/"
        ada.post("/account/part/")
        assert through(Client()).status_code == 403

    def test_not_without_a_proof_of_who_one_is(self, ada):
        session = ada.session
        session["proved_at"] = time.time() - 901
        session.save()
        assert ada.get(f"{BY}?for=joining")["Location"].startswith("/account/again/")
        assert Client().get(f"{BY}?for=joining")["Location"].startswith("/account/again/")

    def test_not_what_belongs_to_another(self, ada, stranger, issuer):
        join_identity(stranger, Identity(issuer.url, "s-1"))
        page = through(ada, f"{BY}?for=joining")
        assert page.status_code == 409
        assert SocialAccount.objects.get().user == stranger

    def test_not_to_an_account_that_is_in_meanwhile(self, ada, stranger):
        back = back_from(ada, f"{BY}?for=joining")
        states = ada.session["socialaccount_states"]
        ada.force_login(stranger)
        kept = ada.session
        kept.update({"socialaccount_states": states, "proved_at": time.time()})
        kept.save()
        assert ada.get(back).status_code == 403
        assert not SocialAccount.objects.exists()


class TestProvingOnceMore:
    @pytest.fixture
    def bo(self, client, joined):
        joined.set_unusable_password()
        joined.save()
        client.force_login(joined)
        return client

    def test_by_who_vouches(self, bo, issuer):
        assert "Prove it with the town" in bo.get("/account/again/?next=/account/app/").text
        assert through(bo, f"{BY}?for=again&next=/account/app/")["Location"] == "/account/app/"
        assert (issuer.asked[-1]["prompt"], issuer.asked[-1]["max_age"]) == ("login", "0")
        assert bo.get("/account/app/").status_code == 200

    @pytest.mark.parametrize(
        "wrong", [{"auth_time": None}, {"auth_time": 1_000_000}, {"sub": "s-2"}]
    )
    def test_not_by_who_was_signed_in_there_for_long_or_is_another(self, bo, issuer, wrong):
        issuer.wrong.update(wrong)
        assert through(bo, f"{BY}?for=again").status_code == 403
        assert bo.get("/account/app/").status_code == 302

    def test_not_where_there_is_a_second_factor(self, bo, joined):
        with_app(joined)
        assert through(bo, f"{BY}?for=again").status_code == 403


def test_the_issuer_of_these_tests_signs_what_an_independent_reader_accepts(issuer):
    """The oracle: PyJWT against the published keys, so that a refusal above is no fault of the issuer's."""
    issuer.codes["c"] = {"code_challenge": "47DEQpj8HBSa-_TImW-5JCeuQeRkm5NMpJWZG3hSuFU", "redirect_uri": "x", "nonce": "n"}  # fmt: skip
    got = issuer.token(
        {"code": "c", "client_id": CLIENT, "client_secret": SECRET, "redirect_uri": "x"}
    )
    key = jwt.PyJWKClient(f"{issuer.url}/jwks").get_signing_key_from_jwt(got["id_token"])
    assert jwt.decode(got["id_token"], key, audience=CLIENT, issuer=issuer.url)["nonce"] == "n"
