"""A table of arguments in, the same rows with the 20 value categories as 0 or 1 out. Free of Django."""

import csv
from dataclasses import dataclass
from pathlib import Path

from elicitation.extraction.families import CATEGORIES, Families, families

NEEDED = ("id", "premise")


class UnreadableTable(Exception):
    """The file cannot be read as a table of arguments; the message says why and what to do."""


@dataclass(frozen=True, slots=True)
class Argument:
    """One row: `stance` and `conclusion` may be empty."""

    id: str
    premise: str
    stance: str
    conclusion: str


def arguments(path: Path) -> list[Argument]:
    """All rows of a CSV file in their order, ids as they are. UTF-8, with or without a mark at the start.

    Raises UnreadableTable for a missing file or column, another encoding, or a row with more cells than columns.
    """
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            table = csv.DictReader(file, strict=True)
            _refuse_missing(path, [name.strip() for name in table.fieldnames or []])
            table.fieldnames = [name.strip() for name in table.fieldnames or []]
            return [_argument(row, table.line_num) for row in table]
    except UnicodeDecodeError as broken:
        raise UnreadableTable(f"{path} is not UTF-8 (byte {broken.start}); save it so.") from broken
    except OSError as broken:
        raise UnreadableTable(f"{path} cannot be read: {broken.strerror}.") from broken
    except csv.Error as broken:
        raise UnreadableTable(f"{path} is not a CSV file: {broken}.") from broken


def label(rows: list[Argument]) -> Families:
    """The categories of each row, in order."""
    return families(
        [row.premise for row in rows],
        [row.stance for row in rows],
        [row.conclusion for row in rows],
    )


def write(path: Path, rows: list[Argument], found: Families) -> None:
    """`id` and a 0 or 1 for each of CATEGORIES, a line a row. Raises OSError."""
    with path.open("w", encoding="utf-8", newline="") as file:
        out = csv.writer(file, lineterminator="\n")
        out.writerow(["id", *CATEGORIES])
        for row, flags in zip(rows, found.flags.astype(int).tolist(), strict=True):
            out.writerow([row.id, *flags])


def _refuse_missing(path: Path, named: list[str]) -> None:
    missing = [name for name in NEEDED if name not in named]
    if missing:
        raise UnreadableTable(
            f"{path} has no column {' and no column '.join(map(repr, missing))}; "
            f"it has {', '.join(map(repr, named)) or 'none'}."
        )


def _argument(row: dict[str | None, str | None], line: int) -> Argument:
    if None in row:
        raise UnreadableTable(f"Line {line} has more cells than the first line has columns.")
    id_, premise, stance, conclusion = (
        row.get(name) or "" for name in ("id", "premise", "stance", "conclusion")
    )
    return Argument(id_, premise, stance, conclusion)
