"""Folders in Polis' export form: both forms, what they may lack or carry, and mistakes told by file, line and column."""

import gzip
import subprocess
import sys
from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from deliberation.opinion.gathering import votes_of
from deliberation.opinion.polis_files import read_folder
from deliberation.opinion.polis_tables import PolisFileError
from tests.benchmarks.graph import _oracles

ROOT = Path(__file__).parents[3]
VOTES = "timestamp,datetime,comment-id,voter-id,vote\n"
COMMENTS = "timestamp,datetime,comment-id,author-id,agrees,disagrees,moderated,comment-body\n"
A = {
    "votes.csv": VOTES
    + "1567382954698,Sun Sep 01 17:09:14 PDT 2019,0,7,-1\n"
    + "1567382954000,Sun Sep 01 17:09:14 PDT 2019,0,9,1\n"
    + "1567382955000,Sun Sep 01 17:09:15 PDT 2019,0,9,0\n"
    + "1567382960000,Sun Sep 01 17:09:20 PDT 2019,1,9,1\n",
    "comments.csv": COMMENTS
    + '1567382900000,Sun Sep 01 17:08:20 PDT 2019,1,3,1,0,-1,"First line,\nsecond ""line"""\n'
    + "1567382900000,Sun Sep 01 17:08:20 PDT 2019,0,3,1,1,1,Parks\n",
    "participants-votes.csv": "participant,xid,group-id,n-comments,n-votes,n-agree,n-disagree,0,1\n"
    + "7,,,0,1,0,1,-1,\n9,,1,0,2,1,0,0,1\n",
    "summary.csv": 'topic,"Parks, rivers"\nurl,https://pol.is/x\nconversation-description,"One\n\ntwo"\n',
    "stats-history.csv": "n-votes\n1\n",
}
B = {
    "2026-01-31-0900-r2x-votes.csv": "timestamp,datetime,comment-id,voter-id,vote,important\n"
    + "1567382954,Mon Sep 02 2019 00:09:14 GMT+0000 (Coordinated Universal Time),0,7,-1,0\n"
    + "1567382954,Mon Sep 02 2019 00:09:14 GMT+0000 (Coordinated Universal Time),0,9,1,0\n"
    + "1567382955,Mon Sep 02 2019 00:09:15 GMT+0000 (Coordinated Universal Time),0,9,0,1\n"
    + "1567382960,Mon Sep 02 2019 00:09:20 GMT+0000 (Coordinated Universal Time),1,9,1,0",
    "2026-01-31-0900-r2x-comments.csv": "timestamp,datetime,comment-id,author-id,agrees,disagrees,moderated,importance,comment-body\n"
    + '1567382900,Mon,1,3,1,0,-1,0.2,"First line,\nsecond ""line"""\n'
    + '1567382900,Mon,0,3,0,1,1,0.1,"Parks"\n',
    "2026-01-31-0900-r2x-participant-votes.csv": "participant,group-id,n-comments,n-votes,n-agree,n-disagree,0,1,2\n"
    + "7,,0,1,0,1,-1,,\n9,1,0,2,1,0,0,1,\n",
    "2026-01-31-0900-r2x-comment-groups.csv": "comment-id,comment\n",
    "summary.csv": 'topic,"Parks, rivers"\nurl,https://pol.is/x',
}
NEWER = (
    "timestamp,comment-id,author-id,agrees,disagrees,moderated,is-meta,is-seed,"
    "group-informed-consensus,comment-body\n"
    "1726860676783,0,0,0,1,1,false,true,0.68,Parks\n1726860676783,1,0,1,0,0,true,false,0.5,Are you a citizen?\n"
)


@pytest.fixture
def folder(tmp_path):
    def write(files, change=lambda content: content):
        for name, content in files.items():
            (tmp_path / name).write_bytes(change(content.encode()))
        return tmp_path

    return write


def last_votes(conversation):
    votes = votes_of(conversation.log)
    people, statements = votes.people.tolist(), votes.statements.tolist()
    return {
        (people[row], statements[votes.columns[at]]): int(votes.signs[at])
        for row in range(len(people))
        for at in range(votes.starts[row], votes.starts[row + 1])
    }


CAST = {(7, 0): -1, (9, 0): 0, (9, 1): 1}


