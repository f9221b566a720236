"""A second database beside the tests' own, worked on by commands as an operator would."""

import os
import subprocess
import sys
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from uuid import uuid4

import psycopg
from psycopg import sql

from tests import database, stage
from tests.workers import ROOT, environment


class Second:
    """A database of its own on the tests' server, and a folder of files of its own."""

    def __init__(self, name, folder):
        self.name, self.media = name, folder / f"media-{name}"
        self.url = f"{os.environ['DATABASE_URL'].rsplit('/', 1)[0]}/{name}"
        self.environment = {"DATABASE_URL": self.url, "MEDIA_ROOT": str(self.media)}

    def manage(self, *command):
        """What a command says and how it ended."""
        return subprocess.run(
            [sys.executable, "-W", "ignore", "manage.py", *map(str, command)],
            capture_output=True, text=True, cwd=ROOT, env=environment(**self.environment), check=False,
        )  # fmt: skip

    def ask(self, question):
        """The first column of what a question to the database gives."""
        with psycopg.connect(self.url) as db:
            return [row[0] for row in db.execute(question)]

    def tables_with(self, words):
        """The tables some row of which holds these words."""
        there = self.ask("SELECT table_name FROM information_schema.tables WHERE table_schema = 'public'")  # fmt: skip
        asked = "SELECT count(*) FROM {} t WHERE strpos(t::text, {}) > 0"
        return {
            table
            for table in there
            if self.ask(sql.SQL(asked).format(sql.Identifier(table), sql.Literal(words))) != [0]
        }


@contextmanager
def second(folder, migrated=True):
    """A new database, empty and migrated; gone afterwards."""
    one = Second(f"second_{uuid4().hex[:12]}", folder)
    like = (database.TEMPLATE if stage.servers else migrated_once()) if migrated else "template0"
    with _server() as db:
        made = sql.SQL("CREATE DATABASE {} TEMPLATE {}")
        db.execute(made.format(sql.Identifier(one.name), sql.Identifier(like)))
        try:
            yield one
        finally:
            drop = sql.SQL("DROP DATABASE {} WITH (FORCE)")
            db.execute(drop.format(sql.Identifier(one.name)))


@cache
def migrated_once():
    """A database others are copied from, on a server that is not ours."""
    one = Second("second_template", Path())
    with _server() as db:
        db.execute("DROP DATABASE IF EXISTS second_template WITH (FORCE)")
        db.execute("CREATE DATABASE second_template")
    migrated = one.manage("migrate", "--verbosity", "0")
    assert migrated.returncode == 0, migrated.stderr
    return one.name


def _server():
    return psycopg.connect(
        f"{os.environ['DATABASE_URL'].rsplit('/', 1)[0]}/postgres", autocommit=True
    )
