"""What runs at night keeps a watermark: a missed run is made up, a run that died is tried again, of two at once one runs, and a stopped clock shows."""

import time
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta

import pytest
from django.db import connection
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from deliberation.assemblies.actions import turn_keeping
from deliberation.assemblies.clock import STILL, TICK, clock, due
from deliberation.assemblies.models import Turn
from deliberation.assemblies.turns import Rhythm
from deliberation.project.schedule import EVERY, TURNS
from deliberation.project.tasks import WORK, take_turn
from elicitation.record.models import Entry
from tests.metering import asked
from tests.workers import empty_broker, kill, until, worker

NAME = "elicitation.extraction.tasks.purge_old_replies"


@pytest.fixture
def ticking(db):
    """The clock ticked a moment ago, and nothing is due."""
    turn_keeping.tick(TURNS)


def missed(name=NAME, days=3):
    Turn.objects.filter(pk=name).update(through=timezone.now() - timedelta(days=days))


def at(day, hour, minute=0):
    return datetime(2026, 3, day, hour, minute, tzinfo=UTC)


@pytest.mark.parametrize(
    ("through", "now", "is_due"),
    [
        (at(1, 3, 9), at(1, 3, 9), False),
        (at(1, 3, 9), at(1, 3, 10), True),
        (at(1, 3, 10), at(1, 23), False),
        (at(1, 4), at(2, 3, 9), False),
        (at(1, 4), at(2, 3, 10), True),
        (at(1, 4), at(9, 12), True),
    ],
    ids=["not yet", "now", "done today", "not yet tomorrow", "tomorrow", "days missed"],
)  # fmt: skip
def test_what_runs_at_ten_past_three_is_due_when_that_has_passed_since_it_ran(through, now, is_due):
    assert Rhythm(86_400, 3 * 3600 + 600).is_due(through, now) is is_due


@given(st.integers(1, 10**6), st.integers(0, 86_399), st.datetimes(datetime(2000, 1, 1), datetime(2200, 1, 1)))  # noqa: DTZ001  # fmt: skip
def test_the_last_moment_due_lies_less_than_one_round_back_and_is_not_due_again(every, first, now):
    now = now.replace(tzinfo=UTC)
    latest = Rhythm(every, first).latest(now)
    assert timedelta() <= now - latest < timedelta(seconds=every)
    assert (latest - datetime(1970, 1, 1, tzinfo=UTC)).total_seconds() % every == first % every
    assert not Rhythm(every, first).is_due(latest, now)


def test_all_that_has_a_turn_is_work_somebody_knows_and_is_rung_for_by_nothing_else():
    assert TURNS.keys() == WORK.keys()
    assert not TURNS.keys() & EVERY.keys()


def test_a_new_site_makes_up_nothing_that_was_before_it(ticking):
    assert due() == []
    assert clock().is_well


def test_nights_that_were_missed_are_made_up_once_and_the_record_says_so(ticking):
    missed()
    assert due() == [NAME]
    take_turn(NAME)
    take_turn(NAME)
    assert due() == []
    turn = Turn.objects.get(pk=NAME)
    assert timezone.now() - turn.through < timedelta(seconds=60)
    assert (turn.tries, turn.leased_until) == (0, None)
    assert [e.body for e in Entry.objects.filter(kind="turn.taken")] == [{"turn": NAME}]


def test_eight_workers_that_hear_at_the_same_moment_run_it_once(transactional_db, ticking):
    missed()

    def hear(_):
        try:
            take_turn(NAME)
        finally:
            connection.close()

    with ThreadPoolExecutor(8) as pool:
        list(pool.map(hear, range(8)))
    assert Entry.objects.filter(kind="turn.taken").count() == 1


def test_a_run_that_failed_leaves_the_watermark_and_is_tried_again_after_longer_and_longer_pauses(
    ticking,
):
    missed()
    before = Turn.objects.get(pk=NAME).through
    pauses = []
    for _ in range(3):
        began = turn_keeping.claim(NAME)
        with pytest.raises(ZeroDivisionError), turn_keeping.held(NAME, began):
            _ = 1 / 0
        turn = Turn.objects.get(pk=NAME)
        assert turn.through == before
        assert turn_keeping.claim(NAME) is None
        pauses.append(round((turn.leased_until - timezone.now()).total_seconds() / 60))
        Turn.objects.update(leased_until=timezone.now())
    assert pauses == [1, 2, 4]
    assert Turn.objects.get(pk=NAME).tries == 3
    take_turn(NAME)
    assert due() == []


def test_a_worker_that_lost_its_turn_to_another_moves_no_watermark(ticking):
    missed()
    began = turn_keeping.claim(NAME)
    with turn_keeping.held(NAME, began):
        Turn.objects.filter(pk=NAME).update(leased_until=timezone.now() + timedelta(days=1))
    assert Turn.objects.get(pk=NAME).leased_until is not None
    assert timezone.now() - Turn.objects.get(pk=NAME).through > timedelta(days=2)


def test_a_real_scheduler_and_worker_make_up_what_was_missed_also_after_one_was_killed(
    transactional_db, ticking
):
    empty_broker()
    Turn.objects.filter(pk=TICK).update(through=timezone.now() - timedelta(days=3))
    missed()
    killed = timezone.now() + timedelta(seconds=3)  # a worker died over it: its lease still runs
    Turn.objects.filter(pk=NAME).update(leased_until=killed, tries=1)
    with worker() as running:
        until(lambda: Entry.objects.filter(kind="turn.taken").exists())
        assert timezone.now() >= killed
        assert clock().is_well
        kill(running)


def test_a_stopped_clock_shows_to_operators_and_to_who_runs_the_assembly(
    ticking, client, facilitator, assembly, metered
):  # fmt: skip
    still = "The clock of this site has stood still since"
    ready = client.get("/health/ready").json()["clock"]
    assert (ready["stands_still"], ready["late"]) == (False, [])
    assert ready["ticked_seconds"] < 60
    assert still not in facilitator.get("/run/water/").text
    stopped = datetime(2026, 3, 1, 2, 0, tzinfo=UTC)
    Turn.objects.filter(pk=TICK).update(through=stopped)
    assert f"{still} 1 March 2026, 03:00 CET" in facilitator.get("/run/water/").text
    assert client.get("/health/ready").json()["clock"]["stands_still"] is True
    assert abs(asked(client)["groundwork_clock_seconds",] - (time.time() - stopped.timestamp())) < 60  # fmt: skip
    Turn.objects.all().delete()
    assert "has never run" in facilitator.get("/run/water/").text


def test_a_clock_that_missed_a_few_ticks_does_not_stand_still(ticking):
    Turn.objects.filter(pk=TICK).update(through=timezone.now() - STILL + timedelta(seconds=5))
    assert not clock().stands_still


def test_what_is_long_due_shows_though_the_clock_goes(ticking, client, facilitator, metered):
    missed()
    assert client.get("/health/ready").json()["clock"]["late"] == [NAME]
    assert "did not come to its end" in facilitator.get("/run/water/").text
    seconds = asked(client)["groundwork_turn_seconds", ("turn", NAME)]
    assert 3 * 86_400 <= seconds < 3 * 86_400 + 60
