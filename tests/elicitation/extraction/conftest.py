"""An answer that is read, and a prompt of an inquiry's own on trial."""

import pytest

from elicitation.extraction.actions import prompts
from elicitation.extraction.engines import build
from elicitation.extraction.engines.base import Ask, Options
from elicitation.extraction.models import ReadingRequest
from tests.conftest import TEXT, card
from tests.model_server import ModelServer

DOOR = "who is left without a door to knock on"
ASK = Ask(TEXT, "en", "What did you look at?")
NEW = "Read what the person says about doors. Reply in JSON."


@pytest.fixture
def revision(transactional_db, answered):
    return answered.latest


def request_of(revision):
    return ReadingRequest.objects.get(revision=revision)


@pytest.fixture
def server():
    with ModelServer() as running:
        yield running


@pytest.fixture
def engine(server):
    return build("openai", Options(base_url=server.url, api_key="k", model="m", deadline=5.0))


@pytest.fixture
def inquiry(assembly):
    return assembly.inquiries.get()


@pytest.fixture
def golden(inquiry):
    return prompts.add_golden(inquiry, ASK, [card()])


@pytest.fixture
def written(golden, inquiry):
    return prompts.write_prompt(inquiry, NEW)


def told(call):
    return call["messages"][0]["content"]


def now(prompt):
    prompt.refresh_from_db()
    return prompt.state
