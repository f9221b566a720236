"""The sequencer: nothing skipped, nothing twice, under the head signed last and the site's own key."""

import pytest
from django.conf import settings

from elicitation.record import actions, keys, queries
from elicitation.record.actions import TreeBroken
from elicitation.record.checkpoint import new_signer, signer_of
from elicitation.record.merkle import extends, includes
from elicitation.record.models import Entry, Tile, TreeHead
from elicitation.record.sealing import seal
from tests.elicitation.record.conftest import acts, ensure_true

pytestmark = pytest.mark.django_db(transaction=True)


def test_what_waits_is_sealed_under_a_signed_head_and_nothing_waiting_makes_none():
    acts(5)
    assert seal() == 5
    assert seal() == 0
    head = TreeHead.objects.get()
    ensure_true(head)
    assert head.origin == "tests.example/record"
    assert queries.state().waiting == 0


def test_heads_follow_one_another_over_many_batches_and_each_extends_the_last():
    for number in (1, 255, 1, 300, 700):
        acts(number)
        seal()
    heads = list(TreeHead.objects.order_by("size"))
    assert [h.size for h in heads] == [1, 256, 257, 557, 1257]
    for head in heads:
        ensure_true(head)
    for older in heads:
        proof = queries.consistency(older.size, heads[-1].size)
        tops = (bytes(older.root), bytes(heads[-1].root))
        assert extends((older.size, heads[-1].size), tops, proof)


def test_a_backlog_longer_than_a_batch_is_sealed_in_one_go():
    acts(25)
    assert seal(batch=10) == 25
    assert [h.size for h in TreeHead.objects.all()] == [25, 20, 10]
    assert [e.index for e in Entry.objects.order_by("pk")] == list(range(25))


def test_a_proof_of_any_entry_reads_few_rows(django_assert_max_num_queries):
    acts(3000)
    seal()
    entry = Entry.objects.get(index=1234)
    head = TreeHead.objects.get()
    with django_assert_max_num_queries(4):
        (proof,) = queries.proofs([entry], head)
    path = [bytes.fromhex(step) for step in proof["path"]]
    assert includes(bytes(entry.leaf), 1234, 3000, path, bytes(head.root))


def test_nothing_is_signed_on_top_of_a_tree_that_is_not_the_one_signed_last():
    acts(3)
    seal()
    tile = Tile.objects.get()
    Tile.objects.update(hashes=bytes(32) + bytes(tile.hashes)[32:])
    acts(1)
    with pytest.raises(TreeBroken):
        seal()
    Tile.objects.all().delete()
    with pytest.raises(TreeBroken):
        seal()
    assert TreeHead.objects.count() == 1


def test_another_sites_key_seals_nothing_but_a_new_key_of_the_same_name_goes_on():
    acts(1)
    seal()
    acts(1)
    with pytest.raises(TreeBroken, match=r"tests\.example/record"):
        actions.seal(new_signer("elsewhere.example/record"), 10)
    newer = new_signer("tests.example/record")
    assert actions.seal(newer, 10) == 1
    assert queries.latest_head().key == newer.verifier.line
    ensure_true(queries.latest_head())


def test_without_a_key_nothing_is_sealed_and_it_says_how_to_make_one(settings, tmp_path):
    settings.RECORD_KEY, settings.RECORD_KEY_FILE = "", tmp_path / "none"
    acts(1)
    with pytest.raises(keys.NoKey, match="new_record_key"):
        seal()


def test_the_key_of_a_file_is_the_one_that_signs(settings, tmp_path):
    signer = new_signer("file.example/record")
    (tmp_path / "key").write_text(signer.line + "\n")
    settings.RECORD_KEY, settings.RECORD_KEY_FILE = "", tmp_path / "key"
    assert keys.signer() == signer


def test_the_tests_own_key_is_that_of_the_settings():
    assert keys.signer() == signer_of(settings.RECORD_KEY)
