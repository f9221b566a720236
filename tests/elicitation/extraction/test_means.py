"""Machine reading never spends more than it may, rests when asked to, and stops at once when switched off."""

from datetime import timedelta

import pytest
from django.utils import timezone

from deliberation.assemblies.actions import taking_part
from elicitation.extraction import queries
from elicitation.extraction.actions import readings, spending, waiting
from elicitation.extraction.engines import build
from elicitation.extraction.engines.base import EngineFailure, Options
from elicitation.extraction.errors import AlreadyClaimed, Outlived
from elicitation.extraction.models import Lane, Reading, ReadingRequest, Reservation, Spend
from elicitation.extraction.reading import ask_about, read
from elicitation.interview.actions import withdraw
from elicitation.interview.drafts import Words
from tests.conftest import Told, card
from tests.model_server import ModelServer

NO_LIMIT = {"day": None, "inquiry": None, "respondent": None}


class Priced(Told):
    """An engine that may cost 1,000 and costs 300."""

    lane = "http://127.0.0.1/v1|told"

    def at_most(self, ask):
        return 1000

    def cost(self, ask, usage):
        return 300


class Busy(Priced):
    """An endpoint that wants to be left alone."""

    def propose(self, ask):
        raise EngineFailure("rate_limited", retry_after=9)


@pytest.fixture
def revision(transactional_db, answered):
    return answered.latest


@pytest.fixture
def budgets(settings):
    def cap(**caps):
        settings.READING_BUDGETS = {**NO_LIMIT, **caps}

    return cap


def request_of(revision):
    return ReadingRequest.objects.get(revision=revision)


def spent():
    return {s.scope: (s.spent, s.reserved) for s in Spend.objects.all()}


def test_what_a_reading_cost_is_counted_for_the_day_the_inquiry_and_the_person(revision):
    read(revision.pk, Priced(card()))
    assert spent() == dict.fromkeys(NO_LIMIT, (300, 0))
    assert Reading.objects.get().cost == 300
    assert not Reservation.objects.exists()


@pytest.mark.parametrize("scope", NO_LIMIT)
def test_what_does_not_fit_a_budget_is_never_asked_and_goes_to_a_person(revision, budgets, scope):
    budgets(**{scope: 999})
    asked = []
    engine = Priced(card())
    engine.propose = asked.append
    read(revision.pk, engine)
    assert asked == []
    assert (request_of(revision).state, request_of(revision).why) == ("needs_person", "over_budget")
    assert Reading.objects.get().failure == "over_budget"
    assert sum(s.spent + s.reserved for s in Spend.objects.all()) == 0


def test_intake_goes_on_over_budget_and_more_budget_lets_it_be_read(
    revision, budgets, member, prompt
):
    budgets(day=10)
    read(revision.pk, Priced(card()))
    taking_part.change(member, revision.response, "Only quiet nights matter to me.", "en")
    newest = queries.waiting().get()
    read(newest.revision_id, Priced())
    budgets(day=5000)
    waiting.read_again([request_of(newest.revision)])
    read(newest.revision_id, Priced())
    assert request_of(newest.revision).state == "nothing_found"


def test_readings_under_way_hold_their_part_and_others_wait_for_it(revision, budgets, member):
    budgets(day=1500)
    readings.open_reading(revision, Priced(), ask_about(revision))
    second = member.assembly.inquiries.get().prompts.last()
    other = taking_part.answer(member, second, Words("Quiet nights matter.", "en", "k")).latest
    assert readings.open_reading(other, Priced(), ask_about(other)) is None
    waits = request_of(other)
    assert (waits.state, waits.tries, waits.leased_until) == ("waiting", 0, None)
    assert not Reading.objects.filter(revision=other).exists()


def test_a_reading_that_fails_costs_what_it_cost(revision):
    read(revision.pk, Busy())
    assert spent()["day"] == (300, 0)


def test_words_withdrawn_meanwhile_cost_what_they_cost(revision, answered):
    class Withdrawn(Priced):
        def propose(self, ask):
            withdraw(answered)
            return super().propose(ask)

    with pytest.raises(Outlived):
        read(revision.pk, Withdrawn(card()))
    assert spent()["day"] == (300, 0)


