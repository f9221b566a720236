"""Every example in the API's schema is sent to a furnished assembly, by a program with the scope the schema names, and answered as promised."""

import json
import os

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import resolve
from django.utils import timezone
from jsonschema import Draft202012Validator

from deliberation.api.examples import ANSWERS
from deliberation.assemblies.actions import setting_up, taking_part
from deliberation.assemblies.models import Role
from elicitation.record.sealing import seal
from tests import rules
from tests.accepting import accepted
from tests.deliberation.api._programs import program
from tests.doors import Hall, closed
from tests.elicitation.graph.conftest import a_value

pytestmark = pytest.mark.django_db
WRITES = os.environ.get("WRITE_ANSWERS") == "1"  # take the examples of answers anew
NOT_FURNISHED = {
    "failure",
    "context",
    "inquiry",
    "cursor",
}  # asked for nothing, or need what is there


@pytest.fixture
def hall(db, tmp_path, settings):
    settings.MEDIA_ROOT = tmp_path
    made = Hall(tmp_path)
    setting_up.give_role(made.water.assembly, made.accounts["facilitator"], Role.Kind.RESEARCHER)
    accepted(made.water.assembly, made.accounts["facilitator"])
    seal()
    another = made.members["another"]
    stated = rules.owned(another, made.water.assembly.inquiries.get().prompts.first())
    card = taking_part.own_card(stated.serves.get(), public=True)
    made.water.ids |= {"card.candidate_id": card.pk, "seen": card.version}
    return made


def schema(client):
    return client.get("/api/schema/", {"format": "json"}).json()


def whole(shape, components):
    """A schema with the components it refers to, as a validator wants it."""
    return {**shape, "components": components}


def who_asks(hall, operation):
    """A program with the scope the schema names; a member's browser for what no program does."""
    scopes = [one["token"][0] for one in operation.get("security", []) if "token" in one]
    if not scopes:
        return hall.client("author")
    return program(hall.water.assembly, hall.accounts["facilitator"], *scopes)


def path_for(hall, path, operation):
    """The address of an operation in the furnished assembly: ids are of what is there, all else is the example."""
    found = {p["name"]: p for p in operation.get("parameters", []) if p["in"] == "path"}
    known = {name: told.get("example") for name, told in found.items()}
    shown = path.format(**{name: told if told is not None else "0" * 8 + "-0000-4000-8000-" + "0" * 12 for name, told in known.items()})  # fmt: skip
    address = resolve(shown.replace("riverside", "water")).view_name
    ids = {name: hall.water.named(address, name) for name in found if name != "number"}
    return path.format(**{**known, **ids})


def sent(hall, method, path, operation):
    """Send an operation's example, and nothing else."""
    client, here = who_asks(hall, operation), path_for(hall, path, operation)
    told = [p for p in operation.get("parameters", []) if "example" in p]
    query = {p["name"]: p["example"] for p in told if p["in"] == "query"}
    headers = {p["name"]: p["example"] for p in told if p["in"] == "header"}
    content = operation.get("requestBody", {}).get("content", {})
    if method == "get":
        return client.get(here, query, headers=headers)
    body = dict(next(iter(content.values()))["example"]) if content else {}
    if "seen" in body:
        body["seen"] = hall.water.ids["seen"]
    if "inquiry" in body:
        body["inquiry"] = str(hall.water.assembly.inquiries.get().pk)
    if "value" in body:
        body["value"] = str(a_value(hall.water.assembly.inquiries.get(), "Quiet").pk)
    if "file" in body:
        body["file"] = SimpleUploadedFile("answers.csv", body["file"].encode())
        return client.post(here, body, headers=headers)
    return client.post(here, json.dumps(body), content_type="application/json", headers=headers)


def shortened(answer):
    """An answer with the first two things of every list."""
    if isinstance(answer, dict):
        return {name: shortened(told) for name, told in answer.items()}
    return [shortened(one) for one in answer[:2]] if isinstance(answer, list) else answer


def alike(example, answer):
    """Whether two answers have the same fields, and rows with the same fields."""
    if isinstance(example, dict) and isinstance(answer, dict):
        rows = [told.get("results") for told in (example, answer)]
        return example.keys() == answer.keys() and (not all(rows) or alike(*rows))
    if isinstance(example, list) and isinstance(answer, list):
        return not (example and answer) or alike(example[0], answer[0])
    return type(example) is type(answer)


def test_every_operation_has_its_example_and_each_is_answered_as_promised(hall):
    told = schema(Client())
    done, answers = [], {}
    # what is taken back ends the packages that hold it, and releases are asked for once weighing is over: both come last
    for path, operations in sorted(told["paths"].items(), key=lambda one: (one[0].endswith("/releases/"), "proposal_id" in one[0])):  # fmt: skip
        if path.endswith("/releases/"):
            hall.water.assembly.phases.filter(kind="weighing").update(ends_at=timezone.now())
        for method, operation in operations.items():
            wanted = {p["name"] for p in operation.get("parameters", []) if p["in"] == "query" and "example" not in p}  # fmt: skip
            assert wanted <= NOT_FURNISHED | {"format", "lang"}, operation["operationId"]
            answer = closed(sent(hall, method, path, operation))
            assert (operation["operationId"], answer.status_code // 100) == (operation["operationId"], 2), answer.text  # fmt: skip
            promised = operation["responses"][str(answer.status_code)]["content"]
            kind = answer["Content-Type"].partition(";")[0]
            if kind == "application/json":
                shape = Draft202012Validator(whole(promised[kind]["schema"], told["components"]))
                shape.validate(answer.json())
                answers[operation["operationId"]] = {str(answer.status_code): shortened(answer.json())}  # fmt: skip
                if not WRITES:
                    shape.validate(promised[kind]["example"])
                    assert alike(promised[kind]["example"], answer.json()), operation["operationId"]
            else:
                assert kind in promised
            done.append(operation["operationId"])
    assert len(done) == len(set(done)) > 25
    if WRITES:
        ANSWERS.write_text(json.dumps(answers, ensure_ascii=False, indent=1) + "\n")
    else:
        assert answers.keys() == json.loads(ANSWERS.read_text()).keys()


def test_each_operation_names_the_scope_it_needs_and_those_of_everybody_need_none(hall):
    told = schema(Client())
    assert told["components"]["securitySchemes"]["token"]["scheme"] == "bearer"
    named = {op["operationId"]: op.get("security", [{}]) for path in told["paths"].values() for op in path.values()}  # fmt: skip
    assert {"token": ["read"]} in named["list_values"]
    assert {} in named["list_values"]
    assert named["v1_assemblies_imports_create"][0] == {"token": ["import"]}
    assert {} not in named["v1_assemblies_imports_create"]
    assert {} not in named["list_readings"]
    assert not [one for one in named["v1_assemblies_weighing_create"] if "token" in one]
