"""A key is its sender's alone, holds for one content, and is forgotten; of eight at once one acts, and all hear the same."""

from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone

from deliberation.artifacts.actions import drafting
from deliberation.artifacts.actions.leaving import take_everything_back
from deliberation.artifacts.models import Artifact, Ballot, Objection
from deliberation.assemblies.actions import taking_part
from deliberation.assemblies.models import Assembly, Done, Import, Invitation
from deliberation.assemblies.tasks import forget_what_is_over
from deliberation.moderation.models import Decision
from elicitation.graph.models import Endorsement
from tests.at_once import all_at_once, entries, key
from tests.deliberation.artifacts.conftest import (  # noqa: F401  fixtures  # fmt: skip
    draft,
    opened,
    set_reviewing,
    two_clauses,
    value,
    voters,
)
from tests.deliberation.web.citizen._weighing import make_value, set_weighing
from tests.elicitation.graph.conftest import a_value

pytestmark = pytest.mark.django_db
really = pytest.mark.django_db(transaction=True)


@really
def test_eight_invitations_at_once_are_one(facilitator, assembly):
    fields = {"label": "hall", "seats": "", "once": key()}
    assert all_at_once(facilitator, "/run/water/invite/", fields) == {"/run/water/invite/"}
    assert (Invitation.objects.count(), entries("invitation.made")) == (1, 1)


@really
def test_eight_documents_at_once_are_one_and_all_are_led_to_it(facilitator, assembly):
    fields = {"kind": "charter", "title": "Charter", "language": "en", "once": key()}
    answers = all_at_once(facilitator, "/run/water/documents/", fields)
    made = Artifact.objects.get()
    assert answers == {f"/run/water/documents/{made.versions.get().pk}/"}
    assert entries("artifact.drafted") == 1


@really
def test_eight_votes_at_once_are_one(member_client, assembly):
    set_weighing(assembly)
    made = make_value(assembly.inquiries.get(), "Trees")
    fields = {"value": str(made.pk), "says": "agree", "once": key()}
    assert len(all_at_once(member_client, "/a/water/weigh/", fields)) == 1
    assert (Endorsement.objects.count(), entries("value.endorsed")) == (1, 1)
    assert entries("value.endorsed_again") == 0


@really
def test_eight_objections_at_once_are_one(member_client, assembly, value):  # noqa: F811
    set_reviewing(assembly)
    version = drafting.draft(assembly, "charter", "Charter", "en")
    drafting.write_clause(version, "Doors stay open.", [value])
    clause = drafting.put_before(version).clauses.get()
    path = f"/a/water/draft/{version.pk}/{clause.pk}/"
    fields = {"reason": "Windows, too.", "rewording": "", "once": key()}
    answers = all_at_once(member_client, path, fields)
    assert len(answers) == Objection.objects.count() == 1
    assert entries("objection.made") == 1


@really
def test_eight_ballots_at_once_are_one_and_its_key_does_not_tell_whose(opened, voters):  # noqa: F811
    voter, lines = voters[0], {str(c.pk): "approve" for c in opened.clauses.all()}
    client = Client()
    session = client.session
    session["members"] = {"water": voter.pk}
    session.save()
    client.cookies["sessionid"] = session.session_key
    fields = {"whole": "approve", **lines, "do": "cast", "once": key()}
    path = f"/a/water/vote/{opened.pk}/"
    assert all_at_once(client, path, fields) == {path}
    assert (Ballot.objects.count(), entries("ballot.cast")) == (1, 1)
    done = Done.objects.get()
    assert (done.actor, done.act, done.reply) == ("", "citizen:voting", path)


@really
def test_eight_decisions_at_once_are_one(facilitator, assembly, read_answer):
    card = taking_part.own_card(read_answer, public=True)
    fields = {"kind": "accept", "version": card.version, "seen": card.version, "once": key()}
    page = facilitator.get(f"/run/water/queue/{card.pk}/").text
    assert 'name="once"' in page
    answers = all_at_once(facilitator, f"/run/water/queue/{card.pk}/", fields)
    assert len(answers) == 1
    assert Decision.objects.count() == entries("decision.accept") == 1


@really
def test_eight_times_accepting_together_is_once_and_all_are_led_to_the_list(
    facilitator, assembly, read_answer
):
    card = taking_part.own_card(read_answer, public=True)
    facilitator.get(f"/run/water/queue/{card.pk}/")  # opened, as it must be
    fields = {"tick": f"card:{card.pk}:{card.version}:", "once": key()}
    answers = all_at_once(facilitator, "/run/water/queue/", fields)
    assert answers == {200, "/run/water/queue/"}
    assert Decision.objects.count() == entries("decision.accept") == 1


def test_a_file_sent_twice_is_brought_once(facilitator, assembly, settings, tmp_path):
    settings.MEDIA_ROOT, used = tmp_path, key()

    def bring(text):
        file = SimpleUploadedFile("answers.csv", text)
        return facilitator.post(
            "/run/water/import/", {"file": file, "language": "en", "once": used}
        )

    first, second = bring(b"id,answer\n1,I look.\n"), bring(b"id,answer\n1,I look.\n")
    assert second["Location"] == first["Location"]
    assert len(list((tmp_path / "imports").iterdir())) == 1
    assert bring(b"id,answer\n1,I sit.\n").status_code == 409
    assert Import.objects.count() == 1


