"""What is being written is kept until it is sent, for its author alone; and a browser that lost its seat loses no word."""

import re
from datetime import timedelta
from uuid import uuid4

import pytest
from django.test import Client
from django.utils import timezone

from deliberation.artifacts.actions.leaving import take_everything_back
from deliberation.assemblies import gates
from deliberation.assemblies.actions import setting_up, taking_part
from deliberation.assemblies.actions.unsent_keeping import keep_unsent
from deliberation.assemblies.errors import NotHere
from deliberation.assemblies.models import Unsent
from deliberation.assemblies.tasks import forget_what_is_over
from deliberation.exports.own import own
from elicitation.interview.drafts import Words
from elicitation.interview.models import Response
from elicitation.record.models import Entry
from tests.conftest import newcomer

THOUGHT = "\nfirst a line break, then <b>quietly</b> said"


@pytest.fixture
def there(prompt):
    return f"/a/water/unsent/{prompt.pk}/"


@pytest.fixture
def begun(member, prompt):
    return keep_unsent(member, prompt.pk, THOUGHT)


def typed(page):
    """What stands in the text field, and which state of the text it is."""
    version = re.search(r'data-version="([^"]*)"', page.text)
    return page.context["form"]["text"].value(), version and version[1]


def test_what_is_kept_comes_back_to_the_letter_on_any_device(member_client, member, prompt, there):
    before = Entry.objects.count()
    kept = member_client.post(there, {"text": THOUGHT})
    assert kept.status_code == 200
    assert Entry.objects.count() == before  # nobody is told that somebody writes
    elsewhere = Client()
    elsewhere.get(f"/back/{gates.receipt_code(member)}/")
    page = elsewhere.get(f"/a/water/answer/{prompt.pk}/")
    assert typed(page) == (THOUGHT, kept.json()["at"])
    assert f"/a/water/answer/{prompt.pk}/" in elsewhere.get("/a/water/mine/").text


def test_the_last_that_was_kept_stands_and_nothing_typed_is_nothing_kept(member_client, there):
    for text in ("one", "two", "two"):
        member_client.post(there, {"text": text})
    assert Unsent.objects.get().text == "two"
    member_client.post(there, {"text": ""})
    assert not Unsent.objects.exists()


def test_without_a_script_a_button_keeps_it_for_later(member_client, prompt, there):
    assert 'value="later"' in member_client.get(f"/a/water/answer/{prompt.pk}/").text
    page = member_client.post(there, {"text": "later then", "do": "later", "key": "k"}, follow=True)
    assert "Begun, and not sent yet" in page.text
    assert not Response.objects.exists()


@pytest.mark.parametrize("text", ["x" * 20_001, "null \x00"])
def test_what_cannot_be_kept_is_refused_and_what_was_kept_stays(member_client, there, begun, text):
    assert member_client.post(there, {"text": text}).status_code == 422
    assert Unsent.objects.get().text == THOUGHT


def test_nothing_is_kept_of_what_one_may_not_write_to(
    member_client, member, prompt, invitation, other_assembly
):
    foreign = other_assembly.inquiries.get().prompts.first()
    for about in (uuid4(), foreign.pk):
        assert member_client.post(f"/a/water/unsent/{about}/", {"text": "x"}).status_code == 404
    taking_part.answer(member, prompt, Words("a bench", "en", "k"))
    late = member_client.post(f"/a/water/unsent/{prompt.pk}/", {"text": "a bench"})
    assert late.status_code == 404  # what was on its way while the answer was sent
    stranger = newcomer(invitation)
    mine = Response.objects.get()
    assert keep_unsent(stranger, prompt.pk, "hers")
    with pytest.raises(NotHere):
        gates.writing(stranger, mine.pk)
    assert gates.writing(member, mine.pk) == mine.pk


