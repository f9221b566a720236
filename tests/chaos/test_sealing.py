"""A real worker and scheduler seal by themselves, and go on where a killed one stopped."""

import pytest

from elicitation.record.actions import append_many
from elicitation.record.auditing import faults
from elicitation.record.models import Entry, TreeHead
from elicitation.record.queries import state
from tests.workers import empty_broker, kill, until, worker

pytestmark = pytest.mark.django_db(transaction=True)


def test_entries_are_sealed_by_themselves_and_a_killed_worker_leaves_nothing_half_sealed():
    empty_broker()
    append_many("thing.done", ({"n": n} for n in range(30_000)))
    with worker() as first:
        until(lambda: TreeHead.objects.exists())
        kill(first)
    append_many("thing.done", ({"n": n} for n in range(10)))
    with worker():
        until(lambda: state().waiting == 0)
    assert Entry.objects.exclude(index=None).count() == 30_010
    assert list(faults()) == []


def test_while_nothing_is_done_no_head_is_made():
    empty_broker()
    append_many("thing.done", [{}])
    with worker():
        until(lambda: state().waiting == 0)
        before = TreeHead.objects.count()
        append_many("thing.done", [{}])
        until(lambda: state().waiting == 0)
    assert TreeHead.objects.count() == before + 1