@pytest.mark.parametrize("form", [A, B], ids=["archive", "report"])
@pytest.mark.parametrize(
    "change",
    [
        lambda content: content,
        lambda content: b"\xef\xbb\xbf" + content,
        lambda content: content.replace(b"\n", b"\r\n"),
    ],
    ids=["plain", "with a mark", "CRLF"],
)
def test_both_forms_say_the_same(folder, form, change):
    found = read_folder(folder(form, change))
    assert last_votes(found) == CAST
    assert list(found.log.times) == [
        t if form is A else t // 1000 * 1000
        for t in (1567382954698, 1567382954000, 1567382955000, 1567382960000)
    ]
    assert found.published == {9: 1}
    assert found.moderated_out == [1]
    assert found.statements[0].text == "Parks"
    assert found.statements[1].text.splitlines() == ["First line,", 'second "line"']
    assert found.summary["topic"] == "Parks, rivers"
    assert found.mismatches == ()


def test_files_may_be_gzipped(tmp_path):
    for name, content in A.items():
        (tmp_path / f"{name}.gz").write_bytes(gzip.compress(content.encode()))
    found = read_folder(tmp_path)
    assert last_votes(found) == CAST
    assert found.source == "votes.csv.gz"


def test_the_matrix_alone_is_enough(folder):
    found = read_folder(folder({"participants-votes.csv": A["participants-votes.csv"]}))
    assert last_votes(found) == CAST
    assert found.source == "participants-votes.csv"


def test_the_newer_columns_of_comments_tell_what_is_about_the_conversation(folder):
    found = read_folder(folder(A | {"comments.csv": NEWER}))
    assert found.meta == [1]
    assert found.moderated_out == [1]
    assert found.statements[0].is_seed


def test_commas_at_the_end_of_a_row_make_no_difference(folder):
    ragged = {name: content.replace("\n", ",,\n") for name, content in A.items() if "votes" in name}
    assert last_votes(read_folder(folder(ragged))) == CAST
    cut = A["participants-votes.csv"].replace(",-1,\n", ",-1\n") + "\n,\n,,,,,,,,\n"
    assert last_votes(read_folder(folder({"participants-votes.csv": cut}))) == CAST


def test_signs_the_wrong_way_round_are_turned_everywhere(folder):
    found = read_folder(folder(A), signs_inverted=True)
    assert last_votes(found) == {pair: -vote for pair, vote in CAST.items()}
    assert (found.statements[1].agrees, found.statements[1].disagrees) == (0, 1)
    assert found.mismatches == ()
    alone = {"participants-votes.csv": A["participants-votes.csv"]}
    (folder({}) / "votes.csv").unlink()
    assert last_votes(read_folder(folder(alone), signs_inverted=True))[9, 1] == -1


def test_every_vote_is_kept_and_the_last_by_time_counts_whatever_the_order(folder):
    head, *rows = A["votes.csv"].splitlines(keepends=True)
    found = read_folder(folder(A | {"votes.csv": head + "".join(reversed(rows))}))
    assert len(found.log) == 4
    assert last_votes(found) == CAST


def test_numbers_the_votes_do_not_bear_out_are_listed(folder):
    comments = A["comments.csv"].replace(",0,3,1,1,1,Parks", ",0,3,5,1,1,Parks")
    matrix = A["participants-votes.csv"].replace("7,,,0,1,0,1", "7,,,0,1,0,3")
    found = read_folder(folder(A | {"comments.csv": comments, "participants-votes.csv": matrix}))
    assert [(one.about, one.stated, one.counted) for one in found.mismatches] == [
        ("n-disagree of participant 7", 3, 1),
        ("agrees of statement 0", 5, 1),
    ]


def test_with_the_matrix_alone_a_file_may_have_counted_votes_changed_later(folder):
    files = {name: A[name] for name in ("comments.csv", "participants-votes.csv")}
    assert read_folder(folder(files)).mismatches == ()
    fewer = A["comments.csv"].replace(",1,3,1,0,", ",1,3,0,0,")
    found = read_folder(folder(files | {"comments.csv": fewer}))
    assert [(one.about, one.stated, one.counted) for one in found.mismatches] == [
        ("agrees of statement 1", 0, 1)
    ]


