"""What was typed comes back whole where it was not taken: each value of each field, in the same order, and no password."""

import pytest
from django.test import Client

from deliberation.assemblies import gates

pytestmark = pytest.mark.django_db
SENT = {"values": ["one", "two", "three"], "also": ["research", "quotes"], "text": "Ünd\n„doors“"}
PAIRS = [(name, one) for name in ("values", "also") for one in SENT[name]]


@pytest.fixture
def late():
    """A browser whose page was open for too long: its token is no longer good."""
    return Client(enforce_csrf_checks=True, headers={"sec-fetch-site": "same-origin"})


def test_a_page_that_was_open_for_too_long_gives_each_of_many_ticks_back(late):
    page = late.post("/join/", SENT)
    assert page.status_code == 403
    assert page.context["fields"] == PAIRS
    assert page.context["text"] == SENT["text"]
    for name, value in PAIRS:
        assert f'<input type="hidden" name="{name}" value="{value}">' in page.text


def test_no_password_comes_back_in_a_page(late):
    typed = {"login": "ada", "password": "quite a secret", "new_password2": "quite a secret"}
    page = late.post("/sign-in/", typed)
    assert page.context["fields"] == [("login", "ada")]
    assert "quite a secret" not in page.text


def test_what_another_site_sent_is_not_shown(late):
    page = late.post("/join/", SENT, headers={"sec-fetch-site": "cross-site"})
    assert page.context["fields"] == []
    assert "doors" not in page.text


def test_a_browser_that_lost_its_seat_gives_each_of_many_ticks_back(client, member, prompt):
    asked = client.post(f"/a/water/answer/{prompt.pk}/", {**SENT, "new_password": "quite a secret"})
    assert asked.context["fields"] == PAIRS
    assert "quite a secret" not in asked.text
    carried = {f"typed-{name}": SENT[name] for name in SENT}
    code = gates.receipt_code(member)
    back = client.post("/back/", {**carried, "where": asked.context["where"], "code": code})
    assert back.context["fields"] == PAIRS
    assert back.context["text"] == SENT["text"]
