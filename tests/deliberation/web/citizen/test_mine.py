"""My answers: what became of each, how it was understood, what was decided and why, and where it went."""

from uuid import uuid4

import pytest
from django.test import Client

from deliberation.artifacts.actions import drafting as artifacts
from deliberation.assemblies import gates
from deliberation.assemblies.actions import taking_part
from deliberation.moderation.actions import cards as moderation
from deliberation.moderation.actions import undoing
from deliberation.moderation.bench import Bench
from deliberation.moderation.why import Why
from elicitation.extraction.models import Candidate, Quote, Reading
from elicitation.extraction.reading import read
from elicitation.graph.models import Evidence
from elicitation.interview.actions import welcome
from elicitation.interview.models import Revision
from tests._publishing import signed_and_published
from tests.conftest import Told


@pytest.fixture
def bench(assembly, account):
    return Bench(assembly, account)


@pytest.fixture
def owned(read_answer):
    return taking_part.own_card(read_answer, public=True)


def mine(client):
    return client.get("/a/water/mine/").text


def say(client, card, **said):
    return client.post(f"/a/water/mine/cards/{card.pk}/", said)


def test_an_answer_not_read_yet_says_so_and_looks_again_by_itself(member_client, answered):
    page = mine(member_client)
    assert "received, waiting to be read" in page
    assert 'hx-trigger="every 4s"' in page


def test_an_answer_in_which_nothing_was_found_is_not_one_that_could_not_be_read(
    member_client, transactional_db, answered
):
    read(answered.latest.pk, Told())
    page = mine(member_client)
    assert "read, nothing found" in page
    assert "a person will look" not in page
    assert "hx-trigger" not in page


def test_each_thing_that_matters_stands_beside_the_words_it_rests_on(member_client, read_answer):
    page = mine(member_client)
    knot = page.split('class="knot"')[1].split("</li>")[0]
    assert "<q>who is left without a door to knock on</q>" in knot
    assert 'class="machine"' in page


def test_a_card_by_a_model_is_labelled_with_the_model(member_client, read_answer):
    Reading.objects.update(engine="openai", model="some-model-7")
    assert "proposed by a model (some-model-7)" in mine(member_client)


def test_the_words_may_be_shown_is_not_ticked_beforehand(member_client, read_answer):
    page = member_client.get(f"/a/water/mine/cards/{read_answer.pk}/").text
    assert 'name="public"' in page
    assert "checked" not in page


def test_the_tick_is_there_again_once_the_author_has_set_it_and_can_be_taken_away(
    member_client, read_answer
):
    sent = say(member_client, read_answer, said="yes", public="on")
    assert sent.status_code == 303
    assert "checked" in member_client.get(f"/a/water/mine/cards/{read_answer.pk}/").text
    say(member_client, read_answer, said="yes")
    assert not Quote.objects.get().public


@pytest.mark.parametrize("said", [{}, {"said": ""}, {"said": "maybe", "public": "on"}])
def test_only_a_plain_yes_is_a_yes(member_client, read_answer, said):
    page = say(member_client, read_answer, **said)
    assert page.status_code == 422
    assert Candidate.objects.get().state == "proposed"
    assert not Quote.objects.get().public


def test_looking_at_a_card_says_nothing_about_it(member_client, read_answer):
    member_client.get(f"/a/water/mine/cards/{read_answer.pk}/")
    assert Candidate.objects.get().state == "proposed"


def test_a_card_that_is_not_it_is_set_aside_and_its_words_are_no_longer_marked(
    member_client, read_answer
):
    say(member_client, read_answer, said="no")
    page = mine(member_client)
    assert "You said: that is not it" in page
    assert "<mark>" not in page


def test_disowning_a_card_takes_it_out_of_its_value(member_client, owned, bench):
    moderation.accept(bench, owned, owned.version)
    assert "Now part of the shared value" in mine(member_client)
    say(member_client, owned, said="no")
    assert not Evidence.objects.exists()
    assert "Now part of the shared value" not in mine(member_client)


def test_the_moderators_question_is_shown_until_the_author_has_replied_by_the_card(
    member_client, owned, bench
):
    moderation.send_back(bench, owned, owned.version, "Do you mean neighbours?")
    page = mine(member_client)
    assert "Do you mean neighbours?" in page
    assert "Answer, or change the card" in page
    card_page = member_client.get(f"/a/water/mine/cards/{owned.pk}/").text
    assert "Do you mean neighbours?" in card_page
    assert "<details open" in card_page
    said = {"title": "Neighbours' doors", "context": "", "policy_0": "NEIGHBOURS who open"}
    say(member_client, owned, said="change", **said)
    assert "Do you mean neighbours?" not in mine(member_client)


def test_a_rejection_is_shown_with_its_reason_and_not_held_against_newer_words(
    member_client, owned, bench
):
    moderation.reject(bench, owned, owned.version, Why("It speaks of a plan only."))
    assert "It speaks of a plan only." in mine(member_client)
    said = {"title": "Doors", "context": "", "policy_0": "NEIGHBOURS who open"}
    say(member_client, owned, said="change", **said)
    assert "It speaks of a plan only." not in mine(member_client)


