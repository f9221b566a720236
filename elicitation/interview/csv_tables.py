"""CSV as a stream of rows that knows on which line each begins. Free of Django.

Lines are put together into records here, because Python's csv module, which then takes each record apart, would let one quotation mark
that never closes swallow the rest of the file.
"""

import csv
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from elicitation.interview.encodings import encoding_of
from elicitation.interview.tables import BadRow, Row, TableUnreadable, name_columns

BLOCK = 256 * 1024  # characters
LONGEST_CELL = 1_000_000  # characters; an open quotation mark must not swallow the file
csv.field_size_limit(2 * LONGEST_CELL)
DELIMITERS = ",;\t"


@dataclass(frozen=True, slots=True)
class CsvTable:
    """Delimited text. `delimiter` is one of comma, semicolon, tab."""

    path: Path
    encoding: str
    delimiter: str
    columns: tuple[str, ...]

    def rows(self) -> Iterator[Row | BadRow]:
        width = len(self.columns)
        records = split(self.path, self.encoding, self.delimiter)
        next(records, None)
        for record in records:
            if isinstance(record, BadRow):
                yield record
                continue
            line, cells = record
            if cells == [""]:
                cells = [""] * width
            if len(cells) != width:
                few = "too_few_cells" if len(cells) < width else "too_many_cells"
                yield BadRow(line, few, f"{len(cells)} cells where the header names {width}")
            else:
                yield Row(line, dict(zip(self.columns, cells, strict=True)))


def open_csv(path: Path) -> CsvTable:
    """Read the header. Raises TableUnreadable."""
    encoding = encoding_of(path)
    with path.open(encoding=encoding, newline="", errors="replace") as file:
        start = file.read(BLOCK)
    delimiter = _delimiter(start, path.suffix.lower())
    header = next(split(path, encoding, delimiter), None)
    if header is None or isinstance(header, BadRow):
        raise TableUnreadable(
            "no_header", "The first line names no columns. Put their names there."
        )
    return CsvTable(path, encoding, delimiter, name_columns(header[1]))


def _delimiter(start: str, suffix: str) -> str:
    """The delimiter that stands most often in the first line, outside quotation marks."""
    first = re.sub(r'"[^"]*"', "", start.split("\n", 1)[0])
    if suffix == ".tsv" and "\t" in first:
        return "\t"
    return max(DELIMITERS, key=first.count)


def split(path: Path, encoding: str, delimiter: str) -> Iterator[tuple[int, list[str]] | BadRow]:
    """Records of a file as (line, cells), or what is wrong with them. Raises TableUnreadable on bad bytes."""
    pending: list[str] = []
    start, open_mark, length = 1, False, 0
    for line, text in enumerate(_lines(path, encoding), start=1):
        pending.append(text)
        open_mark ^= text.count('"') % 2 == 1
        length += len(text)
        if not open_mark:
            yield _record("".join(pending), start, delimiter)
        elif length > LONGEST_CELL:
            yield from _unclosed(pending, start, delimiter)
        else:
            continue
        pending, start, open_mark, length = [], line + 1, False, 0
    if pending:
        yield from _unclosed(pending, start, delimiter)


def _unclosed(
    pending: list[str], start: int, delimiter: str
) -> Iterator[tuple[int, list[str]] | BadRow]:
    """A mark that never closes spoils its own row only: the lines after it are read as rows of their own."""
    for line, text in enumerate(pending, start=start):
        if text.count('"') % 2:
            yield BadRow(line, "unclosed_quote", "a quotation mark opens here and does not close")
        else:
            yield _record(text, line, delimiter)


def _record(record: str, line: int, delimiter: str) -> tuple[int, list[str]] | BadRow:
    try:
        return line, next(csv.reader([record], delimiter=delimiter, strict=True), [""]) or [""]
    except csv.Error as wrong:
        return BadRow(line, "bad_quoting", f"not well formed: {wrong}")


def _lines(path: Path, encoding: str) -> Iterator[str]:
    """Lines with their breaks; only LF ends one, so that a CR inside a cell stays as it is."""
    try:
        with path.open(encoding=encoding, newline="\n") as file:
            yield from file
    except UnicodeDecodeError as bad:
        raise TableUnreadable(
            "undecodable",
            f"Byte {bad.start} of {path.name} does not fit its encoding ({encoding}). "
            "Save the file as UTF-8 and try again.",
        ) from bad
