"""Files of answers people already have, row by row. Free of Django.

CSV (comma, semicolon or tab; RFC 4180 quoting), JSON Lines and XLSX. Nothing is repaired in silence: a row that is not well formed is
named with the line it starts on, and the rows around it are kept. Memory does not grow with the file.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

LARGEST = 500 * 2**20  # bytes
FIELDS = ("text", "id", "question", "language", "respondent")


class TableUnreadable(ValueError):
    """The file as a whole cannot be read. `code` is stable; the message says what to do."""

    def __init__(self, code: str, why: str) -> None:
        self.code = code
        super().__init__(why)


@dataclass(frozen=True, slots=True)
class Row:
    """One row: the line it starts on (1 is the first of the file) and its cells by column, exact."""

    line: int
    cells: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class BadRow:
    """A row that is not well formed, and why."""

    line: int
    code: str
    why: str


class Table(Protocol):
    """A file with named columns that can be read through more than once."""

    @property
    def encoding(self) -> str: ...

    @property
    def columns(self) -> tuple[str, ...]: ...

    def rows(self) -> Iterator[Row | BadRow]:
        """Every row after the header, blank ones too."""
        ...


def parse_mapping(text: str, columns: tuple[str, ...]) -> dict[str, str]:
    """`"text=reason,id=nr"` as field -> column. Raises ValueError that names what there is."""
    mapping = {}
    for part in text.split(","):
        field, equals, column = part.strip().partition("=")
        if not equals or field not in FIELDS:
            raise ValueError(f"{part.strip()!r} is not field=column. Fields: {', '.join(FIELDS)}.")
        if column not in columns:
            raise ValueError(f"There is no column {column!r}. There are: {', '.join(columns)}.")
        mapping[field] = column
    if "text" not in mapping:
        raise ValueError("Say which column holds the answers: text=COLUMN.")
    return mapping


def ensure_fit(path: Path) -> None:
    """Raises TableUnreadable for a file that is missing, empty or too large."""
    if not path.is_file():
        raise TableUnreadable("no_file", f"There is no file {path.name}.")
    size = path.stat().st_size
    if size == 0:
        raise TableUnreadable("empty_file", f"{path.name} is empty.")
    if size > LARGEST:
        most = LARGEST // 2**20
        raise TableUnreadable("too_large", f"{path.name} is larger than {most} MB. Split it.")


def name_columns(header: list[str]) -> tuple[str, ...]:
    """Column names, trimmed; an empty one is named by its place, a repeated one gets a number.

    Raises TableUnreadable where there are none.
    """
    names: list[str] = []
    for place, cell in enumerate(header, start=1):
        base = name = cell.strip().strip("\ufeff") or f"column {place}"
        again = 2
        while name in names:
            name, again = f"{base} ({again})", again + 1
        names.append(name)
    if not any(cell.strip() for cell in header):
        raise TableUnreadable(
            "no_header", "The first line names no columns. Put their names there."
        )
    return tuple(names)
