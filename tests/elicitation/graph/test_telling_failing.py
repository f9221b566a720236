"""A telling that fails, is too dear or never comes back: written down, paid for, tried again a few times."""

from collections import Counter
from datetime import timedelta

import pytest
from django.utils import timezone

from elicitation.extraction.actions import waiting
from elicitation.extraction.actions.asking_keeping import Who
from elicitation.extraction.actions.spending import settle_lost
from elicitation.extraction.actions.waiting import MOST_TRIES
from elicitation.extraction.engines.base import Usage
from elicitation.extraction.models import Lane, Reservation, Spend
from elicitation.graph import chores, telling
from elicitation.graph.actions.tellings import (
    Outcome,
    close_telling,
    open_telling,
    ring_tellings,
)
from elicitation.graph.errors import TellingClaimed
from elicitation.graph.models import Story, Telling
from tests.elicitation.graph._telling import tell, teller

PRICED = {"price_in": 2.0, "price_out": 10.0}
pytestmark = pytest.mark.django_db(transaction=True)


@pytest.mark.parametrize(
    ("behaviour", "failure", "state", "calls"),
    [
        ("refuse", "refused", "failed", 1),
        ("cut", "truncated", "failed", 2),
        ("broken", "invalid_schema", "failed", 2),
        ("switch", "wrong_language", "failed", 2),
        ("500", "endpoint_down", "waiting", 1),
        ("html", "endpoint_down", "waiting", 1),
        ("429", "rate_limited", "waiting", 1),
    ],
)
def test_each_failure_has_its_class(asked, server, behaviour, failure, state, calls):
    server.script(behaviour)
    assert tell(asked, server) == []
    asked.refresh_from_db()
    assert (asked.failure, asked.state) == (failure, state)
    assert asked.leased_until is None
    assert len(server.calls) == calls
    assert not Story.objects.exists()


def test_a_busy_endpoint_costs_no_try_and_rests_for_all(asked, server):
    server.script("429", "well")
    tell(asked, server)
    asked.refresh_from_db()
    assert asked.tries == 0
    who = teller(server)
    until = timezone.now() + timedelta(minutes=1)
    Lane.objects.filter(pk=who.lane).update(rests_until=until)
    assert telling.tell(asked.pk, who) == []
    asked.refresh_from_db()
    assert asked.ring_at == until
    assert len(server.calls) == 1


def test_after_enough_tries_it_is_given_up(asked, server):
    server.script("500")
    for _ in range(waiting.MOST_TRIES):
        tell(asked, server)
    asked.refresh_from_db()
    assert (asked.state, asked.failure) == ("failed", "endpoint_down")
    with pytest.raises(TellingClaimed):
        tell(asked, server)


def test_silence_ends_at_the_deadline(asked, server):
    server.script("hang")
    tell(asked, server, deadline=0.5)
    asked.refresh_from_db()
    assert (asked.failure, asked.state) == ("timeout", "waiting")


def test_what_it_costs_is_counted_in_the_budgets_of_day_and_inquiry(asked, server, settings):
    settings.READING_BUDGETS = {"day": 10**9, "inquiry": 10**9, "respondent": 1}
    tell(asked, server, **PRICED)
    asked.refresh_from_db()
    assert asked.cost == 100 * 2 + 20 * 10
    spends = {s.scope: (s.spent, s.reserved) for s in Spend.objects.all()}
    assert spends == {"day": (400, 0), "inquiry": (400, 0)}
    assert not Reservation.objects.exists()


def test_a_budget_is_hard_and_what_does_not_fit_waits_for_another_day(asked, server, settings):
    settings.READING_BUDGETS = {"day": 500, "inquiry": None, "respondent": None}
    tell(asked, server, **PRICED)
    assert server.calls == []
    asked.refresh_from_db()
    assert (asked.state, asked.failure, asked.tries) == ("waiting", "over_budget", 0)
    assert asked.ring_at > timezone.now() + timedelta(hours=23)
    assert not chores.tellings_due().exists()


def test_money_under_way_makes_it_wait_a_moment(asked, server, settings):
    who = teller(server, **PRICED)
    most = who.at_most(telling.ask_about(asked, [asked.value, *chores.beside(asked)]))
    settings.READING_BUDGETS = {"day": most, "inquiry": None, "respondent": None}
    today = timezone.now().date().isoformat()
    Spend.objects.create(scope="day", key=today, reserved=1)
    telling.tell(asked.pk, who)
    asked.refresh_from_db()
    assert (asked.failure, asked.state) == ("budget_busy", "waiting")
    assert asked.ring_at < timezone.now() + timedelta(minutes=1)
    Spend.objects.update(reserved=0)
    telling.tell(asked.pk, who)
    assert Story.objects.count() == 2


def test_what_a_dead_worker_may_have_spent_counts_whole(asked, server, settings):
    settings.READING_BUDGETS = {"day": 10**9, "inquiry": None, "respondent": None}
    who = teller(server, **PRICED)
    ask = telling.ask_about(asked, [asked.value, *chores.beside(asked)])
    open_telling(asked.pk, Who("openai", "m", "p", who.at_most(ask)))
    with pytest.raises(TellingClaimed):
        telling.tell(asked.pk, who)
    Telling.objects.update(leased_until=timezone.now() - timedelta(seconds=1))
    telling.tell(asked.pk, who)
    assert Spend.objects.get(scope="day").spent == who.at_most(ask) + 400
    assert settle_lost(10) == 0


def test_who_was_too_slow_keeps_nothing(asked, server):
    slow = open_telling(asked.pk, Who("openai", "m", "p", 0))
    Telling.objects.update(leased_until=timezone.now() - timedelta(seconds=1))
    tell(asked, server)
    with pytest.raises(TellingClaimed):
        close_telling(slow, Outcome([], {}, Usage(), None))
    assert Story.objects.count() == 2


def test_what_never_comes_back_is_paid_for_a_few_times_and_then_ends(asked, server, settings):
    settings.READING_BUDGETS = {"day": 10**9, "inquiry": None, "respondent": None}
    who = Who("openai", "m", "p", 7)
    past = timezone.now() - timedelta(seconds=1)
    for _ in range(MOST_TRIES):
        Telling.objects.update(ring_at=past)
        assert ring_tellings(10) == [asked.pk]
        assert open_telling(asked.pk, who)
        Telling.objects.update(leased_until=past)
    Telling.objects.update(ring_at=past)
    with pytest.raises(TellingClaimed):
        open_telling(asked.pk, who)
    assert ring_tellings(10) == []
    asked.refresh_from_db()
    assert (asked.state, asked.failure, asked.tries) == ("failed", "never_came_back", MOST_TRIES)
    assert Spend.objects.get(scope="day").spent == 7 * MOST_TRIES
    assert not Reservation.objects.exists()
    assert not chores.tellings_due().exists()


def test_one_at_its_last_try_is_left_to_its_worker(asked, server):
    Telling.objects.update(tries=MOST_TRIES - 1)
    opened = open_telling(asked.pk, Who("openai", "m", "p", 0))
    Telling.objects.update(ring_at=timezone.now())
    assert ring_tellings(10) == []
    assert close_telling(opened, Outcome([], Counter(), Usage(), None)) == []
    asked.refresh_from_db()
    assert asked.state == "done"
