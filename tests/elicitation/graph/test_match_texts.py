"""manage.py match_texts: two files in, every pair out; a file that cannot be used leaves nothing behind."""

import csv
import os
import subprocess
import sys
import tracemalloc
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

LEFT = "id,text\na1,Be honest with people\na2,\na3,Protect the rivers\n"
RIGHT = "id,text\nb1,be honest with people!\nb2,Honesty\n"
ROOT = Path(__file__).parents[3]


@pytest.fixture
def files(tmp_path):
    def write(left=LEFT, right=RIGHT, encoding="utf-8"):
        for name, content in (("left.csv", left), ("right.csv", right)):
            (tmp_path / name).write_bytes(content.encode(encoding))
        return [tmp_path / name for name in ("left.csv", "right.csv", "out.csv")]

    return write


def pairs(path):
    with path.open(encoding="utf-8", newline="") as file:
        return {(row["left"], row["right"]): float(row["score"]) for row in csv.DictReader(file)}


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig"])
@pytest.mark.parametrize("kind", ["point", "value"])
def test_every_pair_is_scored(files, encoding, kind):
    left, right, out = files(encoding=encoding)
    call_command("match_texts", left, right, out, kind=kind)
    found = pairs(out)
    assert list(found) == [(a, b) for a in ("a1", "a2", "a3") for b in ("b1", "b2")]
    assert found["a1", "b1"] == 1
    assert found["a2", "b1"] == found["a2", "b2"] == 0
    assert found["a1", "b2"] > found["a3", "b2"]


def test_names_and_texts_in_any_script_come_through(files):
    left, right, out = files('id,text\n"é,1","我们要诚实\nalways"\n', "id,text\nя,Honesty 🙂\n")
    call_command("match_texts", left, right, out)
    assert list(pairs(out)) == [("é,1", "я")]


@pytest.mark.parametrize(
    ("right", "told"),
    [
        ("", "is empty"),
        ("id,words\nb1,Honesty\n", "no column 'text'"),
        ("id,text\nb1,Honesty\nb1,Peace\n", "line 3: the id 'b1' stands on line 2"),
        ("id,text\n,Honesty\n", "line 2: the id is empty"),
        ("id,text\nb1,Honesty,and more\n", "line 2"),
    ],
)
def test_a_bad_file_is_named_and_nothing_is_written(files, right, told):
    left, right, out = files(right=right)
    with pytest.raises(CommandError, match=told):
        call_command("match_texts", left, right, out)
    assert sorted(path.name for path in out.parent.iterdir()) == ["left.csv", "right.csv"]


def test_a_missing_file_and_a_missing_folder_are_named(files):
    left, right, out = files()
    with pytest.raises(CommandError, match=r"no file nowhere\.csv"):
        call_command("match_texts", left.with_name("nowhere.csv"), right, out)
    with pytest.raises(CommandError, match="cannot be written"):
        call_command("match_texts", left, right, out.parent / "nowhere" / "out.csv")


def test_a_file_with_a_header_only_makes_no_pairs(files):
    left, right, out = files(left="id,text\n")
    call_command("match_texts", left, right, out)
    assert pairs(out) == {}


def test_memory_does_not_grow_with_the_left_file(files):
    def peak(rows):
        content = "id,text\n" + "".join(f"{n},We need place {n}\n" for n in range(rows))
        left, right, out = files(left=content)
        tracemalloc.start()
        call_command("match_texts", left, right, out)
        most = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
        return most

    call_command("match_texts", *files())  # loads what is loaded once
    assert peak(1600) < 1.3 * peak(400)


def test_it_runs_with_no_server_at_all(files):
    left, right, out = files()
    environment = {k: v for k, v in os.environ.items() if k not in {"DATABASE_URL", "REDIS_URL"}}
    done = subprocess.run(
        [sys.executable, ROOT / "manage.py", "match_texts", left, right, out],
        env=environment | {"GROUNDWORK_ENV": "test", "VAR": str(out.parent)},
        cwd=out.parent,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert "6 pairs" in done.stdout
    assert len(pairs(out)) == 6
