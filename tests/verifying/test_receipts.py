"""The receipt of an answer verifies with its words; each part of it is held to the record."""

import copy

import pytest

from elicitation.record.checkpoint import new_signer
from elicitation.record.sealing import seal
from tests.conftest import TEXT
from tests.verifying.conftest import (
    GOOD,
    LEAF,
    OTHER,
    PLACE,
    SIGNATURE,
    UNREADABLE,
    WAITING,
    WORDS,
    quotes,
)

pytestmark = pytest.mark.django_db(transaction=True)


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


def test_what_is_no_file_of_ours_is_said_plainly(verify, key):
    assert verify("missing.json")[0] == UNREADABLE
    assert verify("verify.py")[0] == UNREADABLE
    assert verify("--key", "no key", told={"format": "groundwork-receipt/1"})[0] == UNREADABLE
    code, said = verify("--key", key, told={"format": "groundwork-receipt/1"})
    assert code == UNREADABLE
    assert "A part of the file is missing" in said
