"""Those who run or study an assembly sign in: by password, or by a link that holds for a while."""

from datetime import timedelta

import pytest
from django.core.signing import TimestampSigner
from django.test import Client

from deliberation.assemblies.actions import setting_up
from deliberation.web.public import links

GOOD = {"username": "ada-of-the-hall", "password": "a long enough one"}


@pytest.fixture
def researcher(assembly, stranger):
    setting_up.give_role(assembly, stranger, "researcher")
    return stranger


def signed_in(client):
    return "_auth_user_id" in client.session


def test_a_facilitator_comes_to_the_assemblies_they_run(client, assembly):
    page = client.post("/sign-in/", GOOD)
    assert (page.status_code, page["Location"]) == (303, "/run/")


def test_a_researcher_comes_to_the_data(client, researcher):
    page = client.post("/sign-in/", {**GOOD, "username": "eve-from-outside"})
    assert page["Location"] == "/research/"


def test_a_wrong_password_says_so_keeps_the_name_and_signs_nobody_in(client, account):
    page = client.post("/sign-in/", {**GOOD, "password": "not it"})
    assert page.status_code == 422
    assert 'value="ada-of-the-hall"' in page.text
    assert "not it" not in page.text
    assert not signed_in(client)


def test_a_page_that_needs_an_account_leads_to_sign_in_and_back(client, assembly):
    asked = client.get("/run/")
    assert asked["Location"] == "/sign-in/?next=/run/"
    page = client.post("/sign-in/?next=/a/water/became/", GOOD)
    assert page["Location"] == "/a/water/became/"


@pytest.mark.parametrize(
    "elsewhere",
    ["https://evil.example/", "//evil.example/", "javascript:alert(1)", "/\\evil.example"],
)
def test_signing_in_never_leads_off_the_site(client, assembly, elsewhere):
    page = client.post(f"/sign-in/?next={elsewhere}", GOOD)
    assert page["Location"] == "/run/"
    token = links.token_for(assembly.roles.first().user)
    assert Client().get(f"/sign-in/{token}/?next={elsewhere}")["Location"] == "/run/"


def test_a_link_signs_in_and_leads_where_one_wanted_to_go(client, assembly, account):
    page = client.get(f"/sign-in/{links.token_for(account)}/?next=/run/water/")
    assert page["Location"] == "/run/water/"
    assert signed_in(client)


def test_a_link_is_void_once_the_password_changes(client, account):
    token = links.token_for(account)
    account.set_password("quite another one")
    account.save()
    assert client.get(f"/sign-in/{token}/").status_code == 404
    assert not signed_in(client)


def test_a_link_is_void_after_its_time(client, account, settings):
    token = links.token_for(account)
    settings.SIGN_IN_LINK_AGE = timedelta(seconds=-1)
    assert links.user_of(token) is None
    assert client.get(f"/sign-in/{token}/").status_code == 404


def test_a_link_of_a_closed_account_is_void(account):
    token = links.token_for(account)
    account.is_active = False
    account.save()
    assert links.user_of(token) is None


def test_a_link_made_up_or_signed_for_something_else_is_void(account):
    token = links.token_for(account)
    foreign = TimestampSigner(salt="something else").sign_object({"user": account.pk, "seal": ""})
    assert [links.user_of(t) for t in (token + "x", "abc", foreign)] == [None, None, None]
    assert links.user_of(token) == account


def test_nothing_of_the_password_is_in_a_link(account):
    said = links.SIGNER.unsign_object(links.token_for(account))
    assert said["seal"] not in account.password


def test_signing_out_takes_a_form_and_not_a_look(facilitator):
    assert facilitator.get("/sign-out/").status_code == 405
    assert signed_in(facilitator)
    page = facilitator.post("/sign-out/")
    assert (page.status_code, page["Location"]) == (303, "/")
    assert not signed_in(facilitator)


def test_signing_out_leaves_no_page_or_draft_in_the_browser(facilitator):
    assert facilitator.post("/sign-out/")["Clear-Site-Data"] == '"cache", "storage"'
