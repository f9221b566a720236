"""The twelve real conversations of ../shared/data/polis, read as plainly as can be."""

import csv
import gzip
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from deliberation.opinion.votes import Votes, gather
from tests.benchmarks.figures import DATA

POLIS = DATA / "polis"
LARGEST = "american-assembly.bowling-green"
AGREEING = (  # whose published groups Polis' own math gives again
    "bg2050-volunteers",
    "scoop-hivemind.biodiversity",
    "austria-climate.5twd2jsnkf.2022-08-08",
    "ssis.land-bank-farmland.2rumnecbeh.2021-08-01",
    "vtaiwan.uberx",
)


@dataclass(frozen=True, slots=True)
class Conversation:
    """`cells` (n, m): votes, NaN where none; `published` (n,): groups, -1 where none; `out`: ids of statements moderated out or meta."""

    name: str
    people: NDArray[np.int64]
    statements: NDArray[np.int64]
    cells: NDArray[np.float64]
    published: NDArray[np.int64]
    out: list[int]

    def log(self, rows: NDArray[Any], names: NDArray[Any]) -> tuple[NDArray[Any], ...]:
        """A log of the votes in those rows, with each person's name: person, statement, time, vote."""
        row, column = np.nonzero(np.isfinite(self.cells[rows]))
        vote = self.cells[rows][row, column].astype(np.int8)
        return names[row], self.statements[column], np.zeros(len(row), np.int64), vote

    def votes(self, rows: NDArray[Any], names: NDArray[Any]) -> Votes:
        """The same, gathered."""
        return gather(*self.log(rows, names))


def conversations() -> Iterator[Conversation]:
    """All that are here, by name."""
    for folder in sorted(path for path in POLIS.glob("*") if (path / "summary.csv").exists()):
        yield conversation(folder)


def conversation(folder: Path) -> Conversation:
    """One conversation in Polis' export form."""
    path = folder / "participants-votes.csv.gz"
    with gzip.open(path, "rt", encoding="utf-8", newline="") as file:
        head, *rows = csv.reader(file)
    first, group = head.index("n-disagree") + 1, head.index("group-id")
    with (folder / "comments.csv").open(encoding="utf-8", newline="") as file:
        out = [int(row["comment-id"]) for row in csv.DictReader(file) if _is_out(row)]
    return Conversation(
        folder.name,
        np.array([int(row[0]) for row in rows]),
        np.array([int(one) for one in head[first:]]),
        np.array([[float(cell or "nan") for cell in row[first:]] for row in rows]),
        np.array([int(row[group] or -1) for row in rows]),
        out,
    )


def _is_out(row: dict[str, str]) -> bool:
    return row["moderated"] == "-1" or row.get("is-meta") == "true"
