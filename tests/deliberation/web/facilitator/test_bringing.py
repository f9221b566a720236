"""A facilitator uploads a conversation or a graph: kept whole or not at all, with the line at fault named, and the files gone either way."""

import gzip
import json
from pathlib import Path

import pytest
from django.conf import settings as site
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from deliberation.opinion import taking_in, uploaded
from deliberation.opinion.models import Bringing, BroughtGraph, Conversation, StatementVote
from elicitation.record.models import Entry

pytestmark = pytest.mark.django_db(transaction=True)
RUN = "/run/water/import/elsewhere/"
VOTES = (
    "timestamp,datetime,comment-id,voter-id,vote,important\n"
    "1567382954000,x,0,7,1,1\n1567382955000,x,0,8,-1,0\n1567382956000,x,1,7,0,0\n1567382957000,x,1,7,1,0\n"
)
COMMENTS = (
    "timestamp,comment-id,author-id,agrees,disagrees,moderated,comment-body\n"
    '1567382950000,0,7,1,1,1,"Trees, more of them"\n1567382951000,1,8,5,0,1,Benches\n'
)
GRAPH = {
    "values": [1, 2],
    "edges": [
        {
            "from_value": 1, "to_value": 2, "contexts": ["in a flood"], "markedWiser": 3, "markedNotWiser": 0,
            "markedLessWise": 0, "markedUnsure": 0, "impressions": 4, "wiserLikelihood": 1.0, "entropy": 0.0,
        }
    ],
}  # fmt: skip