def test_nothing_is_kept_before_one_agreed_or_once_answering_is_over(
    member_client, assembly, member, there
):
    now = timezone.now()
    setting_up.set_phase(assembly, "answering", now - timedelta(hours=2), now - timedelta(hours=1))
    assert member_client.post(there, {"text": "too late"}).status_code == 409
    member.consents.all().delete()
    setting_up.set_phase(assembly, "answering", now - timedelta(hours=2), now + timedelta(hours=1))
    assert member_client.post(there, {"text": "too early"}).status_code == 403
    assert not Unsent.objects.exists()


def test_it_is_gone_once_it_is_sent(member, prompt, begun):
    response = taking_part.answer(member, prompt, Words(THOUGHT, "en", "k"))
    assert not Unsent.objects.exists()
    keep_unsent(member, response.pk, "other words")
    taking_part.change(member, response, "other words", "en")
    assert not Unsent.objects.exists()


def test_it_is_gone_with_the_answer_it_would_change(member, prompt, invitation):
    response = taking_part.answer(member, prompt, Words("a bench", "en", "k"))
    keep_unsent(member, response.pk, "other words")
    other = newcomer(invitation)
    keep_unsent(other, prompt.pk, "somebody else's")
    taking_part.withdraw(response)
    assert [one.membership for one in Unsent.objects.all()] == [other]


def test_its_author_is_told_of_it_and_takes_it_back_with_everything(member, begun):
    assert [one["text"] for one in own(member)["begun_and_not_sent"]] == [THOUGHT]
    take_everything_back(member)
    assert not Unsent.objects.exists()


def test_it_is_gone_after_thirty_days(begun):
    Unsent.objects.update(at=timezone.now() - timedelta(days=29))
    forget_what_is_over()
    assert Unsent.objects.exists()
    Unsent.objects.update(at=timezone.now() - timedelta(days=31))
    forget_what_is_over()
    assert not Unsent.objects.exists()


def test_changing_an_answer_begins_with_what_was_begun(member_client, member, prompt):
    response = taking_part.answer(member, prompt, Words("a bench", "en", "k"))
    where = f"/a/water/mine/{response.pk}/change/"
    first = typed(member_client.get(where))
    assert first[0] == "a bench"
    keep_unsent(member, response.pk, "a bench in the shade")
    now = typed(member_client.get(where))
    assert now[0] == "a bench in the shade"
    assert now[1] != first[1]


def asked_for_the_code(client, prompt, **fields):
    return client.post(f"/a/water/answer/{prompt.pk}/", {"text": THOUGHT, "key": "k", **fields})


def hidden(page):
    return dict(re.findall(r'type="hidden" name="([^"]+)" value="([^"]*)"', page.text))


def test_a_browser_that_lost_its_seat_goes_on_where_it_was_with_what_was_typed(client, member, prompt):  # fmt: skip
    page = asked_for_the_code(client, prompt)
    assert page.status_code == 404
    carried = {**hidden(page), "typed-text": page.context["text"]}
    wrong = client.post("/back/", {**carried, "code": "0000-0000-0000-0000"})
    assert wrong.context["text"] == THOUGHT  # still there after a typing error
    carried = {**hidden(wrong), "typed-text": wrong.context["text"]}
    back = client.post("/back/", {**carried, "code": gates.receipt_code(member)})
    fields = {**hidden(back), "text": back.context["text"]}
    assert fields["key"] == "k"
    sent = client.post(back.context["where"], fields)
    assert sent.status_code == 303
    assert Response.objects.get().latest.text == THOUGHT


def test_a_page_looked_at_without_a_seat_opens_once_the_code_is_typed(client, member, prompt):
    where = f"/a/water/answer/{prompt.pk}/"
    asked = client.get(where)
    assert asked.status_code == 404
    back = client.post("/back/", {**hidden(asked), "code": gates.receipt_code(member)})
    assert back["Location"] == where


@pytest.mark.parametrize(
    "where", ["https://evil.example/", "//evil.example/a/water/mine/", "/run/water/", "/a/fire/mine/", "", "\x00"]
)  # fmt: skip
def test_the_code_leads_to_no_place_but_a_page_of_ones_own(client, member, where):
    back = client.post("/back/", {"where": where, "code": gates.receipt_code(member)})
    assert back["Location"] == "/a/water/mine/"
