"""manage.py opinion_groups: a folder in, groups and what they stand for out, for programs and for people."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from deliberation.opinion import polis

ROOT = Path(__file__).parents[3]
CAMPS = [[1] * 8 + [0], [-1] * 8 + [1]]
TEXTS = ["Parks\nfor \x1b[31mall", *(f"Statement {j}" for j in range(1, 10))]


@pytest.fixture
def folder(tmp_path):
    """Twenty people in two camps over nine statements; a tenth nobody voted on."""
    votes = ["timestamp,datetime,comment-id,voter-id,vote"]
    votes += [
        f"{1567382954000 + i},x,{j},{i},{vote}"
        for i in range(20)
        for j, vote in enumerate(CAMPS[i % 2])
    ]
    comments = [
        "timestamp,datetime,comment-id,author-id,agrees,disagrees,moderated,comment-body",
        *(f'1,x,{j},0,{10 * (j < 9)},{10 * (j < 8)},1,"{text}"' for j, text in enumerate(TEXTS)),
    ]
    (tmp_path / "votes.csv").write_text("\n".join(votes))
    (tmp_path / "comments.csv").write_text("\n".join(comments))
    return tmp_path


@pytest.fixture
def told(folder, capsys):
    def tell(*options):
        call_command("opinion_groups", folder, *options)
        return capsys.readouterr().out

    return tell


def test_programs_are_told_everything(told):
    found = json.loads(told("--mode", "polis", "--json"))
    assert (found["rule"], found["version"], found["k"]) == ("polis", polis.VERSION, 2)
    assert found["groups"] == {str(i): i % 2 for i in range(20)}
    assert found["silhouette"] == {"2": 0.0}
    assert len(found["statements"]) == 9
    first = found["statements"]["0"]
    assert first["votes"] == {
        "0": {"agree": 10, "disagree": 0, "seen": 10},
        "1": {"agree": 0, "disagree": 10, "seen": 10},
    }
    assert first["group_aware_consensus"] == pytest.approx(11 / 12 * 1 / 12)
    assert {"priority", "extremity"} <= set(first)
    assert [one["tid"] for one in found["repness"]["0"]] == [0, 1, 2, 3, 4]
    assert {one["repful-for"] for one in found["repness"]["0"]} == {"agree"}
    assert found["consensus"] == {"agree": [], "disagree": []}
    assert found["divisive"] == [0, 1, 2, 3, 4]
    assert found["never_voted_on"] == [9]
    assert found["mismatches"] == []
    assert set(found["seconds"]) == {"reading", "arrays", "groups", "statements"}


def test_the_same_votes_have_the_same_hash_and_others_another(told, folder):
    first = json.loads(told("--mode", "polis", "--json"))["input_hash"]
    votes = folder / "votes.csv"
    head, *rows = votes.read_text().splitlines()
    votes.write_text("\n".join([head, *reversed(rows)]))
    assert json.loads(told("--mode", "polis", "--json"))["input_hash"] == first
    votes.write_text("\n".join([head, *rows[1:]]))
    assert json.loads(told("--mode", "polis", "--json"))["input_hash"] != first
    comments = folder / "comments.csv"
    votes.write_text("\n".join([head, *rows]))
    comments.write_text(comments.read_text().replace(",1,x,", "").replace('1,"State', '-1,"State'))
    assert json.loads(told("--mode", "polis", "--json"))["input_hash"] != first


def test_people_are_told_on_plain_lines(told):
    out = told("--mode", "polis")
    assert "20 people, 9 statements, 180 votes" in out
    assert "Group 0: 10 people" in out
    assert "agree" in out
    assert "10 of 10  0: Parks for [31mall" in out
    assert "\x1b" not in out


def test_a_chosen_number_of_groups_is_made(told):
    assert json.loads(told("--mode", "polis", "--groups", "1", "--json"))["k"] == 1


def test_the_default_mode_is_the_one_that_does_not_depend_on_order(told):
    pytest.importorskip("deliberation.opinion.stable")
    found = json.loads(told("--json"))
    assert (found["rule"], found["k"]) == ("stable", 2)


def test_mistakes_are_told_in_a_sentence(folder, tmp_path):
    with pytest.raises(CommandError, match="no such folder"):
        call_command("opinion_groups", tmp_path / "none", "--mode", "polis")
    with pytest.raises(CommandError, match="1 or more"):
        call_command("opinion_groups", folder, "--mode", "polis", "--groups", "0")
    (folder / "votes.csv").write_text("timestamp,comment-id,voter-id,vote\n1,2,3,4\n")
    with pytest.raises(CommandError, match=r'votes.csv, line 2, column "vote": "4"'):
        call_command("opinion_groups", folder, "--mode", "polis")


def test_a_folder_without_a_single_vote_has_no_groups(told, folder):
    (folder / "votes.csv").write_text("timestamp,comment-id,voter-id,vote\n")
    (folder / "comments.csv").unlink()
    found = json.loads(told("--mode", "polis", "--json"))
    assert (found["k"], found["groups"], found["statements"]) == (0, {}, {})
    assert "0 people" in told("--mode", "polis")


def test_it_runs_with_no_server_at_all(folder):
    environment = {k: v for k, v in os.environ.items() if k not in {"DATABASE_URL", "REDIS_URL"}}
    done = subprocess.run(
        [sys.executable, ROOT / "manage.py", "opinion_groups", folder, "--mode", "polis", "--json"],
        env=environment | {"GROUNDWORK_ENV": "test", "VAR": str(folder)},
        cwd=folder,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout)["k"] == 2
