"""A citizen joins, answers, comes back, changes and withdraws, without an account."""

import re
from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from deliberation.assemblies import gates
from deliberation.assemblies.models import Membership, Phase
from elicitation.extraction.models import Candidate, Quote, ReadingRequest
from elicitation.interview.models import Response, Revision

JOINER = "👩‍👩‍👧 «نعم» \u2068isolated\u2069\nsecond line  "


@pytest.fixture
def code(invitation):
    return gates.invitation_code(invitation)


def answer(client, prompt, text, key="k1"):
    return client.post(f"/a/water/answer/{prompt.pk}/", {"text": text, "key": key}, follow=True)


def test_looking_at_an_invitation_takes_no_seat(client, code, invitation):
    page = client.get(f"/join/{code}/")
    assert "We keep your words." in page.text
    assert not Membership.objects.exists()


def test_agreeing_takes_one_seat_however_often_it_is_sent(client, code, invitation):
    for _ in range(2):
        page = client.post(f"/join/{code}/", follow=True)
    assert "Think of a flood" in page.text
    assert Membership.objects.count() == 1
    invitation.refresh_from_db()
    assert invitation.taken == 1


def test_a_code_may_be_typed_in_small_letters_with_spaces(client, code, invitation):
    typed = code.lower().replace("-", " ").replace("0", "o").replace("1", "l")
    page = client.post("/join/", {"code": typed}, follow=True)
    assert "What you agree to" in page.text


def test_a_wrong_code_says_so_and_keeps_what_was_typed(client, assembly):
    page = client.post("/join/", {"code": "AAAA-BBBB"})
    assert page.status_code == 404
    assert "AAAA-BBBB" in page.text


def test_the_last_seat_is_given_once(client, invitation, code):
    invitation.seats = 1
    invitation.save()
    client.post(f"/join/{code}/")
    page = Client().post(f"/join/{code}/")
    assert page.status_code == 409
    assert Membership.objects.count() == 1


def test_received_is_said_with_a_receipt_and_the_exact_words_are_kept(
    member_client, member, prompt
):
    page = answer(member_client, prompt, JOINER.replace("\n", "\r\n"))
    assert "Received" in page.text
    assert gates.receipt_code(member) in page.text
    assert Revision.objects.get().text == JOINER
    assert ReadingRequest.objects.get().state == "waiting"


def test_sending_twice_is_sending_once(member_client, prompt):
    first = answer(member_client, prompt, "the river at night")
    again = answer(member_client, prompt, "the river at night")
    assert Response.objects.count() == 1
    assert again.redirect_chain == first.redirect_chain


def test_the_same_key_with_other_words_is_refused_and_the_words_stay_in_the_form(
    member_client, prompt
):
    answer(member_client, prompt, "the river at night")
    page = answer(member_client, prompt, "something else")
    assert page.status_code == 422
    assert "something else" in page.text
    assert Revision.objects.count() == 1


@pytest.mark.parametrize("text", ["", "   \n "])
def test_an_empty_answer_is_refused_with_words_of_help(member_client, prompt, text):
    page = answer(member_client, prompt, text)
    assert page.status_code == 422
    assert not Response.objects.exists()


def test_after_the_phase_has_ended_the_words_stay_in_the_form_and_are_not_kept(
    member_client, member, prompt
):
    phase = Phase.objects.get()
    phase.ends_at = timezone.now() - timedelta(minutes=1)
    phase.save()
    page = answer(member_client, prompt, "too late for this")
    assert page.status_code == 409
    assert "too late for this" in page.text
    assert not Response.objects.exists()


def test_without_consent_to_the_text_as_it_stands_nothing_is_kept(member_client, member, prompt):
    member.assembly.consent_version = 2
    member.assembly.save()
    page = answer(member_client, prompt, "the river at night")
    assert page.status_code == 403
    assert not Response.objects.exists()


def test_the_receipt_opens_ones_own_answers_in_another_browser(member, answered):
    page = Client().get(f"/back/{gates.receipt_code(member)}/", follow=True)
    assert "who is left without a door" in page.text


