"""What of a package costs Python the most, in a process of its own: workbook and thread, the last look, the funnel. Free of Django.

The process reads each table once it is whole, while later ones are still read from the database; it is told so line by line, and says at the end what it found.
"""

import json
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import IO, Any, cast

from deliberation.exports import linked, raw, xlsx
from deliberation.exports.leaks import Leak, Leaked, Scan
from deliberation.exports.processing import Funnel
from deliberation.exports.progress import Progress
from deliberation.exports.tables import TABLES

SOURCE = Path(__file__).parents[2]
ALONE = {"LANG": "C.UTF-8"}  # none of the site's secrets
OFTEN = 0.1  # seconds between two looks
TOLD = 500  # characters of what the process said of a fault
FORMS = ("tables.xlsx", "graph/thread.jsonld")
Plain = dict[str, Any]
Watching = Callable[[str], Callable[[Plain], None] | None]


class FormsFailed(RuntimeError):
    """The process ended with a fault; what it said of it."""


@dataclass(frozen=True, slots=True)
class Forming:
    """The process at work, where it hears of tables, what it says at the end, and what it says of faults: in files, for a pipe nobody reads would hold it up."""

    process: "subprocess.Popen[bytes]"
    hears: IO[bytes]
    said: IO[bytes]
    faults: IO[bytes]

    def expect(self, tables: Iterable[str]) -> None:
        """Which tables will come: the workbook has them in the order of the dictionary, whichever is whole first."""
        self._tell(list(tables))

    def take(self, table: str, rows: int) -> None:
        """A table is whole; go on at once. Raises FormsFailed."""
        self._tell([table, rows])

    def made(self, about: Mapping[str, Any], progress: Progress) -> Plain:
        """Once all tables were taken: `xlsx`, what did not fit, and `processing`, the funnel. Raises Leaked, FormsFailed."""
        progress.step("forms")
        self._tell({name: about[name] for name in ("funnel", "not_in_research")})
        while self.process.poll() is None:
            progress.check()
            time.sleep(OFTEN)
        if self.process.returncode:
            raise FormsFailed(_all_of(self.faults)[-TOLD:])
        found: Plain = json.loads(_all_of(self.said))
        if leak := found.pop("leak"):
            raise Leaked(Leak(**leak))
        return found

    def _tell(self, what: object) -> None:
        try:
            self.hears.write(json.dumps(what).encode() + b"\n")
            self.hears.flush()
        except BrokenPipeError as gone:
            self.process.wait()
            raise FormsFailed(_all_of(self.faults)[-TOLD:]) from gone


@contextmanager
def forming(folder: Path) -> Iterator[Forming]:
    """The process at work on the package in `folder`; ended where what goes on meanwhile fails."""
    command = [sys.executable, "-m", "deliberation.exports.forming", str(folder)]
    with tempfile.TemporaryFile() as said, tempfile.TemporaryFile() as faults:
        process = subprocess.Popen(
            command, cwd=SOURCE, env=ALONE, stdin=subprocess.PIPE, stdout=said, stderr=faults
        )
        try:
            yield Forming(process, cast("IO[bytes]", process.stdin), said, faults)
        finally:
            if process.poll() is None:
                process.kill()
            process.communicate()


def _all_of(file: IO[bytes]) -> str:
    file.seek(0)
    return file.read().decode(errors="replace")


def form(folder: Path, told: Iterator[Any]) -> Plain:
    """In the process: make the forms from what is `told`, in this order: the tables to come, each with its rows once it is whole, what the funnel needs."""
    scan, funnel = Scan(), Funnel()
    with linked.writing(folder / FORMS[1]) as thread:
        watching = (scan.watch, funnel.watch, thread.watch)
        book = xlsx.write(folder / FORMS[0], _sheets(folder, _in_order(told), watching))
    leak = scan.first()
    return {
        "leak": asdict(leak) if leak else None,
        "xlsx": {"split_cells": book.split, "left_out": book.left_out},
        "processing": funnel.told(next(told)),
    }


def _in_order(told: Iterator[Any]) -> Iterator[tuple[str, int]]:
    """The tables with their rows in the order of the dictionary, each as soon as it is whole."""
    expected, whole = set(next(told)), dict[str, int]()
    for table in TABLES:
        if table in expected:
            while table not in whole:
                name, rows = next(told)
                whole[name] = rows
            yield table, whole[table]


def _sheets(
    folder: Path, tables: Iterable[tuple[str, int]], watching: tuple[Watching, ...]
) -> Iterator[xlsx.Sheet]:
    """Every table as a sheet; its rows are shown to who watches them, also where the workbook has no room for it."""
    for name, number in tables:
        shown = [watch for of in watching if (watch := of(name))]
        rows, size = _rows(folder, name, shown), (folder / f"{name}.jsonl").stat().st_size
        yield xlsx.Sheet(name, list(TABLES[name].columns), rows, number, size)
        for _ in rows if shown else ():
            pass


def _rows(folder: Path, table: str, shown: list[Callable[[Plain], None]]) -> Iterator[tuple[str, Plain]]:  # fmt: skip
    for line, row in raw.lines(folder, table):
        for watch in shown:
            watch(row)
        yield line, row


if __name__ == "__main__":
    lines = map(json.loads, sys.stdin)
    sys.stdout.write(json.dumps(form(Path(sys.argv[1]), lines)))
