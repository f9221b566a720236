"""Tables as one XLSX workbook, written row by row, the same byte for byte whenever the rows are. Free of Django.

Every text stands in its cell as text: one that a program might take for a formula is made harmless as in CSV, a long link is kept, and what a
cell cannot hold goes on in the sheet "continued". A table longer than a sheet is left out and named: there are CSV and Parquet.
"""

import re
import zipfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from deliberation.exports.csv_form import RISKY, cell_of, is_harmless
from deliberation.exports.zipped import member, opened

LONGEST_CELL = 32_767  # UTF-16 code units
LONGEST_SHEET = 1_048_576  # rows, with the header
BUFFER = 1 << 18  # characters
CONTINUED = "continued"
NOT_XML = re.compile("[\x00-\x08\x0b\x0c\x0d\x0e-\x1f\ufffe\uffff]|_(?=x[0-9A-Fa-f]{4}_)")
SPECIAL = re.compile(f"{NOT_XML.pattern}|[&<>]")
CARE = (
    "\\",
    "&",
    "<",
    ">",
    "_x",
    "\ufffe",
    "\uffff",
)  # a line of JSON has what XML cannot hold with a backslash
OPENED, CLOSED = '<c t="inlineStr"><is><t xml:space="preserve">', "</t></is></c>"
MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006"
HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
KIND = "application/vnd.openxmlformats-officedocument.spreadsheetml"


