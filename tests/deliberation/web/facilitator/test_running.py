"""A facilitator founds, invites, watches, decides, brings answers along and publishes, on pages that work without JavaScript."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone

from deliberation.artifacts.models import Clause, Version
from deliberation.assemblies import gates, importing
from deliberation.assemblies.actions import setting_up, taking_part
from deliberation.assemblies.models import Assembly, Import, Phase
from deliberation.moderation.models import Decision
from deliberation.web.public.links import token_for
from elicitation.extraction.actions import readings
from elicitation.extraction.engines.base import EngineFailure
from elicitation.extraction.models import Candidate, ReadingRequest
from elicitation.graph.models import Value
from elicitation.interview.models import Response
from tests.conftest import Told

FOUNDING = {
    "title": "Our square",
    "slug": "square",
    "question": "What makes a place here good to live in?",
    "prompts": "What did you look at?\nWhat should stay?",
    "contexts": "it rains\n",
    "consent": "We keep your words.",
    "languages": ["en", "fr"],
    "zone": "Europe/Madrid",
    "starts_at": "2026-03-28T23:00",
    "ends_at": "2026-03-29T03:30",
}


@pytest.fixture
def owned(read_answer):
    return taking_part.own_card(read_answer, public=True)


def decide(client, card, kind, **more):
    data = {"kind": kind, "seen": card.version, "words": "", **more}
    return client.post(f"/run/water/queue/{card.pk}/", data)


def test_a_template_becomes_an_assembly_with_times_of_its_own_zone(client, account, steward):
    client.force_login(account)
    assert "What makes a place here good" in client.get("/run/new/?template=town").text
    page = client.post("/run/new/?template=town", FOUNDING)
    assert page.status_code == 302, page.text
    assembly = Assembly.objects.get(slug="square")
    phase = assembly.phases.get()
    assert phase.starts_at == datetime(2026, 3, 28, 22, 0, tzinfo=UTC)
    assert phase.ends_at == datetime(2026, 3, 29, 1, 30, tzinfo=UTC)
    inquiry = assembly.inquiries.get()
    assert inquiry.question["fr"].startswith("Qu'est-ce qui rend")
    assert [p.asked_in("en") for p in inquiry.prompts.all()] == FOUNDING["prompts"].split("\n")


def test_what_is_wrong_is_said_and_what_was_typed_is_kept(client, account, assembly, steward):
    client.force_login(account)
    for change, told in (
        ({"slug": "water"}, "There is an assembly with this short name"),
        ({"ends_at": "2026-03-28T22:00"}, "The end must come after the start"),
        ({"prompts": ""}, "This field is required"),
    ):
        page = client.post("/run/new/?template=town", {**FOUNDING, **change})
        assert page.status_code in {409, 422}
        assert told in page.text
        assert "Our square" in page.text
    assert Assembly.objects.count() == 1


def test_a_phase_shown_and_saved_again_does_not_move(facilitator, assembly):
    phase = Phase.objects.get()
    phase.starts_at = datetime(2026, 10, 24, 22, 30, tzinfo=UTC)
    phase.ends_at = datetime(2026, 10, 26, 1, 30, tzinfo=UTC)
    phase.save()
    for _ in range(3):
        shown = facilitator.get("/run/water/phases/").context["form"].initial
        facilitator.post("/run/water/phases/", shown)
    again = Phase.objects.get()
    assert (again.starts_at, again.ends_at) == (phase.starts_at, phase.ends_at)


def test_an_invitation_shows_its_code_link_and_qr_code_and_can_be_closed(facilitator, assembly):
    facilitator.post("/run/water/invite/", {"label": "hall", "seats": "2"})
    invitation = assembly.invitations.get()
    code = gates.invitation_code(invitation)
    assert code in facilitator.get("/run/water/invite/").text
    assert code in facilitator.get(f"/run/water/invite/{invitation.pk}/sheet/").text
    qr = facilitator.get(f"/run/water/invite/{invitation.pk}/qr.svg")
    assert qr["Content-Type"] == "image/svg+xml"
    assert b"<svg" in qr.content
    facilitator.post(f"/run/water/invite/{invitation.pk}/close/")
    assert Client().get(f"/join/{code}/").status_code == 404


def test_the_overview_counts_and_warns_when_reading_is_behind(facilitator, answered):
    assert "Reading is behind" not in facilitator.get("/run/water/").text
    ReadingRequest.objects.update(asked_at=timezone.now() - timedelta(minutes=5))
    page = facilitator.get("/run/water/")
    assert "Reading is behind" in page.text
    assert page.context["counts"]["waiting"] == 1


def test_every_step_of_the_count_opens_the_answers_behind_it(facilitator, owned):
    for step in facilitator.get("/run/water/").context["steps"]:
        page = facilitator.get(f"/run/water/answers/?state={step.key}")
        assert page.context["page"].paginator.count == step.count


@pytest.mark.django_db(transaction=True)
def test_an_answer_no_reader_could_read_is_seen_to_by_a_person(facilitator, answered):
    opened = readings.open_reading(answered.latest, Told(), None)
    readings.fail_reading(opened, EngineFailure("unreadable_language"))
    path = f"/run/water/answers/{answered.pk}/"
    assert "does not know this language" in facilitator.get(path).text
    card = {"title": "Doors", "policy": "DOORS that open", "quote": "words that are not there"}
    page = facilitator.post(f"{path}card/", card)
    assert page.status_code == 422
    assert "words that are not there" in page.text
    facilitator.post(f"{path}card/", {**card, "quote": "who is left without a door"})
    assert Candidate.objects.get().reading.engine == "person"


test_an_answer_no_reader_could_read_is_seen_to_by_a_person = pytest.mark.django_db(
    transaction=True
)(test_an_answer_no_reader_could_read_is_seen_to_by_a_person)


def test_the_queue_accepts_joins_leaves_out_and_takes_back(facilitator, owned):
    page = facilitator.get("/run/water/queue/next/", follow=True)
    assert "<mark>who is left without a door to knock on</mark>" in page.text
    decide(facilitator, owned, "accept")
    assert Value.objects.get().title == "Open doors"
    facilitator.post("/run/water/undo/")
    assert not Value.objects.exists()
    page = decide(facilitator, owned, "reject")
    assert (page.status_code, Decision.objects.living().count()) == (422, 0)
    decide(facilitator, owned, "reject", words="Not about the river.")
    assert Decision.objects.living().get().reason == "Not about the river."


def test_joining_needs_a_value_to_be_chosen(facilitator, owned):
    page = decide(facilitator, owned, "merge")
    assert page.status_code == 422
    assert "Choose the value" in page.text


def test_a_stale_decision_changes_nothing_and_keeps_the_typed_reason(facilitator, owned):
    decide(facilitator, owned, "reject", words="Mine first.")
    page = decide(facilitator, owned, "accept", words="But I think it belongs.")
    assert page.status_code == 409
    assert "But I think it belongs." in page.text
    assert not Value.objects.exists()


def test_the_author_reads_the_question_and_the_reason(facilitator, owned, member_client):
    decide(facilitator, owned, "send_back", words="Whose doors do you mean?")
    assert "Whose doors do you mean?" in member_client.get("/a/water/mine/").text
    facilitator.post("/run/water/undo/")
    decide(facilitator, owned, "reject", words="Said already by others.")
    assert "Said already by others." in member_client.get("/a/water/mine/").text


def test_a_document_goes_from_draft_to_what_everybody_reads(
    facilitator, stranger, assembly, owned, client
):
    decide(facilitator, owned, "accept")
    start = {"title": "Charter of the river", "kind": "charter", "language": "en"}
    facilitator.post("/run/water/documents/", start)
    path = f"/run/water/documents/{Version.objects.get().pk}/"
    assert facilitator.post(f"{path}publish/", {"do": "sign"}).status_code == 409
    assert facilitator.post(path, {"do": "write", "text": "Words."}).status_code == 422
    value = Value.objects.get()
    facilitator.post(path, {"do": "write", "text": "Doors stay open.", "values": [value.pk]})
    clause = Clause.objects.get()
    edited = {"text": "Doors stay open at night.", "values": [value.pk], "seen": clause.edits}
    facilitator.post(f"{path}{clause.pk}/", edited)
    facilitator.post(f"{path}publish/", {"do": "sign"})
    assert facilitator.post(f"{path}publish/", {"do": "publish"}).status_code == 409
    setting_up.give_role(assembly, stranger, "facilitator")
    client.force_login(stranger)
    client.post(f"{path}publish/", {"do": "sign"})
    client.post(f"{path}publish/", {"do": "publish"})
    client.logout()
    page = client.get("/a/water/charter/", follow=True).text
    assert "Doors stay open at night." in page
    assert "<q>who is left without a door to knock on</q>" in page
    assert "1 of 1 voices" in page


def upload(client, content, name="answers.csv"):
    file = SimpleUploadedFile(name, content)
    return client.post("/run/water/import/", {"file": file, "language": "en"}, follow=True)


def test_a_file_is_shown_first_and_taken_in_only_when_told(facilitator, assembly):
    page = upload(facilitator, b"nr,answer\n1,I look at doors.\n2,\n")
    assert "no words in it" in page.text
    assert "I look at doors." in page.text
    assert not Response.objects.exists()
    path = f"/run/water/import/{Import.objects.get().pk}/"
    facilitator.post(path, {"text": "answer", "id": "nr", "do": "look"})
    assert not Response.objects.exists()
    facilitator.post(path, {"text": "answer", "id": "nr", "do": "take"})
    importing.take_in_by_id(str(Import.objects.get().pk))
    page = facilitator.get(path)
    assert "Taken in." in page.text
    assert Response.objects.count() == 1
    assert not Path(Import.objects.get().path).exists()


def test_a_file_that_cannot_be_read_is_refused_with_a_reason(facilitator, assembly):
    page = upload(facilitator, b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "old.xls")
    assert page.status_code == 422
    assert "old .xls" in page.text
    assert not Import.objects.exists()


def test_the_button_pressed_twice_takes_a_file_in_once(facilitator, assembly):
    upload(facilitator, b"nr,said\n1,I look at doors.\n")
    path = f"/run/water/import/{Import.objects.get().pk}/"
    facilitator.post(path, {"text": "said", "do": "take"})
    assert facilitator.post(path, {"do": "again"}).status_code == 409


PAGES = ["", "phases/", "invite/", "answers/", "queue/", "import/", "documents/"]


@pytest.mark.parametrize("page", PAGES)
def test_who_does_not_run_an_assembly_cannot_tell_that_it_is_there(
    assembly, stranger, other_assembly, page
):
    outsider = Client()
    outsider.force_login(stranger)
    for client in (Client(), outsider):
        assert client.get(f"/run/water/{page}").status_code == 404
        assert client.get(f"/run/nowhere/{page}").status_code == 404
        assert client.post(f"/run/water/{page}").status_code in {404, 405}


def test_a_sign_in_link_works_until_the_password_changes(client, account, assembly):
    path = f"/sign-in/{token_for(account)}/"
    assert "Assembly water" in client.get(path, follow=True).text
    account.set_password("another long one")
    account.save()
    assert Client().get(path).status_code == 404
    assert Client().get("/sign-in/forged/").status_code == 404


def test_signing_in_goes_only_to_pages_of_this_site(client, account):
    said = {"username": "ada-of-the-hall", "password": "a long enough one"}
    assert client.post("/sign-in/?next=https://evil.example/", said)["Location"] == "/run/"
    assert Client().post("/sign-in/", {**said, "password": "x"}).status_code == 422