@pytest.fixture
def runs(assembly, account, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    client = Client()
    client.force_login(account)
    return client


@pytest.fixture
def sent(runs):
    """Upload files; `more` are fields. What is told of them is read after the worker has been at it."""

    def sent(files, kind="conversation", name="Trees", **more):
        packed = {field: SimpleUploadedFile(f"2026-01-31-{field}.csv", as_bytes(told)) for field, told in files.items()}  # fmt: skip
        answer = runs.post(RUN, {"kind": kind, "name": name, **packed, **more})
        for pk in uploads_waiting():
            taking_in.take_in(pk)
        return answer

    return sent


def uploads_waiting():
    """The keys of what no worker is at."""
    return list(Bringing.objects.to_read().values_list("pk", flat=True))


def as_bytes(told):
    return told if isinstance(told, bytes) else told.encode()


def left():
    """Every file that is still there of what was uploaded."""
    return [path for path in Path(site.MEDIA_ROOT).rglob("*") if path.is_file()]


def test_a_conversation_is_kept_whole_with_counts_and_what_was_not_kept(sent, runs):
    answer = sent({"votes": VOTES, "comments": COMMENTS}, attribution="CC BY")
    assert answer.status_code == 303
    kept = Conversation.objects.get()
    assert (kept.name, kept.attribution, kept.statements.count()) == ("Trees", "CC BY", 2)
    assert StatementVote.objects.count() == 4
    told = Bringing.objects.get().told
    assert told == {
        "statements": 2, "voters": 2, "votes": 4, "agrees": 2, "passes": 1, "disagrees": 1, "findings": 1,
        "left_behind": [["votes.csv", "important"]],
    }  # fmt: skip
    page = runs.get(answer["Location"]).text
    assert "important" in page
    assert "5 there, 1 counted" in page
    assert left() == []
    assert uploads_waiting() == []


def test_signs_that_stand_the_wrong_way_round_are_turned(sent):
    sent({"votes": VOTES}, inverted="on")
    assert Bringing.objects.get().told["agrees"] == 1


def test_a_packed_file_is_read_whatever_it_is_called(sent):
    sent({"votes": gzip.compress(VOTES.encode(), mtime=0), "comments": COMMENTS})
    assert Bringing.objects.get().state == "done"


@pytest.mark.parametrize(
    ("votes", "code", "line", "told"),
    [
        (VOTES + "1567382958000,x,1,9,7,0\n", "unknown_word", 6, "1 is agree, -1 disagree, 0 pass"),
        (VOTES + "1567382958000,x,one,9,1,0\n", "not_a_number", 6, "no whole number"),
        (VOTES.replace("voter-id", "who"), "column_missing", 1, "A column is missing"),
        (VOTES + '1567382958000,"x,1,9,1,0\n', "bad_quoting", 6, "does not close"),
        (VOTES.encode() + b"1567382958000,\xff,1,9,1,0\n", "not_utf8", 6, "not saved as UTF-8"),
        (gzip.compress(VOTES.encode(), mtime=0)[:-9], "broken_gz", 0, "broken or cut off"),
    ],
)  # fmt: skip
def test_a_fault_is_told_with_its_place_and_nothing_is_kept(sent, runs, votes, code, line, told):
    answer = sent({"votes": votes, "comments": COMMENTS})
    fault = Bringing.objects.get().fault
    assert (fault["code"], fault.get("line") or 0) == (code, line)
    page = runs.get(answer["Location"]).text
    assert told in page
    assert not line or f"line {line}" in page
    assert not any(kind.objects.exists() for kind in (Conversation, StatementVote))
    assert left() == []
    assert Entry.objects.get(kind="bringing.refused").body["code"] == code


def test_a_fault_in_the_second_file_leaves_nothing_of_the_first(sent):
    sent({"votes": VOTES, "comments": COMMENTS + "1567382951000,1,8,5,0,1,Benches\n"})
    assert Bringing.objects.get().fault["code"] == "statement_twice"
    assert not Conversation.objects.exists()


def test_a_file_that_unpacks_to_very_much_is_not_unpacked(sent, monkeypatch):
    monkeypatch.setattr(uploaded, "MOST_TIMES", 50)
    sent({"votes": gzip.compress(b"a" * 2**24, mtime=0)})
    assert Bringing.objects.get().fault["code"] == "too_large"
    assert left() == []


def test_files_are_bounded_together(sent, monkeypatch):
    monkeypatch.setattr(uploaded, "LARGEST_PLAIN", len(VOTES) + 10)
    sent({"votes": VOTES, "comments": COMMENTS})
    assert Bringing.objects.get().fault["code"] == "too_large"


def test_the_form_refuses_what_is_too_large_or_has_no_votes_and_keeps_no_file(sent, settings):
    assert sent({"comments": COMMENTS}).status_code == 422
    settings.LARGEST_UPLOAD = 10
    assert sent({"votes": VOTES}).status_code == 422
    assert not Bringing.objects.exists()
    assert left() == []


def test_the_same_conversation_twice_is_one_and_says_so(sent, runs):
    sent({"votes": VOTES, "comments": COMMENTS})
    answer = sent({"votes": VOTES, "comments": COMMENTS}, name="Again")
    assert "here already" in runs.get(answer["Location"]).text
    assert Conversation.objects.count() == 1


def test_what_was_brought_by_mistake_is_erased(sent, runs):
    where = sent({"votes": VOTES, "comments": COMMENTS})["Location"]
    assert runs.post(where, {"do": "erase"}).status_code == 303
    assert not any(kind.objects.exists() for kind in (Conversation, StatementVote))
    assert runs.post(where, {"do": "erase"}).status_code == 404


def test_a_file_that_takes_its_worker_with_it_is_given_up(runs, assembly):
    runs.post(RUN, {"kind": "conversation", "name": "T", "votes": SimpleUploadedFile("v.csv", VOTES.encode())})  # fmt: skip
    Bringing.objects.update(tries=3)
    (pk,) = uploads_waiting()
    taking_in.take_in(pk)
    found = Bringing.objects.get()
    assert (found.state, found.fault["code"]) == ("failed", "worker_lost")
    assert left() == []


def test_a_published_graph_is_brought_with_its_list_of_values(sent, runs):
    values = [{"id": n, "title": f"Value {n}", "policies": ["TREES"]} for n in (1, 2)]
    answer = sent({"graph": json.dumps(GRAPH), "values": json.dumps(values)}, kind="graph")
    kept = BroughtGraph.objects.get()
    assert [one["title"] for one in kept.document["values"]] == ["Value 1", "Value 2"]
    assert Bringing.objects.get().told == {"values": 2, "transitions": 1}
    assert f"/graphs/{kept.pk}/" in runs.get(answer["Location"]).text


def test_a_graph_that_is_none_is_refused_with_the_place(sent, runs):
    broken = {**GRAPH, "edges": [{"from_value": 1}]}
    answer = sent({"graph": json.dumps(broken)}, kind="graph")
    page = runs.get(answer["Location"]).text
    assert "no moral graph" in page
    assert "edges.0" in page
    assert not BroughtGraph.objects.exists()


def test_nobody_else_sees_or_brings_anything(sent, stranger):
    where = sent({"votes": VOTES})["Location"]
    outside = Client()
    outside.force_login(stranger)
    for path in (RUN, where):
        assert outside.get(path).status_code == 404
        assert outside.post(path, {"do": "erase"}).status_code == 404
