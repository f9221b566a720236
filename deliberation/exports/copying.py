"""All tables as PostgreSQL copies them: out in one snapshot, back in with what was counted, and nothing in between."""

import hashlib
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager

from django.db import connection, transaction
from psycopg import sql

from deliberation.exports.archives import BackupUnfit, Rows

MIGRATIONS = "django_migrations"  # told by their names, not by when they ran
MADE_BY_MIGRATING = ("auth_permission", "django_content_type")
PLAIN = "SET LOCAL datestyle = 'ISO, YMD'; SET LOCAL intervalstyle = 'postgres'; SET LOCAL timezone = 'UTC'; SET LOCAL bytea_output = 'hex'; SET LOCAL extra_float_digits = 1"
COLUMNS = """
    SELECT column_name FROM information_schema.columns
    WHERE table_schema = current_schema() AND table_name = %s AND is_generated = 'NEVER' ORDER BY ordinal_position
"""
KEY = """
    SELECT a.attname, t.typcollation <> 0 FROM pg_index i
    JOIN pg_attribute a ON a.attrelid = i.indrelid AND a.attnum = ANY (i.indkey)
    JOIN pg_type t ON t.oid = a.atttypid
    WHERE i.indrelid = %s::regclass AND i.indisprimary ORDER BY a.attnum
"""
TRIGGERS = """
    SELECT DISTINCT c.relname FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid
    WHERE NOT t.tgisinternal AND c.relnamespace = current_schema()::regnamespace ORDER BY 1
"""
SEQUENCES = "SELECT sequencename, last_value FROM pg_sequences WHERE schemaname = current_schema() AND last_value IS NOT NULL"


class Tally:
    """Counts and digests rows as they pass."""

    def __init__(self, columns: Iterable[str]) -> None:
        self._columns, self._rows, self._seen = tuple(columns), 0, hashlib.sha256()

    def passing(self, blocks: Iterable[bytes]) -> Iterator[bytes]:
        """The same blocks. A row ends with the only line break it has: those within are escaped."""
        for block in blocks:
            self._rows += block.count(b"\n")
            self._seen.update(block)
            yield block

    @property
    def rows(self) -> Rows:
        return Rows(columns=self._columns, rows=self._rows, sha256=self._seen.hexdigest())


@contextmanager
def snapshot() -> Iterator[None]:
    """Everything read inside is as of one moment, whatever is committed meanwhile. Not inside another transaction."""
    with transaction.atomic(durable=True), connection.cursor() as cursor:
        cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
        yield


def tables() -> list[str]:
    """Every table of the site, but the list of migrations."""
    known = connection.introspection.django_table_names(only_existing=True, include_views=False)
    return sorted(set(known) - {MIGRATIONS})


def columns(table: str) -> list[str]:
    """The columns of a table that hold something of their own, in their order."""
    with connection.cursor() as cursor:
        cursor.execute(COLUMNS, [table])
        return [name for (name,) in cursor.fetchall()]


def sequences() -> dict[str, int]:
    """The last number each sequence gave; those that gave none are left out."""
    with connection.cursor() as cursor:
        cursor.execute(SEQUENCES)
        return dict(cursor.fetchall())


def rows(table: str, names: Iterable[str]) -> Iterator[bytes]:
    """The rows of a table in the order of its key, the same from every server. Inside a transaction."""
    order = sql.SQL(", ").join(_key(table))
    asked = sql.SQL("COPY (SELECT {} FROM {} ORDER BY {}) TO STDOUT").format(
        _listed(names), sql.Identifier(table), order
    )
    with connection.cursor() as cursor:
        cursor.execute(PLAIN)
        with cursor.copy(asked) as copy:
            yield from map(bytes, copy)


def held(table: str) -> Rows:
    """What a table holds now. Inside a transaction."""
    tally = Tally(names := columns(table))
    for _ in tally.passing(rows(table, names)):
        pass
    return tally.rows


def is_empty(table: str) -> bool:
    """Whether a table holds no row."""
    with connection.cursor() as cursor:
        cursor.execute(sql.SQL("SELECT NOT EXISTS (SELECT FROM {})").format(sql.Identifier(table)))
        return bool(cursor.fetchone()[0])


def _key(table: str) -> list[sql.Composable]:
    with connection.cursor() as cursor:
        cursor.execute(KEY, [table])
        found = cursor.fetchall()
    return [
        sql.SQL('{} COLLATE "C"' if is_text else "{}").format(sql.Identifier(name))
        for name, is_text in found
    ]


def _listed(names: Iterable[str]) -> sql.Composable:
    return sql.SQL(", ").join(map(sql.Identifier, names))


def fill(table: str, names: Iterable[str], blocks: Iterable[bytes]) -> None:
    """Put rows into an empty table."""
    into = sql.SQL("COPY {} ({}) FROM STDIN").format(sql.Identifier(table), _listed(names))
    with connection.cursor() as cursor:
        cursor.execute(PLAIN)
        with cursor.copy(into) as copy:
            for block in blocks:
                copy.write(block)


def make_ready() -> list[str]:
    """Empty what migrating an empty database fills, and let triggers of our own rest: they were heeded when each row was first written.

    Returns the tables whose triggers rest.
    """
    with connection.cursor() as cursor:
        cursor.execute(TRIGGERS)
        resting = [name for (name,) in cursor.fetchall()]
        for table in resting:
            rest = sql.SQL("ALTER TABLE {} DISABLE TRIGGER USER")
            cursor.execute(rest.format(sql.Identifier(table)))
        for table in MADE_BY_MIGRATING:
            cursor.execute(sql.SQL("DELETE FROM {}").format(sql.Identifier(table)))
    return resting


def settle(resting: Iterable[str], numbers: Mapping[str, int]) -> None:
    """Check all that was deferred, wake the triggers, and let every sequence go on where it was."""
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        for table in resting:
            wake = sql.SQL("ALTER TABLE {} ENABLE TRIGGER USER")
            cursor.execute(wake.format(sql.Identifier(table)))
        cursor.execute("SET CONSTRAINTS ALL DEFERRED")
        for name, last in numbers.items():
            cursor.execute("SELECT setval(quote_ident(%s)::regclass, %s)", [name, last])


def ensure_as_backed_up(tables: Mapping[str, Rows]) -> None:
    """Raises BackupUnfit unless every table holds, row for row, what a manifest says. Inside a transaction."""
    for table, told in tables.items():
        if held(table) != told:
            raise BackupUnfit(f"The rows of {table} are not those that were backed up.")
