"""The same rows in every form: a workbook LibreOffice opens as it is meant, Parquet, and linked data that leads from a clause to the words."""

import csv
import io
import shutil
import subprocess
from pathlib import Path

import duckdb
import openpyxl
import pytest
import rdflib
from hypothesis import given
from hypothesis import strategies as st

from deliberation.exports import linked, parquet, writing, xlsx
from deliberation.exports.csv_form import FORMULA, as_json, cells, cells_of, harmless
from deliberation.exports.csv_form import line as as_line
from deliberation.exports.tables import TABLES
from deliberation.exports.xlsx import LONGEST_CELL, Sheet, pieces
from tests.deliberation.exports.conftest import AWKWARD, rows_in

OFFICE = shutil.which("soffice")
LINK = "https://example.org/" + "a" * 3000
TEXTS = [
    *(f"{start}1+1" for start in FORMULA), AWKWARD, LINK, "_x0041_ and \x07 bell", "a\r\nb\rc", "<b>&amp;</b>", "'=1", "\ufffe", "TRUE", "007", "1e5",
]  # fmt: skip
WAY = """
    PREFIX prov: <http://www.w3.org/ns/prov#> PREFIX gw: <urn:groundwork:term:>
    SELECT ?response WHERE {
        ?clause a gw:Clause ; prov:wasDerivedFrom ?value . ?value a gw:Value ; prov:wasDerivedFrom ?card .
        ?card prov:wasGeneratedBy ?reading . ?reading prov:used ?revision . ?revision prov:specializationOf ?response }
"""


def written(path, texts=TEXTS, name="texts"):
    rows = [{"n": n, "text": text, "is": n % 2 == 0, "none": None} for n, text in enumerate(texts)]
    lines = [(as_json(row), row) for row in rows]
    return xlsx.write(path, [Sheet(name, ["n", "text", "is", "none"], lines, len(rows), 100)])


def test_a_workbook_holds_every_text_as_text(tmp_path):
    told = written(tmp_path / "book.xlsx")
    book = openpyxl.load_workbook(tmp_path / "book.xlsx")
    cells = list(book["texts"].iter_rows(min_row=2))
    assert {row[1].data_type for row in cells} == {"s"}
    assert [row[0].value for row in cells] == list(range(len(TEXTS)))
    assert [row[2].value for row in cells] == [
        "false" if n % 2 else "true" for n in range(len(TEXTS))
    ]
    read = [openpyxl.utils.escape.unescape(row[1].value) for row in cells]
    assert [one.replace("\r\n", "\n") for one in read] == [harmless(t).replace("\r\n", "\n") for t in TEXTS]  # fmt: skip
    assert (told.split, told.left_out) == (0, {})


