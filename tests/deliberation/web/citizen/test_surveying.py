"""At the end of their way people find six questions, where the assembly asks them; left out once, they do not come again."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.urls import reverse
from django.utils import timezone

from deliberation.assemblies.actions import setting_up, surveying, taking_part
from deliberation.assemblies.models import Phase, SurveyAnswer
from deliberation.exports.own import own
from elicitation.interview.drafts import Words
from tests.conftest import TEXT

PAGE = "/a/water/mine/how-it-was/"
INVITES = "Six short questions about this assembly"


@pytest.fixture
def asked(assembly):
    return surveying.ask_at_the_end(assembly)


@pytest.fixture
def sent(member, prompt):
    """Both prompts answered; the pages that say so."""

    def pages():
        prompts = prompt.inquiry.prompts.all()
        made = [taking_part.answer(member, one, Words(TEXT, "en", uuid4().hex)) for one in prompts]
        return [reverse("citizen:received", args=["water", one.pk]) for one in made]

    return pages


def test_it_comes_after_the_last_answer_and_not_before(member_client, asked, member, prompt, sent):
    first = taking_part.answer(member, prompt, Words(TEXT, "en", uuid4().hex))
    received = reverse("citizen:received", args=["water", first.pk])
    assert INVITES not in member_client.get(received).text
    other = prompt.inquiry.prompts.last()
    taking_part.answer(member, other, Words(TEXT, "en", uuid4().hex))
    assert INVITES in member_client.get(received).text


def test_while_weighing_is_open_it_waits_for_the_end_of_that(member_client, asked, assembly, sent):
    page = sent()[-1]
    now = timezone.now()
    setting_up.set_phase(assembly, Phase.Kind.WEIGHING, now, now + timedelta(hours=1))
    assert INVITES not in member_client.get(page).text


def test_left_out_once_it_does_not_come_again_but_can_still_be_found(member_client, asked, sent):
    page = sent()[-1]
    assert member_client.post(PAGE, {"do": "leave"}).status_code == 303
    assert INVITES not in member_client.get(page).text
    assert PAGE in member_client.get("/a/water/mine/").text
    assert not SurveyAnswer.objects.exists()


def test_answers_are_kept_shown_changed_and_erased(member_client, asked, member):
    assert member_client.post(PAGE, {"trust": "4", "clarity": ""}).status_code == 303
    assert SurveyAnswer.objects.get().answer == 4
    page = member_client.get(PAGE).text
    assert 'name="trust" value="4" id="id_trust_1" checked' in page
    assert [(one["asked"], one["said"]) for one in own(member)["how_it_was"]] == [("trust", 4)]
    member_client.post(PAGE, {"trust": "2"})
    assert SurveyAnswer.objects.get().answer == 2
    member_client.post(PAGE, {"do": "erase"})
    assert not SurveyAnswer.objects.exists()


@pytest.mark.parametrize("wrong", ["6", "0", "yes"])
def test_what_is_no_point_comes_back_with_the_form(member_client, asked, wrong):
    assert member_client.post(PAGE, {"trust": wrong}).status_code == 422
    assert not SurveyAnswer.objects.exists()


def test_where_nobody_asks_there_is_no_such_page(member_client, assembly, sent):
    page = sent()[-1]
    assert INVITES not in member_client.get(page).text
    assert member_client.get(PAGE).status_code == 302
    assert PAGE not in member_client.get("/a/water/mine/").text


def test_once_it_is_over_who_said_something_can_still_erase_it(member_client, asked, assembly):
    member_client.post(PAGE, {"trust": "4"})
    surveying.ask_no_more(assembly)
    assert "not asked any more" in member_client.get(PAGE).text
    assert member_client.post(PAGE, {"trust": "5"}).status_code == 409
    member_client.post(PAGE, {"do": "erase"})
    assert not SurveyAnswer.objects.exists()
