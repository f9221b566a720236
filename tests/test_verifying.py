"""verify.py as a stranger runs it: one file in a folder of its own, on what people download, true and tampered with."""

import copy
import json
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from django.db.models.functions import Upper
from django.test import Client

from deliberation.artifacts import actions as artifacts
from deliberation.assemblies.actions import taking_part
from deliberation.moderation import actions as moderation
from deliberation.moderation.actions import Bench
from elicitation.extraction.models import Quote
from elicitation.extraction.reading import read
from elicitation.interview.drafts import Words
from elicitation.record.actions import append, recorded
from elicitation.record.checkpoint import new_signer, signer_of
from elicitation.record.queries import latest_head
from elicitation.record.sealing import seal
from tests.conftest import TEXT, Told, card, newcomer

pytestmark = pytest.mark.django_db(transaction=True)
ROOT = Path(__file__).parents[1]
GOOD, UNREADABLE, LEAF, PLACE, SIGNATURE, HISTORY, WORDS, WAITING, NOT_COMPARED = 0, *range(2, 10)
OTHER = "ab" * 32


@pytest.fixture
def verify(tmp_path):
    """Runs verify.py where nothing of Groundwork can be imported; returns its exit code and what it said."""
    shutil.copy(ROOT / "verify.py", tmp_path)

    def run(*arguments, told=None):
        if told is not None:
            (tmp_path / "told.json").write_text(json.dumps(told), encoding="utf-8")
            arguments = ("told.json", *arguments)
        done = subprocess.run(
            [sys.executable, "-I", "verify.py", *arguments],
            cwd=tmp_path, env={"PATH": ""}, capture_output=True, text=True, check=False,
        )  # fmt: skip
        assert not done.stderr, done.stderr
        return done.returncode, done.stdout

    run.folder = tmp_path
    return run


@pytest.fixture
def key(verify):
    """The key people have on paper."""
    recorded(lambda: append("thing.done"))()
    seal()
    return latest_head().key


@pytest.fixture
def address(answered):
    return f"/a/water/mine/{answered.pk}/receipt.json"


@pytest.fixture
def published(assembly, account, read_answer, invitation, prompt):
    """A document with two quotes, of two people."""
    owned = taking_part.own_card(read_answer, public=True)
    value = moderation.accept(Bench(assembly, account), owned, owned.version).value
    answer = taking_part.answer(newcomer(invitation), prompt, Words(TEXT, "en", "another"))
    (found,) = read(answer.latest.pk, Told(card("Quiet", "I want quiet nights.")))
    found = taking_part.own_card(found, public=True)
    moderation.merge(Bench(assembly, account), found, found.version, value)
    version = artifacts.draft(assembly, "charter", "Charter of the river", "en")
    artifacts.write_clause(version, "Nobody is left without a door.", [value])
    return artifacts.publish(version)


@pytest.fixture
def bundle(published, key):
    seal()
    return downloaded(published)


def downloaded(version, name="bundle"):
    path = f"/a/water/documents/{version.artifact_id}/{version.number}/{name}.json"
    return Client().get(path).json()


def quotes(bundle):
    grounds = [g for c in bundle["document"]["clauses"] for g in c["grounds"]]
    return [q for g in grounds for made in g["cards"] for q in made["quotes"]]


def test_the_receipt_of_an_answer_verifies_with_its_words(verify, key, member_client, address):
    seal()
    told = member_client.get(address).json()
    assert told["words"] == TEXT
    code, said = verify("--key", key, told=told)
    assert code == GOOD, said
    assert "letter for letter" in said
    assert said.endswith("VERIFIED.\n")


def test_a_receipt_fetched_before_it_is_sealed_says_so(verify, key, member_client, address):
    told = member_client.get(address).json()
    code, said = verify("--key", key, told=told)
    assert code == WAITING
    assert "not sealed yet" in said


