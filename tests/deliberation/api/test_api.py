"""The API says what the pages say, and its errors are problems with a stable code."""

import subprocess
import sys

import pytest

from deliberation.artifacts.actions import drafting as artifacts
from deliberation.assemblies.actions import taking_part
from deliberation.moderation.actions import cards as moderation
from deliberation.moderation.bench import Bench
from tests._publishing import signed_and_published
from tests.workers import ROOT, environment


@pytest.fixture
def published(assembly, account, read_answer):
    owned = taking_part.own_card(read_answer, public=True)
    value = moderation.accept(Bench(assembly, account), owned, owned.version).value
    version = artifacts.draft(assembly, "charter", "Charter", "en")
    artifacts.write_clause(version, "Doors stay open.", [value])
    return signed_and_published(version)


def test_an_assembly_tells_its_questions_and_phases(client, assembly):
    (found,) = client.get("/api/v1/assemblies/").json()["results"]
    assert found["slug"] == "water"
    assert found["phases"][0]["is_open"] is True
    assert found["inquiries"][0]["question"]["en"] == "What matters by the river?"
    assert client.get("/api/v1/assemblies/water/").json() == found


def test_the_count_is_that_of_the_page(client, answered):
    steps = {s["key"]: s["count"] for s in client.get("/api/v1/assemblies/water/became/").json()}
    assert (steps["received"], steps["waiting"]) == (1, 1)


def test_a_document_leads_from_clause_to_released_words(client, published):
    (listed,) = client.get("/api/v1/assemblies/water/documents/").json()["results"]
    path = f"/api/v1/assemblies/water/documents/{listed['artifact']}/1/"
    (clause,) = client.get(path).json()["clauses"]
    assert clause["values"][0]["quotes"][0]["text"] == "who is left without a door to knock on"
    assert (clause["voices"], clause["confirmed_by_authors"]) == (1, 1)


def test_an_assembly_that_is_not_public_is_not_there(client, assembly):
    assembly.is_public = False
    assembly.save()
    hidden = client.get("/api/v1/assemblies/water/")
    made_up = client.get("/api/v1/assemblies/nope/")
    assert hidden.status_code == 404
    assert hidden["Content-Type"] == "application/problem+json"
    assert hidden.json() == made_up.json()
    assert client.get("/api/v1/assemblies/").json()["results"] == []


def test_a_wrong_method_is_a_problem_too(client, assembly):
    told = client.post("/api/v1/assemblies/water/")
    assert (told.status_code, told.json()["code"]) == (405, "method_not_allowed")


@pytest.mark.django_db
def test_the_schema_is_made_without_a_warning(tmp_path):
    done = subprocess.run(
        [sys.executable, "manage.py", "spectacular", "--fail-on-warn", "--validate", "--file",
         str(tmp_path / "schema.yml")],
        cwd=ROOT, env=environment(), capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    assert "openapi: 3.1.0" in (tmp_path / "schema.yml").read_text()


def test_the_docs_page_lists_the_operations(client, db):
    assert "/api/v1/assemblies/{slug}/documents/" in client.get("/api/docs/").text


def test_an_address_that_fits_nothing_is_a_problem_to_programs_and_a_page_to_people(client):
    told = client.get("/api/v1/assemblies/no%20slug/")
    assert (told.status_code, told["Content-Type"]) == (404, "application/problem+json")
    assert told.json()["code"] == "not_here"
    assert client.get("/a/no%20slug/")["Content-Type"].startswith("text/html")


def test_what_breaks_of_ours_is_a_problem_to_programs(client, monkeypatch):
    monkeypatch.setattr("deliberation.api.assemblies.Assemblies.get", lambda *_: 1 / 0)
    client.raise_request_exception = False
    told = client.get("/api/v1/assemblies/")
    assert (told.status_code, told["Content-Type"]) == (500, "application/problem+json")
    assert told.json()["code"] == "broken"


def test_readings_are_not_asked_for_by_what_is_no_state(facilitator):
    told = facilitator.get("/api/v1/assemblies/water/readings/?state=a%00b")
    assert told.status_code == 400
    assert "state" in told.json()["fields"]
