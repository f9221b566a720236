"""Heads kept over time are one history, or contradict each other."""

import pytest
from django.test import Client

from elicitation.record.actions import append, recorded
from elicitation.record.checkpoint import signer_of
from elicitation.record.queries import latest_head
from elicitation.record.sealing import seal
from tests.verifying.conftest import GOOD, HISTORY, NOT_COMPARED

pytestmark = pytest.mark.django_db(transaction=True)


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