def test_a_receipt_says_what_it_is_a_receipt_of(verify, key, member_client, address):
    seal()
    told = member_client.get(address).json()
    _, said = verify("--key", key, told=told)
    assert f"an answer was received, {told['entry']['said']['at']} (response.received)" in said


def test_a_receipt_without_its_words_says_that_they_were_not_checked(
    verify, key, member_client, address
):
    seal()
    told = member_client.get(address).json()
    del told["words"]
    code, said = verify("--key", key, told=told)
    assert code == GOOD
    assert "letter for letter" not in said
    assert "The words are not in this file, so they were not checked." in said


def test_a_leaf_that_says_nothing_is_no_receipt(verify, key, member_client, address):
    seal()
    told = member_client.get(address).json()
    del told["words"], told["entry"]["said"]
    code, said = verify("--key", key, told=told)
    assert code == LEAF
    assert "The entry says nothing" in said


def test_an_entry_of_something_else_is_no_receipt_of_words(verify, key, bundle):
    one, _ = quotes(bundle)
    told = {"format": "groundwork-receipt/1", "head": bundle["head"], "entry": one["cited"], "words": one["text"]}  # fmt: skip
    code, said = verify("--key", key, told=told)
    assert code == WORDS
    assert "'quote.cited'" in said


def test_changed_words_are_refused(verify, key, member_client, address):
    seal()
    told = {**member_client.get(address).json(), "words": TEXT.replace("quiet", "loud")}
    assert verify("--key", key, told=told)[0] == WORDS


def tamper_receipt(told, where, other):
    told = copy.deepcopy(told)
    part = told
    for step in where[:-1]:
        part = part[step]
    part[where[-1]] = other
    return told


@pytest.mark.parametrize(
    ("where", "other", "code"),
    [
        (("entry", "said", "kind"), "response.revised", LEAF),
        (("entry", "said", "at"), "2001-01-01T00:00:00.000000+00:00", LEAF),
        (("entry", "said", "salt"), "00" * 16, LEAF),
        (("entry", "said", "body", "prompt"), "another", LEAF),
        (("entry", "leaf"), OTHER, LEAF),
        (("entry", "index"), 0, PLACE),
        (("entry", "index"), 10_000, PLACE),
        (("entry", "path"), [OTHER], PLACE),
        (("head", "note"), "tests.example/record\n1\n\n", SIGNATURE),
        (("head",), None, WAITING),
        (("format",), "another/1", UNREADABLE),
        (("entry", "said", "body"), 5, LEAF),
        (("entry", "leaf"), "no hash", UNREADABLE),
    ],
)  # fmt: skip
def test_each_part_of_a_receipt_is_held_to_the_record(
    verify, key, member_client, address, where, other, code
):
    seal()
    told = tamper_receipt(member_client.get(address).json(), where, other)
    ended, said = verify("--key", key, told=told)
    assert ended == code, said
    assert "NOT VERIFIED." in said


def test_another_key_verifies_nothing_and_the_files_own_is_shown(
    verify, key, member_client, address
):
    seal()
    told = member_client.get(address).json()
    other = new_signer("tests.example/record").verifier.line
    assert verify("--key", other, told=told)[0] == SIGNATURE
    code, said = verify(told=told)
    assert code == GOOD
    assert key in said
    assert "Compare it with a printed one" in said


def test_a_published_document_verifies_with_every_quote(verify, key, bundle):
    assert len(quotes(bundle)) == 2
    code, said = verify("--key", key, told=bundle)
    assert code == GOOD, said
    assert (
        "Document: 'Charter of the river', charter, version 1, assembly water, published " in said
    )
    assert "Clauses: 1, each as published." in said
    assert "Quotes: 2, each as cited; taken back by their authors since: 0." in said


