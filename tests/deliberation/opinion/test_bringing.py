"""A conversation held on Polis comes in whole or not at all, with every vote it held."""

import gzip
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from deliberation.opinion import rows
from deliberation.opinion.actions import bringing
from deliberation.opinion.models import Conversation, Statement, StatementVote
from elicitation.record.models import Entry

DATA = Path(__file__).parents[4] / "shared" / "data" / "polis"
VOTES = """timestamp,datetime,comment-id,voter-id,vote
1600000000000,x,0,5,1
1600000001000,x,0,7,-1
1600000002000,x,0,7,1
1600000003000,x,4,5,0
"""
COMMENTS = """timestamp,datetime,comment-id,author-id,agrees,disagrees,moderated,comment-body
1600000000000,x,0,5,2,1,1,"Keep the trees,
all of them"
1600000000000,x,3,5,0,0,-1,Cut them
"""
SUMMARY = 'topic,Trees\nurl,https://pol.is/x\nconversation-description,"What of\nthe trees?"\n'
MATRIX = "participant,group-id,n-comments,n-votes,n-agree,n-disagree,0,4\n5,0,1,2,1,0,1,0\n7,,0,1,1,0,1,\n"


@pytest.fixture
def folder(tmp_path):
    path = tmp_path / "trees"
    path.mkdir()
    (path / "votes.csv").write_text(VOTES)
    (path / "comments.csv").write_text(COMMENTS)
    (path / "summary.csv").write_text(SUMMARY)
    return path


def run(folder, *options, assembly="water"):
    said = StringIO()
    call_command("import_polis", str(folder), "--assembly", assembly, *options, stdout=said)
    return said.getvalue()


def nothing_is_there():
    return not (
        Conversation.objects.exists()
        or Statement.objects.exists()
        or StatementVote.objects.exists()
    )


def test_every_statement_and_every_vote_is_kept(assembly, folder):
    told = run(folder, "--attribution", "The people of the wood")
    kept = assembly.conversations.get()
    assert (kept.name, kept.attribution) == ("Trees", "The people of the wood")
    assert kept.about["conversation-description"] == "What of\nthe trees?"
    assert list(kept.statements.values_list("number", "text", "moderated")) == [
        (0, "Keep the trees,\nall of them", 1),
        (3, "Cut them", -1),
        (4, "", 0),
    ]
    log = StatementVote.objects.order_by("id").values_list("statement__number", "voter", "says")
    assert list(log) == [(0, 5, 1), (0, 7, -1), (0, 7, 1), (4, 5, 0)]
    assert StatementVote.objects.earliest("at").at.isoformat() == "2020-09-13T12:26:40+00:00"
    assert "3 statements, 4 votes" in told


def test_the_last_vote_of_a_pair_counts(assembly, folder):
    run(folder)
    read = rows.of_conversation(assembly.conversations.get())
    assert (read.people, read.statements) == (["5", "7"], ["0", "4"])
    assert read.votes.signs.tolist() == [1, 0, 1]
    assert read.votes.starts.tolist() == [0, 2, 3]


def test_of_two_votes_at_one_time_the_later_line_counts(assembly, folder):
    (folder / "votes.csv").write_text(VOTES.replace("1600000002000", "1600000001000"))
    run(folder)
    assert rows.of_conversation(assembly.conversations.get()).votes.signs.tolist() == [1, 0, 1]


def test_what_the_votes_do_not_bear_out_is_kept_as_a_finding(assembly, folder):
    (folder / "comments.csv").write_text(COMMENTS.replace(",2,1,1,", ",9,1,1,"))
    told = run(folder)
    (found,) = assembly.conversations.get().findings
    assert (found["stated"], found["counted"]) == (9, 2)
    assert "9 stated, 2 counted" in told


def test_the_matrix_alone_comes_in_without_times(assembly, tmp_path):
    (tmp_path / "participants-votes.csv").write_text(MATRIX)
    run(tmp_path, "--name", "Trees")
    assert set(StatementVote.objects.values_list("voter", "says", "at")) == {
        (5, 1, None),
        (5, 0, None),
        (7, 1, None),
    }


def test_signs_the_wrong_way_round_are_turned(assembly, folder):
    run(folder, "--inverted")
    assert sorted(StatementVote.objects.values_list("says", flat=True)) == [-1, -1, 0, 1]


def test_the_same_conversation_does_not_come_twice_however_it_is_packed(assembly, folder):
    run(folder)
    (folder / "votes.csv").unlink()
    with gzip.open(folder / "votes.csv.gz", "wt") as packed:
        packed.write(VOTES)
    with pytest.raises(CommandError, match="here already, as «Trees»"):
        run(folder, "--name", "Other")
    assert Conversation.objects.count() == 1
    assert StatementVote.objects.count() == 4


def test_another_conversation_of_the_same_name_is_refused(assembly, folder):
    run(folder)
    (folder / "votes.csv").write_text(VOTES + "1600000009000,x,0,9,1\n")
    with pytest.raises(CommandError, match="called «Trees»"):
        run(folder)


def test_two_assemblies_may_hold_the_same(assembly, other_assembly, folder):
    run(folder)
    run(folder, assembly="fire")
    assert Conversation.objects.count() == 2


@pytest.mark.parametrize(
    ("file", "old", "new", "named"),
    [
        ("votes.csv", "1600000003000,x,4,5,0", "1600000003000,x,4,5,2", 'line 5, column "vote"'),
        ("votes.csv", ",x,4,5,0", ",x,4,,0", 'line 5, column "voter-id"'),
        ("votes.csv", "1600000003000", "9999999999999999", 'line 5, column "timestamp"'),
        ("votes.csv", "1600000003000", "-5", 'line 5, column "timestamp"'),
        ("comments.csv", "Cut them", "Cut \x00them", "statement 3"),
        ("comments.csv", "-1,Cut", "yes,Cut", 'line 4, column "moderated"'),
    ],
)
def test_a_bad_file_is_named_and_nothing_is_kept(assembly, folder, file, old, new, named):
    path = folder / file
    path.write_text(path.read_text().replace(old, new))
    with pytest.raises(CommandError, match=named) as refused:
        run(folder)
    assert file in str(refused.value)
    assert nothing_is_there()


def test_an_assembly_that_is_not_there_is_named_with_those_that_are(assembly, folder):
    with pytest.raises(CommandError, match="There are: water"):
        run(folder, assembly="sand")


def test_the_record_tells_of_it_without_a_word_anybody_said(assembly, folder):
    run(folder)
    entry = Entry.objects.get(kind="conversation.brought")
    assert entry.body["votes"] == 4
    assert "trees" not in str(entry.body).lower()


def test_an_erased_conversation_leaves_nothing_behind(assembly, folder):
    run(folder)
    kept = assembly.conversations.get()
    was = str(kept.pk)
    bringing.erase(kept)
    assert nothing_is_there()
    assert Entry.objects.get(kind="conversation.erased").body["conversation"] == was


@pytest.mark.skipif(not DATA.exists(), reason="the conversations are not on this machine")
@pytest.mark.parametrize(
    ("name", "votes"),
    [("london.youth.policing", 640), ("bg2050-volunteers", 14_341), ("scoop-hivemind.ubi", 7_174)],
)
def test_a_real_conversation_comes_in_vote_by_vote(assembly, name, votes):
    run(DATA / name)
    assert StatementVote.objects.count() == votes
    assert assembly.conversations.get().findings == []
