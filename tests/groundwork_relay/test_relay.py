"""The relay asks the endpoint once for what is asked under one key, and changes nothing else of what a worker sees."""

import asyncio
import json
import socket
import threading
import urllib.error
import urllib.request
from concurrent.futures import ThreadPoolExecutor
from uuid import uuid4

import pytest

from deliberation.project.servers import free_port
from elicitation.extraction.engines.base import Ask, EngineFailure, Options
from elicitation.extraction.engines.endpoint import Endpoint
from groundwork_relay import relay as relaying
from groundwork_relay.relay import Relay, Said
from tests.model_server import ModelServer
from tests.workers import relay

BODY = {"model": "m", "max_completion_tokens": 9, "messages": [{"role": "user", "content": "Hm."}]}
TEXT = "I look at who is left alone at night."


@pytest.fixture(scope="module")
def stood():
    with ModelServer() as server, relay(server.url) as address:
        yield server, address


@pytest.fixture
def model(stood):
    stood[0].calls, stood[0].plan, stood[0].pause = [], [], 0.0
    return stood[0]


@pytest.fixture
def address(stood):
    return stood[1]


@pytest.fixture
def key():
    """One that no other test has asked under."""
    return uuid4().hex


@pytest.fixture
def reader():
    """Makes engines that ask by way of a relay; what they hold open is closed in the end."""
    made = []

    def make(endpoint, relay, deadline=5.0):
        options = Options(base_url=endpoint, api_key="k", model="m", relay=relay, deadline=deadline)
        made.append(Endpoint(options))
        return made[-1]

    yield make
    for engine in made:
        engine.client.close()
        engine.by_relay.close()


def _hears_and_hangs_up(server):
    line, _ = server.accept()
    line.recv(65_536)
    line.close()


def request(address, key="", sender="Bearer k"):
    headers = {"Content-Type": "application/json", "Authorization": sender}
    if key:
        headers["Idempotency-Key"] = key
    return urllib.request.Request(
        f"{address}/chat/completions", json.dumps(BODY).encode(), headers=headers
    )


def ask(address, key="", sender="Bearer k"):
    with urllib.request.urlopen(request(address, key, sender), timeout=10) as told:
        return told.status, json.loads(told.read())


def test_what_is_asked_twice_under_one_key_is_asked_of_the_model_once(model, address, key):
    assert ask(address, key) == ask(address, key)
    assert len(model.calls) == 1


def test_many_who_ask_at_once_under_one_key_get_one_reply(model, address, key):
    model.pause = 0.3
    with ThreadPoolExecutor(8) as pool:
        told = list(pool.map(lambda _: ask(address, key), range(8)))
    assert told == [told[0]] * 8
    assert len(model.calls) == 1


def test_who_hangs_up_does_not_cost_the_reply(model, address, key):
    model.pause = 0.5
    with pytest.raises(TimeoutError):
        urllib.request.urlopen(request(address, key), timeout=0.2)
    assert ask(address, key)[0] == 200
    assert len(model.calls) == 1


def test_another_key_another_sender_and_no_key_are_asked_anew(model, address, key):
    ask(address, key)
    ask(address, f"{key}-2")
    ask(address, key, sender="Bearer another")
    ask(address)
    ask(address)
    assert len(model.calls) == 5


def test_an_error_is_told_as_it_is_and_kept_for_nobody(model, address, key):
    model.script("429", "500", "well")
    for status in (429, 500):
        with pytest.raises(urllib.error.HTTPError) as refused:
            ask(address, key)
        with refused.value as told:
            assert told.status == status
            assert status == 500 or told.headers["Retry-After"] == "0.1"
    assert ask(address, key)[0] == 200
    assert len(model.calls) == 3


def test_an_endpoint_that_cannot_be_reached_is_said_and_costs_nothing(reader, key):
    nowhere = "http://127.0.0.1:1/v1"
    with relay(nowhere) as address, pytest.raises(EngineFailure) as failed:
        reader(nowhere, address).propose(Ask(TEXT, "en", "Why?", key=key))
    assert (failed.value.code, failed.value.usage.unanswered) == ("endpoint_down", 0)