def test_a_reading_lost_with_its_worker_is_counted_whole(revision):
    readings.open_reading(revision, Priced(), ask_about(revision))
    Reservation.objects.update(made_at=timezone.now() - timedelta(days=1))
    assert queries.lost_reservations().count() == 1
    assert spending.settle_lost(10) == 1
    assert spent()["day"] == (1000, 0)


def test_the_next_reading_counts_the_lost_one_before_it(revision):
    readings.open_reading(revision, Priced(), ask_about(revision))
    ReadingRequest.objects.update(leased_until=timezone.now() - timedelta(seconds=1))
    read(revision.pk, Priced(card()))
    assert spent()["day"] == (1300, 0)


def test_a_busy_endpoint_makes_every_worker_rest_and_nobody_knocks_meanwhile(revision, member):
    read(revision.pk, Busy())
    assert Lane.objects.get().rests_until > timezone.now() + timedelta(seconds=7)
    second = member.assembly.inquiries.get().prompts.last()
    other = taking_part.answer(member, second, Words("Quiet nights matter.", "en", "k")).latest
    asked = []
    engine = Priced(card())
    engine.propose = asked.append
    read(other.pk, engine)
    assert asked == []
    waits = request_of(other)
    assert (waits.state, waits.tries) == ("waiting", 0)
    assert waits.ring_at > timezone.now() + timedelta(seconds=7)


def test_a_shorter_rest_does_not_end_a_longer_one(revision):
    readings.rest("lane", 60)
    readings.rest("lane", 1)
    assert queries.rests_until("lane") > timezone.now() + timedelta(seconds=50)
    readings.rest("other", 0)
    assert queries.rests_until("other") is None


def test_switched_off_at_once_waiting_answers_go_to_people_and_back_when_on(revision):
    inquiry = revision.response.prompt.inquiry
    assert waiting.switch_off(inquiry) == 1
    assert (request_of(revision).state, request_of(revision).why) == (
        "needs_person",
        "switched_off",
    )
    with pytest.raises(AlreadyClaimed):
        read(revision.pk, Told(card()))
    assert waiting.switch_on(inquiry) == 1
    assert len(read(revision.pk, Told(card()))) == 1


def test_a_reading_under_way_when_it_is_switched_off_keeps_nothing(revision):
    class SwitchedOff(Told):
        def propose(self, ask):
            waiting.switch_off(revision.response.prompt.inquiry)
            return super().propose(ask)

    with pytest.raises(Outlived):
        read(revision.pk, SwitchedOff(card()))
    assert request_of(revision).why == "switched_off"


def test_answers_that_come_while_it_is_off_go_to_people_from_the_start(revision, member):
    waiting.switch_off(revision.response.prompt.inquiry)
    second = member.assembly.inquiries.get().prompts.last()
    other = taking_part.answer(member, second, Words("Quiet nights matter.", "en", "k")).latest
    assert request_of(other).why == "switched_off"
    waiting.read_again([request_of(other)])
    assert request_of(other).state == "needs_person"  # off is off


@pytest.mark.parametrize("behaviour", ["fill", "broken", "500", "cut", "switch"])
def test_a_model_that_always_fails_or_fills_its_output_never_spends_past_the_cap(
    revision, budgets, member, behaviour
):
    with ModelServer() as server:
        server.script(behaviour)
        options = Options(
            base_url=server.url, api_key="k", model="m", price_in=1.0, price_out=1.0, deadline=5
        )
        engine = build("openai", options)
        most = engine.at_most(ask_about(revision))
        budgets(day=2 * most)
        for _ in range(20):
            read(revision.pk, engine)
            ReadingRequest.objects.update(state="waiting", why="", tries=0, leased_until=None)
        counted = sum(r.tokens_in + r.tokens_out for r in Reading.objects.all())
    day = Spend.objects.get(scope="day")
    assert day.reserved == 0
    assert day.spent == counted <= 2 * most
    if behaviour == "fill":
        assert Reading.objects.filter(failure="over_budget").exists()
