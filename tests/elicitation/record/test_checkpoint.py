"""Signed heads: the note of Go's own test suite byte for byte, and every way a note can be wrong."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from elicitation.record.checkpoint import (
    BadKey,
    BadNote,
    Head,
    new_signer,
    opened,
    signer_of,
    verifier_of,
)

# golang.org/x/mod/sumdb/note, note_test.go.
PUBLIC = "PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW"
SIGNING = "PRIVATE+KEY+PeterNeumann+c74f20a3+AYEKFALVFGyNhPJEMzD1QIDr+Y7hfZx09iUvxdXHKDFz"
TEXT = "If you think cryptography is the answer to your problem,\nthen you don't know what your problem is.\n"
NOTE = f"{TEXT}\n— PeterNeumann x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSNXgKvqfqdngotpRZb6KE6RyyBwJnAM=\n"
ROOT = bytes(range(32))


@pytest.fixture
def signer():
    return new_signer("example.org/record")


def test_a_note_is_signed_as_published():
    assert signer_of(SIGNING).sign(TEXT) == NOTE
    assert signer_of(SIGNING).verifier.line == PUBLIC
    assert verifier_of(PUBLIC).line == PUBLIC


def test_a_key_comes_back_from_its_line(signer):
    assert signer_of(signer.line) == signer
    assert verifier_of(signer.verifier.line) == signer.verifier


def test_a_head_comes_back_from_its_note(signer):
    note = signer.seal(12, ROOT)
    assert note.startswith("example.org/record\n12\nAAECAwQF")
    assert opened(note, signer.verifier) == Head("example.org/record", 12, ROOT)


def test_a_witness_may_have_signed_as_well(signer):
    note = signer.seal(12, ROOT)
    signed_too = note + new_signer("witness.example").sign(f"{note.rpartition(chr(10) * 2)[0]}\n").rpartition("\n\n")[2]  # fmt: skip
    assert opened(signed_too, signer.verifier).size == 12


@given(st.data())
def test_no_changed_note_is_opened(data):
    signer = signer_of(SIGNING)
    note = signer.seal(12, ROOT)
    at = data.draw(st.integers(0, len(note) - 2))
    other = data.draw(st.characters(codec="utf-8").filter(lambda c: c != note[at]))
    with pytest.raises(BadNote):
        opened(note[:at] + other + note[at + 1 :], signer.verifier)


def test_a_key_of_the_same_name_does_not_open_it(signer):
    with pytest.raises(BadNote):
        opened(signer.seal(12, ROOT), new_signer(signer.name).verifier)


@pytest.mark.parametrize("text", ["", "other.example\n12\nAAAA\n", "example.org/record\nx\nAAAA\n"])
def test_what_is_signed_but_no_checkpoint_is_not_a_head(signer, text):
    with pytest.raises(BadNote):
        opened(signer.sign(text), signer.verifier)


@pytest.mark.parametrize("cut", range(1, len(PUBLIC)))
def test_part_of_a_key_is_no_key(cut):
    with pytest.raises(BadKey):
        verifier_of(PUBLIC[:-cut])


@pytest.mark.parametrize(
    "line",
    [SIGNING, PUBLIC.replace("c74f", "c74e"), PUBLIC.replace("c74f", "zzzz"), PUBLIC.replace("Peter", "Pe ter"), "+".join(["x", "", ""]), ""],
)  # fmt: skip
def test_what_is_no_public_key_is_refused(line):
    with pytest.raises(BadKey):
        verifier_of(line)


@pytest.mark.parametrize("line", [PUBLIC, SIGNING.replace("c74f", "c74e"), ""])
def test_what_is_no_signing_key_is_refused(line):
    with pytest.raises(BadKey):
        signer_of(line)


@pytest.mark.parametrize("name", ["", "a b", "a+b", "a\n"])
def test_a_name_that_cannot_stand_in_a_note_makes_no_key(name):
    with pytest.raises(BadKey):
        new_signer(name)
