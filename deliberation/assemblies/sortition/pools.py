"""A list of people to draw from, as a CSV file somebody has. What goes in comes out: every byte of a row, whatever is in it. Free of Django.

A row is kept as it stands in the file (quotes, line breaks within cells, spaces, columns nobody asked about) and taken apart beside it; a list that goes out is made of
rows as they stand. Stands alone: the files to check a draw by hold a copy of this one.
"""

import csv
import io
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

LONGEST = 10 * 2**20  # bytes
MOST = 20_000  # people
DELIMITERS = ",;\t"
ENCODINGS = {b"\xff\xfe": "utf-16-le", b"\xfe\xff": "utf-16-be"}
NEVER_TEXT = "\x00"


class PoolUnreadable(ValueError):
    """A file that holds no list of people. `code` is stable; `line`: where in the file, from 1, or 0."""

    def __init__(self, code: str, line: int = 0) -> None:
        self.code = code
        self.line = line
        super().__init__(f"{code} in line {line}" if line else code)


@dataclass(frozen=True, slots=True)
class People:
    """The list: `records` as they stand in the file, the header first, and of each the number of its person (None: the header, or an empty line)."""

    encoding: str
    delimiter: str
    columns: tuple[str, ...]
    records: tuple[tuple[str, int | None], ...]
    rows: tuple[tuple[str, ...], ...]
    lines: tuple[int, ...]

    def column(self, name: str) -> list[str]:
        """The cells of a column, without the spaces around them. Raises ValueError where there is no such column."""
        place = self.columns.index(name)
        return [row[place].strip() for row in self.rows]


def read(content: bytes) -> People:
    """Take a file apart. Raises PoolUnreadable: too_large, not_text, not_csv, no_columns, twice_a_column, nobody, ragged."""
    if len(content) > LONGEST:
        raise PoolUnreadable("too_large")
    encoding, text = _decoded(content)
    delimiter = _delimiter(text)
    columns, records, rows, lines = _parted(text, delimiter)
    if not rows:
        raise PoolUnreadable("nobody")
    if len(rows) > MOST:
        raise PoolUnreadable("too_many")
    return People(encoding, delimiter, columns, tuple(records), tuple(rows), tuple(lines))


def write(people: People, which: Collection[int], more: Mapping[str, Sequence[str]]) -> bytes:
    """The rows of these people in the order of the file, as they stand there, each followed by `more`: name of a column -> a cell for every person of the file."""
    wanted, out = set(which), []
    whole = len(wanted) == len(people.rows)
    for number, (record, person) in enumerate(people.records):
        if number == 0:
            out.append(_longer(record, list(more), people.delimiter))
        elif person in wanted and person is not None:
            cells = [column[person] for column in more.values()]
            out.append(_longer(record, cells, people.delimiter))
        elif person is None and whole:
            out.append(record)
    return "".join(out).encode(people.encoding)


def ids_in(content: bytes, column: str) -> list[tuple[str, dict[str, str]]]:
    """Of each row of a list that comes back, the id and all cells by column. Raises PoolUnreadable, no_such_column too."""
    came = read(content)
    if column not in came.columns:
        raise PoolUnreadable("no_such_column")
    rows = (dict(zip(came.columns, row, strict=True)) for row in came.rows)
    return [(row[column].strip(), row) for row in rows]


def _decoded(content: bytes) -> tuple[str, str]:
    """How a file is written, and its text, byte-order mark and all: encoding the text gives the same bytes."""
    known = ENCODINGS.get(content[:2])
    for encoding in (known,) if known else ("utf-8", "cp1252"):
        try:
            text = content.decode(encoding)
        except UnicodeDecodeError:
            continue
        if NEVER_TEXT in text:
            break
        return encoding, text
    raise PoolUnreadable("not_text")


def _delimiter(text: str) -> str:
    """The one of comma, semicolon and tab that stands most often in the first line, outside of quotes."""
    first, quoted = dict.fromkeys(DELIMITERS, 0), False
    for letter in text:
        if letter == '"':
            quoted = not quoted
        elif letter in "\r\n" and not quoted:
            break
        elif letter in first and not quoted:
            first[letter] += 1
    return max(DELIMITERS, key=lambda one: first[one])


def _parted(
    text: str, delimiter: str
) -> tuple[tuple[str, ...], list[tuple[str, int | None]], list[tuple[str, ...]], list[int]]:
    lines = list(io.StringIO(text, newline=""))
    reader = csv.reader(iter(lines), delimiter=delimiter, strict=True)
    columns: tuple[str, ...] = ()
    records: list[tuple[str, int | None]] = []
    rows: list[tuple[str, ...]] = []
    began: list[int] = []
    done = 0
    try:
        for cells in reader:
            record, start, done = "".join(lines[done : reader.line_num]), done + 1, reader.line_num
            if not columns:
                columns = _named(cells)
                records.append((record, None))
            elif not any(cell.strip() for cell in cells):
                records.append((record, None))
            elif len(cells) != len(columns):
                raise PoolUnreadable("ragged", start)
            else:
                records.append((record, len(rows)))
                rows.append(tuple(cells))
                began.append(start)
    except csv.Error as wrong:
        raise PoolUnreadable("not_csv", done + 1) from wrong
    return columns, records, rows, began


def _named(cells: list[str]) -> tuple[str, ...]:
    names = tuple(cell.strip().strip("\ufeff").strip('"') for cell in cells)
    if not names or not all(names):
        raise PoolUnreadable("no_columns", 1)
    if len(set(names)) != len(names):
        raise PoolUnreadable("twice_a_column", 1)
    return names


def _longer(record: str, cells: Sequence[str], delimiter: str) -> str:
    """A row as it stands, with cells behind it."""
    body = record.rstrip("\r\n")
    return body + "".join(delimiter + _cell(one) for one in cells) + record[len(body) :]


def _cell(text: str) -> str:
    return '"' + text.replace('"', '""') + '"' if any(c in text for c in ',;\t"\r\n') else text
