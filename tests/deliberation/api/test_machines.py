"""What programs do by the API: bring answers along, decide on cards, ask for packages; sent twice, each is done once."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from deliberation.assemblies import importing
from deliberation.assemblies.actions import setting_up, taking_part
from deliberation.assemblies.models import Import, Role
from deliberation.exports.actions import packing
from deliberation.exports.models import Bundle
from deliberation.exports.packages import recent_acts
from deliberation.moderation.models import Decision
from elicitation.graph.models import Value
from elicitation.interview.models import Response
from tests.accepting import accepted
from tests.deliberation.api._programs import program

HERE = "/api/v1/assemblies/water/"
IMPORTS, CARDS, PACKAGES = f"{HERE}imports/", f"{HERE}cards/", f"{HERE}packages/"
ROWS = "id,answer,who\n1,I look at who sits alone on the long bench.,a\n2,,b\n"


@pytest.fixture
def importer(assembly, account):
    return program(assembly, account, "import")


@pytest.fixture
def moderator(assembly, account):
    return program(assembly, account, "moderate")


def bring(client, rows=ROWS, key="", **more):
    file = SimpleUploadedFile("answers.csv", rows if isinstance(rows, bytes) else rows.encode())
    headers = {"Idempotency-Key": key} if key else {}
    return client.post(IMPORTS, {"file": file, "language": "en", **more}, headers=headers)


def test_a_file_is_taken_in_and_its_address_tells_what_became_of_it(importer, db):
    sent = bring(importer, respondent_column="who")
    assert (sent.status_code, sent.json()["state"]) == (202, "running")
    assert sent.json()["mapping"] == {"text": "answer", "id": "id", "respondent": "who"}
    importing.take_in_by_id(sent.json()["id"])
    told = importer.get(sent["Location"]).json()
    assert (told["state"], told["counts"]["stored"], told["counts"]["empty"]) == ("done", 1, 1)
    assert told["problems"][0][1] == "empty"
    assert Response.objects.count() == 1
    (listed,) = importer.get(IMPORTS).json()["results"]
    assert listed["id"] == told["id"]


def test_a_file_sent_again_with_its_key_is_brought_once(importer, tmp_path, settings):
    settings.MEDIA_ROOT = tmp_path
    first, second = bring(importer, key="k1"), bring(importer, key="k1")
    assert (second.status_code, second.json()) == (202, first.json())
    assert second["Location"] == first["Location"]
    assert Import.objects.count() == 1
    assert len(list((tmp_path / "imports").iterdir())) == 1
    other = bring(importer, ROWS + "3,More.,c\n", key="k1")
    assert other.json()["code"] == "other_content_same_key"
    assert len(list((tmp_path / "imports").iterdir())) == 1


@pytest.mark.parametrize(
    ("more", "field"),
    [({"text_column": "reply"}, "text_column"), ({"language": "x" * 13}, "language"), ({"file": ""}, "file")],
)  # fmt: skip
def test_what_is_wrong_with_a_file_is_named_and_nothing_is_kept(importer, tmp_path, settings, more, field):  # fmt: skip
    settings.MEDIA_ROOT = tmp_path
    told = bring(importer, **more)
    assert (told.status_code, list(told.json()["fields"])) == (400, [field])
    assert not Import.objects.exists()
    assert [path for path in tmp_path.rglob("*") if path.is_file()] == []


def test_a_file_that_is_no_table_names_its_field(importer):
    told = bring(importer, b"\xd0\xcf\x11\xe0")
    assert (told.status_code, list(told.json()["fields"])) == (400, ["file"])


@pytest.fixture
def waiting(assembly, read_answer):
    taking_part.own_card(read_answer, public=True)
    read_answer.refresh_from_db()
    return read_answer


def decide(client, card, key="", **told):
    headers = {"Idempotency-Key": key} if key else {}
    sent = {"seen": card.version, **told}
    return client.post(f"{CARDS}{card.pk}/", sent, content_type="application/json", headers=headers)


def test_a_card_is_read_and_accepted_in_the_name_of_the_account(moderator, waiting, account):
    (listed,) = moderator.get(CARDS).json()["results"]
    assert (listed["id"], listed["seen"]) == (str(waiting.pk), waiting.version)
    assert listed["policies"] == ["who is left without a door to knock on"]
    told = decide(moderator, waiting, decision="accept").json()
    decision = Decision.objects.get()
    assert (decision.moderator, decision.kind) == (account, "accept")
    assert told["value"] == str(Value.objects.get().pk)
    assert moderator.get(CARDS).json()["results"] == []


def test_a_decision_sent_again_with_its_key_is_made_once_and_without_is_stale(moderator, waiting):
    first = decide(moderator, waiting, "k", decision="accept")
    assert decide(moderator, waiting, "k", decision="accept").json() == first.json()
    assert decide(moderator, waiting, decision="accept").json()["code"] == "stale_decision"
    assert Decision.objects.count() == 1


def test_a_card_is_left_out_with_a_reason_its_author_reads(moderator, waiting):
    missing = decide(moderator, waiting, decision="reject")
    assert missing.json()["code"] == "reason_missing"
    decide(moderator, waiting, decision="reject", words="It names a street.")
    assert Decision.objects.get().reason == "It names a street."


@pytest.mark.parametrize(
    ("told", "field"),
    [({"decision": "fold"}, "decision"), ({"decision": "merge"}, "value"), ({"decision": "reject", "reason": "fits"}, "reason"), ({"decision": "accept", "seen": 0}, "seen")],
)  # fmt: skip
def test_a_decision_that_makes_no_sense_names_its_field(moderator, waiting, told, field):
    answer = decide(moderator, waiting, **told)
    assert (answer.status_code, list(answer.json()["fields"])) == (400, [field])
    assert not Decision.objects.exists()


def test_a_card_joins_a_value_of_its_own_assembly_only(moderator, waiting, assembly, other_assembly):  # fmt: skip
    here, there = (Value.objects.create(inquiry=one.inquiries.get(), title="Doors", language="en") for one in (assembly, other_assembly))  # fmt: skip
    assert decide(moderator, waiting, decision="merge", value=str(there.pk)).status_code == 404
    assert decide(moderator, waiting, decision="merge", value=str(here.pk)).json()["value"] == str(here.pk)  # fmt: skip


def test_a_package_is_asked_for_watched_and_taken_along(assembly, account):
    setting_up.give_role(assembly, account, Role.Kind.RESEARCHER)
    accepted(assembly, account)
    researcher = program(assembly, account, "export")
    asked = researcher.post(PACKAGES)
    assert (asked.status_code, asked.json()["state"]) == (202, "waiting")
    assert researcher.post(PACKAGES).json()["id"] == asked.json()["id"]
    bundle = Bundle.objects.get()
    assert researcher.get(f"{PACKAGES}{bundle.pk}.zip").json()["code"] == "package_not_ready"
    packing.claim(bundle)
    bundle.path.parent.mkdir(parents=True, exist_ok=True)
    bundle.path.write_bytes(b"PK")
    now = bundle.asked_at
    packing.keep(bundle, packing.Made(now, recent_acts(now), {}, 2, "0" * 64))
    told = researcher.get(asked["Location"]).json()
    assert (told["state"], told["size"], told["sha256"]) == ("ready", 2, "0" * 64)
    file = researcher.get(f"{PACKAGES}{bundle.pk}.zip")
    assert b"".join(file.streaming_content) == b"PK"
