"""One answer is read: claimed once, asked with nothing held open, kept only where it still holds."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from deliberation.assemblies.actions import taking_part
from elicitation.extraction import queries
from elicitation.extraction.actions import cards, readings, waiting
from elicitation.extraction.engines import build
from elicitation.extraction.engines.base import (
    EngineFailure,
    Options,
    PolicyProposal,
    ValueProposal,
)
from elicitation.extraction.errors import AlreadyClaimed, NothingToQuote, Outlived
from elicitation.extraction.models import Candidate, Quote, Reading, ReadingRequest
from elicitation.extraction.reading import read, read_if_free
from elicitation.interview.actions import withdraw
from elicitation.interview.drafts import Words
from tests.conftest import TEXT, Told, card
from tests.model_server import ModelServer


class Failing(Told):
    """An engine that fails as it is told."""

    def __init__(self, code, retry_after=None):
        self.failure = EngineFailure(code, "told so", retry_after)

    def propose(self, ask):
        raise self.failure


class Meanwhile(Told):
    """An engine during whose thinking something else happens."""

    def __init__(self, happens, *values):
        super().__init__(*values)
        self.happens = happens

    def propose(self, ask):
        self.happens()
        return super().propose(ask)


@pytest.fixture
def revision(transactional_db, answered):
    return answered.latest


def request_of(revision):
    return ReadingRequest.objects.get(revision=revision)


def test_an_answer_with_a_card_is_read_and_the_quote_is_its_own_slice(revision):
    (candidate,) = read(revision.pk, Told(card()))
    quote = Quote.objects.get(policy__candidate=candidate)
    assert revision.text[quote.start : quote.end] == quote.text
    assert request_of(revision).state == "read"
    assert list(queries.broken_spans()) == []


def test_an_answer_without_a_card_is_read_and_nothing_was_found(revision):
    assert read(revision.pk, Told()) == []
    assert request_of(revision).state == "nothing_found"


def test_words_the_author_never_wrote_are_not_kept_and_a_person_is_asked_to_look(revision):
    assert read(revision.pk, Told(card(quote="who always obeys every rule"))) == []
    asked = request_of(revision)
    assert (asked.state, asked.why) == ("needs_person", "quotes_not_found")
    assert Reading.objects.get().refusals == {"quote_not_found": 1, "no_policy_with_a_quote": 1}


def test_a_policy_with_a_false_quote_goes_and_the_honest_one_stays(revision):
    honest = PolicyProposal("quiet nights", ("I want quiet nights",))
    false = PolicyProposal("loud nights", ("I want loud nights",))
    (candidate,) = read(revision.pk, Told(ValueProposal("Nights", (false, honest))))
    assert [p.text for p in candidate.policies.all()] == ["quiet nights"]


def test_a_quote_joined_by_an_ellipsis_is_kept_as_its_pieces(revision):
    joined = "who is left without a door ... I want quiet nights"
    policy = PolicyProposal("doors and nights", (joined,))
    read(revision.pk, Told(ValueProposal("Both", (policy,))))
    kept = [quote.text for quote in Quote.objects.all()]
    assert kept == ["who is left without a door", "I want quiet nights"]


def test_no_transaction_is_open_while_the_engine_thinks(revision):
    open_ones = []
    read(
        revision.pk,
        Meanwhile(lambda: open_ones.append(transaction.get_connection().in_atomic_block)),
    )
    assert open_ones == [False]


def test_reading_inside_a_transaction_is_refused(revision):
    with transaction.atomic(), pytest.raises(RuntimeError, match="durable"):
        read(revision.pk, Told())


def test_a_second_worker_is_turned_away_before_any_call(revision):
    readings.open_reading(revision, Told(), None)
    with pytest.raises(AlreadyClaimed):
        readings.open_reading(revision, Told(), None)
    read_if_free(revision.pk, Failing("refused"))
    assert Reading.objects.count() == 1


def test_the_database_itself_holds_one_living_reading_an_answer(revision):
    readings.open_reading(revision, Told(), None)
    with pytest.raises(IntegrityError):
        Reading.objects.create(revision=revision, engine="x", model="x")


def test_an_answer_whose_worker_died_is_read_by_the_next_once_the_lease_has_passed(revision):
    dead = readings.open_reading(revision, Told(), None)
    ReadingRequest.objects.update(leased_until=timezone.now() - timedelta(seconds=1))
    read(revision.pk, Told(card()))
    dead.refresh_from_db()
    assert dead.state == "lost"
    assert Candidate.objects.count() == 1


def test_a_worker_back_from_the_dead_keeps_nothing(revision):
    dead = readings.open_reading(revision, Told(), None)
    ReadingRequest.objects.update(leased_until=timezone.now() - timedelta(seconds=1))
    read(revision.pk, Told(card()))
    with pytest.raises(Outlived):
        readings.close_reading(dead, Told(card("Other")).propose(None))
    assert Candidate.objects.get().title == "Open doors"


def test_words_withdrawn_while_they_are_read_leave_nothing(revision, answered):
    with pytest.raises(Outlived):
        read(revision.pk, Meanwhile(lambda: withdraw(answered), card()))
    assert not Candidate.objects.exists()
    assert not Reading.objects.exists()


def test_words_changed_while_they_are_read_are_read_as_they_stand_now(revision, answered, member):
    def change():
        taking_part.change(member, answered, "Only the bridge matters to me.", "en")

    with pytest.raises(Outlived):
        read(revision.pk, Meanwhile(change, card()))
    assert not Candidate.objects.exists()
    assert [r.revision.number for r in queries.waiting()] == [2]


@pytest.mark.parametrize("code", ["timeout", "endpoint_down"])
def test_a_failure_that_may_pass_is_tried_again_and_in_the_end_goes_to_a_person(revision, code):
    for tries in range(1, waiting.MOST_TRIES + 1):
        read(revision.pk, Failing(code))
        asked = request_of(revision)
        assert asked.tries == tries
        assert asked.state == ("waiting" if tries < waiting.MOST_TRIES else "needs_person")
    assert asked.why == code


def test_a_busy_endpoint_costs_the_answer_no_try(revision):
    for _ in range(waiting.MOST_TRIES + 2):
        read(revision.pk, Failing("rate_limited", retry_after=9))
    asked = request_of(revision)
    assert (asked.state, asked.tries) == ("waiting", 0)
    assert asked.ring_at > timezone.now() + timedelta(seconds=7)


@pytest.mark.parametrize("code", ["refused", "truncated", "invalid_schema", "unreadable_language"])
def test_a_failure_that_will_not_pass_goes_to_a_person_at_once_and_is_never_nothing_found(
    revision, code
):
    read(revision.pk, Failing(code))
    asked = request_of(revision)
    assert (asked.state, asked.why, asked.tries) == ("needs_person", code, 1)


def test_an_answer_whose_readings_never_come_back_goes_to_a_person(revision):
    past = timezone.now() - timedelta(seconds=1)
    ReadingRequest.objects.update(tries=waiting.MOST_TRIES, ring_at=past)
    assert waiting.ring_due(10) == []
    assert request_of(revision).why == "never_came_back"


def test_an_answer_a_person_had_to_look_at_can_be_read_again(revision):
    read(revision.pk, Failing("refused"))
    waiting.read_again([request_of(revision)])
    read(revision.pk, Told(card()))
    assert request_of(revision).state == "read"


def test_a_card_by_hand_rests_on_the_authors_words_too(revision):
    read(revision.pk, Failing("unreadable_language"))
    with pytest.raises(NothingToQuote):
        cards.write_by_hand(request_of(revision), card(quote="words of my own making"))
    cards.write_by_hand(request_of(revision), card())
    assert request_of(revision).state == "read"
    assert Reading.objects.get(state="done").engine == "person"


def test_a_card_by_hand_is_never_called_the_machines(revision):
    read(revision.pk, Told())
    written = cards.write_by_hand(request_of(revision), card())
    assert written.reading.engine == "person"
    assert Reading.objects.count() == 2


def test_the_sweep_rings_for_what_is_due_once_and_again_later(revision):
    assert waiting.ring_due(10) == [revision.pk]
    assert waiting.ring_due(10) == []
    ReadingRequest.objects.update(ring_at=timezone.now())
    assert waiting.ring_due(10) == [revision.pk]


def test_an_answer_a_worker_died_over_is_read_before_those_nobody_began(member, revision):
    other_prompt = revision.response.prompt.inquiry.prompts.last()
    another = taking_part.answer(member, other_prompt, Words(TEXT, "en", uuid4().hex))
    earlier = timezone.now() - timedelta(minutes=9)
    nobody_began = ReadingRequest.objects.exclude(pk=revision.pk)
    nobody_began.update(ring_at=earlier)
    lately = timezone.now()
    held = ReadingRequest.objects.filter(pk=revision.pk)
    held.update(leased_until=lately + timedelta(minutes=1), ring_at=lately + timedelta(minutes=1))
    assert waiting.ring_due(1) == [another.latest.pk]
    nobody_began.update(ring_at=earlier)
    held.update(leased_until=lately, ring_at=lately)
    assert waiting.ring_due(1) == [revision.pk]
    assert waiting.ring_due(2) == [another.latest.pk]


@pytest.mark.parametrize(
    ("behaviour", "state", "why"),
    [
        ("well", "read", ""),
        ("nothing", "nothing_found", ""),
        ("lie", "needs_person", "quotes_not_found"),
        ("refuse", "needs_person", "refused"),
        ("cut", "needs_person", "truncated"),
        ("nul", "needs_person", "invalid_schema"),
        ("429", "waiting", ""),
        ("500", "waiting", ""),
    ],
)
def test_whatever_a_model_does_over_http_the_answer_ends_with_a_plain_state(
    revision, behaviour, state, why
):
    with ModelServer() as server:
        server.script(behaviour)
        engine = build("openai", Options(base_url=server.url, api_key="k", model="m", deadline=5))
        read(revision.pk, engine)
        assert TEXT in server.calls[0]["messages"][1]["content"]
    asked = request_of(revision)
    assert (asked.state, asked.why) == (state, why)
    reading = Reading.objects.get()
    assert (reading.engine, reading.model, len(reading.prompt_version)) == ("openai", "m", 12)


def test_the_offline_reader_reads_a_real_answer_all_the_way(revision):
    engine = build("offline")
    (candidate,) = read(revision.pk, engine)
    assert candidate.title in TEXT


def test_quotes_of_people_who_agreed_beforehand_may_be_shown_from_the_start(revision, answered):
    answered.quotes_public = True
    answered.save()
    read(revision.pk, Told(card()))
    assert Quote.objects.get().public
