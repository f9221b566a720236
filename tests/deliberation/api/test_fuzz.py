"""What the schema promises holds for whatever is sent: no error of ours, no answer it does not name. The long form is `make chaos ONLY=fuzz`."""

import os

import pytest
import schemathesis
from django.core.signals import request_finished, request_started
from django.core.wsgi import get_wsgi_application
from django.db import close_old_connections, transaction
from hypothesis import HealthCheck, given, settings
from hypothesis.errors import Unsatisfiable
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from tests.doors import Hall, addresses

pytestmark = pytest.mark.django_db
EXAMPLES = int(os.environ.get("EXAMPLES", "3"))  # a resource, a visitor and a way of making them
CHECKS = [not_a_server_error, content_type_conformance, response_schema_conformance, status_code_conformance]  # fmt: skip
WHO = ("nobody", "author", "facilitator", "researcher", "stranger")


@pytest.fixture
def hall(db, tmp_path):
    for signal in (request_started, request_finished):
        signal.disconnect(close_old_connections)
    yield Hall(tmp_path)
    for signal in (request_started, request_finished):
        signal.connect(close_old_connections)


def held(operation, known, headers, mode):
    """Ask for one resource in many ways, half of them about things that are there. Returns how often."""
    asked = []

    @settings(
        max_examples=EXAMPLES,
        deadline=None,
        derandomize=True,
        database=None,
        suppress_health_check=list(HealthCheck),
    )
    @given(case=operation.as_strategy(generation_mode=mode))
    def holds(case):
        asked.append(case)
        if len(asked) % 2:
            case.path_parameters = {
                n: known.get(n, told) for n, told in (case.path_parameters or {}).items()
            }
        with transaction.atomic():
            case.call_and_validate(headers=headers, checks=CHECKS)
            transaction.set_rollback(True)

    try:
        holds()
    except (
        Unsatisfiable
    ):  # every text of letters is a slug: nothing to get wrong where nothing else is asked for
        assert mode is schemathesis.GenerationMode.NEGATIVE
        assert set(operation.path_parameters.schema["properties"]) == {"slug"}
        assert not list(operation.query)
    return len(asked)


@pytest.mark.parametrize("mode", list(schemathesis.GenerationMode))
def test_the_api_answers_as_its_schema_says_to_whoever_asks_for_whatever(hall, mode):
    schema = schemathesis.openapi.from_wsgi("/api/schema/?format=json", get_wsgi_application())
    operations = [found.ok() for found in schema.get_all_operations()]
    ids = {name: str(hall.water.named(a, name)) for a, asks in addresses() for name in asks if a.startswith("api:")}  # fmt: skip
    known = {"slug": "water", "number": 1, **ids}
    for who in WHO:
        session = hall.client(who).cookies.get("sessionid")
        headers = {"Cookie": f"sessionid={session.value}"} if session else {}
        asked = sum(held(operation, known, headers, mode) for operation in operations)
        assert asked > EXAMPLES, who