def test_an_acceptance_is_shown_with_its_reason_and_the_value(member_client, owned, bench):
    moderation.accept(bench, owned, owned.version, Why("Many said so."))
    page = mine(member_client)
    assert "Many said so." in page
    assert "part of a shared value" in page
    taking_part.own_card(owned, public=False)
    assert "Many said so." in mine(member_client)


def test_a_decision_undone_is_not_shown(member_client, owned, bench):
    moderation.reject(bench, owned, owned.version, Why("A slip of the hand."))
    undoing.undo_last(bench)
    assert "A slip of the hand." not in mine(member_client)


def test_from_ones_own_words_the_thread_leads_to_the_clause(member_client, owned, bench, assembly):
    value = moderation.accept(bench, owned, owned.version).value
    version = artifacts.draft(assembly, "charter", "Charter", "en")
    clause = artifacts.write_clause(version, "Nobody is left without a door.", [value])
    assert "Nobody is left without a door." not in mine(member_client)
    signed_and_published(version)
    page = mine(member_client)
    assert "used in a published clause" in page
    assert f"#clause-{clause.pk}" in page
    where = f"/a/water/documents/{version.artifact_id}/{version.number}/"
    assert where in page
    assert f'id="clause-{clause.pk}"' in member_client.get(where).text


def test_no_link_leads_to_pages_that_are_closed_to_the_public(
    member_client, owned, bench, assembly
):
    value = moderation.accept(bench, owned, owned.version).value
    version = artifacts.draft(assembly, "charter", "Charter", "en")
    artifacts.write_clause(version, "Nobody is left without a door.", [value])
    signed_and_published(version)
    assembly.is_public = False
    assembly.save()
    page = mine(member_client)
    assert "Nobody is left without a door." in page
    assert 'href="/a/water/"' not in page
    assert "/a/water/documents/" not in page


def test_a_card_of_somebody_else_is_not_here(read_answer, assembly):
    other = taking_part.open_door(assembly, welcome(), "en")
    client = Client()
    client.get(f"/back/{gates.receipt_code(other)}/")
    assert client.get(f"/a/water/mine/cards/{read_answer.pk}/").status_code == 404
    assert say(client, read_answer, said="yes", public="on").status_code == 404
    assert Candidate.objects.get().state == "proposed"


def test_a_card_replaced_by_newer_words_says_what_to_do(member_client, read_answer, answered):
    member_client.post(f"/a/water/mine/{answered.pk}/change/", {"text": "Only the bridge."})
    page = say(member_client, read_answer, said="yes")
    assert page.status_code == 409
    assert "Open your answers anew" in page.text
    assert "Open doors" not in mine(member_client)


def test_words_sent_for_a_change_after_the_phase_stay_in_the_form(member_client, answered):
    phase = answered.prompt.inquiry.assemblies.get().phases.get()
    phase.ends_at = answered.received_at
    phase.save()
    page = member_client.post(f"/a/water/mine/{answered.pk}/change/", {"text": "newer words"})
    assert page.status_code == 409
    assert "newer words" in page.text
    assert "Answers are taken from" in page.text
    assert Revision.objects.count() == 1


def test_withdrawing_asks_first_and_says_what_goes_and_what_stays(member_client, answered):
    page = member_client.get(f"/a/water/mine/{answered.pk}/withdraw/").text
    assert "Erased: your words in every version" in page
    assert "Kept: that there was an answer" in page
    assert Revision.objects.exists()


def test_what_is_withdrawn_cannot_be_withdrawn_or_changed_again(member_client, answered):
    member_client.post(f"/a/water/mine/{answered.pk}/withdraw/")
    for page in ("withdraw", "change"):
        looked = member_client.get(f"/a/water/mine/{answered.pk}/{page}/")
        assert (looked.status_code, looked["Location"]) == (302, "/a/water/mine/")
    assert member_client.post(f"/a/water/mine/{answered.pk}/withdraw/").status_code == 409


def test_an_answer_that_does_not_exist_is_not_here(member_client):
    assert member_client.get(f"/a/water/mine/{uuid4()}/change/").status_code == 404
    assert member_client.get(f"/a/water/received/{uuid4()}/").status_code == 404


def test_citizens_pages_speak_plainly(member_client, read_answer, prompt):
    pages = [
        mine(member_client),
        member_client.get(f"/a/water/mine/cards/{read_answer.pk}/").text,
        member_client.get(f"/a/water/received/{read_answer.revision.response_id}/").text,
    ]
    for page in pages:
        assert "attentional" not in page
        assert "candidate" not in page.lower()


def test_what_matters_may_be_as_long_as_the_browser_counts_it(member_client, read_answer):
    text = "\n".join(["NEIGHBOURS " + "x" * 48] * 10) + "x"
    assert len(text) == 600
    typed = {"title": "Doors", "context": "", "policy_0": text.replace("\n", "\r\n")}
    done = member_client.post(f"/a/water/mine/cards/{read_answer.pk}/", {"said": "change", **typed})
    assert done.status_code == 303
    assert read_answer.policies.get().text == text
