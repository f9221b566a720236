"""A page that was open for hours loses no word."""

import re

import pytest
from django.test import Client

from elicitation.interview.models import Response, Revision

WORDS = '  first line\n<b>second</b> "quoted" ‏עברית  '


@pytest.fixture
def strict(member):
    """A member's browser on a site that checks tokens."""
    client = Client(enforce_csrf_checks=True)
    session = client.session
    session["members"] = {"water": member.pk}
    session.save()
    return client


def send(client, prompt, **headers):
    data = {"text": WORDS, "key": "k", "csrfmiddlewaretoken": "too old"}
    return client.post(f"/a/water/answer/{prompt.pk}/", data, headers=headers)


def test_words_sent_with_an_old_token_come_back_and_one_more_press_stores_them(strict, prompt):
    page = send(strict, prompt, **{"sec-fetch-site": "same-origin"})
    assert page.status_code == 403
    assert not Response.objects.exists()
    assert page.context["text"] == WORDS
    token = re.search(r'csrfmiddlewaretoken" value="(\w+)"', page.text)[1]
    again = {"text": WORDS, "key": "k", "csrfmiddlewaretoken": token}
    assert strict.post(f"/a/water/answer/{prompt.pk}/", again).status_code == 303
    assert Revision.objects.get().text == WORDS


@pytest.mark.parametrize(
    "headers", [{"sec-fetch-site": "cross-site"}, {"origin": "https://evil.example"}, {}]
)
def test_what_another_site_sends_is_not_put_into_a_form_of_ours(strict, prompt, headers):
    page = send(strict, prompt, **headers)
    assert page.status_code == 403
    assert "second" not in page.text


def test_words_sent_after_the_seat_was_lost_are_shown_to_be_kept(client, prompt):
    page = client.post(f"/a/water/answer/{prompt.pk}/", {"text": "my long thought", "key": "k"})
    assert page.status_code == 404
    assert "my long thought" in page.text
