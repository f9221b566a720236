"""A model tells stories of moves between values: checked, paid for, kept unreleased; or it fails, and that is written down."""

from collections import Counter
from datetime import timedelta
from itertools import pairwise

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from elicitation.extraction.actions import waiting
from elicitation.extraction.actions.spending import settle_lost
from elicitation.extraction.actions.waiting import MOST_TRIES
from elicitation.extraction.engines import storyteller
from elicitation.extraction.engines.base import Options, Usage
from elicitation.extraction.models import Lane, Reservation, Spend
from elicitation.graph import chores, tasks, telling
from elicitation.graph.actions.placing import release
from elicitation.graph.actions.tellings import (
    Outcome,
    Teller,
    Told,
    close_telling,
    open_telling,
    request_tellings,
    ring_tellings,
)
from elicitation.graph.errors import TellingClaimed
from elicitation.graph.models import Story, Telling, Transition, Value
from tests.elicitation.graph.conftest import a_person, a_transition, a_value, stands_in
from tests.model_server import STORY, ModelServer

PRICED = {"price_in": 2.0, "price_out": 10.0}
pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def server():
    with ModelServer() as running:
        yield running


@pytest.fixture
def asked(transactional_db, inquiry, context):
    """A telling that waits: of one value beside another in a context."""
    one = a_value(inquiry, "Dry cellars", "SANDBAGS that are where the water comes")
    other = a_value(inquiry, "Open doors", "NEIGHBOURS nobody has asked yet")
    a_transition(one, other, context, likeness=0.4)
    request_tellings(10)
    return Telling.objects.get()


def teller(server, deadline=5.0, **more):
    options = Options(base_url=server.url, api_key="k", model="m", deadline=deadline, **more)
    return storyteller("openai", options)


def tell(asked, server, **more):
    return telling.tell(asked.pk, teller(server, **more))


def test_stories_are_kept_unreleased_with_who_told_them(asked, server):
    kept = tell(asked, server)
    there = Transition.objects.get()
    assert [(s.transition, s.towards_id) for s in kept] == [
        (there, there.to_value_id),
        (there, there.from_value_id),
    ]
    for story in Story.objects.all():
        assert (story.text, story.language, story.released_at) == (STORY, "en", None)
        assert (story.engine, story.model) == ("openai", "m")
        assert len(story.prompt_version) == 12
    asked.refresh_from_db()
    assert (asked.state, asked.failure, asked.refusals) == ("done", "", {})
    assert (asked.tokens_in, asked.tokens_out, asked.calls) == (100, 20, 1)


def test_the_model_is_told_values_question_and_context_and_nothing_of_anybody(asked, server):
    tell(asked, server)
    (call,) = server.calls
    told = call["messages"][1]["content"]
    for part in (
        "Dry cellars",
        "NEIGHBOURS",
        "What matters by the river?",
        "when the river floods",
    ):
        assert part in told
    assert call["response_format"]["json_schema"]["name"] == "StoriesReply"


def test_a_move_between_values_nobody_compared_yet_becomes_a_comparison(
    asked, server, inquiry, context
):
    nearer = a_value(inquiry, "Shade")
    a_transition(nearer, asked.value, context, likeness=0.9)
    server.script("beside")
    (story,) = tell(asked, server)
    assert [value.title for value in chores.beside(asked)] == ["Shade", "Open doors"]
    found = story.transition
    assert (found.source, found.likeness, found.context) == ("model", None, context)
    assert (found.from_value.title, found.to_value.title) == ("Shade", "Open doors")
    assert Transition.objects.count() == 3


@pytest.mark.parametrize(
    ("behaviour", "why", "n"),
    [("named", "name", 2), ("quoted", "quotes", 2), ("astray", "no_such_move", 3)],
)
def test_what_a_story_may_not_hold_is_refused_and_counted(asked, server, behaviour, why, n):
    server.script(behaviour)
    assert tell(asked, server) == []
    asked.refresh_from_db()
    assert (asked.state, asked.refusals) == ("done", {why: n})
    assert not Story.objects.exists()


def test_no_plausible_move_is_a_normal_result(asked, server):
    server.script("nothing")
    tell(asked, server)
    asked.refresh_from_db()
    assert (asked.state, asked.refusals) == ("done", {})


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
    open_telling(asked.pk, Teller("openai", "m", "p", who.at_most(ask)))
    with pytest.raises(TellingClaimed):
        telling.tell(asked.pk, who)
    Telling.objects.update(leased_until=timezone.now() - timedelta(seconds=1))
    telling.tell(asked.pk, who)
    assert Spend.objects.get(scope="day").spent == who.at_most(ask) + 400
    assert settle_lost(10) == 0


