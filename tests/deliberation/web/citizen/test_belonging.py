"""A little about oneself: one page after joining, all of it skippable."""

import pytest

from deliberation.assemblies.actions import setting_up, strata
from deliberation.assemblies.gates import invitation_code
from deliberation.assemblies.models import Belonging

ABOUT = "/a/water/about-me/"
OPTIONS = [
    {"en": "under 30", "fr": "moins de 30 ans"},
    {"en": "30 and more", "fr": "30 ans et plus"},
]


@pytest.fixture
def ages(assembly):
    return strata.add_stratum(assembly, {"en": "How old are you?", "fr": "Quel âge ?"}, OPTIONS)


def test_it_comes_once_after_agreeing_and_can_be_skipped(client, ages, assembly, prompt):
    code = invitation_code(setting_up.invite(assembly, "hall"))
    assert client.post(f"/join/{code}/").url == ABOUT
    page = client.get(ABOUT).content.decode()
    assert "How old are you?" in page
    assert f"/a/water/answer/{prompt.pk}/" in page
    assert not Belonging.objects.exists()


def test_it_is_said_in_the_language_of_the_visitor_and_changed(member_client, ages):
    page = member_client.get(ABOUT, headers={"Accept-Language": "fr"}).content.decode()
    assert "Quel âge ?" in page
    assert member_client.post(ABOUT, {f"s{ages.pk}": "o1"}).status_code == 303
    assert Belonging.objects.get().option == "o1"
    assert ABOUT in member_client.get("/a/water/mine/").content.decode()
    assert "checked" in member_client.get(ABOUT).content.decode()
    member_client.post(ABOUT, {f"s{ages.pk}": ""})
    assert not Belonging.objects.exists()


@pytest.mark.parametrize("option", ["o7", "under 30"])
def test_an_answer_there_is_not_is_refused(member_client, ages, option):
    assert member_client.post(ABOUT, {f"s{ages.pk}": option}).status_code == 422
    assert not Belonging.objects.exists()


def test_where_nothing_is_asked_there_is_no_such_page(member_client, assembly):
    assert member_client.get(ABOUT).status_code == 302
    assert ABOUT not in member_client.get("/a/water/mine/").content.decode()


def test_a_facilitator_asks_in_every_language_and_takes_it_off(facilitator, assembly):
    page = "/run/water/people/"
    sent = {"asked_en": "How old are you?", "options_en": "under 30\r\n30 and more", "asked_fr": "Quel âge ?", "options_fr": "moins de 30 ans"}  # fmt: skip
    assert facilitator.post(page, {**sent, "options_en": "one"}).status_code == 422
    assert facilitator.post(page, sent).status_code == 303
    made = assembly.strata.get()
    assert made.options[0]["wording"] == {"en": "under 30", "fr": "moins de 30 ans"}
    assert made.options[1]["wording"] == {"en": "30 and more"}
    assert "under 30" in facilitator.get(page).content.decode()
    assert facilitator.post(page, {"drop": made.code}).status_code == 303
    assert facilitator.post(page, {"drop": made.code}).status_code == 404


def test_nobody_else_sets_what_is_asked(client, member_client, assembly):
    for visitor in (client, member_client):
        assert visitor.get("/run/water/people/").status_code == 404
