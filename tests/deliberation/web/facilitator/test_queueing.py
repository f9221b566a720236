"""The queue in a browser: what each thing that waits leads to: appeals and authors' noes, hiding, reasons."""

import pytest
from django.contrib.auth import get_user_model
from django.test import Client

from deliberation.assemblies.actions import setting_up
from deliberation.moderation import queries
from deliberation.moderation.actions import cards
from deliberation.moderation.actions.appealing import appeal
from deliberation.moderation.actions.meaning import answer_meaning
from deliberation.moderation.bench import Bench
from deliberation.moderation.meanings import asked_of
from deliberation.moderation.models import Appeal, Claim, Decision, Meaning
from deliberation.moderation.why import Why
from elicitation.extraction.models import Quote
from elicitation.record.models import Entry
from tests.cards import accepted, own

QUEUE = "/run/water/queue/"


@pytest.fixture
def bench(assembly, account):
    return Bench(assembly, account)


@pytest.fixture
def card(invitation, prompt):
    return own(invitation, prompt, "Water to drink", title="Water")


@pytest.fixture
def colleague(assembly):
    bo = get_user_model().objects.create_user("bo-of-the-hall")
    setting_up.give_role(assembly, bo, "facilitator")
    client = Client()
    client.force_login(bo)
    return client


def author(card):
    return card.revision.response.respondent.membership


def test_next_leads_to_a_card_nobody_else_holds_else_to_the_list(facilitator, colleague, card):
    assert facilitator.get(f"{QUEUE}next/").url == f"{QUEUE}{card.pk}/"
    facilitator.get(f"{QUEUE}{card.pk}/")
    assert colleague.get(f"{QUEUE}next/").url == QUEUE


@pytest.mark.parametrize(
    "query", ["?page=x", "?page=99", "?kind=burn&order=up", "?q=%00", "?page=-1"]
)
def test_odd_addresses_of_the_list_show_a_list(facilitator, card, query):
    assert facilitator.get(QUEUE + query).status_code == 200


def test_a_reason_of_the_list_is_enough_to_leave_a_card_out(facilitator, card):
    page = f"{QUEUE}{card.pk}/"
    assert "It cannot be told what is meant." in facilitator.get(page).content.decode()
    sent = {"kind": "reject", "seen": card.version, "code": "unclear"}
    assert facilitator.post(page, sent).status_code == 302
    assert Decision.objects.get().grounds.code == "unclear"


def test_an_appeal_is_answered_by_a_colleague_on_its_page(facilitator, colleague, bench, card):
    decision = cards.reject(bench, card, card.version, Why(code="unclear"))
    made = appeal(author(card), card, decision, "It is about thirst.")
    page = f"/run/water/appeals/{made.pk}/"
    assert page in colleague.get(QUEUE).content.decode()
    assert page not in facilitator.get(QUEUE).content.decode()
    assert "It is about thirst." in colleague.get(page).content.decode()
    facilitator.get(page)  # it is not theirs to answer, so they hold nothing
    colleague.get(page)
    assert Claim.objects.get().moderator.get_username() == "bo-of-the-hall"
    assert Entry.objects.filter(kind="queue.opened").count() == 1
    own_answer = facilitator.post(page, {"do": "uphold", "words": "No, it stays."})
    assert own_answer.status_code == 409
    assert "No, it stays." in own_answer.content.decode()
    assert colleague.post(page, {"do": "overturn", "words": ""}).status_code == 422
    assert colleague.post(page, {"do": "overturn", "words": "Right."}).status_code == 303
    assert Appeal.objects.get().state == "overturned"
    assert colleague.post(page, {"do": "uphold", "words": "Too late."}).status_code == 409
    colleague.get(page)
    assert Entry.objects.filter(kind="queue.opened").count() == 1


def test_a_card_whose_author_says_no_is_looked_at(
    facilitator, bench, assembly, account, card, invitation, prompt
):
    value = accepted(assembly, account, own(invitation, prompt, "Shade at noon", title="Shade"))
    cards.merge(bench, card, card.version, value)
    meaning = asked_of(author(card)).get()
    answer_meaning(author(card), meaning, Meaning.Answer.NO, "Thirst is not shade.")
    page = f"/run/water/meant/{meaning.pk}/"
    assert page in facilitator.get(QUEUE).content.decode()
    assert "Thirst is not shade." in facilitator.get(page).content.decode()
    assert facilitator.post(page).status_code == 303
    assert page not in facilitator.get(QUEUE).content.decode()
    assert (
        "1 of 2 authors agree" in facilitator.get(f"/run/water/values/{value.pk}/").content.decode()
    )


def test_words_are_hidden_with_a_reason_and_shown_again(facilitator, card):
    Quote.objects.update(public=True)
    answer = card.revision.response
    page = f"/run/water/answers/{answer.pk}/hide/"
    assert facilitator.post(page, {"do": "hide"}).status_code == 422
    assert facilitator.post(page, {"do": "hide", "code": "about_somebody"}).status_code == 303
    assert queries.hiding_of(answer)
    assert "No quote of this answer is shown to others." in facilitator.get(page).content.decode()
    assert facilitator.post(page, {"do": "hide", "code": "insult"}).status_code == 409
    assert facilitator.post(page, {"do": "restore", "code": "second_look"}).status_code == 303
    assert queries.hiding_of(answer) is None
    assert facilitator.post(page, {"do": "restore", "code": "second_look"}).status_code == 409


def test_a_value_that_carries_hidden_words_is_named(facilitator, assembly, account, card):
    value = accepted(assembly, account, card)
    page = f"/run/water/answers/{card.revision.response.pk}/hide/"
    assert f"/run/water/values/{value.pk}/" in facilitator.get(page).content.decode()


def test_reasons_are_changed_before_answering_opens_and_not_after(facilitator, assembly):
    page = "/run/water/reasons/"
    assert "the list stays as it is" in facilitator.get(page).content.decode()
    assert facilitator.post(page, {"in_en": "An advert.", "kinds": ["reject"]}).status_code == 409
    assembly.phases.all().delete()
    assert facilitator.post(page, {"in_en": "", "kinds": ["reject"]}).status_code == 422
    assert facilitator.post(page, {"in_en": "An advert.", "kinds": ["reject"]}).status_code == 303
    assert facilitator.post(page, {"drop": "insult"}).status_code == 303
    public = Client().get("/a/water/reasons/").content.decode()
    assert "An advert." in public
    assert "It insults" not in public


def test_none_of_these_pages_is_for_others(client, card, bench):
    decision = cards.reject(bench, card, card.version, Why(code="unclear"))
    made = appeal(author(card), card, decision, "It is about thirst.")
    for address in (QUEUE, f"{QUEUE}next/", f"/run/water/appeals/{made.pk}/", "/run/water/reasons/", f"/run/water/answers/{card.revision.response.pk}/hide/"):  # fmt: skip
        assert client.get(address).status_code == 404
