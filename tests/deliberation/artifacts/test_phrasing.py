"""A model words proposed clauses: checked, labelled, paid for, and never over what a person wrote."""

from datetime import timedelta

import pytest
from django.utils import timezone

from deliberation.artifacts import chores, phrasing
from deliberation.artifacts.actions import drafting, phrasings
from deliberation.artifacts.errors import PhrasingClaimed
from deliberation.artifacts.models import Clause, Phrasing
from elicitation.extraction.actions import waiting
from elicitation.extraction.engines import clause_writer
from elicitation.extraction.engines.base import Options
from elicitation.extraction.models import Lane, Reservation, Spend
from tests.model_server import ModelServer
from tests.told_by_models import CLAUSE

PRICED = {"price_in": 2.0, "price_out": 10.0}
pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def server():
    with ModelServer() as running:
        yield running


@pytest.fixture
def asked(draft, value, settings):
    """A proposed clause a model is to be asked about."""
    settings.GROUNDWORK_ENGINE = "openai"
    settings.OPENAI_BASE_URL = "http://127.0.0.1/v1"  # where its author agreed that words may go
    drafting.propose(draft, [value])
    return Phrasing.objects.get()


def writer(server, **more):
    options = Options(base_url=server.url, api_key="k", model="m", deadline=5.0, **more)
    return clause_writer("openai", options)


def proposed():
    return Clause.objects.exclude(origin=Clause.Origin.PERSON).get()


def test_the_words_of_a_model_are_labelled_as_its_own_and_the_template_is_kept(asked, server):
    before = proposed().text
    assert phrasing.phrase(asked.pk, writer(server))
    clause = proposed()
    assert (clause.text, clause.origin, clause.is_unread) == (CLAUSE, "model", True)
    assert [w.text for w in clause.wordings.all()] == [before, CLAUSE]
    asked.refresh_from_db()
    assert (asked.state, asked.engine, asked.model) == ("done", "openai", "m")
    assert (asked.tokens_in, asked.tokens_out, asked.calls) == (100, 20, 1)
    assert len(asked.prompt_version) == 12


def test_the_model_is_told_values_and_what_they_are_for_and_nothing_of_anybody(
    asked, server, value, member, answered
):
    phrasing.phrase(asked.pk, writer(server))
    (call,) = server.calls
    told = call["messages"][1]["content"]
    assert value.title in told
    assert "Charter of the river" in told
    assert str(member.respondent_id) not in told
    assert answered.latest.text not in told


@pytest.mark.parametrize(
    ("behaviour", "failure", "state"),
    [
        ("quoted", "quotes", "failed"),
        ("long", "too_long", "failed"),
        ("switch", "wrong_language", "failed"),
        ("refuse", "refused", "failed"),
        ("cut", "truncated", "failed"),
        ("broken", "invalid_schema", "failed"),
        ("500", "endpoint_down", "waiting"),
        ("429", "rate_limited", "waiting"),
    ],
)
def test_what_is_unfit_or_fails_leaves_the_template_and_says_why(
    asked, server, behaviour, failure, state
):
    before = proposed().text
    server.script(behaviour)
    assert not phrasing.phrase(asked.pk, writer(server))
    asked.refresh_from_db()
    assert (asked.failure, asked.state) == (failure, state)
    assert (proposed().text, proposed().origin) == (before, "template")


def test_a_clause_a_person_touched_meanwhile_is_theirs(asked, server, value):
    clause = proposed()
    drafting.rewrite_clause(clause, 1, "A person's words.", [value])
    assert not phrasing.phrase(asked.pk, writer(server))
    clause.refresh_from_db()
    assert (clause.text, clause.origin) == ("A person's words.", "person")


def test_a_clause_a_person_took_as_it_reads_stays_as_it_reads(asked, server):
    clause = proposed()
    drafting.accept_clause(clause, 1)
    assert not phrasing.phrase(asked.pk, writer(server))
    clause.refresh_from_db()
    assert clause.origin == "template"


def test_one_that_is_claimed_or_done_is_asked_no_second_time(asked, server):
    who = writer(server)
    assert phrasing.phrase(asked.pk, who)
    with pytest.raises(PhrasingClaimed):
        phrasing.phrase(asked.pk, who)
    phrasing.phrase_if_free(asked.pk, who)
    assert len(server.calls) == 1


def test_what_it_costs_is_set_apart_and_counted(asked, server):
    phrasing.phrase(asked.pk, writer(server, **PRICED))
    asked.refresh_from_db()
    assert asked.cost == 100 * 2 + 20 * 10
    assert not Reservation.objects.exists()
    assert Spend.objects.get(scope="day").spent == asked.cost


def test_with_no_money_left_it_waits(asked, server, settings):
    settings.READING_BUDGETS = {**settings.READING_BUDGETS, "day": 1}
    assert not phrasing.phrase(asked.pk, writer(server, **PRICED))
    asked.refresh_from_db()
    assert (asked.state, asked.tries) == ("waiting", 0)
    assert asked.ring_at > timezone.now()
    assert server.calls == []


def test_a_resting_endpoint_is_asked_later(asked, server):
    who = writer(server)
    until = timezone.now() + timedelta(minutes=1)
    Lane.objects.update_or_create(pk=who.lane, defaults={"rests_until": until})
    assert not phrasing.phrase(asked.pk, who)
    assert server.calls == []
    assert not chores.phrasings_due().exists()


def test_where_machine_reading_is_switched_off_no_model_is_asked_for_words(asked, value):
    assert chores.phrasings_due().get() == asked
    waiting.switch_off(value.inquiry)
    assert not chores.phrasings_due().exists()
    assert phrasings.ring(10) == []


def test_one_whose_workers_never_came_back_ends(asked):
    past = timezone.now() - timedelta(hours=1)
    Phrasing.objects.update(tries=99, leased_until=past)
    assert phrasings.ring(10) == []
    asked.refresh_from_db()
    assert (asked.state, asked.failure) == ("failed", "never_came_back")


def test_with_the_offline_reader_nobody_is_asked(draft, value):
    drafting.propose(draft, [value])
    assert not Phrasing.objects.exists()
    assert clause_writer("offline") is None
