"""Tokens for programs are made on a page, shown there once, and ended there: a facilitator sees everybody's, a researcher their own."""

import re

import pytest
from django.test import Client

from deliberation.assemblies.actions import setting_up
from deliberation.assemblies.actions.tokens import make_token
from deliberation.assemblies.models import Role, Token

pytestmark = pytest.mark.django_db
PAGE, STUDIED = "/run/water/programs/", "/research/water/programs/"
FORM = {"name": "Importer", "scopes": ["read", "import"], "days": "30"}
SECRET = re.compile(r"gw_[\w-]{43}")


@pytest.fixture
def researcher(assembly, stranger):
    setting_up.give_role(assembly, stranger, Role.Kind.RESEARCHER)
    client = Client()
    client.force_login(stranger)
    return client


def test_a_token_is_shown_on_the_answer_alone_and_works(facilitator):
    made = facilitator.post(PAGE, FORM)
    (secret,) = SECRET.findall(made.text)
    assert made["Cache-Control"] == "no-store"
    assert not SECRET.search(facilitator.get(PAGE).text)
    program = Client(headers={"Authorization": f"Bearer {secret}"})
    assert program.get("/api/v1/assemblies/water/readings/").status_code == 200
    assert "last used on" in facilitator.get(PAGE).text


def test_the_form_pressed_twice_makes_one_token_and_shows_it_once(facilitator):
    first = facilitator.post(PAGE, {**FORM, "once": "k"})
    second = facilitator.post(PAGE, {**FORM, "once": "k"})
    assert SECRET.search(first.text)
    assert (second.status_code, second["Location"]) == (303, PAGE)
    assert Token.objects.count() == 1


@pytest.mark.parametrize("wrong", [{"scopes": []}, {"scopes": ["everything"]}, {"name": ""}, {"days": "9999"}])  # fmt: skip
def test_what_cannot_be_had_comes_back_with_the_form(facilitator, wrong):
    assert facilitator.post(PAGE, {**FORM, **wrong}).status_code == 422
    assert not Token.objects.exists()


def test_a_researcher_may_let_a_program_do_what_researchers_do(researcher, stranger):
    page = researcher.get(STUDIED).text
    assert 'value="export"' in page
    assert 'value="import"' not in page
    researcher.post(STUDIED, {"name": "Notebook", "scopes": ["read", "export"], "days": "365"})
    assert Token.objects.get().account == stranger


def test_a_facilitator_sees_and_ends_everybodys_a_researcher_their_own(
    facilitator, researcher, assembly, account, stranger
):
    own, _ = make_token(assembly, account, "Ada's importer", ["import"], 30)
    other, _ = make_token(assembly, stranger, "Eve's notebook", ["export"], 30)
    assert "Eve&#x27;s notebook" in facilitator.get(PAGE).text
    assert "Ada&#x27;s importer" not in researcher.get(STUDIED).text
    assert researcher.post(f"{STUDIED}{own.pk}/").status_code == 404
    assert facilitator.post(f"{PAGE}{other.pk}/").status_code == 303
    other.refresh_from_db()
    assert other.ended_at
    assert "Eve&#x27;s notebook" not in facilitator.get(PAGE).text


def test_a_token_of_another_assembly_is_not_there(facilitator, other_assembly, stranger):
    elsewhere, _ = make_token(other_assembly, stranger, "Elsewhere", ["read"], 30)
    assert facilitator.post(f"{PAGE}{elsewhere.pk}/").status_code == 404