@pytest.mark.parametrize(
    ("file", "old", "new", "code", "line", "column"),
    [
        ("votes.csv", ",0,7,-1", ",0,7,2", "unknown_word", 2, "vote"),
        ("votes.csv", ",0,7,-1", ",0,7,", "unknown_word", 2, "vote"),
        ("votes.csv", ",0,7,-1", ",0,seven,-1", "not_a_number", 2, "voter-id"),
        ("votes.csv", ",1,9,1", ",,9,1", "not_a_number", 5, "comment-id"),
        ("votes.csv", ",1,9,1", f",1,{2**63},1", "not_a_number", 5, "voter-id"),
        ("votes.csv", "1567382960000", "-1e9", "not_a_number", 5, "timestamp"),
        ("votes.csv", ",0,7,-1", ",0,7,-1,8", "too_many_cells", 2, ""),
        ("votes.csv", ",0,7,-1", ',0,7,"-1', "bad_quoting", 2, ""),
        ("votes.csv", "voter-id", "person", "column_missing", 1, ""),
        ("votes.csv", "datetime", "vote", "column_twice", 1, ""),
        ("votes.csv", A["votes.csv"], "", "no_header", 1, ""),
        ("comments.csv", ",0,3,1,1,1,", ",0,3,1,1,2,", "unknown_word", 4, "moderated"),
        ("comments.csv", ",0,3,1,1,1,", ",0,3,x,1,1,", "not_a_number", 4, "agrees"),
        ("comments.csv", ",0,3,1,1,1,", ",1,3,1,1,1,", "statement_twice", 4, "comment-id"),
        ("comments.csv", "moderated", "mod", "column_missing", 1, ""),
        ("participants-votes.csv", "1,0,0,1", "1,0,0,5", "unknown_word", 3, "1"),
        ("participants-votes.csv", "9,,1", "7,,1", "participant_twice", 3, "participant"),
        ("participants-votes.csv", "9,,1", "9,,b", "not_a_number", 3, "group-id"),
        ("participants-votes.csv", "n-votes,", "colour,", "unknown_column", 1, "colour"),
    ],
)
def test_a_mistake_is_told_with_its_place(folder, file, old, new, code, line, column):
    assert old in A[file]
    changed = A[file].replace(old, new, 1)
    with pytest.raises(PolisFileError) as told:
        read_folder(folder(A | {file: changed}))
    wrong = told.value
    assert (wrong.code, wrong.file, wrong.line, wrong.column) == (code, file, line, column)
    assert str(wrong).startswith(f"{file}, line {line}")
    assert str(wrong).endswith(".")


def test_bytes_that_are_not_utf8_are_told_by_their_line(folder):
    with pytest.raises(PolisFileError) as told:
        read_folder(folder(A, lambda content: content.replace(b"Parks\n", b"P\xe4rks\n")))
    assert (told.value.code, told.value.line) == ("not_utf8", 4)


def test_a_gz_that_is_none_or_is_cut_off_is_told(tmp_path):
    whole = gzip.compress(A["votes.csv"].encode())
    for broken in (whole[:-9], whole[:40], A["votes.csv"].encode()):
        (tmp_path / "votes.csv.gz").write_bytes(broken)
        with pytest.raises(PolisFileError) as told:
            read_folder(tmp_path)
        assert told.value.code == "broken_gz"


def test_a_folder_without_votes_or_with_two_of_a_kind_is_refused(folder, tmp_path):
    for where, code in ((tmp_path / "nowhere", "no_folder"), (tmp_path, "no_votes")):
        with pytest.raises(PolisFileError) as told:
            read_folder(where)
        assert told.value.code == code
    with pytest.raises(PolisFileError, match="Keep one") as told:
        read_folder(folder(A | B))
    assert told.value.code == "two_files"


def test_a_file_that_cannot_be_opened_is_named(tmp_path):
    (tmp_path / "votes.csv").mkdir()
    with pytest.raises(PolisFileError) as told:
        read_folder(tmp_path)
    assert told.value.code == "unreadable"


@given(st.binary(max_size=300))
def test_whatever_a_file_holds_it_is_read_or_refused(tmp_path_factory, content):
    where = tmp_path_factory.mktemp("any")
    for head in (b"", VOTES.encode()):
        (where / "votes.csv").write_bytes(head + content)
        with suppress(PolisFileError):
            read_folder(where)


@pytest.mark.skipif(not _oracles.COLD, reason="the Polis conversations are not here")
@pytest.mark.parametrize("name", _oracles.COLD)
def test_real_conversations_are_read_whole_and_add_up(name):
    given_by_polis = _oracles.oracle(name)
    read, votes = _oracles.conversation(given_by_polis["slug"])
    assert len(read.log) == given_by_polis["votes_rows"]
    assert len(votes.people) == given_by_polis["participants"]
    assert votes.statements.tolist() == given_by_polis["statements"]
    assert read.mismatches == ()


def test_reading_files_needs_no_numerics():
    told = (
        "import sys; import deliberation.opinion.polis_files;"
        "print([m for m in ('numpy', 'scipy') if m in sys.modules])"
    )
    done = subprocess.run(
        [sys.executable, "-c", told], capture_output=True, text=True, cwd=ROOT, check=False
    )
    assert done.stdout.strip() == "[]", done.stderr
