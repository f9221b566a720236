"""Writers and sequencers at the same moment, and sequencers cut off: one at a time, all or nothing."""

import threading
from contextlib import contextmanager

import pytest
from django.db import DatabaseError, connection, transaction

from elicitation.record import actions, keys, queries
from elicitation.record.actions import append
from elicitation.record.models import Entry, Tile, TreeHead
from elicitation.record.sealing import seal
from tests.elicitation.record.conftest import acts, ensure_true, sealed_leaves

pytestmark = pytest.mark.django_db(transaction=True)


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