def test_what_is_shown_but_was_not_sealed_is_named(verify, key, bundle):
    (ground,) = bundle["document"]["clauses"][0]["grounds"]
    ground.update(voices=9_999, title="Something else", context="another")
    ground["cards"][0].update(state="rejected")
    code, said = verify("--key", key, told=bundle)
    assert code == GOOD
    (line,) = (line for line in said.splitlines() if line.startswith("Not sealed"))
    for part in ("titles", "situations", "voices", "cards", "taken back"):
        assert part in line


def test_what_a_file_says_cannot_paint_the_terminal(verify, key, bundle):
    bundle["head"]["key"] = new_signer("\x1b[2Jtests.example").verifier.line
    code, said = verify(told=bundle)
    assert code == SIGNATURE
    assert "\\x1b[2Jtests.example+" in said
    assert "\x1b" not in said


def test_the_proof_of_its_publication_alone_verifies(verify, key, published):
    seal()
    told = downloaded(published, "proof")
    code, said = verify("--key", key, told=told)
    assert code == GOOD
    assert f"Version 1 of document {published.artifact_id} was published, {told['entry']['said']['at']}" in said  # fmt: skip
    assert "The document is not in this file" in said


def test_any_leaf_of_the_tree_is_no_proof_of_publication(verify, key, bundle):
    bare = {name: part for name, part in bundle["entry"].items() if name != "said"}
    told = {"format": "groundwork-receipt/1", "head": bundle["head"], "entry": bare}
    assert verify("--key", key, told=told)[0] == LEAF
    assert verify("--key", key, told={**bundle, "entry": bare})[0] == LEAF


def test_a_bundle_shows_no_words_but_those_released(bundle):
    assert TEXT not in json.dumps(bundle)


@pytest.fixture
def with_receipt(verify, key, bundle):
    """Verifies the bundle beside a receipt."""

    def run(receipt, told=bundle):
        (verify.folder / "mine.json").write_text(json.dumps(receipt), encoding="utf-8")
        return verify("--key", key, "--receipt", "mine.json", told=told)

    return run


def test_an_author_sees_by_the_receipt_which_quotes_are_theirs(
    with_receipt, bundle, member_client, address
):
    mine = member_client.get(address).json()
    code, said = with_receipt(mine)
    assert code == GOOD, said
    assert "Quotes from the answer of the receipt: 1, each where it stands in it." in said


def test_the_receipt_of_an_answer_that_is_not_quoted_finds_nothing(
    with_receipt, published, member_client, member, prompt
):
    next_one = prompt.inquiry.prompts.last()
    other = taking_part.answer(member, next_one, Words(TEXT, "en", "the same words again"))
    seal()
    mine = member_client.get(f"/a/water/mine/{other.pk}/receipt.json").json()
    code, said = with_receipt(mine, downloaded(published))
    assert code == WORDS
    assert "No quote of the document is from the answer" in said


def test_a_receipt_beside_what_is_no_bundle_or_without_words_is_refused(
    with_receipt, bundle, member_client, address
):
    mine = member_client.get(address).json()
    assert with_receipt(mine, told=mine)[0] == UNREADABLE
    assert with_receipt({**mine, "words": TEXT.upper()})[0] == WORDS
    del mine["words"]
    assert with_receipt(mine)[0] == UNREADABLE


def test_a_quote_that_does_not_stand_in_the_answer_it_is_tied_to_is_refused(
    verify, key, with_receipt, published, member_client, address
):
    misquoting = artifacts.next_version(published)
    Quote.objects.update(text=Upper("text"))
    artifacts.publish(misquoting)
    seal()
    told = downloaded(misquoting)
    assert verify("--key", key, told=told)[0] == GOOD
    code, said = with_receipt(member_client.get(address).json(), told)
    assert code == WORDS
    assert "does not stand in its answer" in said


