"""A list of people comes out as it went in: rows byte for byte, in their order, whatever stands in them."""

import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from deliberation.assemblies.sortition import pools

AWKWARD = (
    '\ufeffid;name;"what, they said";note\r\n'
    '1;"Zoë ""Z"" O\'Neill";"two\r\nlines; and more";  spaced  \r\n'
    "\r\n"
    "2;نور;=1+1;\r\n"
    '"3";"plain";👩‍👩‍👧;"quoted for nothing"'
).encode()
CELL = st.text(
    st.characters(codec="utf-8", exclude_characters="\x00\r", exclude_categories=["Cs"]),
    max_size=12,
)


def people(n):
    return pools.read(b"id,kind\n" + b"".join(b"%d,a\n" % i for i in range(n)))


def test_a_file_goes_out_as_it_came_in():
    assert pools.write(pools.read(AWKWARD), range(3), {}) == AWKWARD


def test_rows_taken_apart_hold_what_a_spreadsheet_would_show():
    read = pools.read(AWKWARD)
    assert read.columns == ("id", "name", "what, they said", "note")
    assert read.rows[0] == ("1", 'Zoë "Z" O\'Neill', "two\r\nlines; and more", "  spaced  ")
    assert read.column("id") == ["1", "2", "3"]
    assert read.lines == (2, 5, 6)


def test_a_part_of_a_list_is_made_of_rows_as_they_stand_in_the_order_of_the_file():
    lines = AWKWARD.split(b"\r\n")
    assert pools.write(pools.read(AWKWARD), [2, 1], {}) == b"\r\n".join([lines[0], lines[4], lines[5]])  # fmt: skip


def test_columns_put_behind_are_there_when_the_list_comes_back_and_the_rest_is_untouched():
    read = pools.read(AWKWARD)
    back = pools.read(pools.write(read, range(3), {"status": ["drawn", "", 'a;"b"']}))
    assert back.columns == (*read.columns, "status")
    assert [row[:-1] for row in back.rows] == list(read.rows)
    assert back.column("status") == ["drawn", "", 'a;"b"']


@given(
    st.lists(st.lists(CELL, min_size=3, max_size=3), min_size=1, max_size=6),
    st.sampled_from([",", ";", "\t"]),
    st.sampled_from(["\n", "\r\n"]),
    st.sampled_from([csv.QUOTE_MINIMAL, csv.QUOTE_ALL, csv.QUOTE_NONNUMERIC]),
    st.sampled_from(["utf-8", "utf-8-sig", "utf-16"]),
)
def test_whatever_cells_hold_however_quoted_and_encoded(rows, delimiter, ending, quoting, encoding):
    text = io.StringIO()
    writer = csv.writer(text, delimiter=delimiter, lineterminator=ending, quoting=quoting)
    writer.writerow(["id", "kind", "note"])
    writer.writerows([str(n), *row[1:]] for n, row in enumerate(rows))
    content = text.getvalue().encode(encoding)
    read = pools.read(content)
    assert pools.write(read, range(len(rows)), {}) == content
    assert [row[1:] for row in read.rows] == [tuple(row[1:]) for row in rows]


@pytest.mark.parametrize(
    ("content", "code", "line"),
    [
        (b"id,kind\n", "nobody", 0),
        (b"", "nobody", 0),
        (b"id,\n1,a\n", "no_columns", 1),
        (b"id,id\n1,a\n", "twice_a_column", 1),
        (b"id,kind\n1,a\n2\n", "ragged", 3),
        (b'id,kind\n1,"two\nlines"\n2,b,c\n', "ragged", 4),
        (b'id,kind\n1,a\n2,"b\n3,c\n', "not_csv", 3),
        (b"id,kind\n1,\x00\n", "not_text", 0),
    ],
)
def test_a_file_that_is_no_list_is_refused_with_the_line_it_breaks_at(content, code, line):
    with pytest.raises(pools.PoolUnreadable) as refused:
        pools.read(content)
    assert (refused.value.code, refused.value.line) == (code, line)


def test_a_file_too_large_is_refused_before_it_is_taken_apart():
    with pytest.raises(pools.PoolUnreadable, match="too_large"):
        pools.read(b"x" * (pools.LONGEST + 1))


def test_a_file_of_an_old_office_program_is_read_and_written_in_its_own_letters():
    content = "id;Straße\n1;Müller€\n".encode("cp1252")
    read = pools.read(content)
    assert read.column("Straße") == ["Müller€"]
    assert pools.write(read, [0], {}) == content


def test_ids_of_a_list_that_comes_back_need_their_column():
    assert pools.ids_in(b"id,s\n 7 ,declined\n", "id") == [("7", {"id": " 7 ", "s": "declined"})]
    with pytest.raises(pools.PoolUnreadable, match="no_such_column"):
        pools.ids_in(b"nr,s\n7,declined\n", "id")
