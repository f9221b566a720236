"""Tables as Parquet, by DuckDB, from their JSON Lines. Where it is not installed there are none, and the manifest says so. Free of Django."""

import importlib.util
from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from deliberation.exports.kinds import Kind, kind_of
from deliberation.exports.tables import TABLES

MISSING = (
    "not written: duckdb is not installed where this package was made (requirements-worker.txt)"
)
WRITTEN = "written"
SAME = (
    "SET threads = 1",  # so that the bytes are the same every time
    "SET memory_limit = '192MB'",
    "SET autoinstall_known_extensions = false",
    "SET autoload_known_extensions = false",
    "SET TimeZone = 'UTC'",
)
TYPES = {
    Kind.TEXT: "VARCHAR",
    Kind.INTEGER: "BIGINT",
    Kind.NUMBER: "DOUBLE",
    Kind.BOOLEAN: "BOOLEAN",
    Kind.MOMENT: "TIMESTAMPTZ",
    Kind.LIST: "JSON",
    Kind.OBJECT: "JSON",
}
ROOM = 1 << 20  # bytes DuckDB sets aside, twice, for the longest row; more where a row needs more


class Squares:
    """Tables written as Parquet by a thread of their own, each once its JSON Lines are whole. DuckDB needs no turn of Python's."""

    def __init__(self, folder: Path, at_work: ThreadPoolExecutor) -> None:
        self._folder, self._at_work = folder, at_work
        self._asked: list[Future[None]] = []
        self._database: Any = None

    def take(self, table: str) -> None:
        """Write parquet/TABLE.parquet, and go on at once."""
        self._asked.append(self._at_work.submit(self._write, table))

    def written(self) -> str:
        """What the manifest says of them, once all are there; DuckDB has given back what it held. Raises what went wrong with any."""
        for one in self._asked:
            one.result()
        self.close()
        return WRITTEN if is_installed() else MISSING

    def close(self) -> None:
        """Give back what DuckDB holds."""
        if self._database is not None:
            self._database.close()
            self._database = None

    def _write(self, table: str) -> None:
        if not is_installed():
            return
        if self._database is None:
            self._database = _database(self._folder)
        _table(self._database, self._folder, table)


def is_installed() -> bool:
    """Whether there is a DuckDB."""
    return importlib.util.find_spec("duckdb") is not None


@contextmanager
def squaring(folder: Path) -> Iterator[Squares]:
    """Tables as Parquet below `folder`; where what they serve fails nothing more is written."""
    at_work = ThreadPoolExecutor(1)
    squares = Squares(folder, at_work)
    try:
        yield squares
    finally:
        at_work.shutdown(cancel_futures=True)
        squares.close()


def _database(folder: Path) -> Any:
    import duckdb  # noqa: PLC0415  an extra of the worker

    (folder / "parquet").mkdir(exist_ok=True)
    database = duckdb.connect(":memory:", config={"temp_directory": str(folder.parent)})
    for setting in SAME:
        database.execute(setting)
    return database


def _table(database: Any, folder: Path, table: str) -> None:
    """Columns in the order of the dictionary; lists and objects are JSON in a text, as in CSV."""
    columns = {name: TYPES[kind_of(table, name)] for name in TABLES[table].columns}
    path = folder / f"{table}.jsonl"
    with path.open("rb") as lines:
        longest = max(map(len, lines), default=0)
    rows = database.read_json(
        str(path),
        format="newline_delimited",
        columns=columns,
        maximum_object_size=max(ROOM, 2 * longest),
    )
    told = (
        f'"{name}"::VARCHAR AS "{name}"' if kind == "JSON" else f'"{name}"'
        for name, kind in columns.items()
    )
    out = folder / f"parquet/{table}.parquet"
    rows.project(", ".join(told)).write_parquet(str(out), compression="zstd")
