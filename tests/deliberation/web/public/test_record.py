"""The public record as people read it and as witnesses fetch it; and what pages of answers and documents say of it."""

import base64
import hashlib

import pytest
from django.urls import reverse

from deliberation.artifacts.actions import drafting as artifacts
from deliberation.assemblies.actions import taking_part
from deliberation.moderation.actions import cards as moderation
from deliberation.moderation.bench import Bench
from elicitation.record.actions import append_many
from elicitation.record.checkpoint import opened, verifier_of
from elicitation.record.merkle import extends, fold, root
from elicitation.record.models import Entry, TreeHead
from elicitation.record.queries import latest_head
from elicitation.record.sealing import seal
from tests._publishing import signed_and_published
from tests.conftest import TEXT


def acts(number):
    append_many("thing.done", ({"n": n} for n in range(number)))
    seal()
    return latest_head()


@pytest.fixture
def heads(db):
    return [acts(number) for number in (3, 300, 7)]


def test_before_anything_is_sealed_the_page_says_so_and_witnesses_get_nothing(client, db):
    assert "Nothing is sealed yet" in client.get("/record/").text
    assert client.get("/record/checkpoint").status_code == 404
    assert client.get("/record/consistency?from=1").status_code == 404
    assert client.get("/record/heads").text == ""


def test_the_page_lists_heads_newest_first_with_key_origin_and_how_to_verify(client, heads):
    page = client.get("/record/").text
    assert page.index("Head 310") < page.index("Head 303") < page.index("Head 3<")
    assert "tests.example/record" in page
    assert heads[-1].key in page
    assert base64.b64encode(bytes(heads[0].root)).decode() in page
    assert 'href="/record/verify.py"' in page


def test_nothing_an_entry_says_is_on_it(client, heads, answered):
    seal()
    page = client.get("/record/").text
    assert str(answered.pk) not in page
    assert "thing.done" not in page


def test_many_heads_are_paged(client, db):
    for _ in range(53):
        acts(1)
    first = client.get("/record/").text
    assert "Head 53<" in first
    assert "Head 3<" not in first
    assert 'href="/record/?before=34"' in first
    second = client.get("/record/?before=4").text
    assert "Head 3<" in second
    assert "Head 4<" not in second
    assert 'href="/record/"' in second


@pytest.mark.parametrize("query", ["before=x", "before=-1", "before=99999999999999999999", "before=٣"])  # fmt: skip
def test_an_odd_page_is_the_first(client, heads, query):
    assert "Head 310" in client.get(f"/record/?{query}").text


def test_the_checkpoint_is_the_newest_head_as_signed(client, heads):
    answer = client.get("/record/checkpoint")
    assert answer["Content-Type"] == "text/plain; charset=utf-8"
    assert opened(answer.text, verifier_of(heads[-1].key)).size == 310


def test_witnesses_read_on_from_the_head_they_know(client, heads):
    lines = client.get("/record/heads?since=3").text.splitlines()
    assert [line.split(" ")[0] for line in lines] == ["303", "310"]
    assert lines[0].split(" ")[1] == base64.b64encode(bytes(heads[1].root)).decode()
    assert len(client.get("/record/heads").text.splitlines()) == 3


def test_a_witness_can_hold_one_head_to_another(client, heads):
    proof, _, note = client.get("/record/consistency?from=3&to=310").text.partition("\n\n")
    old, *steps = proof.splitlines()
    assert old == "old 3"
    said = opened(note, verifier_of(heads[-1].key))
    shown = [base64.b64decode(step) for step in steps]
    assert extends((3, 310), (bytes(heads[0].root), said.root), shown)
    assert client.get("/record/consistency?from=3").text == f"{proof}\n\n{note}"


@pytest.mark.parametrize("query", ["", "from=0", "from=x&to=310", "from=3&to=4", "from=311", "from=304&to=303", "from=3&to=x"])  # fmt: skip
def test_there_is_no_proof_between_heads_that_are_not_there(client, heads, query):
    assert client.get(f"/record/consistency?{query}").status_code == 404


def test_the_tree_can_be_fetched_in_tiles_and_made_anew(client, heads):
    full = client.get("/record/tile/0/000").content
    rest = client.get("/record/tile/0/001.p/54").content
    leaves = [both[i : i + 32] for both in (full, rest) for i in range(0, len(both), 32)]
    assert len(leaves) == 310
    whole = root(310, lambda h, n: fold(leaves[n << h : (n + 1) << h]))
    assert whole == bytes(heads[-1].root)
    above = client.get("/record/tile/1/000.p/1").content
    assert above == fold(leaves[:256])
    assert client.get("/record/tile/0/001.p/10").content == rest[:320]


