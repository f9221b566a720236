"""Many answers read at a time end as each would have ended by itself."""

import threading
import time

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from deliberation.assemblies.actions import taking_in, taking_part
from elicitation.extraction import queries
from elicitation.extraction.actions import waiting
from elicitation.extraction.engines import build
from elicitation.extraction.engines.base import (
    Beneath,
    EngineFailure,
    MarkProposal,
    NormProposal,
    Options,
    Reply,
)
from elicitation.extraction.models import Candidate, Lane, NormCandidate, Reading, ReadingRequest
from elicitation.extraction.reading import read_waiting
from elicitation.interview.actions import welcome, withdraw
from elicitation.interview.drafts import Words
from elicitation.interview.models import FollowUp, Response
from tests.conftest import Told, card, newcomer
from tests.model_server import ModelServer

SENTENCE = "I look at who is left without a door"


@pytest.fixture
def brought(transactional_db, prompt):
    """Bring answers along; returns the id of the first that waits."""

    def bring(*texts):
        rows = [(welcome().pk, Words(text, "en", f"k{n}")) for n, text in enumerate(texts)]
        taking_in.take_in_sample(prompt, rows)
        return ReadingRequest.objects.order_by("ring_at").first().pk

    return bring


class Each(Told):
    """An engine that replies to each text as a function of it."""

    lane = "lane"

    def __init__(self, reply):
        self.reply = reply

    def propose(self, ask):
        return self.reply(ask.text)


def states():
    return {r.revision.text: r.state for r in ReadingRequest.objects.select_related("revision")}


def told(text):
    if text.startswith("fail"):
        raise EngineFailure("refused")
    if text.startswith("nothing"):
        return Reply()
    if text.startswith("lie"):
        return Reply((card(quote="words nobody has written here"),))
    rule = NormProposal("must", "open", (SENTENCE,), serves=(0,))
    values = (card(quote=SENTENCE),)
    return Reply(values, (rule,), (MarkProposal("claim", SENTENCE),), raw="{}")


def test_each_ends_as_it_would_have_alone(brought):
    first = brought(
        *(f"{SENTENCE}, number {n}." for n in range(5)),
        "nothing here",
        "lie about me",
        "fail at it",
    )
    read_waiting(Each(told), first)
    found = states()
    assert [found[f"{SENTENCE}, number {n}."] for n in range(5)] == ["read"] * 5
    assert found["nothing here"] == "nothing_found"
    assert found["lie about me"] == found["fail at it"] == "needs_person"
    assert Candidate.objects.count() == NormCandidate.objects.count() == 5
    assert all(norm.serves.get().reading == norm.reading for norm in NormCandidate.objects.all())
    assert list(queries.broken_spans()) == []
    assert not Reading.objects.filter(state="open").exists()


def test_queries_grow_with_transactions_and_not_with_answers(brought, settings):
    settings.READING_IN_FLIGHT = 64
    first = brought(*(f"{SENTENCE}, number {n}." for n in range(60)))
    with CaptureQueriesContext(connection) as captured:
        read_waiting(Each(told), first)
    assert set(states().values()) == {"read"}
    assert len(captured) < 5 * 60


def test_words_withdrawn_meanwhile_keep_nothing_and_the_others_are_read(brought):
    first = brought(f"{SENTENCE}, one.", f"{SENTENCE}, two.")

    class Withdrawing(Each):
        def propose(self, ask):
            if "two" in ask.text:
                withdraw(Response.objects.get(revisions__text=ask.text))
                connection.close()
            return super().propose(ask)

    read_waiting(Withdrawing(told), first)
    assert states() == {f"{SENTENCE}, one.": "read"}
    assert Candidate.objects.count() == 1


def test_a_busy_endpoint_stops_the_turn_and_costs_no_try(brought):
    def busy(_text):
        raise EngineFailure("rate_limited", retry_after=60)

    first = brought("One answer.", "Two answers.", "Three answers.")
    read_waiting(Each(busy), first)
    assert Lane.objects.exists()
    assert {(r.state, r.tries) for r in ReadingRequest.objects.all()} == {("waiting", 0)}


def test_switched_off_answers_are_not_asked_about(brought, prompt):
    first = brought("One answer.", "Two answers.")
    waiting.switch_off(prompt.inquiry)
    asked = []
    read_waiting(Each(asked.append), first)
    assert asked == []


def test_a_budget_holds_for_many_at_once(brought, settings):
    settings.READING_BUDGETS = {"day": 2500, "inquiry": None, "respondent": None}

    class Priced(Each):
        def at_most(self, ask):
            return 1000

        def cost(self, ask, usage):
            return 1000

    first = brought(*(f"{SENTENCE}, number {n}." for n in range(6)))
    read_waiting(Priced(told), first)
    while queries.due().exists():
        read_waiting(Priced(told), queries.due().first().pk)
    assert sorted(states().values()).count("read") == 2


def test_an_author_is_asked_beneath_among_many(invitation, prompt, transactional_db):
    for n in range(3):
        taking_part.answer(
            newcomer(invitation), prompt, Words(f"We want a bridge, {n}.", "en", f"k{n}")
        )
    engine = Each(lambda text: Reply(beneath=Beneath("goal", text)))
    read_waiting(engine, queries.due().first().pk)
    assert FollowUp.objects.count() == 3
    assert set(states().values()) == {"not_yet"}


def test_over_http_many_are_in_flight_at_once(brought, settings):
    settings.READING_IN_FLIGHT = 20
    first = brought(*(f"{SENTENCE}, number {n}." for n in range(40)))
    with ModelServer(pause=0.2) as server:
        engine = build("openai", Options(base_url=server.url, api_key="k", model="m"))
        read_waiting(engine, first)
        assert server.most_at_once > 10
    assert set(states().values()) == {"read"}


def test_a_worker_that_lives_holds_its_answers_however_long_a_model_takes(brought, settings):
    settings.READING_HOLD = 0.4
    first = brought(f"{SENTENCE}, one.", f"{SENTENCE}, two.")
    claimed_meanwhile, looked = [], threading.Event()

    def slow(text):
        assert looked.wait(30)
        return told(text)

    def look():
        time.sleep(2.5 * settings.READING_HOLD)  # longer than a hold that is not renewed
        claimed_meanwhile.append(queries.due().count())
        connection.close()
        looked.set()

    watcher = threading.Thread(target=look)
    watcher.start()
    read_waiting(Each(slow), first)
    watcher.join()
    assert claimed_meanwhile == [0]
    assert set(states().values()) == {"read"}
    assert Reading.objects.count() == 2


def test_one_answers_misfortune_does_not_cost_the_others_their_replies(brought):
    def strange(text):
        if "two" in text:
            raise ValueError("something nobody thought of")
        return told(text)

    first = brought(f"{SENTENCE}, one.", f"{SENTENCE}, two.", f"{SENTENCE}, three.")
    read_waiting(Each(strange), first)
    found = states()
    assert found[f"{SENTENCE}, one."] == found[f"{SENTENCE}, three."] == "read"
    assert found[f"{SENTENCE}, two."] == "waiting"
    assert Reading.objects.get(failure="endpoint_down").detail == "ValueError"
