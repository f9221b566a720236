"""Write a package into a folder: the tables read from the database, and everything else from these files alone. The worker's and a terminal's."""

import csv
from pathlib import Path
from typing import Any

from deliberation.assemblies.models import Assembly, Undertaking
from deliberation.exports import about, composing, copied, csv_form
from deliberation.exports.building import as_json, rows, withheld
from deliberation.exports.composing import Beside
from deliberation.exports.facts import Facts
from deliberation.exports.kinds import Kind, kind_of
from deliberation.exports.progress import Progress
from deliberation.exports.tables import TABLES
from deliberation.exports.whole import Whole

OFTEN = 2_000  # rows between two words on how far it is
ODD = (Kind.BOOLEAN, Kind.LIST, Kind.OBJECT)  # kinds whose cells are not what Python makes of them


def write(assembly: Assembly, out: Path) -> dict[str, Any]:
    """Write a whole package into the folder `out`. Returns its manifest. Raises OSError where `out` cannot be written, Leaked, FormsFailed, RulesFailed."""
    progress = Progress()
    with composing.beside(out) as at_hand:
        return composing.compose(read_out(assembly, out, progress, at_hand), out, progress, at_hand)


def read_out(
    assembly: Assembly,
    out: Path,
    progress: Progress,
    at_hand: Beside,
    under: Undertaking | None = None,
) -> Facts:
    """Write every table that is not withheld as JSON Lines and as CSV. Returns what else the database says; it is not asked after this.

    `under`: what the researcher accepted who asked for it; None for whoever runs the machine.
    """
    progress.step("tables")
    kept_back = withheld(assembly)
    told = [table for table in TABLES if table not in kept_back]
    at_hand.forms.expect(told)
    number = {}
    for table in sorted(told, key=lambda name: name not in copied.COPIED):  # the largest first
        number[table] = _table(assembly, table, out, progress)
        at_hand.take(table, number[table])
    return about.facts(assembly, kept_back, {table: number[table] for table in told}, under)


def _table(assembly: Assembly, table: str, out: Path, progress: Progress) -> int:
    number, columns = 0, list(TABLES[table].columns)
    odd = [place for place, column in enumerate(columns) if kind_of(table, column) in ODD]
    with Whole(out / f"{table}.jsonl") as exact, Whole(out / f"csv/{table}.csv") as safe:
        cells = csv.writer(safe, lineterminator="\r\n")
        cells.writerow(columns)
        if table in copied.COPIED:
            return copied.write(assembly, table, exact, safe, progress.add)
        for number, row in enumerate(rows(assembly, table), 1):
            line = as_json(row)
            exact.write(f"{line}\n")
            cells.writerow(csv_form.cells_of(row, line, odd))
            if not number % OFTEN:
                progress.add(OFTEN)
    progress.add(number % OFTEN)
    return number
