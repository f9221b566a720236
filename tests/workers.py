"""Real worker processes on the tests' own database and broker."""

import os
import signal
import socket
import subprocess
import sys
import time
from contextlib import contextmanager, suppress
from pathlib import Path
from tempfile import NamedTemporaryFile

import redis
from django.conf import settings
from django.db import connection

from deliberation.project.servers import die_with_parent, end, free_port

ROOT = Path(__file__).parents[1]
PATIENCE = 60.0  # seconds


def environment(**more):
    """What a process needs to work on the test database instead of the real one."""
    base = os.environ["DATABASE_URL"].rsplit("/", 1)[0]
    name = connection.settings_dict["NAME"]
    return {**os.environ, "DATABASE_URL": f"{base}/{name}", "PYTHONWARNINGS": "ignore", **more}


@contextmanager
def worker(processes=2, **more):
    """A worker with its scheduler inside, as a process group of its own."""
    with NamedTemporaryFile("w+") as log, NamedTemporaryFile() as schedule:
        process = subprocess.Popen(
            [sys.executable, "-m", "celery", "-A", "deliberation", "worker", "-B", "-s", f"{schedule.name}.db",
             "-Q", "celery,reading,graph,export,record", "-c", str(processes), "-l", "INFO", "-n", f"test-{time.monotonic_ns()}@%h"],
            cwd=ROOT, env=environment(**more), stdout=log, stderr=log, start_new_session=True, preexec_fn=die_with_parent,
        )  # fmt: skip
        process.log = Path(log.name)
        try:
            yield process
        except AssertionError as failed:
            raise AssertionError(f"{failed}\n{Path(log.name).read_text()[-3000:]}") from failed
        finally:
            if process.poll() is None:
                kill(process, signal.SIGTERM)


@contextmanager
def relay(endpoint):
    """A relay before `endpoint`, as a process of its own. Yields its address."""
    port = free_port()
    process = subprocess.Popen(
        [sys.executable, "-m", "groundwork_relay", "--port", str(port)],
        cwd=ROOT, env={**os.environ, "OPENAI_BASE_URL": endpoint, "READING_DEADLINE": "5"}, preexec_fn=die_with_parent,
    )  # fmt: skip
    try:
        until(lambda: _listens(port))
        yield f"http://127.0.0.1:{port}"
    finally:
        end(process)


def _listens(port):
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) == 0


def kill(process, how=signal.SIGKILL):
    """End a worker with all its children, as a power cut would (or kindly)."""
    os.killpg(process.pid, how)
    process.wait(PATIENCE)
    with suppress(ProcessLookupError):  # a child that outlived its parent
        os.killpg(process.pid, signal.SIGKILL)


def until(true, patience=PATIENCE):
    """Wait until `true()` holds; fail loudly where it does not in time."""
    end = time.monotonic() + patience
    while time.monotonic() < end:
        if true():
            return
        time.sleep(0.1)
    raise AssertionError(f"not within {patience} s")


def empty_broker():
    """No message of an earlier test is left."""
    redis.Redis.from_url(settings.REDIS_URL).flushdb()