@really
def test_eight_assemblies_founded_at_once_are_one(facilitator, steward):
    fields = {
        "title": "The square", "slug": "square", "question": "What matters?", "prompts": "Think of it.", "contexts": "",
        "consent": "We keep it.", "languages": "en", "zone": "Europe/Madrid", "starts_at": "2030-01-01T10:00",
        "ends_at": "2030-02-01T10:00", "once": key(),
    }  # fmt: skip
    assert all_at_once(facilitator, "/run/new/?template=town", fields) == {"/run/square/"}
    assert Assembly.objects.filter(slug="square").count() == 1


@really
def test_eight_withdrawals_at_once_are_one(member_client, answered):
    path = f"/a/water/mine/{answered.pk}/withdraw/"
    assert all_at_once(member_client, path, {"once": key()}) == {"/a/water/mine/"}
    assert entries("response.withdrawn") == 1


@really
def test_taking_everything_back_eight_times_at_once_is_done_once_and_leaves_no_key_of_theirs(
    member_client, member, answered
):
    member_client.post("/a/water/mine/agreed/", {"say": "yes:research", "once": key()})
    assert Done.objects.exclude(actor="").count() == 1
    fields = {"sure": "on", "once": key()}
    assert len(all_at_once(member_client, "/a/water/mine/everything/", fields)) == 1
    assert entries("member.took_everything_back") == 1
    assert [done.actor for done in Done.objects.all()] == [""]


def test_the_same_key_with_something_else_in_it_is_refused_and_what_came_first_stays(
    facilitator, assembly
):
    used = key()
    facilitator.post("/run/water/invite/", {"label": "hall", "seats": "", "once": used})
    refused = facilitator.post("/run/water/invite/", {"label": "park", "seats": "", "once": used})
    assert refused.status_code == 409
    assert 'data-code="other_content_same_key"' in refused.text
    elsewhere = facilitator.post("/run/water/documents/", {"kind": "charter", "title": "A", "language": "en", "once": used})  # fmt: skip
    assert elsewhere.status_code == 409
    assert [i.label for i in Invitation.objects.all()] == ["hall"]
    assert not Artifact.objects.exists()


def test_a_form_that_came_back_with_a_fault_can_be_mended_and_sent_with_the_same_key(
    facilitator, assembly
):
    fields = {"title": "Charter", "language": "en", "once": key()}
    assert facilitator.post("/run/water/documents/", {**fields, "kind": "nothing"}).status_code == 422  # fmt: skip
    assert not Done.objects.exists()
    assert facilitator.post("/run/water/documents/", {**fields, "kind": "charter"}).status_code == 302  # fmt: skip
    assert Artifact.objects.count() == 1


def test_somebody_elses_key_is_no_key_of_mine(facilitator, assembly, other_assembly, stranger):
    used = key()
    facilitator.post("/run/water/invite/", {"label": "hall", "seats": "", "once": used})
    eve = Client()
    eve.force_login(stranger)
    told = eve.post("/run/water/invite/", {"label": "hall", "seats": "", "once": used})
    assert told.status_code == 404
    assert eve.post("/run/fire/invite/", {"label": "hall", "seats": "", "once": used}).status_code == 302  # fmt: skip
    assert Invitation.objects.count() == 2


def test_keys_are_erased_after_thirty_days_and_not_before(facilitator, assembly):
    facilitator.post("/run/water/invite/", {"label": "hall", "seats": "", "once": key()})
    for days, left in ((30, 1), (31, 0)):
        Done.objects.update(on=timezone.now().date() - timedelta(days=days))
        forget_what_is_over()
        assert Done.objects.count() == left


def test_keys_of_who_takes_everything_back_are_erased_and_others_stay(
    member_client, member, facilitator
):
    for client, path, fields in (
        (member_client, "/a/water/mine/agreed/", {"say": "yes:research"}),
        (facilitator, "/run/water/invite/", {"label": "hall", "seats": ""}),
    ):
        client.post(path, {**fields, "once": key()})
    take_everything_back(member)
    assert [done.act for done in Done.objects.all()] == ["facilitator:inviting"]


def test_a_row_holds_digests_that_nobody_can_try_contents_against(member_client, assembly):
    set_weighing(assembly)
    made, used = a_value(assembly.inquiries.get(), "Trees"), key()
    member_client.post("/a/water/weigh/", {"value": str(made.pk), "says": "agree", "once": used})
    done = Done.objects.get()
    assert used not in " ".join([done.key, done.content, done.actor])
    member_client.post("/a/water/weigh/", {"value": str(made.pk), "says": "agree", "once": key()})
    assert Done.objects.exclude(pk=done.pk).get().content != done.content


def test_a_program_sends_its_key_in_a_header_and_the_same_twice_is_one_vote(
    member_client, assembly
):
    set_weighing(assembly)
    made = make_value(assembly.inquiries.get(), "Trees")
    path, token = "/api/v1/assemblies/water/weighing/", "a" * 32
    member_client.cookies["csrftoken"] = token

    def say(says, used):
        body = {"value": str(made.pk), "says": says}
        more = {"Idempotency-Key": used, "X-CSRFToken": token}
        return member_client.post(path, body, content_type="application/json", headers=more)

    used = key()
    first, second = say("agree", used), say("agree", used)
    assert first.status_code == second.status_code == 200
    assert first.json() == second.json()
    assert entries("value.endorsed") + entries("value.endorsed_again") == 1
    refused = say("disagree", used)
    assert (refused.status_code, refused.json()["code"]) == (409, "other_content_same_key")
    assert [said.says for said in Endorsement.objects.all()] == [Endorsement.Says.AGREE]
    assert say("disagree", key()).status_code == 200
    assert Endorsement.objects.latest("pk").says == Endorsement.Says.DISAGREE
