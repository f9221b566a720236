"""What ballots say is hidden from everybody until the count: facilitators, researchers, pages, API, exports. Then all see the same."""

import json
import re

import pytest
from django.test import Client

from deliberation.artifacts.actions import drafting, minority
from deliberation.artifacts.models import Ballot
from deliberation.assemblies.actions import setting_up, taking_part
from deliberation.assemblies.models import Role
from deliberation.exports.ballots import tallies, votes
from deliberation.exports.building import lines
from deliberation.moderation.actions import cards as moderation
from deliberation.moderation.bench import Bench
from elicitation.graph.models import Value
from tests._publishing import signed_and_published
from tests.conftest import newcomer
from tests.deliberation.artifacts.conftest import counted, vote
from tests.deliberation.web._voting import put_to_vote


@pytest.fixture
def voters(invitation):
    return [newcomer(invitation) for _ in range(9)]


@pytest.fixture
def version(assembly, account, read_answer, voters):
    owned = taking_part.own_card(read_answer, public=True)
    moderation.accept(Bench(assembly, account), owned, owned.version)
    return put_to_vote(assembly)


@pytest.fixture
def cast(version, voters):
    """All approve the whole; six of nine object to the second clause."""
    for place, member in enumerate(voters):
        vote(member, version, c2="object" if place < 6 else "approve")
    return version


def pages(version):
    number = f"/a/water/documents/{version.artifact_id}/1/"
    return [
        "/a/water/", "/a/water/mine/", "/a/water/results/", number, f"{number}vote/",
        f"/a/water/vote/{version.pk}/", f"/run/water/documents/{version.pk}/",
        f"/run/water/documents/{version.pk}/vote/", "/run/water/", "/run/water/documents/",
        "/api/v1/assemblies/water/", "/api/v1/assemblies/water/documents/",
        f"/api/v1/assemblies/water/documents/{version.artifact_id}/1/",
        "/api/v1/assemblies/water/export/votes.jsonl",
        "/api/v1/assemblies/water/export/tallies.jsonl",
    ]  # fmt: skip


@pytest.fixture
def everybody(account, assembly, stranger, member_client, client):
    setting_up.give_role(assembly, stranger, Role.Kind.RESEARCHER)
    runs, studies = Client(), Client()
    runs.force_login(account)
    studies.force_login(stranger)
    return [client, member_client, runs, studies]


RESULT = re.compile(r"vote-table|Adopted|Not adopted|approves? \(|\"approve\":|\"passed\":")


def test_no_page_api_or_export_tells_anybody_what_ballots_say_before_the_count(cast, everybody):
    seen = 0
    for who in everybody:
        for path in pages(cast):
            answer = who.get(path)
            body = b"".join(answer) if answer.streaming else answer.content
            seen += answer.status_code == 200
            assert not RESULT.search(body.decode()), path
    assert seen > 20
    assert list(votes(cast.artifact.assembly)) == list(tallies(cast.artifact.assembly)) == []


def test_turnout_is_told_to_everybody_while_the_vote_is_open(cast, everybody):
    for who in everybody:
        text = who.get(f"/a/water/documents/{cast.artifact_id}/1/vote/").text
        assert "9 of 10 who may vote have voted (90 %)." in text


def test_the_result_is_told_with_numbers_thresholds_and_why(cast, client):
    counted(cast)
    text = client.get(f"/a/water/documents/{cast.artifact_id}/1/vote/").text
    assert "Adopted: 9 of 9 who approve or object approve (100 %)." in text
    assert "Of everybody, 3 of 9 who approve or object approve (33.3 %); 50 % were needed." in text
    assert text.count('class="shares"') == 3
    assert "at least 50 % approve" in text


def test_every_group_that_is_told_has_its_row_and_small_ones_are_counted_together(cast, client):
    ids = list(Ballot.objects.values_list("pk", flat=True))
    Ballot.objects.filter(pk__in=ids[:5]).update(group="A")
    Ballot.objects.filter(pk__in=ids[5:]).update(group="B")
    counted(cast)
    text = client.get(f"/a/water/documents/{cast.artifact_id}/1/vote/").text
    assert "group A" not in text  # B's four would be known by subtraction
    assert "group B" not in text


def test_a_published_document_shows_the_vote_the_clauses_left_out_and_the_statements(
    cast, client, voters
):
    minority.state(voters[0], cast.artifact, "We would have had a bridge.", cast.clauses.last())
    over = counted(cast)
    signed_and_published(over)
    text = client.get(f"/a/water/documents/{cast.artifact_id}/1/").text
    assert "Ratified by secret ballot: 9 of 10 voted." in text
    assert text.count("Not adopted: the assembly voted on this clause") == 1
    assert "Against clause 2" in text
    assert "Signed by one person." in text
    told = client.get(f"/api/v1/assemblies/water/documents/{cast.artifact_id}/1/").json()
    assert told["vote"]["whole"]["approve"] == 9
    assert told["minority"][0]["signed"] == 1


def test_exports_give_turnout_and_tally_after_the_count_and_no_ballot(cast):
    counted(cast)
    assembly = cast.artifact.assembly
    (told,) = [json.loads(line) for line in lines(assembly, "votes")]
    assert (told["roll"], told["ballots"], told["quorum"]) == (10, 9, 0)
    rows = [json.loads(line) for line in lines(assembly, "tallies")]
    assert [(r["approve"], r["object"], r["passed"]) for r in rows] == [
        (9, 0, True),
        (9, 0, True),
        (3, 6, False),
    ]
    assert rows[0]["clause"] is None
    held = json.dumps([told, rows])
    for digest in Ballot.objects.values_list("slip_digest", flat=True):
        assert digest not in held


def test_a_private_assembly_shows_its_vote_to_its_own_alone(
    version, assembly, client, member_client
):
    assembly.is_public = False
    assembly.save()
    path = f"/a/water/documents/{version.artifact_id}/1/vote/"
    assert client.get(path).status_code == 404
    assert member_client.get(path).status_code == 200


def test_a_draft_has_no_page_of_a_vote(assembly, client, version):
    other = drafting.draft(assembly, "brief", "Brief", "en")
    drafting.write_clause(other, "Trees.", list(Value.objects.standing()))
    assert client.get(f"/a/water/documents/{other.artifact_id}/1/vote/").status_code == 404
