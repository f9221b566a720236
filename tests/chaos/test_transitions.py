"""A real worker pairs values and asks a model for stories, whatever became of the messages."""

import pytest

from elicitation.graph.models import Story, Telling, Transition, Value
from elicitation.graph.tasks import sweep_pairings, sweep_tellings
from tests.model_server import ModelServer
from tests.told_by_models import STORY
from tests.workers import empty_broker, kill, until, worker

pytestmark = pytest.mark.django_db(transaction=True)
TITLES = ("Quiet nights", "Benches in the shade", "Neighbours who ask", "Water that is watched")


def test_values_are_paired_and_told_of_by_workers_that_may_die(assembly):
    empty_broker()
    inquiry = assembly.inquiries.get()
    for title in TITLES:
        Value.objects.create(inquiry=inquiry, title=title, policies=[title], language="en")
    with ModelServer() as model:
        told = {
            "GROUNDWORK_ENGINE": "openai",
            "OPENAI_BASE_URL": model.url,
            "OPENAI_API_KEY": "k",
            "OPENAI_MODEL": "m",
        }
        sweep_pairings()
        empty_broker()  # that bell is lost
        with worker(**told) as process:
            sweep_pairings()
            until(Transition.objects.exists)
            sweep_tellings.delay()
            until(Telling.objects.filter(state="done").exists)
            kill(process)
        Telling.objects.filter(state="waiting").update(
            ring_at="2026-01-01T00:00Z", leased_until=None
        )
        with worker(**told):
            sweep_tellings.delay()
            until(lambda: not Telling.objects.exclude(state="done").exists())
    assert {story.text for story in Story.objects.all()} == {STORY}
    assert not Story.objects.released().exists()
    moves = Story.objects.values_list("transition", "towards", "language")
    assert len(moves) == len(set(moves))
