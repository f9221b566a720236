"""A citizen reads the document, votes on a phone without JavaScript, changes the ballot, and finds it again with the slip."""

import re

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from deliberation.artifacts import polls
from deliberation.artifacts.actions import minority
from deliberation.artifacts.models import Ballot, MinorityStatement, Roll
from tests.conftest import newcomer
from tests.deliberation.artifacts.conftest import counted, set_ratifying, vote
from tests.deliberation.web._voting import filled_in, put_to_vote
from tests.deliberation.web.citizen.conftest import client_of


@pytest.fixture
def version(assembly, owned, reader):
    return put_to_vote(assembly)


@pytest.fixture
def page(version):
    return f"/a/water/vote/{version.pk}/"


@pytest.fixture
def result_page(version):
    return f"/a/water/documents/{version.artifact_id}/1/vote/"


def test_the_vote_is_found_from_ones_own_page_while_it_is_open(reader_client, version, assembly):
    assert "Vote on the document" in reader_client.get("/a/water/mine/").text
    assert reader_client.get("/a/water/vote/").url == f"/a/water/vote/{version.pk}/"
    set_ratifying(assembly, 1, 2)
    assert "Vote on the document" not in reader_client.get("/a/water/mine/").text


def test_a_ballot_is_filled_in_looked_at_cast_and_changed(reader_client, version, page):
    first = reader_client.get(page)
    assert "Doors stay open." in first.text
    assert first.text.count('type="radio"') == 9
    sent = filled_in(version, c2="object")
    review = reader_client.post(page, {**sent, "do": "review"})
    assert "Is this what you want to say?" in review.text
    assert not Ballot.objects.exists()
    cast = reader_client.post(page, {**sent, "do": "cast"})
    assert (cast.status_code, cast.url) == (303, page)
    mine = reader_client.get(page).text
    assert "Your ballot is in the box" in mine
    assert polls.ballot_of(slip_in(mine), version).whole == "approve"
    again = reader_client.post(page, {**sent, "do": "change"})
    assert re.search(r'value="object"[^>]*checked', again.text)
    reader_client.post(page, {**filled_in(version, "aside"), "do": "cast"})
    assert Ballot.objects.get().whole == "aside"
    reader_client.post(f"{page}take-back/")
    assert not Ballot.objects.exists()


def slip_in(text):
    return re.search(r'<code dir="ltr">([0-9A-Z-]{19})</code>', text).group(1)


def test_what_is_missing_is_marked_and_what_was_chosen_is_kept(reader_client, version, page):
    first = str(version.clauses.first().pk)
    for wish in ("review", "cast"):
        back = reader_client.post(page, {first: "object", "do": wish})
        assert back.status_code == 422
        assert back.text.count("Please choose one.") == 2
        assert re.search(rf'name="{first}" value="object"[^>]*checked', back.text)
    assert not Ballot.objects.exists()


def test_the_rest_of_the_clauses_can_be_approved_at_once_and_never_the_whole(
    reader_client, version, page
):
    first, second = (str(c.pk) for c in version.clauses.all())
    back = reader_client.post(page, {first: "object", "do": "rest"})
    assert re.search(rf'name="{first}" value="object"[^>]*checked', back.text)
    assert re.search(rf'name="{second}" value="approve"[^>]*checked', back.text)
    assert not re.search(r'name="whole"[^>]*checked', back.text)


def test_a_ballot_that_comes_after_the_close_is_refused_with_what_was_chosen(
    reader_client, version, page, assembly
):
    set_ratifying(assembly, -2, -0.001)
    back = reader_client.post(page, {**filled_in(version), "do": "cast"})
    assert back.status_code == 409
    assert "This is not open now" in back.text
    assert back.text.count("checked") == 3
    assert not Ballot.objects.exists()


