"""Addresses that are told what happens: set on a page that shows the secret once, tried out and ended there."""

import re

import pytest

from deliberation.assemblies.actions.hooks import set_hook
from deliberation.assemblies.models import Delivery, Hook

pytestmark = pytest.mark.django_db
PAGE = "/run/water/webhooks/"
FORM = {"url": "https://example.org/told", "events": ["document.published"]}
SECRET = re.compile(r"whsec_[\w+/]{43}=")


def test_the_secret_is_shown_on_the_answer_alone(facilitator):
    made = facilitator.post(PAGE, FORM)
    assert SECRET.search(made.text)
    assert made["Cache-Control"] == "no-store"
    page = facilitator.get(PAGE).text
    assert "https://example.org/told" in page
    assert not SECRET.search(page)


@pytest.mark.parametrize("wrong", [{"url": "http://example.org/"}, {"url": "nothing at all"}, {"events": []}, {"events": ["everything"]}])  # fmt: skip
def test_what_is_unfit_comes_back_with_the_form(facilitator, wrong):
    assert facilitator.post(PAGE, {**FORM, **wrong}).status_code == 422
    assert not Hook.objects.exists()


def test_a_test_is_put_on_the_list_and_shown(facilitator, assembly):
    made, _ = set_hook(assembly, "https://example.org/", ["document.published"])
    assert facilitator.post(f"{PAGE}{made.pk}/", {"do": "test"}).status_code == 303
    assert Delivery.objects.get().event == "test"
    assert '<span class="name">test</span>' in facilitator.get(PAGE).text


def test_an_address_is_ended_and_gone_from_the_page(facilitator, assembly):
    made, _ = set_hook(assembly, "https://example.org/", ["document.published"])
    facilitator.post(f"{PAGE}{made.pk}/", {"do": "end"})
    assert "Send a test" not in facilitator.get(PAGE).text
    assert facilitator.post(f"{PAGE}{made.pk}/", {"do": "test"}).status_code == 404


def test_what_could_not_be_told_is_on_the_list_of_what_could_not_be_done(facilitator, assembly):
    made, _ = set_hook(assembly, "https://example.org/", ["document.published"])
    facilitator.post(f"{PAGE}{made.pk}/", {"do": "test"})
    now = Delivery.objects.get().made_at
    Delivery.objects.update(state="failed", failure="not_reached", tries=8, ended_at=now)
    page = facilitator.get("/run/water/given-up/").text
    assert "Nobody answered at the address." in page
    assert f'href="{PAGE}"' in page