@pytest.mark.parametrize("path", ["0/001", "0/002.p/1", "0/001.p/55", "0/001.p/0", "7/000", "0/x001/000", "0/1", "0/../000", "-1/000"])  # fmt: skip
def test_tiles_that_are_not_there_are_not_found(client, heads, path):
    assert client.get(f"/record/tile/{path}").status_code == 404


def test_the_verifier_is_the_one_of_the_source(client, db):
    served = client.get(reverse("public:verifier"))
    assert served.text.startswith('"""Check a receipt')
    assert "attachment" in served["Content-Disposition"]


def test_programs_read_heads_and_proofs_as_json(client, heads):
    found = client.get("/api/v1/record/heads/?since=3").json()
    assert [head["size"] for head in found] == [303, 310]
    assert found[1]["note"] == heads[-1].note
    told = client.get("/api/v1/record/consistency/?first=3&second=303").json()
    steps = [bytes.fromhex(step) for step in told["steps"]]
    assert extends((3, 303), (bytes(heads[0].root), bytes(heads[1].root)), steps)
    assert client.get("/api/v1/record/consistency/?first=3&second=999").status_code == 404
    assert client.get("/api/v1/record/consistency/?first=0&second=3").status_code == 400
    assert client.get("/api/v1/record/heads/?since=x").status_code == 400


def test_the_api_names_both_in_its_schema(client, db):
    schema = client.get("/api/schema/?format=json").text
    assert "/api/v1/record/heads/" in schema
    assert "/api/v1/record/consistency/" in schema


def test_an_answers_page_says_when_it_is_sealed_and_leads_to_its_proof(member_client, answered):
    received = f"/a/water/received/{answered.pk}/"
    assert "It will be sealed in the public record in a second." in member_client.get(received).text
    seal()
    for path in (received, "/a/water/mine/"):
        page = member_client.get(path).text
        assert f"Sealed in head {TreeHead.objects.get().size} of the public record at" in page
        assert f"/a/water/mine/{answered.pk}/receipt.json" in page


def test_a_receipt_is_for_its_author_alone(client, member_client, answered, facilitator):
    path = f"/a/water/mine/{answered.pk}/receipt.json"
    assert member_client.get(path).json()["words"] == TEXT
    for other in (client, facilitator):
        assert other.get(path).status_code == 404


def test_a_changed_answer_has_a_receipt_for_its_new_words(member, member_client, answered):
    taking_part.change(member, answered, "The library should stay.", "en")
    seal()
    told = member_client.get(f"/a/water/mine/{answered.pk}/receipt.json").json()
    assert told["words"] == "The library should stay."
    assert told["entry"]["said"]["kind"] == "response.revised"
    assert told["entry"]["said"]["body"]["words"] == hashlib.sha256(told["words"].encode()).hexdigest()  # fmt: skip


def test_a_withdrawn_answer_leaves_a_leaf_that_says_nothing_and_no_receipt(member_client, answered):
    bound = Entry.objects.get(kind="response.received")
    taking_part.withdraw(answered)
    bound.refresh_from_db()
    assert (bound.body, bound.salt) == (None, None)
    assert member_client.get(f"/a/water/mine/{answered.pk}/receipt.json").status_code == 404
    assert member_client.get("/a/water/mine/").status_code == 200


@pytest.mark.django_db(transaction=True)
def test_a_documents_page_says_when_it_is_sealed_and_leads_to_its_proofs(
    client, assembly, account, read_answer
):
    owned = taking_part.own_card(read_answer, public=True)
    value = moderation.accept(Bench(assembly, account), owned, owned.version).value
    version = artifacts.draft(assembly, "charter", "Charter", "en")
    artifacts.write_clause(version, "Nobody is left without a door.", [value])
    signed_and_published(version)
    address = f"/a/water/documents/{version.artifact_id}/{version.number}/"
    assert "It will be sealed in the public record in a second." in client.get(address).text
    seal()
    page = client.get(address).text
    assert f"Sealed in head {latest_head().size} of the public record at" in page
    for name in ("proof.json", "bundle.json"):
        assert f'href="{address}{name}"' in page
        assert client.get(f"{address}{name}").json()["head"]["size"] == latest_head().size
        assert client.get(f"{address.replace('water', 'fire')}{name}").status_code == 404


def test_a_draft_has_no_bundle(client, assembly):
    version = artifacts.draft(assembly, "charter", "Charter", "en")
    for name in ("proof.json", "bundle.json"):
        path = f"/a/water/documents/{version.artifact_id}/{version.number}/{name}"
        assert client.get(path).status_code == 404
