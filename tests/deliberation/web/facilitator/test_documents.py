"""A facilitator has clauses proposed, changes them beside somebody else, answers objections, signs and publishes."""

import pytest
from django.test import Client

from deliberation.artifacts.actions import drafting, objecting
from deliberation.artifacts.models import Clause, Objection, Version
from deliberation.assemblies.actions import setting_up, taking_part
from deliberation.moderation.actions import cards as moderation
from deliberation.moderation.bench import Bench
from tests.conftest import newcomer
from tests.deliberation.artifacts.conftest import set_reviewing


@pytest.fixture
def value(assembly, account, read_answer):
    owned = taking_part.own_card(read_answer, public=True)
    return moderation.accept(Bench(assembly, account), owned, owned.version).value


@pytest.fixture
def draft(assembly, value):
    version = drafting.draft(assembly, "charter", "Charter of the river", "en")
    drafting.write_clause(version, "Doors stay open.", [value])
    return version


@pytest.fixture
def path(draft):
    return f"/run/water/documents/{draft.pk}/"


@pytest.fixture
def colleague(assembly, stranger):
    setting_up.give_role(assembly, stranger, "facilitator")
    client = Client()
    client.force_login(stranger)
    return client


def test_clauses_are_proposed_from_ticked_values_labelled_and_taken(facilitator, path, value):
    page = facilitator.get(f"{path}propose/")
    assert value.title in page.text
    assert facilitator.post(f"{path}propose/", {}).status_code == 422
    facilitator.post(f"{path}propose/", {"value": str(value.pk)})
    proposed = Clause.objects.get(origin="template")
    text = facilitator.get(path).text
    assert "no person has edited or accepted it yet" in text
    sent = {"do": "accept", "seen": proposed.edits}
    facilitator.post(f"{path}{proposed.pk}/", sent)
    assert "no person has edited or accepted it yet" not in facilitator.get(path).text


def test_two_who_change_a_clause_see_both_wordings_and_nothing_is_lost(
    facilitator, colleague, path, draft, value
):
    clause = draft.clauses.get()
    page = f"{path}{clause.pk}/"
    seen = facilitator.get(page).context["form"].initial["seen"]
    theirs = {"text": "Doors stay open at night.", "values": [value.pk], "seen": seen}
    mine = {**theirs, "text": "Doors stay open by day."}
    colleague.post(page, theirs)
    refused = facilitator.post(page, mine)
    assert refused.status_code == 409
    assert "Doors stay open at night." in refused.text
    assert "Doors stay open by day." in refused.text
    assert "<ins>day</ins>" in refused.text
    again = refused.context["form"]
    saved = facilitator.post(page, {**mine, "seen": again["seen"].value()})
    assert saved.status_code == 303
    texts = [wording.text for wording in Clause.objects.get().wordings.all()]
    assert texts == ["Doors stay open.", "Doors stay open at night.", "Doors stay open by day."]


def test_a_clause_moves_and_is_struck(facilitator, path, draft, value):
    second = drafting.write_clause(draft, "Nights are quiet.", [value])
    facilitator.post(f"{path}{second.pk}/", {"do": "up"})
    assert [c.text for c in draft.clauses.all()] == ["Nights are quiet.", "Doors stay open."]
    facilitator.post(f"{path}{second.pk}/", {"do": "strike"})
    assert [c.text for c in draft.clauses.all()] == ["Doors stay open."]


def test_an_objection_is_answered_in_public_and_its_words_taken(
    facilitator, path, draft, assembly, invitation
):
    assert facilitator.get(f"{path}objections/").status_code == 200
    set_reviewing(assembly)
    facilitator.post(path, {"do": "put"})
    made = objecting.object_to(
        newcomer(invitation),
        draft.clauses.get(),
        "At night they are shut.",
        "Doors stay open at night.",
    )
    assert "one waits for an answer" in facilitator.get(path).text
    assert (
        "One objection to a draft waits for an answer" in facilitator.get("/run/water/queue/").text
    )
    page = f"{path}objections/{made.pk}/"
    assert "<ins>" in facilitator.get(page).text
    assert facilitator.post(page, {"follows": "adopt"}).status_code == 422
    facilitator.post(page, {"follows": "adopt", "words": "Thank you, that is better.", "seen": 1})
    assert draft.clauses.get().text == "Doors stay open at night."
    assert Objection.objects.get().state == "sustained"


def test_words_of_an_objection_are_taken_once_what_was_saved_meanwhile_was_seen(
    facilitator, path, draft, assembly, invitation, value
):
    set_reviewing(assembly)
    drafting.put_before(draft)
    clause = draft.clauses.get()
    made = objecting.object_to(newcomer(invitation), clause, "Shut.", "Doors stay open at night.")
    page = f"{path}objections/{made.pk}/"
    seen = facilitator.get(page).context["form"]["seen"].value()
    drafting.rewrite_clause(clause, 1, "Saved meanwhile.", [value])
    sent = {"follows": "adopt", "words": "Thank you, that is better.", "seen": seen}
    refused = facilitator.post(page, sent)
    assert refused.status_code == 409
    assert "Thank you, that is better." in refused.text
    assert "Saved meanwhile." in refused.text
    again = {**sent, "seen": refused.context["form"]["seen"].value()}
    assert facilitator.post(page, again).status_code == 303
    assert draft.clauses.get().text == "Doors stay open at night."


def test_without_other_words_there_is_nothing_to_take(
    facilitator, path, draft, assembly, invitation
):
    set_reviewing(assembly)
    drafting.put_before(draft)
    made = objecting.object_to(newcomer(invitation), draft.clauses.get(), "No.")
    page = f"{path}objections/{made.pk}/"
    assert (
        facilitator.post(page, {"follows": "adopt", "words": "So.", "seen": 1}).status_code == 422
    )
    facilitator.post(page, {"follows": "answered", "words": "We looked at it.", "seen": 1})
    assert Objection.objects.get().answer == "We looked at it."


def test_what_stands_in_the_way_of_publishing_is_said_before_anybody_signs(
    facilitator, colleague, path, draft, value
):
    drafting.propose(draft, [value])
    page = f"{path}publish/"
    text = facilitator.get(page).text
    assert "was proposed and no person has edited or accepted it" in text
    assert "I have read it and stand by it" not in text
    proposed = draft.clauses.get(origin="template")
    drafting.accept_clause(proposed, proposed.edits)
    for client in (facilitator, colleague):
        assert client.post(page, {"do": "sign"}).status_code == 303
    assert facilitator.post(page, {"do": "publish"}).status_code == 303
    assert Version.objects.get().published_at
    assert "0 of 6 files are made." in facilitator.get(page).text


def test_a_signature_is_taken_back(facilitator, path, draft):
    facilitator.post(f"{path}publish/", {"do": "sign"})
    assert draft.sign_offs.count() == 1
    facilitator.post(f"{path}publish/", {"do": "unsign"})
    assert not draft.sign_offs.exists()


def test_pages_of_documents_are_for_those_who_run_the_assembly(client, stranger, path, draft):
    client.force_login(stranger)
    clause = draft.clauses.get()
    for page in ("", "propose/", "objections/", "publish/", f"{clause.pk}/", "vote/"):
        assert client.get(f"{path}{page}").status_code == 404
    assert client.post(f"{path}publish/", {"do": "sign"}).status_code == 404
    assert not draft.sign_offs.exists()
