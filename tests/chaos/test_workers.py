"""Workers die, messages get lost, the broker goes away: nothing is lost and nothing doubled."""

import re
import subprocess
import sys
from collections import Counter
from uuid import uuid4

import pytest
from django.db import transaction

from deliberation.assemblies.actions import taking_in, taking_part
from elicitation.extraction import queries
from elicitation.extraction.actions import prompts
from elicitation.extraction.engines.base import Ask
from elicitation.extraction.models import Candidate, OwnPrompt, Reading, ReadingRequest
from elicitation.extraction.tasks import read_response
from elicitation.interview.drafts import Words
from elicitation.interview.models import Response
from tests.conftest import newcomer
from tests.model_server import ModelServer
from tests.workers import ROOT, empty_broker, environment, kill, relay, until, worker

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def fresh_broker():
    empty_broker()


NUMBER = re.compile(r"whether number (\d+) is safe")
IN_FLIGHT = 4  # answers each of a worker's two processes asks about at a time


@pytest.fixture
def many(prompt):
    rows = [
        (uuid4(), Words(f"I look at whether number {n} is safe at night.", "en", f"key-{n}"))
        for n in range(200)
    ]
    taking_in.take_in_sample(prompt, rows)


def unread():
    return queries.waiting().count()


def test_a_worker_killed_in_mid_run_and_started_again_loses_and_doubles_nothing_and_asks_nothing_twice(
    many,
):
    with ModelServer(pause=0.02) as model, relay(model.url) as address:
        told = {
            "OPENAI_RELAY": address,
            "GROUNDWORK_ENGINE": "openai",
            "OPENAI_BASE_URL": model.url,
            "OPENAI_API_KEY": "k",
            "OPENAI_MODEL": "m",
            "READING_DEADLINE": "2",
            "READING_IN_FLIGHT": str(IN_FLIGHT),
        }
        for _ in range(2):
            before = unread()
            with worker(**told) as process:
                until(lambda before=before: unread() < before - 30)
                kill(process)
        assert unread() > 0
        with worker(**told):
            until(lambda: unread() == 0)
        asked = [answer for call in model.calls for answer in NUMBER.findall(str(call["messages"]))]
    assert ReadingRequest.objects.filter(state="read").count() == 200
    assert Candidate.objects.count() == 200
    assert Reading.objects.filter(state="done").count() == 200
    assert Reading.objects.filter(state="lost").count() <= 2 * 2 * IN_FLIGHT
    assert set(Counter(asked).values()) == {1}


def test_an_answer_whose_message_is_lost_is_read_all_the_same(member, prompt):
    taking_part.answer(member, prompt, Words("I look at who is left alone.", "en", "k"))
    empty_broker()
    with worker():
        until(lambda: unread() == 0)
    assert Candidate.objects.count() == 1


def test_a_prompt_whose_message_is_lost_is_tried_all_the_same_and_its_worker_may_die(assembly):
    inquiry = assembly.inquiries.get()
    for n in range(6):
        prompts.add_golden(inquiry, Ask(f"I look at whether door {n} is open.", "en", "Why?"), [])
    written = prompts.write_prompt(inquiry, "Read what the person says about doors.")
    empty_broker()
    with ModelServer(pause=0.2) as model:
        told = {
            "GROUNDWORK_ENGINE": "openai",
            "OPENAI_BASE_URL": model.url,
            "OPENAI_API_KEY": "k",
            "OPENAI_MODEL": "m",
            "READING_DEADLINE": "1",
        }
        with worker(**told) as process:
            until(lambda: written.trials.count() > 1)
            kill(process)
        with worker(**told):
            until(lambda: OwnPrompt.objects.get().state == "tried")
    assert written.trials.filter(failure="").count() == 6
    assert 12 <= len(model.calls) <= 14


def test_a_message_that_comes_twice_is_one_reading(member, prompt):
    response = taking_part.answer(member, prompt, Words("I look at who is left alone.", "en", "k"))
    for _ in range(5):
        read_response.delay(str(response.latest.pk))
    with worker():
        until(lambda: unread() == 0)
    assert Reading.objects.count() == 1


SEND = """
import django; django.setup()
from django.test import Client
for n, member in enumerate(MEMBERS):
    client = Client(); session = client.session
    session["members"] = {"water": member}; session.save()
    page = client.post("/a/water/answer/PROMPT/", {"text": f"I look at door {n}.", "key": f"k{n}"}, follow=True)
    assert page.status_code == 200 and "Received" in page.text, page.text
"""


def test_with_the_broker_away_answers_are_received_all_the_same(invitation, prompt):
    members = [newcomer(invitation).pk for _ in range(5)]
    said = SEND.replace("MEMBERS", str(members)).replace("PROMPT", str(prompt.pk))
    away = environment(
        REDIS_URL="redis://127.0.0.1:1/0", DJANGO_SETTINGS_MODULE="deliberation.project.settings"
    )
    subprocess.run([sys.executable, "-c", said], cwd=ROOT, env=away, check=True, timeout=60)
    assert Response.objects.count() == 5
    assert unread() == 5
    with worker():
        until(lambda: unread() == 0)


def test_a_transaction_that_is_rolled_back_rings_no_bell_and_leaves_no_request(member, prompt):
    with transaction.atomic():
        taking_part.answer(member, prompt, Words("I look at who is left alone.", "en", "k"))
        transaction.set_rollback(True)
    assert not ReadingRequest.objects.exists()
    assert not Response.objects.exists()
