"""JSON Lines and XLSX as rows. Free of Django."""

import json
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from elicitation.interview.encodings import encoding_of
from elicitation.interview.tables import BadRow, Row, TableUnreadable, name_columns

LARGEST_UNPACKED = 2 * 2**30  # bytes
LARGEST_RATIO = 200  # unpacked to packed
LOOK_AHEAD = 200  # rows in which every column of a JSON Lines file shows


@dataclass(frozen=True, slots=True)
class JsonLines:
    """One object a line; a column a key."""

    path: Path
    encoding: str
    columns: tuple[str, ...]

    def rows(self) -> Iterator[Row | BadRow]:
        for line, text in _json_lines(self.path, self.encoding):
            read = _object(line, text)
            if isinstance(read, BadRow):
                yield read
            else:
                yield Row(line, {name: _text(read.get(name)) for name in self.columns})


def open_json_lines(path: Path) -> JsonLines:
    """Find the columns in the first rows. Raises TableUnreadable."""
    encoding = encoding_of(path)
    columns: dict[str, None] = {}
    for line, text in _json_lines(path, encoding):
        read = _object(line, text)
        columns.update({} if isinstance(read, BadRow) else dict.fromkeys(read))
        if line > LOOK_AHEAD:
            break
    if not columns:
        raise TableUnreadable("no_objects", 'No line holds an object such as {"text": "..."}.')
    return JsonLines(path, encoding, tuple(columns))


def _json_lines(path: Path, encoding: str) -> Iterator[tuple[int, str]]:
    try:
        with path.open(encoding=encoding, newline="\n") as file:
            yield from enumerate(file, start=1)
    except UnicodeDecodeError as bad:
        raise TableUnreadable("undecodable", f"{path.name} is not text. Save it as UTF-8.") from bad


def _object(line: int, text: str) -> dict[str, Any] | BadRow:
    if not text.strip():
        return {}
    try:
        read = json.loads(text)
    except (json.JSONDecodeError, RecursionError) as broken:
        return BadRow(line, "bad_json", f"not JSON: {broken}")
    return read if isinstance(read, dict) else BadRow(line, "no_object", "not an object")


def _text(value: Any) -> str:
    if value is None:
        return ""
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)


@dataclass(frozen=True, slots=True)
class Sheet:
    """The first sheet of a workbook."""

    path: Path
    columns: tuple[str, ...]
    encoding: str = "xlsx"

    def rows(self) -> Iterator[Row | BadRow]:
        with _first_sheet(self.path) as rows:
            next(rows, None)
            for line, values in enumerate(rows, start=2):
                cells = [_cell(value) for value in values]
                width = len(self.columns)
                if any(cells[width:]):
                    yield BadRow(line, "too_many_cells", f"cells beyond the {width} columns named")
                else:
                    full = (cells + [""] * width)[:width]
                    yield Row(line, dict(zip(self.columns, full, strict=True)))


def open_sheet(path: Path) -> Sheet:
    """Read the header of the first sheet. Raises TableUnreadable, for a workbook that unpacks too large, too."""
    _ensure_no_bomb(path)
    with _first_sheet(path) as rows:
        header = [_cell(value) for value in next(rows, ())]
    while header and not header[-1].strip():
        header.pop()
    return Sheet(path, name_columns(header))


@contextmanager
def _first_sheet(path: Path) -> Iterator[Iterator[tuple[Any, ...]]]:
    # Imported here: openpyxl loads numpy where it finds it, and the web process stays without.
    from openpyxl import load_workbook  # noqa: PLC0415
    from openpyxl.utils.exceptions import InvalidFileException  # noqa: PLC0415

    try:
        book = load_workbook(path, read_only=True, data_only=True)
    except (InvalidFileException, zipfile.BadZipFile, KeyError, ValueError) as broken:
        raise TableUnreadable(
            "bad_workbook", f"{path.name} is not a readable XLSX file."
        ) from broken
    try:
        yield book.worksheets[0].iter_rows(values_only=True)
    finally:
        book.close()


def _ensure_no_bomb(path: Path) -> None:
    try:
        with zipfile.ZipFile(path) as packed:
            unpacked = sum(part.file_size for part in packed.infolist())
    except zipfile.BadZipFile as broken:
        raise TableUnreadable(
            "bad_workbook", f"{path.name} is not a readable XLSX file."
        ) from broken
    if unpacked > min(LARGEST_UNPACKED, LARGEST_RATIO * path.stat().st_size):
        raise TableUnreadable(
            "too_large", f"{path.name} unpacks to more than can be read. Save it as CSV."
        )


def _cell(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return value.isoformat() if isinstance(value, date) else str(value)
