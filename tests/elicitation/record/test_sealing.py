"""The sequencer: nothing skipped, nothing twice, one at a time, all or nothing; and erasing what is sealed."""

import threading
from contextlib import contextmanager

import pytest
from django.conf import settings
from django.db import DatabaseError, IntegrityError, connection, transaction
from django.utils import timezone

from elicitation.record import actions, keys, queries
from elicitation.record.actions import TreeBroken, append, append_many, erase
from elicitation.record.checkpoint import new_signer, opened, signer_of, verifier_of
from elicitation.record.merkle import extends, fold, includes, root
from elicitation.record.models import Entry, Tile, TreeHead
from elicitation.record.sealing import seal

pytestmark = pytest.mark.django_db(transaction=True)


def acts(number, kind="thing.done"):
    with transaction.atomic():
        return append_many(kind, ({"n": n} for n in range(number)))


def sealed_leaves():
    placed = Entry.objects.exclude(index=None).order_by("index")
    assert [e.index for e in placed] == list(range(len(placed)))
    return [bytes(e.leaf) for e in placed]


def ensure_true(head):
    """The head says what the entries say, and is signed."""
    leaves = sealed_leaves()[: head.size]
    said = opened(head.note, verifier_of(head.key))
    assert said.size == head.size == len(leaves)
    whole = root(len(leaves), lambda h, n: fold(leaves[n << h : (n + 1) << h]))
    assert said.root == bytes(head.root) == whole


@contextmanager
def elsewhere(work):
    """`work` in a thread with a connection of its own, ended before the test goes on."""
    failed = []

    def run():
        try:
            work()
        except BaseException as error:  # noqa: BLE001  told to the test's own thread
            failed.append(error)
        finally:
            connection.close()

    thread = threading.Thread(target=run)
    thread.start()
    yield thread
    thread.join()
    assert not failed, failed


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


def test_an_entry_committed_late_is_sealed_whatever_its_id():
    inserted, go_on = threading.Event(), threading.Event()

    def late():
        with transaction.atomic():
            append("late")
            inserted.set()
            assert go_on.wait(30)

    with elsewhere(late):
        assert inserted.wait(30)
        acts(3)
        assert seal() == 3
        go_on.set()
    assert seal() == 1
    entry = Entry.objects.get(kind="late")
    assert entry.pk < min(e.pk for e in Entry.objects.filter(kind="thing.done"))
    assert entry.index == 3
    ensure_true(queries.latest_head())


def write(name):
    """Sixty acts, a transaction each, some of which take longer to commit."""
    try:
        for n in range(60):
            with transaction.atomic():
                append(name, n=n)
                if n % 7 == 3:
                    Entry.objects.filter(kind=name).count()
    finally:
        connection.close()


def test_writers_that_commit_in_any_order_while_it_seals_lose_nothing():
    stop = threading.Event()

    def sealing():
        while not stop.is_set():
            seal()

    writers = [threading.Thread(target=write, args=(f"writer.{n}",)) for n in range(6)]
    with elsewhere(sealing), elsewhere(sealing):
        for writer in writers:
            writer.start()
        for writer in writers:
            writer.join()
        stop.set()
    seal()
    assert len(sealed_leaves()) == Entry.objects.count() == 360
    for head in TreeHead.objects.all():
        ensure_true(head)


class Waiting:
    """A signer that waits inside the transaction until it is let go."""

    def __init__(self):
        self.real = keys.signer()
        self.name, self.verifier = self.real.name, self.real.verifier
        self.inside, self.go_on = threading.Event(), threading.Event()

    def seal(self, size, top):
        self.inside.set()
        assert self.go_on.wait(30)
        return self.real.seal(size, top)


def test_of_two_sequencers_at_once_one_waits_for_nobody_and_does_nothing():
    acts(4)
    slow = Waiting()
    with elsewhere(lambda: actions.seal(slow, 100)):
        assert slow.inside.wait(30)
        assert actions.seal(keys.signer(), 100) == 0
        slow.go_on.set()
    assert seal() == 0
    assert TreeHead.objects.get().size == 4


class Failing(Waiting):
    def seal(self, size, top):
        raise OSError("the power went")


def test_a_crash_in_the_middle_leaves_nothing_half_done():
    acts(300)
    seal()
    acts(10)
    before = list(Tile.objects.order_by("level", "number").values_list("level", "number", "hashes"))
    with pytest.raises(OSError, match="the power went"):
        actions.seal(Failing(), 100)
    assert Entry.objects.filter(index=None).count() == 10
    after = list(Tile.objects.order_by("level", "number").values_list("level", "number", "hashes"))
    assert [(a, b, bytes(c)) for a, b, c in before] == [(a, b, bytes(c)) for a, b, c in after]
    assert seal() == 10
    ensure_true(queries.latest_head())


def test_a_sequencer_whose_connection_is_cut_leaves_the_lock_to_the_next():
    acts(3)
    slow, pids = Waiting(), []

    def work():
        connection.ensure_connection()
        pids.append(connection.connection.info.backend_pid)
        with pytest.raises(DatabaseError):
            actions.seal(slow, 100)

    with elsewhere(work):
        assert slow.inside.wait(30)
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_terminate_backend(%s, 10000)", pids)
        slow.go_on.set()
    assert seal() == 3
    ensure_true(TreeHead.objects.get())


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


def test_an_erased_entry_says_nothing_and_still_verifies():
    kept, gone = acts(2)
    seal()
    assert erase([gone.pk]) == 1
    seal()
    gone.refresh_from_db()
    assert (gone.body, gone.salt) == (None, None)
    head = queries.latest_head()
    ensure_true(head)
    (proof,) = queries.proofs([gone], head)
    assert "said" not in proof
    path = [bytes.fromhex(step) for step in proof["path"]]
    assert includes(bytes.fromhex(proof["leaf"]), gone.index, head.size, path, bytes(head.root))
    kept.refresh_from_db()
    assert kept.body == {"n": 0}


def test_an_entry_erased_before_it_is_sealed_is_sealed_all_the_same():
    (gone,) = acts(1)
    erase([gone.pk])
    assert seal() == 2
    ensure_true(TreeHead.objects.get())


def test_erasing_twice_erases_once_and_what_was_erased_cannot_be_hidden():
    (gone,) = acts(1)
    assert erase([gone.pk]) == 1
    assert erase([gone.pk]) == 0
    told = Entry.objects.filter(kind="record.erased").first()
    assert told.body == {"entries": [gone.pk]}
    assert erase([told.pk]) == 0


def test_an_entry_is_whole_or_erased_and_no_place_is_given_twice():
    one, two = acts(2)
    with pytest.raises(IntegrityError, match="entry_is_whole_or_erased"):
        Entry.objects.filter(pk=one.pk).update(salt=None, erased_at=timezone.now())
    Entry.objects.filter(pk=one.pk).update(index=0)
    with pytest.raises(IntegrityError):
        Entry.objects.filter(pk=two.pk).update(index=0)


def test_the_key_of_a_file_is_the_one_that_signs(settings, tmp_path):
    signer = new_signer("file.example/record")
    (tmp_path / "key").write_text(signer.line + "\n")
    settings.RECORD_KEY, settings.RECORD_KEY_FILE = "", tmp_path / "key"
    assert keys.signer() == signer


def test_the_tests_own_key_is_that_of_the_settings():
    assert keys.signer() == signer_of(settings.RECORD_KEY)
