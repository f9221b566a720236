"""Embedded servers keep their data, come back after a hard end, and ask for a password."""

import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from pathlib import Path
from tempfile import TemporaryDirectory

import psycopg
import pytest
import redis

from deliberation.project import servers
from deliberation.project.servers import Postgres, Valkey, free_port
from tests.workers import ROOT


@pytest.fixture
def folder():
    """A folder `nobody` can reach: pytest's own lies in one that is closed to others."""
    with TemporaryDirectory(prefix="groundwork-") as name:
        Path(name).chmod(0o755)
        yield Path(name)


@pytest.fixture
def postgres(folder):
    server = Postgres(folder / "pg", folder / "pg.log", durable=False).start()
    yield server
    server.stop()


def test_data_is_there_after_a_stop_and_after_a_hard_end(postgres):
    with psycopg.connect(postgres.url, autocommit=True) as db:
        db.execute("CREATE TABLE kept (n int)")
        db.execute("INSERT INTO kept VALUES (1)")
    postgres.stop()
    postgres.start()
    postgres.process.kill()
    postgres.process.wait()
    postgres.start()
    with psycopg.connect(postgres.url) as db:
        assert db.execute("SELECT n FROM kept").fetchone() == (1,)


def test_postgresql_asks_for_the_password(postgres):
    wrong = postgres.url.replace(postgres._password(), "guess")
    with pytest.raises(psycopg.OperationalError, match="password authentication failed"):
        psycopg.connect(wrong)


def test_a_folder_closed_to_others_is_no_obstacle(tmp_path):
    if os.geteuid() != 0:
        pytest.skip("only root hands the server to another account")
    closed = tmp_path / "closed"
    closed.mkdir(mode=0o700)
    server = Postgres(closed / "var" / "pg", tmp_path / "pg.log", durable=False).start()
    try:
        with psycopg.connect(server.url) as db:
            assert db.execute("SELECT 1").fetchone() == (1,)
        assert (closed / "var" / "pg" / "is-elsewhere.txt").exists()
    finally:
        server.stop()
        servers.shutil.rmtree(server.home)


def test_valkey_asks_for_a_password_and_evicts_nothing(tmp_path):
    server = Valkey(tmp_path / "valkey", tmp_path / "valkey.log").start()
    try:
        client = redis.Redis.from_url(server.url)
        assert client.config_get("maxmemory-policy") == {"maxmemory-policy": "noeviction"}
        with pytest.raises(redis.AuthenticationError):
            redis.Redis(port=server.port).ping()
        client.close()
    finally:
        server.stop()


def demo(tmp_path, **more):
    env = {k: v for k, v in os.environ.items() if k not in {"DATABASE_URL", "REDIS_URL"}}
    env |= {"VAR": str(tmp_path / "var"), **more}
    return subprocess.Popen(
        [sys.executable, "-m", "deliberation.project.demo"],
        cwd=ROOT, env=env, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True,
    )  # fmt: skip


def children(of):
    listed = subprocess.run(
        ["ps", "-e", "-o", "pid=,args="], capture_output=True, text=True, check=True
    ).stdout
    return [line for line in listed.splitlines() if of in line]


def test_the_demo_serves_prints_three_links_and_stops_with_everything_it_started(folder):
    port = free_port()
    process = demo(folder, PORT=str(port))
    said = []
    for line in process.stdout:
        said.append(line)
        if "Ctrl-C" in line:
            break
    text = "".join(said)
    for who in ("citizen", "facilitator", "researcher"):
        (line,) = [part for part in text.splitlines() if part.strip().startswith(who)]
        with urllib.request.urlopen(line.split()[1], timeout=10) as page:
            assert page.status == 200
    with urllib.request.urlopen(f"http://127.0.0.1:{port}/health/ready", timeout=10) as page:
        assert page.status == 200
    beside = {k: v for k, v in os.environ.items() if k not in {"DATABASE_URL", "REDIS_URL"}}
    done = subprocess.run(
        [sys.executable, "-W", "ignore", "manage.py", "export", "--assembly", "riverside", "--out",
         str(folder / "out")],
        cwd=ROOT, env=beside | {"VAR": str(folder / "var")}, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert " responses\n" in done.stdout, done.stderr
    process.send_signal(signal.SIGINT)
    process.stdout.read()
    assert process.wait(60) == 0
    process.stdout.close()
    until = time.monotonic() + 10
    while children(str(folder)) and time.monotonic() < until:
        time.sleep(0.2)
    assert children(str(folder)) == []
    with pytest.raises(urllib.error.URLError):
        urllib.request.urlopen(f"http://127.0.0.1:{port}/", timeout=2)


def test_a_port_in_use_is_one_clear_line(tmp_path):
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        said, _ = demo(tmp_path, PORT=str(port)).communicate(timeout=30)
    assert said == f"Port {port} is in use. Choose another: make demo PORT=8001\n"


def test_a_port_that_is_no_number_is_one_clear_line(tmp_path):
    said, _ = demo(tmp_path, PORT="http").communicate(timeout=30)
    assert said == "PORT has to be a number, not 'http'.\n"
