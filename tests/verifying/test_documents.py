"""A published document verifies with every quote, alone or beside a receipt; changed in any part, it is refused."""

import json

import pytest
from django.db.models.functions import Upper

from deliberation.artifacts.actions import publishing
from deliberation.assemblies.actions import taking_part
from elicitation.extraction.models import Quote
from elicitation.interview.drafts import Words
from elicitation.record.checkpoint import new_signer
from elicitation.record.sealing import seal
from tests._publishing import signed_and_published
from tests.conftest import TEXT
from tests.verifying.conftest import (
    GOOD,
    LEAF,
    OTHER,
    SIGNATURE,
    UNREADABLE,
    WORDS,
    downloaded,
    quotes,
)

pytestmark = pytest.mark.django_db(transaction=True)


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
    misquoting = publishing.next_version(published)
    Quote.objects.update(text=Upper("text"))
    signed_and_published(misquoting)
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