def test_who_joined_later_reads_and_is_told_why_there_is_no_ballot(invitation, version, page):
    late = client_of(newcomer(invitation))
    text = late.get(page).text
    assert "Doors stay open." in text
    assert "you are not on its roll" in text
    assert late.post(page, {**filled_in(version), "do": "cast"}).status_code == 403


def test_the_vote_of_another_assembly_is_not_here(reader_client, other_assembly, version, client):
    assert client.get(f"/a/water/vote/{version.pk}/").status_code == 404
    assert reader_client.get(f"/a/fire/vote/{version.pk}/").status_code == 404
    assert reader_client.get(f"/a/water/vote/{version.artifact_id}/").status_code == 404


def test_casting_over_the_page_writes_no_session_and_no_row_of_the_voter(
    reader_client, version, page
):
    reader_client.get(page)
    with CaptureQueriesContext(connection) as asked:
        reader_client.post(page, {**filled_in(version), "do": "cast"})
        reader_client.get(page)
    written = re.compile(r'(?:INSERT INTO|UPDATE|DELETE FROM) "(\w+)"')
    assert {table for one in asked for table in written.findall(one["sql"])} == {
        "artifacts_ballot", "record_entry",
    }  # fmt: skip


def test_a_slip_finds_its_ballot_before_and_after_the_count_without_a_seat(
    reader_client, version, page, result_page, invitation, assembly
):
    reader_client.post(page, {**filled_in(version, c1="object"), "do": "cast"})
    slip = slip_in(reader_client.get(page).text)
    set_ratifying(assembly)
    anybody = Client()
    assert "as it lies in the box" in anybody.post(result_page, {"slip": slip}).text
    counted(version)
    after = anybody.post(result_page, {"slip": slip.lower().replace("-", " ")})
    assert "Counted as you cast it" in after.text
    assert anybody.post(result_page, {"slip": "0000-0000-0000-0000"}).status_code == 404
    mine = reader_client.get(page).text
    assert slip not in mine
    assert "Nobody can tell any more which ballot is yours" in mine


def test_statements_are_made_signed_changed_and_withdrawn_on_pages(
    reader_client, version, page, member_client
):
    statements = f"{page}statements/"
    first = version.clauses.first()
    sent = {"text": "A bridge\r\nwould do.", "clause": str(first.pk)}
    assert reader_client.post(statements, sent).status_code == 303
    stated = MinorityStatement.objects.get()
    assert (stated.text, stated.clause) == ("A bridge\nwould do.", first)
    one = f"{statements}{stated.pk}/"
    assert reader_client.post(one, {"do": "change", "text": "A ferry."}).status_code == 303
    assert "Signed by one person." in member_client.get(statements).text
    member_client.post(one, {"do": "sign"})
    told = member_client.get(statements).text
    assert "Signed by 2 people." in told
    assert "You signed this." in told
    assert str(stated.respondent_id) not in told
    refused = reader_client.post(one, {"do": "change", "text": "A tunnel."})
    assert refused.status_code == 409
    assert "A tunnel." in refused.text
    assert member_client.get(one).status_code == 404
    assert member_client.post(one, {"do": "withdraw"}).status_code == 404
    reader_client.post(one, {"do": "withdraw"})
    assert "Nobody has stated anything yet." in member_client.get(statements).text


def test_a_second_statement_comes_back_with_its_words(reader_client, page, reader, version):
    minority.state(reader, version.artifact, "A bridge.")
    back = reader_client.post(f"{page}statements/", {"text": "More of it.", "clause": ""})
    assert back.status_code == 409
    assert "More of it." in back.text
    gone = reader_client.post(f"{page}statements/", {"text": "More.", "clause": "no such"})
    assert gone.status_code == 422


def test_ones_part_in_votes_can_be_erased(reader_client, version, page, reader):
    vote(reader, version)
    minority.state(reader, version.artifact, "A bridge.")
    reader_client.post("/a/water/vote/erase/")
    assert not Ballot.objects.exists()
    assert not Roll.objects.filter(membership=reader).exists()
    assert MinorityStatement.objects.get().text == ""
