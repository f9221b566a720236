"""Value families of an argument, and the table of them that a command writes."""

import csv

import numpy as np
import pytest
from django.core.management import call_command
from django.core.management.base import CommandError

from elicitation.extraction.families import CATEGORIES, WEIGHTS, families, reader
from elicitation.extraction.heads import provenance

NATURE = CATEGORIES.index("Universalism: nature")
RIVER = "Dirty water kills the fish and the plants of our river."


def table(path, text, encoding="utf-8"):
    path.write_bytes(text.encode(encoding))
    return path


def classified(source, tmp_path):
    target = tmp_path / "out.csv"
    call_command("classify_values", source, target, verbosity=0)
    with target.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def test_an_argument_for_nature_is_of_its_family_in_several_languages():
    said = [
        RIVER,
        "L'eau sale tue les poissons et les plantes.",
        "脏水会杀死河里的鱼和植物，破坏自然环境。",
    ]
    assert families(said).flags[:, NATURE].all()


def test_what_an_argument_is_for_takes_part_in_reading_it():
    alone, joint = families([RIVER] * 2, ["", "against"], ["", "We should build a dam"]).scores
    assert not np.allclose(alone, joint)


def test_an_empty_premise_has_no_family():
    assert not families(["", "  "], ["against"] * 2, ["We should build a dam"] * 2).flags.any()
    assert families([]).flags.shape == (0, 20)


def test_an_argument_is_read_the_same_alone_and_among_others():
    others = families([RIVER, "I want to be rich.", "Prayer keeps our village together."])
    assert np.allclose(families([RIVER]).scores[0], others.scores[0], atol=1e-3)


def test_the_shipped_weights_are_small_and_say_where_they_come_from():
    about = provenance(WEIGHTS)
    assert WEIGHTS.stat().st_size < 500_000
    assert about["licence"] == "CC BY-SA 4.0"
    assert {"source", "features", "seed", "trained", "macro_f1_held_out"} <= set(about)
    assert reader().alone.weights.shape[1] == len(CATEGORIES)


def test_rows_come_out_as_many_and_in_order_with_their_ids_as_they_are(tmp_path):
    source = table(tmp_path / "in.csv", f'7,against,We should build a dam,"{RIVER}"\n7,,,\n'.join(
        ["id,stance,conclusion,premise\n", "x,,,أريد الأمان لأطفالي\n"]))  # fmt: skip
    rows = classified(source, tmp_path)
    assert [row["id"] for row in rows] == ["7", "7", "x"]
    assert list(rows[0]) == ["id", *CATEGORIES]
    assert rows[0]["Universalism: nature"] == "1"
    assert {value for row in rows for name, value in row.items() if name != "id"} == {"0", "1"}


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig"])
def test_stance_and_conclusion_may_be_missing_and_a_mark_may_stand_first(tmp_path, encoding):
    source = table(tmp_path / "in.csv", f"id,premise\n1,{RIVER}\n", encoding)
    (row,) = classified(source, tmp_path)
    assert row["Universalism: nature"] == "1"


@pytest.mark.parametrize(
    ("text", "encoding", "said"),
    [
        ("id,text\n1,a\n", "utf-8", "no column 'premise'"),
        ("", "utf-8", "no column 'id' and no column 'premise'"),
        ("id,premise\n1,é\n", "latin-1", "not UTF-8"),
        ("id,premise\n1,a,b\n", "utf-8", "Line 2 has more cells"),
        ('id,premise\n1,"a" b\n', "utf-8", "not a CSV file"),
    ],
)
def test_a_table_that_cannot_be_read_is_refused_with_the_reason(tmp_path, text, encoding, said):
    source = table(tmp_path / "in.csv", text, encoding)
    with pytest.raises(CommandError, match=said):
        classified(source, tmp_path)
    assert not (tmp_path / "out.csv").exists()


def test_files_that_cannot_be_opened_are_named(tmp_path):
    with pytest.raises(CommandError, match="cannot be read"):
        classified(tmp_path / "none.csv", tmp_path)
    source = table(tmp_path / "in.csv", "id,premise\n")
    with pytest.raises(CommandError, match="cannot be written"):
        call_command("classify_values", source, tmp_path / "no" / "out.csv", verbosity=0)
