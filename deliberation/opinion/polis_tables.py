"""One file of a Polis export, row by row, with every mistake named by file, line and column. Free of Django and NumPy.

Plain or .gz; UTF-8 with or without a mark at its start; lines end in LF or CRLF; cells may hold line breaks; a row may have lost the
empty cells at its end, or gained some.
"""

import csv
import gzip
import io
import zlib
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO, cast

LARGEST = 2**63 - 1
MILLISECONDS = 10**11  # a larger time is not in seconds


class PolisFileError(ValueError):
    """A file, or a place in it, that cannot be used. `code` is stable; the message says where it is and what to do."""

    def __init__(self, code: str, file: str, why: str, *, line: int = 0, column: str = "") -> None:
        self.code, self.file, self.line, self.column = code, file, line, column
        place = [file]
        if line:
            place.append(f"line {line}")
        if column:
            place.append(f'column "{column}"')
        super().__init__(f"{', '.join(place)}: {why}")


@dataclass(frozen=True, slots=True)
class Choice:
    """The words a cell may hold, what each stands for, and a sentence that says so."""

    words: Mapping[str, int]
    told: str


@dataclass(frozen=True, slots=True)
class PolisTable:
    """A file with named columns. `name` is the file's; rows have as many cells as `columns`."""

    path: Path
    columns: tuple[str, ...]

    @property
    def name(self) -> str:
        return self.path.name

    def place(self, column: str) -> int:
        """Where a column stands. Raises PolisFileError if it is missing."""
        if column not in self.columns:
            there = ", ".join(self.columns[:12])
            raise PolisFileError(
                "column_missing",
                self.name,
                f'there is no column "{column}". There are: {there}. Export the file again, or name the column so.',
                line=1,
            )
        return self.columns.index(column)

    def optional(self, column: str) -> int | None:
        """Where a column stands, or None."""
        return self.columns.index(column) if column in self.columns else None

    def rows(self) -> Iterator[tuple[int, list[str]]]:
        """The line each row begins on, and its cells. Blank ones are passed over. Raises PolisFileError."""
        width = len(self.columns)
        with _opened(self.path) as records:
            next(records)
            for line, cells in records:
                if len(cells) != width:
                    cells = self._fitted(line, cells, width)
                if any(cells):
                    yield line, cells

    def _fitted(self, line: int, cells: list[str], width: int) -> list[str]:
        if any(cells[width:]):
            raise PolisFileError(
                "too_many_cells",
                self.name,
                f"{len(cells)} cells where the header names {width}. Put a text with commas in quotation marks.",
                line=line,
            )
        return cells[:width] + [""] * (width - len(cells))

    def whole(self, line: int, cells: Sequence[str], place: int) -> int:
        """A whole number that a database can hold. Raises PolisFileError."""
        text = cells[place].strip()
        try:
            number = int(text)
        except ValueError:
            number = LARGEST + 1
        if abs(number) > LARGEST:
            found = f'"{text[:40]}" is not a whole number' if text else "the cell is empty"
            raise self.wrong(line, place, "not_a_number", f"{found}. Give a whole number.")
        return number

    def chosen(self, line: int, cells: Sequence[str], place: int, choice: Choice) -> int:
        """What the word in a cell stands for. Raises PolisFileError."""
        text = cells[place].strip().lower()
        if text not in choice.words:
            why = f'"{text[:40]}" cannot stand here. {choice.told}'
            raise self.wrong(line, place, "unknown_word", why)
        return choice.words[text]

    def wrong(self, line: int, place: int, code: str, why: str) -> PolisFileError:
        """The error for a cell."""
        return PolisFileError(code, self.name, why, line=line, column=self.columns[place])


def open_polis(path: Path) -> PolisTable:
    """Read the header. Raises PolisFileError."""
    with _opened(path) as records:
        _, header = next(records, (1, []))
    names = [cell.strip() for cell in header]
    while names and not names[-1]:
        names.pop()
    if not names:
        why = "the first line names no columns. Put their names there."
        raise PolisFileError("no_header", path.name, why, line=1)
    twice = next((name for at, name in enumerate(names) if name in names[:at]), None)
    if twice is not None:
        why = f'two columns are called "{twice}". Keep one of them.'
        raise PolisFileError("column_twice", path.name, why, line=1)
    return PolisTable(path, tuple(names))


def read_pairs(path: Path) -> dict[str, str]:
    """A file of `key,value` lines without a header, as summary.csv is. Raises PolisFileError."""
    with _opened(path) as records:
        return {cells[0].strip(): ",".join(cells[1:]) for _, cells in records if cells}


def milliseconds(time: int) -> int:
    """A time as it stands in a file, which may count in seconds."""
    return time if abs(time) > MILLISECONDS else time * 1000


@contextmanager
def _opened(path: Path) -> Iterator[Iterator[tuple[int, list[str]]]]:
    """The records of a file with the line each begins on; whatever goes wrong below is told as a PolisFileError."""
    last = [0]  # the line the last whole record ended on
    try:
        with (
            _bytes(path) as raw,
            io.TextIOWrapper(raw, encoding="utf-8-sig", newline="") as text,
        ):
            yield _records(text, last)
    except csv.Error as broken:
        why = f"not well formed from here on ({broken}). Look for a quotation mark that does not close."
        raise PolisFileError("bad_quoting", path.name, why, line=last[0] + 1) from broken
    except UnicodeDecodeError as broken:
        why = "a byte that is not UTF-8. Save the file as UTF-8."
        raise PolisFileError("not_utf8", path.name, why, line=_not_utf8(path)) from broken
    except (gzip.BadGzipFile, EOFError, zlib.error) as broken:
        why = "the .gz file is broken or cut off. Download it again."
        raise PolisFileError("broken_gz", path.name, why) from broken
    except OSError as broken:
        why = f"it cannot be read ({broken.strerror}). Check the name and who may read it."
        raise PolisFileError("unreadable", path.name, why) from broken


def _bytes(path: Path) -> BinaryIO:
    return cast(BinaryIO, gzip.open(path)) if path.suffix == ".gz" else path.open("rb")


def _not_utf8(path: Path) -> int:
    """The first line that is not UTF-8; text is decoded in blocks, which alone would not tell."""
    with _bytes(path) as raw:
        for number, line in enumerate(raw, start=1):
            try:
                line.decode()
            except UnicodeDecodeError:
                return number
    return 0


def _records(text: io.TextIOWrapper, last: list[int]) -> Iterator[tuple[int, list[str]]]:
    reader = csv.reader(text, strict=True)
    for cells in reader:
        yield last[0] + 1, cells
        last[0] = reader.line_num