@pytest.mark.parametrize(
    ("name", "code"),
    [("clause", WORDS), ("title", WORDS), ("text", WORDS), ("span", WORDS), ("named", WORDS), ("left out", WORDS),
     ("twice", WORDS), ("of another", WORDS), ("value", WORDS), ("no ground", WORDS), ("same ground", WORDS), ("cited", LEAF)],
)  # fmt: skip
def test_a_document_changed_in_any_part_is_refused(verify, key, bundle, name, code):
    one, two = quotes(bundle)
    clause = bundle["document"]["clauses"][0]
    cards = clause["grounds"][0]["cards"]
    changes = {
        "clause": lambda: clause.update(text="Somebody is left without a door."),
        "title": lambda: bundle["document"].update(title="Charter of the lake"),
        "text": lambda: one.update(text=one["text"].upper()),
        "span": lambda: one.update(start=one["start"] + 1),
        "named": lambda: one.update(quote=two["quote"]),
        "left out": lambda: cards.pop(),
        "twice": lambda: cards.append(cards[0]),
        "of another": lambda: one.update(cited=two["cited"]),
        "value": lambda: clause["grounds"][0].update(value="another"),
        "no ground": lambda: clause.update(grounds=[]),
        "same ground": lambda: clause["grounds"].append({**clause["grounds"][0], "cards": []}),
        "cited": lambda: one["cited"]["said"]["body"].update(words=OTHER),
    }
    changes[name]()
    ended, said = verify("--key", key, told=bundle)
    assert ended == code, said


def test_a_quote_taken_back_is_a_leaf_that_says_nothing_and_verifies(
    verify, key, published, answered
):
    taking_part.withdraw(answered)
    seal()
    told = downloaded(published)
    (ground,) = told["document"]["clauses"][0]["grounds"]
    assert set(ground["taken_back"][0]["cited"]) == {"leaf", "index", "path"}
    assert "door to knock on" not in json.dumps(told)
    code, said = verify("--key", key, told=told)
    assert code == GOOD, said
    assert "Quotes: 1, each as cited; taken back by their authors since: 1." in said


def grown(number):
    """A head after so many more acts."""
    for n in range(number):
        recorded(lambda n=n: append("thing.done", n=n))()
    seal()
    return latest_head()


def test_a_kept_head_and_a_later_receipt_are_one_history(verify, key, member_client, address):
    kept = latest_head()
    (verify.folder / "kept.txt").write_text(kept.note)
    head = grown(20)
    told = member_client.get(address).json()
    code, said = verify("--key", key, "--head", "kept.txt", told=told)
    assert code == NOT_COMPARED
    asked = f"/record/consistency?from={kept.size}&to={head.size}"
    assert asked in said
    (verify.folder / "proof.txt").write_text(Client().get(asked).text)
    both = ("--head", "kept.txt", "--consistency", "proof.txt")
    code, said = verify("--key", key, *both, told=told)
    assert code == GOOD, said
    assert "nothing was taken away or changed between them" in said
    assert verify("--key", key, *both)[0] == GOOD


def test_heads_of_a_rewritten_record_contradict_each_other(verify, key, settings):
    signer, kept = signer_of(settings.RECORD_KEY), latest_head()
    head = grown(5)
    (verify.folder / "kept.txt").write_text(signer.seal(kept.size, bytes(32)))
    (verify.folder / "same.txt").write_text(kept.note)
    proof = Client().get(f"/record/consistency?from={kept.size}&to={head.size}").text
    (verify.folder / "proof.txt").write_text(proof)
    forged = ("--key", key, "--head", "kept.txt")
    assert verify(*forged, "--consistency", "proof.txt")[0] == HISTORY
    assert verify(*forged, "--head", "same.txt")[0] == HISTORY


def test_what_is_no_file_of_ours_is_said_plainly(verify, key):
    assert verify("missing.json")[0] == UNREADABLE
    assert verify("verify.py")[0] == UNREADABLE
    assert verify("--key", "no key", told={"format": "groundwork-receipt/1"})[0] == UNREADABLE
    code, said = verify("--key", key, told={"format": "groundwork-receipt/1"})
    assert code == UNREADABLE
    assert "A part of the file is missing" in said
