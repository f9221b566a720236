"""Tables as Parquet, by DuckDB, from their JSON Lines. Where it is not installed there are none, and the manifest says so. Free of Django."""

import importlib.util
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
    "SET memory_limit = '256MB'",
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
LONGEST_ROW = 64 << 20  # bytes


def write(folder: Path, tables: list[str]) -> str:
    """Write parquet/TABLE.parquet below `folder` for each of `tables`. Returns what the manifest says of it."""
    if importlib.util.find_spec("duckdb") is None:
        return MISSING
    import duckdb  # noqa: PLC0415  an extra of the worker

    (folder / "parquet").mkdir(exist_ok=True)
    with duckdb.connect(":memory:", config={"temp_directory": str(folder.parent)}) as database:
        for setting in SAME:
            database.execute(setting)
        for table in tables:
            _table(database, folder, table)
    return WRITTEN


def _table(database: Any, folder: Path, table: str) -> None:
    """Columns in the order of the dictionary; lists and objects are JSON in a text, as in CSV."""
    columns = {name: TYPES[kind_of(table, name)] for name in TABLES[table].columns}
    rows = database.read_json(
        str(folder / f"{table}.jsonl"),
        format="newline_delimited",
        columns=columns,
        maximum_object_size=LONGEST_ROW,
    )
    told = (
        f'"{name}"::VARCHAR AS "{name}"' if kind == "JSON" else f'"{name}"'
        for name, kind in columns.items()
    )
    out = folder / f"parquet/{table}.parquet"
    rows.project(", ".join(told)).write_parquet(str(out), compression="zstd")
