"""Somebody else vouches for staff: over real HTTP, and believed only in what it signed, for this site, in answer to this browser."""

import time

import jwt
import pytest
from allauth.socialaccount.models import SocialAccount
from cryptography.hazmat.primitives.asymmetric import rsa
from django.contrib.auth import get_user_model
from django.test import Client

from deliberation.assemblies.actions.identities import join_identity
from deliberation.assemblies.identities import Identity
from tests._factors import code_now, with_app
from tests._issuer import CLIENT, SECRET
from tests.deliberation.web.staff._by import BACK, BY, back_from, people, signed_in, through


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


def test_the_issuer_of_these_tests_signs_what_an_independent_reader_accepts(issuer):
    """The oracle: PyJWT against the published keys, so that a refusal above is no fault of the issuer's."""
    issuer.codes["c"] = {"code_challenge": "47DEQpj8HBSa-_TImW-5JCeuQeRkm5NMpJWZG3hSuFU", "redirect_uri": "x", "nonce": "n"}  # fmt: skip
    got = issuer.token(
        {"code": "c", "client_id": CLIENT, "client_secret": SECRET, "redirect_uri": "x"}
    )
    key = jwt.PyJWKClient(f"{issuer.url}/jwks").get_signing_key_from_jwt(got["id_token"])
    assert jwt.decode(got["id_token"], key, audience=CLIENT, issuer=issuer.url)["nonce"] == "n"
