"""A model tells stories of moves between values: each asked for once, checked, and kept unreleased."""

from collections import Counter
from itertools import pairwise

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from elicitation.extraction.actions import waiting
from elicitation.extraction.actions.asking_keeping import Who
from elicitation.extraction.engines import storyteller
from elicitation.extraction.engines.base import Usage
from elicitation.graph import chores, tasks, telling
from elicitation.graph.actions.placing import release
from elicitation.graph.actions.tellings import (
    Outcome,
    Told,
    close_telling,
    open_telling,
    request_tellings,
    ring_tellings,
)
from elicitation.graph.models import Story, Telling, Transition, Value
from tests.elicitation.graph._telling import tell, teller
from tests.elicitation.graph.conftest import a_person, a_transition, a_value, stands_in
from tests.told_by_models import STORY

pytestmark = pytest.mark.django_db(transaction=True)


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


def test_a_value_worded_anew_meanwhile_keeps_no_story_of_its_old_words(asked, server):
    values = [asked.value, *chores.beside(asked)]
    ask = telling.ask_about(asked, values)
    told = teller(server).tell(ask)
    kept, refused = telling.sift(told, ask, values)
    Value.objects.filter(pk=asked.value_id).update(version=2)
    opened = open_telling(asked.pk, Who("openai", "m", "p", 0))
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
    opened = open_telling(asked.pk, Who("openai", "m", "p", 0))
    with CaptureQueriesContext(connection) as asked_for:
        assert len(close_telling(opened, Outcome(stories, Counter(), Usage(), None))) == 3
    locks = [q["sql"] for q in asked_for if "UPDATE" in q["sql"] and "FOR" in q["sql"]]
    assert [("graph_value" in sql, "graph_telling" in sql) for sql in locks] == [
        (True, False),
        (False, True),
    ]


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
