"""Reading files: what people wrote comes back exactly, and what is wrong is named with its line."""

import csv
import io
import json
import tracemalloc

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import Workbook

from elicitation.interview.encodings import encoding_of
from elicitation.interview.opening import guess, open_table
from elicitation.interview.tables import BadRow, Row, TableUnreadable, parse_mapping

# Anything a spreadsheet can hold; CR alone ends a line for some writers and is left out.
cell = st.text(
    st.characters(exclude_categories=["Cs"], exclude_characters="\x00\r\ufeff"), max_size=30
)
JAPANESE = "id,意見\n1,川のそばに静かな場所がほしいです。子どもたちが安全に遊べるように。\n2,ベンチと木陰が大切だと思います。\n"
FRENCH = (
    "id;réponse\n1;Je veux des bancs à l’ombre, près de l’école.\n2;« Du calme », c’est tout.\n"
)


def write(tmp_path, content, name="answers.csv", encoding="utf-8"):
    path = tmp_path / name
    path.write_bytes(content if isinstance(content, bytes) else content.encode(encoding))
    return path


def read(path):
    return list(open_table(path).rows())


@given(rows=st.lists(st.tuples(cell, cell), min_size=1, max_size=6), data=st.data())
def test_cells_come_back_exactly_whatever_stands_in_them(tmp_path_factory, rows, data):
    encoding = data.draw(st.sampled_from(["utf-8", "utf-8-sig", "utf-16"]))
    out = io.StringIO(newline="")
    csv.writer(out, quoting=csv.QUOTE_ALL).writerows([("a", "b"), *rows])
    path = write(tmp_path_factory.mktemp("csv"), out.getvalue(), encoding=encoding)
    found = read(path)
    assert [tuple(row.cells.values()) for row in found] == rows


@pytest.mark.parametrize(
    ("content", "encoding", "told"),
    [
        (JAPANESE, "cp932", "cp932"),
        (FRENCH, "cp1252", "cp1252"),
        (FRENCH, "utf-8", "utf-8"),
        (FRENCH, "utf-8-sig", "utf-8-sig"),
        (JAPANESE, "utf-16", "utf-16"),
        (FRENCH, "utf-16-le", "utf-16-le"),
        (FRENCH, "utf-16-be", "utf-16-be"),
    ],
)
def test_the_encoding_is_told_and_no_letter_changes(tmp_path, content, encoding, told):
    path = write(tmp_path, content, encoding=encoding)
    assert encoding_of(path) == told
    assert [list(row.cells.values())[1] for row in read(path)] == [
        line.split(";" if ";" in line else ",", 1)[1] for line in content.splitlines()[1:]
    ]


def test_each_bad_row_is_named_with_its_line_and_the_good_ones_are_kept(tmp_path):
    path = write(tmp_path, 'id,text\n1,"two\nlines"\n2\n3,a,b\n4,"x"y\n5,fine\n\n6,also fine\n')
    found = read(path)
    assert [(r.line, r.code) for r in found if isinstance(r, BadRow)] == [
        (4, "too_few_cells"),
        (5, "too_many_cells"),
        (6, "bad_quoting"),
    ]
    good = [(r.line, r.cells["text"]) for r in found if isinstance(r, Row)]
    assert good == [(2, "two\nlines"), (7, "fine"), (8, ""), (9, "also fine")]


def test_a_quotation_mark_that_never_closes_spoils_its_own_row_only(tmp_path):
    found = read(write(tmp_path, 'id,text\n1,"open\n2,fine\n3,fine too\n'))
    assert [(r.line, isinstance(r, BadRow)) for r in found] == [(2, True), (3, False), (4, False)]


def test_line_breaks_inside_cells_keep_their_kind(tmp_path):
    found = read(write(tmp_path, 'id,text\r\n1,"a\r\nb"\r\n2,c\r\n'))
    assert [r.cells["text"] for r in found] == ["a\r\nb", "c"]
    assert [r.line for r in found] == [2, 4]


@pytest.mark.parametrize("delimiter", [";", "\t", ","])
def test_the_delimiter_is_told_from_the_header(tmp_path, delimiter):
    (row,) = read(write(tmp_path, f"id{delimiter}text\n1{delimiter}hello there\n"))
    assert row.cells == {"id": "1", "text": "hello there"}


def test_json_lines_name_what_is_no_object_and_keep_the_rest(tmp_path):
    lines = [json.dumps({"text": "a\nb", "n": 3}), "{broken", "[1]", "", json.dumps({"text": None})]
    found = read(write(tmp_path, "\n".join(lines), "answers.jsonl"))
    assert [(r.line, r.code) for r in found if isinstance(r, BadRow)] == [
        (2, "bad_json"),
        (3, "no_object"),
    ]
    assert [r.cells["text"] for r in found if isinstance(r, Row)] == ["a\nb", "", ""]


def test_a_workbook_is_read_from_its_first_sheet(tmp_path):
    book = Workbook()
    for row in [("id", "answer", None), (1, "=1+1 is two\nlines"), (2.0, True), (None, None)]:
        book.active.append(row)
    book.save(tmp_path / "a.xlsx")
    found = read(tmp_path / "a.xlsx")
    assert [dict(r.cells) for r in found][1:] == [
        {"id": "2", "answer": "true"},
        {"id": "", "answer": ""},
    ]


@pytest.mark.parametrize(
    ("name", "content", "code"),
    [
        ("a.csv", b"", "empty_file"),
        ("a.csv", b"\n1,2\n", "no_header"),
        ("a.xlsx", b"PK not a zip", "bad_workbook"),
        ("a.xls", b"\xd0\xcf\x11\xe0\xa1\xb1", "old_workbook"),
        ("a.jsonl", b"nothing here\n", "no_objects"),
    ],
)
def test_a_file_that_cannot_be_read_says_why(tmp_path, name, content, code):
    with pytest.raises(TableUnreadable) as refused:
        read(write(tmp_path, content, name))
    assert refused.value.code == code


def test_columns_of_the_same_name_stay_apart(tmp_path):
    (row,) = read(write(tmp_path, "text,text,\na,b,c\n"))
    assert row.cells == {"text": "a", "text (2)": "b", "column 3": "c"}


def test_columns_are_guessed_by_name_and_else_by_the_longest_words():
    assert guess(["Nr", "Antwort", "Sprache"], []) == {
        "id": "Nr",
        "text": "Antwort",
        "language": "Sprache",
    }
    rows = [{"x": "1", "what people said": "a long sentence about the river"}]
    assert guess(["x", "what people said"], rows) == {"text": "what people said"}


@pytest.mark.parametrize(
    ("typed", "told"), [("text=b", "no column 'b'"), ("id=a", "text=COLUMN"), ("txt=a", "Fields:")]
)
def test_a_wrong_mapping_is_told_what_there_is(typed, told):
    with pytest.raises(ValueError, match=told):
        parse_mapping(typed, ("a",))


def test_memory_stays_flat_over_a_hundred_thousand_rows(tmp_path):
    path = tmp_path / "many.csv"
    with path.open("w") as out:
        out.write("id,text\n")
        out.writelines(f'{n},"an answer of some length, number {n}"\n' for n in range(100_000))
    table = open_table(path)
    tracemalloc.start()
    count = sum(1 for _ in table.rows())
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert count == 100_000
    assert peak < 5_000_000
