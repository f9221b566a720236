"""manage.py moral_graph: a table in, a ranked graph out; a table that cannot be used is named by line and column."""

import hashlib
import json
import os
import subprocess
import sys
from io import StringIO
from pathlib import Path

import jsonschema
import pytest
from django.core.management import CommandError, call_command

from elicitation.graph.formats import own_json

ROOT = Path(__file__).parents[3]
HEAD = "participant,from_value,to_value,context,judgement,reason\n"


def votes(people=12, judgement="wiser", start=1, end=2):
    return "".join(f"p{n},{start},{end},When in doubt,{judgement},\n" for n in range(people))


@pytest.fixture
def run(tmp_path):
    def command(text, **options):
        path = tmp_path / "votes.csv"
        path.write_text(text, encoding="utf-8")
        told = StringIO()
        call_command("moral_graph", path, stdout=told, **options)
        return told.getvalue()

    return command


def test_groundwork_is_the_default_and_the_json_holds_to_the_schema(run, tmp_path):
    told = json.loads(run(HEAD + votes(), json=True, resample=4, seed=3))
    jsonschema.validate(told, own_json.schema())
    assert (told["rule"], told["rule_version"], told["seed"]) == ("groundwork", "groundwork-1", 3)
    assert (told["judgements"], told["people"]) == (12, 12)
    edge = told["edges"][0]
    assert (edge["from_value"], edge["to_value"], edge["contexts"]) == (1, 2, ["When in doubt"])
    assert edge["counts"]["to_wiser"] == 12
    assert edge["lean"]["one_way"]
    assert told["winners"] == [{"context": "When in doubt", "value": 2, "over": 1, "named": 12}]
    assert told["stability"]["resamples"] == 4
    digest = hashlib.sha256((tmp_path / "votes.csv").read_bytes()).hexdigest()
    assert told["input"] == {"file": "votes.csv", "sha256": digest}
    assert told["seconds"] >= 0


def test_the_published_rule_keeps_what_two_people_call_wiser(run):
    told = json.loads(run(HEAD + votes(2), json=True, rule="published", resample=0))
    assert [edge["counts"]["wiser"] for edge in told["edges"]] == [2]
    assert told["stability"] is None
    assert told["direction_effect"] is None


def test_the_json_can_be_read_back_as_a_graph(run):
    graph = own_json.read(run(HEAD + votes(), json=True))
    assert [card.id for card in graph.values] == [1, 2]
    assert len(graph.ranked.edges) == 1


def test_without_json_people_get_a_short_table(run):
    told = run(HEAD + votes() + votes(9, start=2, end=3))
    assert "2 transitions stay." in told
    assert "taken from the prior" in told
    assert "Ahead, When in doubt: 3 (over 1)" in told
    assert len(told.splitlines()) < 12


def test_asked_the_other_way_round_a_yes_speaks_for_the_first_value(run):
    head = HEAD.replace("reason", "asked")
    rows = "".join(f"p{n},1,2,now,wiser,backward\n" for n in range(12))
    told = json.loads(run(head + rows, json=True, resample=0))
    assert [(edge["from_value"], edge["to_value"]) for edge in told["edges"]] == [(2, 1)]


def test_groups_and_strata_are_counted(run):
    head = HEAD.replace("reason", "group")
    rows = "".join(f"p{n},a,b,now,wiser,{'east' if n % 2 else 'west'}\n" for n in range(12))
    (edge,) = json.loads(run(head + rows, json=True, resample=0))["edges"]
    assert edge["groups"]["east"]["for"] == edge["groups"]["west"]["for"] == 6
    assert edge["strata"] == {}


def test_a_table_without_rows_is_an_empty_graph(run):
    assert json.loads(run(HEAD, json=True))["edges"] == []


@pytest.mark.parametrize(
    ("text", "line", "column", "advice"),
    [
        (HEAD.replace("to_value", "to"), 1, "to_value", "There are: participant, from_value, to,"),
        (HEAD + "p1,1,2,now,yes,\n", 2, "judgement", "Write one of: wiser"),
        (HEAD + "\np1,1,,now,wiser,\n", 3, "to_value", "Fill it in"),
        (HEAD + "p1,1,1,now,wiser,\n", 2, "to_value", "needs two values"),
        (HEAD + votes(2) + votes(1), 4, "participant", "on line 2 already. Keep one"),
        (HEAD.replace("reason", "asked") + "p1,1,2,now,wiser,up\n", 2, "asked", "write forward"),
    ],
)
def test_a_table_that_cannot_be_used_is_named_by_file_line_and_column(
    run, text, line, column, advice
):
    with pytest.raises(CommandError) as refused:
        run(text)
    assert f"votes.csv, line {line}, column '{column}': " in str(refused.value)
    assert advice in str(refused.value)


def test_a_file_that_is_not_there_is_named(tmp_path):
    with pytest.raises(CommandError, match=r"no file none\.csv"):
        call_command("moral_graph", tmp_path / "none.csv")


@pytest.mark.parametrize("option", ["--resample=-1", "--seed=x"])
def test_a_number_that_is_none_is_refused(tmp_path, option):
    with pytest.raises(CommandError, match="not a whole number"):
        call_command("moral_graph", str(tmp_path / "votes.csv"), option)


def test_it_needs_neither_database_nor_server(tmp_path):
    (tmp_path / "votes.csv").write_text(HEAD + votes(), encoding="utf-8")
    nowhere = {
        "DATABASE_URL": "postgres://nobody@127.0.0.1:9/none",
        "REDIS_URL": "redis://127.0.0.1:9",
    }
    done = subprocess.run(
        [sys.executable, "manage.py", "moral_graph", tmp_path / "votes.csv", "--json"],
        capture_output=True,
        text=True,
        cwd=ROOT,
        env={**os.environ, **nowhere},
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout)["rule"] == "groundwork"
