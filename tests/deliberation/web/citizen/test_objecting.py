"""A citizen reads the draft, objects with other words, shares somebody's objection, and says whether the answer satisfies."""

import pytest

from deliberation.artifacts.actions import drafting, objecting
from deliberation.artifacts.models import Objection, Seconding
from elicitation.graph.models import Value
from tests.conftest import newcomer
from tests.deliberation.artifacts.conftest import set_reviewing
from tests.deliberation.web.citizen.conftest import client_of


@pytest.fixture
def draft(assembly, owned, reader):
    version = drafting.draft(assembly, "charter", "Charter of the river", "en")
    drafting.write_clause(version, "Doors stay open.", list(Value.objects.standing()))
    set_reviewing(assembly)
    return drafting.put_before(version)


@pytest.fixture
def page(draft):
    return f"/a/water/draft/{draft.pk}/"


def test_the_draft_is_found_from_the_navigation_while_it_is_reviewed(
    reader_client, draft, assembly
):
    assert "/a/water/draft/" in reader_client.get("/a/water/mine/").text
    assert reader_client.get("/a/water/draft/").url == f"/a/water/draft/{draft.pk}/"
    set_reviewing(assembly, 1, 2)
    assert "/a/water/draft/" not in reader_client.get("/a/water/mine/").text


def test_an_objection_with_other_words_is_made_and_its_answer_weighed(
    reader_client, page, draft, account
):
    clause = draft.clauses.get()
    form = reader_client.get(f"{page}{clause.pk}/")
    assert form.context["form"].initial["rewording"] == "Doors stay open."
    sent = {
        "reason": "At night they are shut.\r\nAlways.",
        "rewording": "Doors stay open at night.",
    }
    made = reader_client.post(f"{page}{clause.pk}/", sent)
    objection = Objection.objects.get()
    assert made.url == f"{page}#objection-{objection.pk}"
    assert objection.reason == "At night they are shut.\nAlways."
    assert "This satisfies me" not in reader_client.get(page).text
    objecting.answer(objection, account, "We will look.", sustain=False)
    assert "We will look." in reader_client.get(page).text
    reader_client.post(f"{page}objections/{objection.pk}/", {"do": "unsatisfied"})
    objection.refresh_from_db()
    assert objection.satisfied is False
    reader_client.post(f"{page}objections/{objection.pk}/", {"do": "take_back"})
    objection.refresh_from_db()
    assert objection.withdrawn_at


def test_words_left_as_the_clause_reads_are_no_amendment(reader_client, page, draft):
    sent = {"reason": "Strike it.", "rewording": "Doors stay open."}
    reader_client.post(f"{page}{draft.clauses.get().pk}/", sent)
    assert Objection.objects.get().rewording == ""


def test_what_was_typed_comes_back_where_it_is_refused(reader_client, page, draft, assembly):
    set_reviewing(assembly, -2, -1)
    refused = reader_client.post(
        f"{page}{draft.clauses.get().pk}/", {"reason": "Too late, I fear."}
    )
    assert refused.status_code in (403, 409)
    assert "Too late, I fear." in refused.text


def test_somebody_elses_objection_is_shared_and_touched_no_further(
    reader_client, page, draft, invitation
):
    other = newcomer(invitation)
    objection = objecting.object_to(other, draft.clauses.get(), "Not at night.")
    path = f"{page}objections/{objection.pk}/"
    reader_client.post(path, {"do": "second"})
    assert Seconding.objects.count() == 1
    assert "You share this." in reader_client.get(page).text
    assert reader_client.post(path, {"do": "take_back"}).status_code == 404
    assert reader_client.post(path, {"do": "satisfied"}).status_code == 404
    reader_client.post(path, {"do": "unsecond"})
    assert not Seconding.objects.exists()


def test_drafts_of_other_assemblies_and_drafts_kept_back_are_not_there(
    reader_client, page, draft, assembly
):
    kept = drafting.draft(assembly, "brief", "Kept back", "en")
    assert reader_client.get(f"/a/water/draft/{kept.pk}/").status_code == 404
    assert reader_client.get("/a/water/draft/").status_code == 302


def test_nobody_is_named(client, draft, page, invitation):
    member = newcomer(invitation)
    objecting.object_to(member, draft.clauses.get(), "Not at night.")
    text = client_of(newcomer(invitation)).get(page).text
    assert "Not at night." in text
    assert str(member.pk) not in text
    assert str(member.respondent_id) not in text
