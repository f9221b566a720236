"""Write a package into a folder: the tables read from the database, and everything else from these files alone. The worker's and a terminal's."""

import csv
from pathlib import Path
from typing import Any

from deliberation.assemblies.models import Assembly, Undertaking
from deliberation.exports import about, composing, copied, csv_form
from deliberation.exports.building import as_json, rows, withheld
from deliberation.exports.facts import Facts
from deliberation.exports.progress import Progress
from deliberation.exports.tables import TABLES
from deliberation.exports.whole import Whole

OFTEN = 2_000  # rows between two words on how far it is


def write(assembly: Assembly, out: Path) -> dict[str, Any]:
    """Write a whole package into the folder `out`. Returns its manifest. Raises OSError where `out` cannot be written, Leaked, RulesFailed."""
    progress = Progress()
    return composing.compose(read_out(assembly, out, progress), out, progress)


def read_out(
    assembly: Assembly, out: Path, progress: Progress, under: Undertaking | None = None
) -> Facts:
    """Write every table that is not withheld as JSON Lines and as CSV. Returns what else the database says; it is not asked after this.

    `under`: what the researcher accepted who asked for it; None for whoever runs the machine.
    """
    progress.step("tables")
    kept_back = withheld(assembly)
    told = [table for table in TABLES if table not in kept_back]
    number = {table: _table(assembly, table, out, progress) for table in told}
    return about.facts(assembly, kept_back, number, under)


def _table(assembly: Assembly, table: str, out: Path, progress: Progress) -> int:
    number = 0
    with Whole(out / f"{table}.jsonl") as exact, Whole(out / f"csv/{table}.csv") as safe:
        cells = csv.writer(safe, lineterminator="\r\n")
        cells.writerow(TABLES[table].columns)
        if table in copied.COPIED:
            safe.flush()
            return copied.write(assembly, table, exact.buffer, safe.buffer, progress.add)
        for number, row in enumerate(rows(assembly, table), 1):
            exact.write(as_json(row) + "\n")
            cells.writerow(csv_form.cells(row))
            if not number % OFTEN:
                progress.add(OFTEN)
    progress.add(number % OFTEN)
    return number