def test_a_receipt_typed_where_an_invitation_belongs_is_understood(client, member, answered):
    page = client.post("/join/", {"code": gates.receipt_code(member)}, follow=True)
    assert "My answers" in page.text


def test_no_code_is_stored_in_the_clear(member, invitation):
    stored = str(list(Membership.objects.values())) + str(list(type(invitation).objects.values()))
    assert gates.receipt_code(member) not in stored
    assert gates.invitation_code(invitation) not in stored


def test_a_stranger_cannot_tell_whether_an_assembly_or_an_answer_exists(client, answered, prompt):
    there = client.get(f"/a/water/mine/{answered.pk}/change/")
    not_there = client.get(f"/a/fire/mine/{answered.pk}/change/")
    assert (there.status_code, not_there.status_code) == (404, 404)
    strip = re.compile(rb'name="(csrfmiddlewaretoken|next|where)" value="[^"]*"')
    assert strip.sub(b"", there.content) == strip.sub(b"", not_there.content)


def test_one_cannot_open_the_answer_of_somebody_else(invitation, member_client, answered):
    other = Client()
    other.post(f"/join/{gates.invitation_code(invitation)}/")
    assert other.get(f"/a/water/mine/{answered.pk}/change/").status_code == 404
    assert other.post(f"/a/water/mine/{answered.pk}/withdraw/").status_code == 404
    assert Revision.objects.exists()


def test_the_card_is_shown_beside_the_quoted_words_and_is_the_machines_until_it_is_owned(
    read_answer, member_client
):
    page = member_client.get("/a/water/mine/").text
    assert "<mark>who is left without a door to knock on</mark>" in page
    assert "found by the offline reader" in page
    member_client.post(f"/a/water/mine/cards/{read_answer.pk}/", {"said": "yes", "public": "on"})
    assert "found by the offline reader" not in member_client.get("/a/water/mine/").text
    assert Candidate.objects.get().state == "confirmed"
    assert Quote.objects.get().public


def test_quotes_are_public_only_where_their_author_says_so(read_answer, member_client):
    member_client.post(f"/a/water/mine/cards/{read_answer.pk}/", {"said": "yes"})
    assert not Quote.objects.get().public


def test_a_card_can_be_put_in_ones_own_words_and_keeps_its_quote(read_answer, member_client):
    said = {"said": "change", "title": "Doors", "context": "", "policy_0": "NEIGHBOURS who open"}
    member_client.post(f"/a/water/mine/cards/{read_answer.pk}/", said)
    card = Candidate.objects.get()
    assert (card.title, card.state) == ("Doors", "edited")
    policy = card.policies.get()
    assert (policy.text, policy.by_author) == ("NEIGHBOURS who open", True)
    assert policy.quotes.get().text == "who is left without a door to knock on"


def test_a_card_with_nothing_left_in_it_is_refused(read_answer, member_client):
    said = {"said": "change", "title": "Doors", "context": "", "policy_0": " "}
    page = member_client.post(f"/a/water/mine/cards/{read_answer.pk}/", said)
    assert page.status_code == 422
    assert Candidate.objects.get().title == "Open doors"


def test_new_words_are_read_anew_and_an_unanswered_card_of_the_old_ones_stands_no_more(
    read_answer, member_client, answered
):
    member_client.post(f"/a/water/mine/{answered.pk}/change/", {"text": "Only the bridge matters."})
    assert Candidate.objects.get().state == "superseded"
    states = ReadingRequest.objects.order_by("revision__number").values_list("state", flat=True)
    assert list(states) == ["set_aside", "waiting"]


def test_withdrawing_erases_words_cards_and_quotes(read_answer, member_client, answered):
    member_client.post(f"/a/water/mine/{answered.pk}/withdraw/")
    assert [m.objects.count() for m in (Revision, Candidate, Quote)] == [0, 0, 0]
    page = member_client.get("/a/water/mine/").text
    assert "You withdrew this answer" in page
    assert "door to knock" not in page
