"""Starts PostgreSQL and Valkey for the whole run before any setting is read, and stops them after it."""

import os
import shutil
import tempfile
from pathlib import Path

import pytest

from deliberation.project.servers import Postgres, Valkey
from elicitation.record.checkpoint import new_signer

folder = Path(tempfile.mkdtemp(prefix="groundwork-tests-"))
folder.chmod(0o755)
servers: list[Postgres | Valkey] = []
SERVERS = {"DATABASE_URL", "REDIS_URL"}
OURS = (
    "GROUNDWORK_STAGED"  # which of them nobody named: every process that runs tests starts its own
)


@pytest.hookimpl(wrapper=True, tryfirst=True)
def pytest_load_initial_conftests():
    """Real servers, unless the environment names some."""
    start()
    return (yield)


def pytest_unconfigure():
    stop()


def start():
    """Name the servers for whoever reads settings next."""
    os.environ["GROUNDWORK_ENV"] = "test"
    os.environ["MEDIA_ROOT"] = str(folder / "media")
    os.environ["WITHDRAWALS_FILE"] = str(folder / "withdrawals.jsonl")
    os.environ.setdefault("LIMITS_TIMES", "1000")  # tests of limits set their own
    os.environ.setdefault("JOINING_TAKES", "0")
    # nobody listens there: Django's own outbox takes what tests send
    os.environ.setdefault("EMAIL_URL", "smtp://127.0.0.1:9")
    os.environ.setdefault("MAIL_FROM", "Groundwork <letters@tests.example>")
    os.environ.setdefault("SITE_URL", "https://tests.example")
    os.environ["RECORD_KEY"] = new_signer("tests.example/record").line
    ours = os.environ.setdefault(OURS, " ".join(SERVERS - os.environ.keys()))
    if "DATABASE_URL" in ours:
        postgres = Postgres(folder / "postgres", folder / "postgres.log", durable=False).start()
        servers.append(postgres)
        os.environ["DATABASE_URL"] = postgres.url
    if "REDIS_URL" in ours:
        valkey = Valkey(folder / "valkey", folder / "valkey.log").start()
        servers.append(valkey)
        os.environ["REDIS_URL"] = valkey.url


def stop():
    """End what was started, and leave nothing behind."""
    for server in reversed(servers):
        server.stop()
    servers.clear()
    shutil.rmtree(folder, ignore_errors=True)