def test_what_a_cell_cannot_hold_goes_on_and_is_counted(tmp_path):
    long = "👩" * LONGEST_CELL + "end"
    told = written(tmp_path / "book.xlsx", ["short", long])
    book = openpyxl.load_workbook(tmp_path / "book.xlsx", read_only=True)
    first = list(book["texts"].values)[2][1]
    more = [row for row in book["continued"].values if row[0] == "texts"]
    assert told.split == 1
    assert [row[1:4] for row in more] == [("1", "text", n) for n in (2, 3)]
    assert first + "".join(row[4] for row in more) == long
    assert all(len(p.encode("utf-16-le")) // 2 <= LONGEST_CELL for p in pieces(long))


def test_a_table_longer_than_a_sheet_is_left_out_and_named(tmp_path):
    told = xlsx.write(tmp_path / "b.xlsx", [Sheet("long", ["n"], [], 2_000_000, 1)])
    assert told.left_out == {"long": 2_000_000}
    assert openpyxl.load_workbook(tmp_path / "b.xlsx").sheetnames == ["continued"]


@pytest.mark.skipif(OFFICE is None, reason="LibreOffice is not installed")
def test_libreoffice_opens_it_without_a_formula_and_with_every_text(tmp_path):
    written(tmp_path / "book.xlsx")
    profile = f"-env:UserInstallation=file://{tmp_path}/profile"
    subprocess.run(
        [OFFICE, profile, "--headless", "--convert-to", "fods", "--outdir", str(tmp_path), str(tmp_path / "book.xlsx")],
        check=True, capture_output=True, timeout=120,
    )  # fmt: skip
    flat = (tmp_path / "book.fods").read_text()
    assert "table:formula" not in flat
    assert LINK in flat
    subprocess.run(
        [OFFICE, profile, "--headless", "--convert-to", "csv:Text - txt - csv (StarCalc):44,34,76", "--outdir", str(tmp_path), str(tmp_path / "book.xlsx")],
        check=True, capture_output=True, timeout=120,
    )  # fmt: skip
    with Path(tmp_path / "book.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.reader(file))[1:]
    kept = [row[1] for row in rows]
    plain = [n for n, text in enumerate(TEXTS) if text.isprintable()]
    assert [kept[n] for n in plain] == [harmless(TEXTS[n]) for n in plain]


@pytest.mark.filterwarnings(
    "ignore:.*ConjunctiveGraph:DeprecationWarning"
)  # rdflib warns of itself
def test_every_form_has_the_same_rows_and_the_thread_leads_back_to_the_words(whole, tmp_path):
    manifest = writing.write(whole, tmp_path)
    assert manifest["parquet"] == parquet.WRITTEN
    book = openpyxl.load_workbook(tmp_path / "tables.xlsx", read_only=True)
    for name, table in TABLES.items():
        exact = rows_in(tmp_path, name)
        packed = duckdb.read_parquet(str(tmp_path / f"parquet/{name}.parquet"))
        assert packed.columns == list(table.columns)
        assert len(packed.fetchall()) == len(exact) == manifest["rows"][name]
        assert book[name].max_row in (None, len(exact) + 1)
        assert len(list(book[name].values)) == len(exact) + 1
    texts = duckdb.read_parquet(str(tmp_path / "parquet/judgements.parquet"))
    assert texts.filter("answer = 'depends'").project("reason").fetchall() == [(AWKWARD.strip(),)]
    thread = rdflib.Graph().parse(tmp_path / "graph/thread.jsonld", format="json-ld")
    (found,) = {str(row.response) for row in thread.query(WAY)}
    assert found == linked.urn(rows_in(tmp_path, "responses")[0]["response"])


def test_without_duckdb_a_package_says_that_it_has_no_parquet(tmp_path, monkeypatch):
    monkeypatch.setattr(parquet.importlib.util, "find_spec", lambda name: None)
    with parquet.squaring(tmp_path) as squares:
        squares.take("responses")
        assert "not written" in squares.written()
    assert not (tmp_path / "parquet").exists()


def test_a_table_parquet_cannot_hold_ends_the_package(tmp_path):
    (tmp_path / "responses.jsonl").write_text("no row\n")
    with parquet.squaring(tmp_path) as squares:
        squares.take("responses")
        with pytest.raises(duckdb.Error):
            squares.written()


@given(st.lists(st.text(), min_size=1, max_size=5))
def test_rows_that_need_no_care_look_as_if_it_had_been_taken(texts):
    row = {**{str(n): text for n, text in enumerate(texts)}, "n": 1, "is": True, "none": None, "list": texts}  # fmt: skip
    line = as_json(row)
    slow = xlsx._row(xlsx._fitted(Sheet("s", list(row), [], 1, 1), row, []))
    if xlsx._is_plain(line):
        assert xlsx._plain_row(row.values()) == slow
    written = io.StringIO(newline="")
    csv.writer(written, lineterminator="\r\n").writerow(cells_of(row, line, (len(texts) + 1, len(texts) + 3)))  # fmt: skip
    assert written.getvalue() == as_line(cells(row))
