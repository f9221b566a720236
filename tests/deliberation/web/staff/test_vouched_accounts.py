"""Accounts somebody else vouches for: made by an invitation, joined to one there is, and proved once more."""

import time

import pytest
from allauth.socialaccount.models import SocialAccount
from django.contrib.auth import get_user_model
from django.test import Client

from deliberation.assemblies import gates
from deliberation.assemblies.actions import staffing
from deliberation.assemblies.actions.identities import join_identity
from deliberation.assemblies.identities import Identity, username_for
from deliberation.assemblies.models import Role
from tests._factors import with_app
from tests.deliberation.web.staff._by import BY, back_from, people, signed_in, through


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
