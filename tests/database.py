"""The tests' database: migrated once for all processes of a run and for later runs, and emptied by deleting rows."""

import fcntl
import os
import subprocess
from hashlib import sha256
from pathlib import Path

import psycopg
from django.db import connection, transaction
from psycopg.sql import SQL, Identifier

from deliberation.project.servers import binaries

ROOT = Path(__file__).parents[1]
TEMPLATE = "schema"
KEPT = {"django_migrations", "django_content_type", "auth_permission"}  # they belong to the schema


def empty(_case=None):
    """Leave no row, whatever refers to whatever (`replica` keeps PostgreSQL from asking). Truncating 130 tables takes half a second."""
    tables = sorted(set(connection.introspection.django_table_names(only_existing=True)) - KEPT)
    deletes = [SQL("DELETE FROM {}").format(Identifier(table)) for table in tables]
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(
            SQL("; ").join([SQL("SET LOCAL session_replication_role = replica"), *deletes])
        )


def made_from():
    """What a database is made from, as one hash: our migrations, and the versions of all we install."""
    written = [*ROOT.glob("*/*/migrations/*.py"), *ROOT.glob("requirements*.txt")]
    return sha256(b"".join(path.read_bytes() for path in sorted(written))).hexdigest()[:20]


class Schema:
    """What migrations make, as SQL in `folder`: written by the first who had to migrate, while others wait for it."""

    def __init__(self, folder):
        self.path = folder / f"{made_from()}.sql"
        self.lock = (folder / "lock").open("w")

    def before(self):
        """Let Django copy its database from what is kept. Where nothing is, hold the lock until after()."""
        fcntl.flock(self.lock, fcntl.LOCK_EX)
        if self.path.exists():
            self.lock.close()
            self._take()
            connection.settings_dict["TEST"]["TEMPLATE"] = TEMPLATE

    def after(self):
        """Keep what Django had to make."""
        if not self.lock.closed:
            part = self.path.with_suffix(".part")
            _run("pg_dump", connection.settings_dict["NAME"], f"--file={part}")
            part.rename(self.path)
            self.lock.close()
            self._take()

    def _take(self):
        """A database to copy others from."""
        with psycopg.connect(os.environ["DATABASE_URL"], autocommit=True) as db:
            db.execute(SQL("CREATE DATABASE {}").format(Identifier(TEMPLATE)))
        _run("psql", TEMPLATE, "--quiet", "--set=ON_ERROR_STOP=1", f"--file={self.path}")


def _run(program, name, *arguments):
    server = os.environ["DATABASE_URL"].rsplit("/", 1)[0]
    subprocess.run(
        [binaries() / program, f"--dbname={server}/{name}", *arguments],
        check=True, stdout=subprocess.DEVNULL,
    )  # fmt: skip
