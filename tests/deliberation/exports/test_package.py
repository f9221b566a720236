"""The package for other programs: valid by its own standard, every cell of the kind it is said to be, nothing a spreadsheet would run."""

import csv
import io
import json
from datetime import datetime
from html import escape

import pytest
from frictionless import Package
from hypothesis import given
from hypothesis import strategies as st

from deliberation.assemblies.actions import taking_part
from deliberation.exports import building, writing
from deliberation.exports.codes import NUMBERED, VALUES, missing_of, unit_of
from deliberation.exports.csv_form import FORMULA, cells, harmless
from deliberation.exports.kinds import KINDS, OTHERWISE, Kind, kind_of
from deliberation.exports.tables import TABLES
from elicitation.interview.drafts import Words
from tests.deliberation.web.citizen._weighing import set_weighing

HOLDS = {
    Kind.TEXT: str, Kind.INTEGER: int, Kind.NUMBER: (int, float), Kind.BOOLEAN: bool,
    Kind.MOMENT: str, Kind.LIST: list, Kind.OBJECT: dict,
}  # fmt: skip


def test_the_package_is_valid_for_the_library_of_its_standard(whole, tmp_path):
    writing.write(whole, tmp_path)
    report = Package(str(tmp_path / "datapackage.json")).validate()
    assert report.flatten(["title", "message"]) == []
    assert report.stats["tasks"] == len(TABLES)


def test_every_cell_is_of_the_kind_its_column_is_said_to_be(whole):
    for name in TABLES:
        for text in building.lines(whole, name):
            for column, value in json.loads(text).items():
                kind = kind_of(name, column)
                if value is None:
                    continue
                assert isinstance(value, HOLDS[kind]), (name, column, value)
                assert not isinstance(value, bool) or kind == Kind.BOOLEAN, (name, column)
                if kind == Kind.MOMENT:
                    assert datetime.fromisoformat(value).tzinfo, (name, column)


def test_every_kind_named_is_of_a_column_there_is():
    columns = {(name, column) for name, table in TABLES.items() for column in table.columns}
    assert set(KINDS) <= {column for _, column in columns}
    assert set(OTHERWISE) <= columns


def test_csv_holds_what_the_exact_form_holds(whole, tmp_path):
    writing.write(whole, tmp_path)
    for name, table in TABLES.items():
        with (tmp_path / "csv" / f"{name}.csv").open(encoding="utf-8", newline="") as file:
            header, *told = csv.reader(file)
        assert header == list(table.columns)
        exact = [json.loads(text) for text in building.lines(whole, name)]
        assert told == [cells(row) for row in exact]


@pytest.mark.parametrize("start", FORMULA)
def test_no_spreadsheet_takes_what_somebody_wrote_for_a_formula(
    assembly, member, prompt, tmp_path, start
):
    words = f'{start}HYPERLINK(1) "x", said\nShe'
    taking_part.answer(member, prompt, Words(words, "en", "k"))
    writing.write(assembly, tmp_path)
    with (tmp_path / "csv" / "responses.csv").open(encoding="utf-8", newline="") as file:
        (row,) = csv.DictReader(file)
    assert row["text"] == "'" + words
    assert json.loads((tmp_path / "responses.jsonl").read_text())["text"] == words


@given(st.lists(st.text(), min_size=1, max_size=5))
def test_any_text_comes_back_from_its_cell(texts):
    written = io.StringIO(newline="")
    csv.writer(written, lineterminator="\r\n").writerow(harmless(one) for one in texts)
    written.seek(0)
    (read,) = csv.reader(written)
    back = [
        one[1:] if one.startswith("'") and one.lstrip("'").startswith(FORMULA) else one
        for one in read
    ]
    assert back == texts


def test_what_is_withheld_is_in_neither_form_nor_in_the_description(whole, tmp_path):
    set_weighing(whole)
    writing.write(whole, tmp_path)
    gone = set(building.withheld(whole))
    described = json.loads((tmp_path / "datapackage.json").read_text())
    assert len(described["resources"]) == len(TABLES) - len(gone)
    for name in gone:
        assert not [path for path in tmp_path.rglob(f"{name}.*") if path.suffix != ".py"]
    assert "Withheld, because weighing is not over" in (tmp_path / "codebook.md").read_text()
    assert Package(str(tmp_path / "datapackage.json")).validate().valid


def test_the_codebook_tells_every_column_in_both_its_forms(whole, tmp_path):
    writing.write(whole, tmp_path / "out")
    book = (tmp_path / "out" / "codebook.md").read_text()
    for table in TABLES.values():
        assert table.meaning in book
        assert all(f"\n| {column} |" in book for column in table.columns)
    page = (tmp_path / "out" / "codebook.html").read_text()
    assert all(escape(one) in page for t in TABLES.values() for one in t.columns.values())
    for unsaid in ("attribute", "number"):
        assert missing_of("rules", unsaid)


def test_every_number_has_a_unit_or_counts_nothing():
    for name, table in TABLES.items():
        for column in table.columns:
            if kind_of(name, column) in (Kind.INTEGER, Kind.NUMBER):
                assert bool(unit_of(name, column)) != (column in NUMBERED), (name, column)


def test_every_code_named_is_of_a_column_there_is():
    assert all(column in TABLES[table].columns for table, column in VALUES)