@dataclass
class Told:
    """`split`: cells whose text goes on in the sheet "continued"; `left_out`: tables too long for a sheet, with their rows."""

    split: int = 0
    left_out: dict[str, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Sheet:
    """A table to be written: its name, columns, rows as lines of JSON with what they say, how many there are, and about how many bytes."""

    name: str
    columns: Sequence[str]
    rows: Iterable[tuple[str, Mapping[str, Any]]]
    number: int
    size: int


def write(path: Path, sheets: Iterable[Sheet]) -> Told:
    """Write a workbook. Returns what did not fit into cells and sheets as it was."""
    told, over = Told(), list[tuple[str, str, str, int, str]]()
    names = []
    with zipfile.ZipFile(path, "w") as archive:
        for sheet in sheets:
            if sheet.number >= LONGEST_SHEET:
                told.left_out[sheet.name] = sheet.number
                continue
            names.append(sheet.name)
            _sheet(archive, len(names), _lines(sheet, over), sheet.size)
        told.split = len({place[:3] for place in over})
        names.append(CONTINUED)
        header = ("table", "row", "column", "part", "text")
        _sheet(archive, len(names), map(_row, [header, *over]), sum(len(o[-1]) for o in over))
        for name, text in _frame(names).items():
            archive.writestr(member(name), HEAD + text)
    return told


def _lines(sheet: Sheet, over: list[tuple[str, str, str, int, str]]) -> Iterator[str]:
    yield _row(sheet.columns)
    for line, row in sheet.rows:
        if _is_plain(line):
            yield _plain_row(row.values())
        else:
            yield _row(_fitted(sheet, row, over))


def _fitted(sheet: Sheet, row: Mapping[str, Any], over: list[tuple[str, str, str, int, str]]) -> Sequence[Any]:  # fmt: skip
    """The cells of a row; what is too long for one goes on in `over`."""
    cells = list(row.values())
    for place, value in enumerate(cells):
        if _needs_care(value):
            text = cell_of(value)
            parts = pieces(text) if len(text) > LONGEST_CELL // 2 else [text]
            cells[place] = parts[0]
            key = str(next(iter(row.values())))
            for number, part in enumerate(parts[1:], 2):
                over.append((sheet.name, key, sheet.columns[place], number, part))
    return cells


def _is_plain(line: str) -> bool:
    """Whether every text of a row stands in its cell letter for letter; asked of its line of JSON, for then a row costs as much as a cell."""
    return len(line) <= LONGEST_CELL // 2 and is_harmless(line) and not any(one in line for one in CARE)  # fmt: skip


def _plain_row(values: Iterable[Any]) -> str:
    cells = [f"{OPENED}{v}{CLOSED}" if type(v) is str and v else _plain_cell(v) for v in values]
    return f"<row>{''.join(cells)}</row>"


def _plain_cell(value: Any) -> str:
    if value is None:
        return "<c/>"
    return _cell(cell_of(value) if type(value) in (list, dict) else value)


def _needs_care(value: Any) -> bool:
    """Whether a value may be other than it is in its cell: most are not, and asked this way they cost half as much."""
    kind = type(value)
    if kind is str:
        return value[:1] in RISKY or len(value) > LONGEST_CELL // 2
    return kind is list or kind is dict


def pieces(text: str) -> list[str]:
    """A text in pieces a cell can hold; together they are the text."""
    found, start, length = [], 0, 0
    for at, char in enumerate(text):
        width = 2 if ord(char) > 0xFFFF else 1
        if length + width > LONGEST_CELL:
            found.append(text[start:at])
            start, length = at, 0
        length += width
    return [*found, text[start:]]


def _sheet(archive: zipfile.ZipFile, number: int, lines: Iterable[str], size: int) -> None:
    told = member(f"xl/worksheets/sheet{number}.xml")
    with (
        opened(archive, told, size * 3) as out,
        ThreadPoolExecutor(1) as beside,  # packing needs no turn of Python's
    ):
        before: Future[int] | None = None
        for block in _blocks(lines):
            if before:
                before.result()
            before = beside.submit(out.write, block)
        if before:
            before.result()


def _blocks(lines: Iterable[str]) -> Iterator[bytes]:
    waiting, length = [f'{HEAD}<worksheet xmlns="{MAIN}"><sheetData>'], 0
    for text in lines:
        waiting.append(text)
        length += len(text)
        if length > BUFFER:
            yield "".join(waiting).encode()
            waiting, length = [], 0
    yield "".join((*waiting, "</sheetData></worksheet>")).encode()


def _row(cells: Iterable[Any]) -> str:
    return "".join(("<row>", *map(_cell, cells), "</row>"))


def _cell(value: Any) -> str:
    if value is None or value == "":
        return "<c/>"
    if value is True or value is False:
        value = cell_of(value)  # LibreOffice makes formulas of the format's own truth
    if type(value) is str:
        text = _text(value) if SPECIAL.search(value) else value
        return f"{OPENED}{text}{CLOSED}"
    return f"<c><v>{value!r}</v></c>"


def _text(text: str) -> str:
    """A text as the format spells it: what XML cannot hold as _xHHHH_, and what looks like that with its underscore spelt out."""
    if NOT_XML.search(text):
        text = NOT_XML.sub(lambda found: f"_x{ord(found[0]):04X}_", text)
    if "&" in text or "<" in text or ">" in text:
        text = text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    return text


def _frame(names: Sequence[str]) -> Mapping[str, str]:
    """The parts that say what the workbook holds."""
    numbers = range(1, len(names) + 1)
    sheets = "".join(f'<sheet name="{names[n - 1]}" sheetId="{n}" r:id="rId{n}"/>' for n in numbers)
    parts = "".join(
        f'<Override PartName="/xl/worksheets/sheet{n}.xml" ContentType="{KIND}.worksheet+xml"/>'
        for n in numbers
    )
    links = "".join(
        f'<Relationship Id="rId{n}" Type="{OFFICE}/worksheet" Target="worksheets/sheet{n}.xml"/>'
        for n in numbers
    )
    return {
        "[Content_Types].xml": f'<Types xmlns="{PACKAGE}/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Override PartName="/xl/workbook.xml" ContentType="{KIND}.sheet.main+xml"/>{parts}</Types>',
        "_rels/.rels": f'<Relationships xmlns="{PACKAGE}/relationships"><Relationship Id="rId1" Type="{OFFICE}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
        "xl/workbook.xml": f'<workbook xmlns="{MAIN}" xmlns:r="{OFFICE}"><sheets>{sheets}</sheets></workbook>',
        "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{PACKAGE}/relationships">{links}</Relationships>',
    }
