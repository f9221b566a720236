"""The cells of a row as a spreadsheet opens them without harm, in CSV (RFC 4180) and in XLSX. Free of Django.

A text that a spreadsheet would take for a formula gets an apostrophe before it; JSON Lines hold it as it was written. Lists and objects are JSON in a cell,
truth is true or false, nothing is an empty cell.
"""

import csv
import io
import json
import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

FORMULA = (
    "=",
    "+",
    "-",
    "@",
    "\t",
    "\r",
    "＝",
    "＋",
    "－",
    "＠",
)  # as OWASP lists them (CSV injection)
RISKY = {*FORMULA, "'"}
BEGINNINGS = re.compile(  # in JSON; one search costs a quarter of a look for each
    "|".join(re.escape(json.dumps(char, ensure_ascii=False)[:-1]) for char in sorted(RISKY))
)

as_json = json.JSONEncoder(ensure_ascii=False).encode


def line(cells: Iterable[str]) -> str:
    """A line of CSV with its end."""
    out = io.StringIO()
    csv.writer(out, lineterminator="\r\n").writerow(cells)
    return out.getvalue()


def cells(row: Mapping[str, Any]) -> list[str]:
    """The cells of a row, in its order."""
    return [cell_of(value) for value in row.values()]


def is_harmless(line: str) -> bool:
    """Whether no text in a row's line of JSON begins as a formula might. Few do, and asked this way a row costs as much as a cell."""
    return not BEGINNINGS.search(line)


def cells_of(row: Mapping[str, Any], line: str, odd: Sequence[int]) -> Sequence[Any]:
    """The cells of a row, given its line of JSON, for a csv.writer; `odd`: where it has truths, lists and objects."""
    if not is_harmless(line):
        return cells(row)
    found = list(row.values())
    for place in odd:
        found[place] = cell_of(found[place])
    return found


def harmless(text: str) -> str:
    """A text no spreadsheet takes for a formula: an apostrophe more, which can be taken away again without a doubt."""
    return f"'{text}" if text.lstrip("'").startswith(FORMULA) else text


def cell_of(value: Any) -> str:
    """A value as a cell has it."""
    if isinstance(value, str):
        return harmless(value) if value[:1] in RISKY else value
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, list | dict):
        return as_json(value)
    return str(value)