def test_who_was_too_slow_keeps_nothing(asked, server):
    slow = open_telling(asked.pk, Teller("openai", "m", "p", 0))
    Telling.objects.update(leased_until=timezone.now() - timedelta(seconds=1))
    tell(asked, server)
    with pytest.raises(TellingClaimed):
        close_telling(slow, Outcome([], {}, Usage(), None))
    assert Story.objects.count() == 2


def test_a_value_worded_anew_meanwhile_keeps_no_story_of_its_old_words(asked, server):
    values = [asked.value, *chores.beside(asked)]
    ask = telling.ask_about(asked, values)
    told = teller(server).tell(ask)
    kept, refused = telling.sift(told, ask, values)
    Value.objects.filter(pk=asked.value_id).update(version=2)
    opened = open_telling(asked.pk, Teller("openai", "m", "p", 0))
    Value.objects.filter(pk=asked.value_id).update(version=3)
    assert close_telling(opened, Outcome(kept, refused, Usage(), None)) == []
    assert chores.untold().exists()
    assert request_tellings(10) == 1
    assert len(tell(Telling.objects.get(), server)) == 2


def test_a_move_is_told_once(asked, server):
    tell(asked, server)
    Telling.objects.update(state="waiting", tries=0, ended_at=None)
    tell(asked, server)
    asked.refresh_from_db()
    assert asked.refusals == {"told_already": 2}
    assert Story.objects.count() == 2


def test_each_value_and_context_is_put_on_the_list_once(asked, inquiry):
    assert request_tellings(10) == 0
    a_transition(a_value(inquiry, "A"), a_value(inquiry, "B"))
    assert chores.untold().count() == 1
    assert request_tellings(10) == 1
    assert request_tellings(10) == 0
    assert len(ring_tellings(10)) == 2
    assert ring_tellings(10) == []


def test_nothing_is_asked_where_machine_reading_is_off(asked, inquiry):
    waiting.switch_off(inquiry)
    assert not chores.tellings_due().exists()
    assert not chores.untold().exists()


def test_the_offline_engine_tells_nothing(asked):
    assert storyteller("offline") is None
    tasks.sweep_tellings()
    tasks.tell_stories(str(asked.pk))
    asked.refresh_from_db()
    assert (asked.state, asked.tries) == ("waiting", 0)


def test_all_values_told_of_are_locked_at_once_and_before_the_telling(asked, inquiry):
    values = [asked.value, *(a_value(inquiry, f"V{n}") for n in range(3))]
    stories = [Told(one, other, STORY) for one, other in pairwise(values)]
    opened = open_telling(asked.pk, Teller("openai", "m", "p", 0))
    with CaptureQueriesContext(connection) as asked_for:
        assert len(close_telling(opened, Outcome(stories, Counter(), Usage(), None))) == 3
    locks = [q["sql"] for q in asked_for if "UPDATE" in q["sql"] and "FOR" in q["sql"]]
    assert [("graph_value" in sql, "graph_telling" in sql) for sql in locks] == [
        (True, False),
        (False, True),
    ]


def test_what_never_comes_back_is_paid_for_a_few_times_and_then_ends(asked, server, settings):
    settings.READING_BUDGETS = {"day": 10**9, "inquiry": None, "respondent": None}
    who = Teller("openai", "m", "p", 7)
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
    opened = open_telling(asked.pk, Teller("openai", "m", "p", 0))
    Telling.objects.update(ring_at=timezone.now())
    assert ring_tellings(10) == []
    assert close_telling(opened, Outcome([], Counter(), Usage(), None)) == []
    asked.refresh_from_db()
    assert asked.state == "done"


@pytest.mark.parametrize("mine", [0, 1])
def test_when_a_value_is_worded_anew_a_model_is_asked_about_it_again(asked, inquiry, server, mine):
    tell(asked, server)
    (transition,) = Transition.objects.all()
    value = (transition.from_value, transition.to_value)[mine]
    first = stands_in(value, a_person())
    stands_in(value, a_person())
    Value.objects.filter(pk=value.pk).update(worded_from=first)
    far = a_transition(a_value(inquiry, "A"), a_value(inquiry, "B"))
    Telling.objects.create(value=far.from_value, state="done", ended_at=timezone.now())
    assert not chores.untold().exists()
    release(first)
    assert not Story.objects.exists()
    assert list(chores.untold()) == [transition]
    assert request_tellings(10) == 1
    assert len(tell(Telling.objects.get(state="waiting"), server)) == 2
