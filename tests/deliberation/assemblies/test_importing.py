"""Answers somebody already has: shown first, taken in once, every other row named."""

import csv
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from deliberation.assemblies import importing
from deliberation.assemblies.actions import taking_in
from deliberation.assemblies.models import Import
from elicitation.extraction.models import ReadingRequest
from elicitation.interview.models import Inquiry, Respondent, Response, Revision

DATA = Path(__file__).parents[4] / "shared" / "data"
FILE = 'id,who,answer\n1,ann,"first\nanswer"\n2,bob,\n2,bob,second one\n2,bob,second one\n3,ann\n4,ann,third\n'


def run(path, *options, assembly="water"):
    said = StringIO()
    call_command(
        "import_answers",
        str(path),
        "--assembly",
        assembly,
        *options,
        stdout=said,
        stderr=StringIO(),
    )
    return said.getvalue()


@pytest.fixture
def file(tmp_path):
    path = tmp_path / "answers.csv"
    path.write_text(FILE)
    return path


def test_every_row_is_an_answer_or_named_with_its_line_and_why(assembly, file):
    said = run(file)
    assert "line 4: no words in it" in said
    assert "line 6: this row came before" in said
    assert "line 7: 2 cells where the header names 3" in said
    assert [r.text for r in Revision.objects.order_by("written_at", "pk")] != []
    assert set(Revision.objects.values_list("text", flat=True)) == {
        "first\nanswer",
        "second one",
        "third",
    }
    taken = Import.objects.get()
    assert taken.counts["rows"] == 6 == taken.counts["stored"] + len(taken.problems)
    assert ReadingRequest.objects.filter(state="waiting").count() == 3


def test_doing_it_twice_adds_nothing(assembly, file):
    run(file)
    assert "3 already_there" in run(file)
    assert Response.objects.count() == 3


def test_a_dry_run_writes_nothing(assembly, file):
    said = run(file, "--dry-run")
    assert "text       = answer" in said
    assert not Response.objects.exists()
    assert not Import.objects.exists()


def test_the_mapping_can_be_told(assembly, file):
    run(file, "--map", "text=answer,respondent=who")
    assert Respondent.objects.filter(responses__isnull=False).distinct().count() == 2


def test_pseudonyms_of_two_assemblies_do_not_meet(assembly, other_assembly, file):
    run(file, "--map", "text=answer,respondent=who")
    run(file, "--map", "text=answer,respondent=who", assembly="fire")
    assert Respondent.objects.filter(responses__isnull=False).distinct().count() == 4


@pytest.mark.parametrize(
    ("options", "told"),
    [
        (["--map", "text=nope"], "There are: id, who, answer"),
        (["--map", "words=answer"], "Fields: text"),
    ],
)
def test_a_wrong_mapping_is_one_clear_line(assembly, file, options, told):
    with pytest.raises(CommandError, match=told):
        run(file, *options)
    assert not Response.objects.exists()


def test_an_unknown_assembly_names_those_there_are(assembly, file):
    with pytest.raises(CommandError, match="There are: water"):
        run(file, assembly="nope")


def test_the_same_words_twice_in_one_column_are_two_voices_and_still_only_once_each(
    assembly, tmp_path
):
    path = tmp_path / "one.csv"
    path.write_text("answer\nfreedom\nfreedom\n")
    run(path)
    run(path)
    assert Response.objects.count() == 2


def test_bytes_that_fit_no_encoding_are_said_before_anything_is_taken_in(assembly, tmp_path):
    path = tmp_path / "broken.csv"
    good = "".join(f"{n},an answer with number {n}\n" for n in range(40_000))
    path.write_bytes(b"id,answer\n" + good.encode() + b"x,\x81 \n")
    with pytest.raises(CommandError, match="fit its encoding"):
        run(path)
    assert not Response.objects.exists()


def test_an_import_another_worker_is_at_is_left_alone(assembly, file):
    shown = taking_in.show_import(assembly, "a.csv", str(file), "en")
    taking_in.map_import(shown, {"text": "answer"}, False)
    started = taking_in.start_import(shown)
    taking_in.begin_import(started)
    importing.take_in_by_id(str(started.pk))
    assert not Response.objects.exists()


def real(name):
    path = DATA / name
    if not path.exists():
        pytest.skip(f"{name} is not beside the project")
    return path


@pytest.mark.parametrize(
    ("name", "options", "stored", "named", "inquiries"),
    [
        ("corpora/assembly_answers.csv", [], 300, 0, 2),
        (
            "moral-graph/edge_votes.csv",
            ["--map", "text=reason,respondent=participant"],
            1388,
            204,
            0,
        ),
        ("polis/vtaiwan.uberx/comments.csv", ["--language", "zh"], 197, 0, 0),
        ("corpora/robustness/texts.csv", [], 256, 0, 0),
    ],
)
def test_real_files_come_in_whole(assembly, name, options, stored, named, inquiries):
    path = real(name)
    run(path, *options)
    taken = Import.objects.get()
    assert (taken.counts["stored"], len(taken.problems)) == (stored, named)
    assert taken.counts["rows"] == stored + named
    assert Inquiry.objects.count() == 1 + inquiries
    if name.startswith("corpora"):
        with path.open(encoding="utf-8", newline="") as file:
            texts = sorted(row["text"] for row in csv.DictReader(file))
        assert sorted(Revision.objects.values_list("text", flat=True)) == texts
