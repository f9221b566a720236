import threading
from contextlib import suppress
from datetime import timedelta

import pytest
from django.db import connections
from django.utils import timezone

from elicitation.interview.models import Respondent
from elicitation.record.actions import Unrecorded, append, recorded
from elicitation.record.leaves import leaf, new_salt
from elicitation.record.models import Entry


@pytest.mark.django_db
def test_what_an_action_did_without_recording_it_is_rolled_back():
    @recorded
    def silent_act():
        Respondent.objects.create()

    with pytest.raises(Unrecorded):
        silent_act()
    assert not Respondent.objects.exists()


@pytest.mark.django_db
def test_an_action_made_of_recorded_actions_needs_no_entry_of_its_own():
    @recorded
    def part():
        append("part")

    recorded(lambda: part())()
    assert [entry.kind for entry in Entry.objects.all()] == ["part"]


@pytest.mark.django_db
def test_a_leaf_can_be_recomputed_from_its_entry():
    entry = append("thing.done", thing="é")
    entry.refresh_from_db()
    assert bytes(entry.leaf) == leaf(entry.kind, entry.at, entry.body, bytes(entry.salt))


def test_the_same_body_has_another_leaf_under_another_salt():
    now = timezone.now()
    assert leaf("a", now, {}, new_salt()) != leaf("a", now, {}, new_salt())


def test_a_leaf_binds_kind_time_and_body():
    now, salt = timezone.now(), new_salt()
    told = leaf("a", now, {"n": 1}, salt)
    assert told != leaf("b", now, {"n": 1}, salt)
    assert told != leaf("a", now + timedelta(microseconds=1), {"n": 1}, salt)
    assert told != leaf("a", now, {"n": 2}, salt)


@pytest.mark.django_db(transaction=True)
def test_an_action_the_database_ended_to_break_a_deadlock_is_done_again_from_the_start():
    """Two real connections lock two rows in opposite orders."""
    one, other = (append("probe.made").pk for _ in range(2))
    meet = threading.Barrier(2, timeout=10)
    runs = []

    @recorded
    def lock(first, second):
        runs.append(first)
        Entry.objects.select_for_update().get(pk=first)
        with suppress(threading.BrokenBarrierError):
            meet.wait()
        Entry.objects.select_for_update().get(pk=second)
        append("probe.locked")

    def work(*pair):
        try:
            lock(*pair)
        finally:
            connections.close_all()

    threads = [threading.Thread(target=work, args=p) for p in ((one, other), (other, one))]
    for thread in threads:
        thread.start()
    meet_again = threading.Timer(3, meet.abort)
    meet_again.start()
    for thread in threads:
        thread.join(30)
    meet_again.cancel()
    assert Entry.objects.filter(kind="probe.locked").count() == 2
    assert len(runs) == 3
