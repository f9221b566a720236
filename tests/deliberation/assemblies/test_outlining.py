"""A model drafts how an assembly begins from one sentence: paid for, checked, never founded by itself; without it there are plain rules."""

from datetime import timedelta

import pytest
from django.utils import timezone

from deliberation.assemblies import gates, outlining, ready
from deliberation.assemblies.actions import outlining as acts
from deliberation.assemblies.errors import NotHere, OutlineClaimed, SentenceUnfit
from deliberation.assemblies.models import Assembly, Outline
from elicitation.extraction.engines import outliner as build
from elicitation.extraction.engines.base import Options
from elicitation.extraction.models import Lane, Reservation, Spend
from elicitation.extraction.queries import askings_due
from tests.conftest import hashed
from tests.model_server import ModelServer
from tests.told_by_models import OUTLINE

PRICED = {"price_in": 2.0, "price_out": 10.0}
SENTENCE = "How we share the river bank this summer."
pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def server():
    with ModelServer() as running:
        yield running


@pytest.fixture
def asked(account, settings):
    settings.GROUNDWORK_ENGINE = "openai"
    return acts.ask(account, SENTENCE, "en")


def drafter(server, **more):
    options = Options(base_url=server.url, api_key="k", model="m", deadline=5.0, **more)
    return build("openai", options)


def test_what_a_model_drafts_is_kept_for_its_person_and_nothing_is_founded(asked, server):
    outlining.outline(asked.pk, drafter(server))
    asked.refresh_from_db()
    assert (asked.state, asked.template, asked.model, asked.calls) == ("done", "town", "m", 1)
    assert asked.words == {name: OUTLINE[name] for name in asked.words}
    assert set(asked.words) == {"title", "question", "contexts", "prompts"}
    assert not Assembly.objects.exists()


def test_the_model_is_told_the_sentence_and_the_templates_alone(asked, server, account):
    outlining.outline(asked.pk, drafter(server))
    told = str(server.calls[0]["messages"])
    assert SENTENCE in told
    assert all(f"- {key}: " in told for key in ready.ready())
    assert account.username not in told


@pytest.mark.parametrize(
    ("script", "why"),
    [
        (["500"], "endpoint_down"),
        (["429"], "rate_limited"),
        (["refuse"], "refused"),
        (["broken", "broken"], "invalid_schema"),
        (["cut", "cut"], "truncated"),
        (["switch", "switch"], "wrong_language"),
        (["long"], "too_long"),
        (["astray"], "unknown_template"),
        (["nothing"], "too_few"),
    ],
)
def test_a_model_that_fails_is_not_asked_again_and_the_nearest_template_stays(
    asked, server, script, why
):
    server.script(*script)
    outlining.outline(asked.pk, drafter(server))
    asked.refresh_from_db()
    assert (asked.state, asked.failure, asked.words) == ("failed", why, {})
    assert (asked.sentence, asked.template) == (SENTENCE, "town")
    assert len(server.calls) <= 2
    assert Lane.objects.exists() == (why == "rate_limited")
    assert not askings_due(Outline).exists()


def test_it_is_paid_for_of_the_days_budget_alone(asked, server):
    outlining.outline(asked.pk, drafter(server, **PRICED))
    asked.refresh_from_db()
    assert asked.cost == 100 * 2 + 20 * 10
    spend = Spend.objects.get()
    assert (spend.scope, spend.spent, spend.reserved) == ("day", asked.cost, 0)
    assert not Reservation.objects.exists()


def test_without_money_no_model_is_asked(asked, server, settings):
    settings.READING_BUDGETS = {**settings.READING_BUDGETS, "day": 10}
    outlining.outline(asked.pk, drafter(server, **PRICED))
    asked.refresh_from_db()
    assert (asked.state, asked.failure, server.calls) == ("failed", "over_budget", [])


def test_asking_twice_asks_the_model_once(asked, server):
    outlining.outline(asked.pk, drafter(server))
    with pytest.raises(OutlineClaimed):
        outlining.outline(asked.pk, drafter(server))
    outlining.outline_if_free(asked.pk, drafter(server))
    assert len(server.calls) == 1


def test_one_whose_message_was_lost_is_rung_for_again(asked):
    assert askings_due(Outline).get() == asked
    assert acts.ring(10) == [asked.pk]
    assert acts.ring(10) == []


def test_offline_a_sentence_is_drafted_at_once_by_the_nearest_template(account):
    asked = acts.ask(account, "  Our school\n rules  ", "fr")
    assert (asked.state, asked.template, asked.sentence) == ("done", "school", "Our school rules")
    assert not askings_due(Outline).exists()


@pytest.mark.parametrize("sentence", ["", "  \n", "x" * 501, "a\x00b", "\ud800"])
def test_what_is_no_sentence_is_refused(account, sentence):
    with pytest.raises(SentenceUnfit):
        acts.ask(account, sentence, "en")


def test_a_new_sentence_takes_the_place_of_the_last_and_is_its_persons_alone(
    account, django_user_model
):
    first = acts.ask(account, "One.", "en")
    second = acts.ask(account, "Two.", "en")
    other = django_user_model.objects.create(username="eve", password=hashed())
    assert gates.outline(account, second.pk) == second
    for who, which in ((account, first), (other, second)):
        with pytest.raises(NotHere):
            gates.outline(who, which.pk)


def test_what_nobody_founded_with_is_erased_after_some_days(account):
    asked = acts.ask(account, SENTENCE, "en")
    assert acts.forget_outlines(7) == 0
    Outline.objects.update(asked_at=timezone.now() - timedelta(days=8))
    assert acts.forget_outlines(7) == 1
    assert not Outline.objects.filter(pk=asked.pk).exists()