def test_a_reply_that_does_not_come_in_time_counts_as_a_call_that_may_have_cost(
    model, address, reader, key
):
    model.pause = 2.0
    engine = reader(model.url, address, deadline=0.5)
    with pytest.raises(EngineFailure) as failed:
        engine.propose(Ask(TEXT, "en", "Why?", key=key))
    assert (failed.value.code, failed.value.usage.unanswered) == ("timeout", 1)


def test_a_line_that_breaks_while_the_model_answers_counts_as_one_too(reader, key):
    with socket.create_server(("127.0.0.1", 0)) as breaking:
        threading.Thread(target=_hears_and_hangs_up, args=(breaking,), daemon=True).start()
        endpoint = f"http://127.0.0.1:{breaking.getsockname()[1]}/v1"
        with relay(endpoint) as address, pytest.raises(EngineFailure) as failed:
            reader(endpoint, address).propose(Ask(TEXT, "en", "Why?", key=key))
    assert (failed.value.code, failed.value.usage.unanswered) == ("endpoint_down", 1)


def test_a_reading_begun_anew_gets_the_reply_the_first_one_lost(model, address, reader, key):
    one, another = reader(model.url, address), reader(model.url, address)
    assert one.propose(Ask(TEXT, "en", "Why?", key=key)) == another.propose(
        Ask(TEXT, "en", "Why?", key=key)
    )
    assert len(model.calls) == 1


def test_a_reading_after_one_that_failed_and_one_of_other_words_get_replies_of_their_own(
    model, address, reader, key
):
    engine = reader(model.url, address)
    for asked in (
        Ask(TEXT, "en", "Why?", key=key),
        Ask(TEXT, "en", "Why?", key=f"{key}-2"),
        Ask(TEXT + " Always.", "en", "Why?", key=key),
    ):
        engine.propose(asked)
    assert len(model.calls) == 3


def test_the_repair_of_a_cut_reply_is_a_call_of_its_own(model, address, reader, key):
    model.script("cut", "well")
    engine = reader(model.url, address)
    engine.propose(Ask(TEXT, "en", "Why?", key=key))
    engine.propose(Ask(TEXT, "en", "Why?", key=key))
    assert len(model.calls) == 2


def test_where_the_relay_is_away_the_model_is_asked_all_the_same(model, reader, key):
    engine = reader(model.url, f"http://127.0.0.1:{free_port()}")
    assert engine.propose(Ask(TEXT, "en", "Why?", key=key)).values
    assert len(model.calls) == 1


def ran(task):
    """What a coroutine gives, from a thread without a loop: a browser's tests leave theirs running in ours."""
    with ThreadPoolExecutor(1) as thread:
        return thread.submit(lambda: asyncio.run(task())).result()


def test_a_reply_is_forgotten_after_a_while_and_the_oldest_where_there_are_too_many(monkeypatch):
    monkeypatch.setattr(relaying, "KEEP", 0.05)
    monkeypatch.setattr(relaying, "MOST_KEPT", 2)

    async def many():
        made = Relay("http://127.0.0.1:1", 1.0)
        for n in range(4):
            task = made.under_way[(str(n),)] = asyncio.create_task(said())
            task.add_done_callback(lambda t, n=n: made._keep((str(n),), t))
        await asyncio.sleep(0.01)
        kept = list(made.under_way)
        await asyncio.sleep(0.2)
        return kept, list(made.under_way)

    async def said():
        return Said(200, {}, b"{}")

    assert ran(many) == ([("2",), ("3",)], [])


def test_a_reply_that_is_asked_for_again_is_kept_from_then_on(monkeypatch):
    monkeypatch.setattr(relaying, "KEEP", 0.3)

    async def asked_twice():
        made = Relay("http://127.0.0.1:1", 1.0)
        task = made.under_way["a",] = asyncio.create_task(said())
        task.add_done_callback(lambda t: made._keep(("a",), t))
        await asyncio.sleep(0.2)
        made._forget_later(("a",))
        await asyncio.sleep(0.2)
        kept = list(made.under_way)
        await asyncio.sleep(0.3)
        return kept, list(made.under_way), made.forgetting

    async def said():
        return Said(200, {}, b"{}")

    assert ran(asked_twice) == ([("a",)], [], {})
