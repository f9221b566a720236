"""Every way an endpoint can answer, over real HTTP."""

import pytest

from elicitation.extraction.engines import build
from elicitation.extraction.engines.base import Ask, EngineFailure
from tests.model_server import ModelServer

ASK = Ask(
    "I look at who is left without a door. Then I sleep.", "en", "What matters?", ("it rains",)
)


@pytest.fixture
def server():
    with ModelServer() as running:
        yield running


def engine(server, deadline=5.0):
    return build("openai", base_url=server.url, api_key="k", model="m", deadline=deadline)


def test_a_good_reply_becomes_cards_with_their_cost(server):
    reply = engine(server).propose(ASK)
    (value,) = reply.values
    assert value.policies[0].quotes == ("I look at who is left without a door.",)
    assert (reply.usage.tokens_in, reply.usage.tokens_out) == (100, 20)
    assert server.calls[0]["response_format"]["json_schema"]["strict"] is True


def test_nothing_found_is_a_reply_like_any_other(server):
    server.script("nothing")
    assert engine(server).propose(ASK).values == ()


@pytest.mark.parametrize(
    ("behaviour", "code", "calls", "temporary"),
    [
        ("429", "rate_limited", 1, True),
        ("500", "endpoint_down", 1, True),
        ("refuse", "refused", 1, False),
        ("cut", "truncated", 2, False),
        ("broken", "invalid_schema", 2, False),
        ("nul", "invalid_schema", 2, False),
    ],
)
def test_each_failure_has_its_class_and_its_number_of_calls(
    server, behaviour, code, calls, temporary
):
    server.script(behaviour)
    with pytest.raises(EngineFailure) as failed:
        engine(server).propose(ASK)
    assert (failed.value.code, failed.value.temporary) == (code, temporary)
    assert len(server.calls) == calls


def test_a_busy_endpoint_says_when_to_come_back(server):
    server.script("429")
    with pytest.raises(EngineFailure) as failed:
        engine(server).propose(ASK)
    assert failed.value.retry_after == 0.1


def test_a_silent_endpoint_ends_at_the_deadline_after_one_call(server):
    server.script("hang")
    with pytest.raises(EngineFailure) as failed:
        engine(server, deadline=0.5).propose(ASK)
    assert failed.value.code == "timeout"
    assert len(server.calls) == 1


def test_a_cut_reply_is_asked_for_again_without_the_cut_part(server):
    server.script("cut", "well")
    assert engine(server).propose(ASK).values
    first, second = server.calls
    assert first["messages"] == second["messages"]
    assert second["max_completion_tokens"] > first["max_completion_tokens"]


def test_a_dead_endpoint_is_down_and_not_an_answer_with_nothing_in_it(server):
    with ModelServer() as gone:
        dead = engine(gone)
    with pytest.raises(EngineFailure) as failed:
        dead.propose(ASK)
    assert failed.value.code == "endpoint_down"
