"""Logs: one line of JSON each, with what an operator needs and nothing of anybody."""

import json
import logging
import sys
from contextlib import contextmanager

import pytest
from django.db import connection
from django.http import HttpResponse
from django.test import RequestFactory
from hypothesis import given
from hypothesis import strategies as st

from deliberation.assemblies import gates
from deliberation.assemblies.actions import taking_part
from deliberation.project.logs import JsonLines
from deliberation.project.requests import Requests, route
from elicitation.extraction.models import Candidate, Reading
from elicitation.interview.drafts import Words
from elicitation.interview.models import Response
from tests.conftest import newcomer
from tests.site import Visitor, site
from tests.workers import empty_broker, until, worker

WORD = "zanzibarquoll"
NAME, PASSWORD, NETWORK = "gwendolynsurname", "hunter2hunter2", "203.0.113.77"


def formatted(*args, name="somewhere.else", **kwargs):
    record = logging.getLogger(name).makeRecord(name, logging.INFO, "f.py", 1, *args, **kwargs)
    return json.loads(JsonLines().format(record))


@given(st.text(min_size=1), st.text(min_size=1))
def test_what_is_filled_in_is_never_told(said, also):
    told = formatted("%s of %s", (f"<{said}>", {"also": f"<{also}>"}), None)
    assert told["said"] == "%s of %s"
    assert f"<{said}>" not in told.values()
    assert set(told) == {"at", "level", "logger", "said", "where"}


def test_a_line_that_may_have_been_filled_in_already_is_not_told_unless_it_is_ours():
    assert formatted(f"Invalid HTTP_HOST header: {WORD}", (), None)["said"] == ""
    assert formatted("broke off", (), None, name="elicitation.x")["said"] == "broke off"


def test_of_a_task_its_name_number_and_time_are_told():
    done = {"name": "a.b", "id": "6f", "runtime": 0.5, "return_value": WORD, "args": WORD}
    told = formatted("Task %(name)s[%(id)s] succeeded in %(runtime)ss: %(return_value)s", (done,), None)  # fmt: skip
    assert (told["task"], told["task_id"], told["seconds"]) == ("a.b", "6f", 0.5)
    assert WORD not in json.dumps(told)


def test_an_exception_is_told_by_kind_and_place_with_all_it_came_from():
    def raising():
        try:
            raise KeyError(WORD)
        except KeyError as key:
            raise ValueError(WORD) from key

    try:
        raising()
    except ValueError:
        told = formatted("%s", ("x",), sys.exc_info())
    assert [one["kind"] for one in told["error"]] == ["builtins.ValueError", "builtins.KeyError"]
    assert told["error"][0]["stack"][-1].endswith(" raising")
    assert WORD not in json.dumps(told)


def test_an_address_nobody_made_has_no_name_and_a_made_up_way_of_asking_neither():
    request = RequestFactory().generic(WORD, f"/{WORD}/")
    assert route(request) == "unknown"
    response = Requests(lambda _: HttpResponse())(request)
    assert len(response["X-Request-ID"]) == 32


@contextmanager
def refusing(table, column):
    """A database that refuses a word, and quotes the whole row when it does."""
    with connection.cursor() as cursor:
        cursor.execute(f"ALTER TABLE {table} ADD CONSTRAINT refusing CHECK (strpos({column}, '{WORD}') = 0) NOT VALID")  # fmt: skip
        try:
            yield
        finally:
            cursor.execute(f"ALTER TABLE {table} DROP CONSTRAINT refusing")


def lines(process):
    return [json.loads(line) for line in process.log.read_text().splitlines()]


@pytest.mark.django_db(transaction=True)
def test_no_word_code_name_or_network_is_in_any_line_of_the_site(invitation, member, prompt):
    code, receipt = gates.invitation_code(invitation), gates.receipt_code(newcomer(invitation))
    answering = f"/a/water/answer/{prompt.pk}/"
    told = {"X-Forwarded-For": NETWORK}
    with site(LOG_FORMAT="json", PROXIES="1") as process:
        visitor = Visitor(process.base)
        statuses = [
            visitor.ask(f"/join/{code}/?q={WORD}", **told)[0],
            visitor.ask("/join/", {"code": f"{WORD}-{code}"}, **told)[0],
            visitor.ask(f"/back/{receipt}/", **told)[0],
            visitor.ask("/a/water/consent/", {"agree": "on"}, **told)[0],
            visitor.ask(answering, **told)[0],
            visitor.ask(answering, {"text": WORD + "\0", "key": "k0"}, **told)[0],
            visitor.ask(answering, {"text": f"I look at the {WORD}.", "key": "k1"}, **told)[0],
            visitor.ask(f"/{WORD}/{code}/?{WORD}={WORD}", **told)[0],
            visitor.ask("/sign-in/", {"username": NAME, "password": PASSWORD}, **told)[0],
            visitor.ask(f"/sign-in/{WORD}/", **told)[0],
            visitor.ask("/", Host=f"{WORD}.example", **told)[0],
        ]
        assert statuses == [200, 404, 200, 200, 200, 422, 200, 404, 422, 404, 400]
        assert Response.objects.count() == 1
        with refusing("interview_revision", "text"):
            number = other_prompt(visitor, prompt, told)
        heard = process.log.read_text()
        said = lines(process)
    assert [w for w in (WORD, code, receipt, NAME, PASSWORD, NETWORK, "127.0.0.1", str(member.respondent_id), str(prompt.pk)) if w in heard] == []  # fmt: skip
    routes = {(one["route"], one["status"]) for one in said if "route" in one}
    assert {("citizen:welcome", 200), ("citizen:answering", 422), ("unknown", 404), ("public:sign_in", 422)} <= routes  # fmt: skip
    assert all(one["ms"] >= 0 for one in said if "route" in one)
    (broken,) = [one for one in said if "error" in one and one["logger"] == "django.request" and one["level"] == "ERROR"]  # fmt: skip
    assert broken["request"] == number
    assert "23514" in {one.get("sqlstate") for one in broken["error"]}


def other_prompt(visitor, prompt, told):
    """An answer the database refuses, to the second question. Returns the number of the request."""
    second = prompt.inquiry.prompts.exclude(pk=prompt.pk).get()
    address = f"/a/water/answer/{second.pk}/"
    visitor.ask(address, **told)
    status, _, headers = visitor.ask(address, {"text": f"The {WORD} again.", "key": "k2"}, **told)
    assert status == 500
    return headers["X-Request-ID"]


@pytest.mark.django_db(transaction=True)
def test_no_word_is_in_any_line_of_a_worker_whatever_breaks(member, prompt):
    empty_broker()
    told = f"When the river floods I look at who stands alone by the {WORD}."
    with refusing("extraction_policy", "text"), worker(LOG_FORMAT="json") as process:
        taking_part.answer(member, prompt, Words(told, "en", "k"))
        until(lambda: "error" in process.log.read_text())
        heard = process.log.read_text()
    said = [json.loads(line) for line in heard.splitlines() if line.startswith("{")]
    assert WORD not in heard
    assert "23514" in {e.get("sqlstate") for one in said for e in one.get("error", [])}
    assert not Candidate.objects.exists()
    assert Reading.objects.exists()
    assert "elicitation.extraction.tasks.read_response" in {one.get("task") for one in said}
    assert str(member.respondent_id) not in heard
