"""A whole Groundwork of its own, as in production: durable PostgreSQL, Valkey, the site, workers, sealer and scheduler, each a process that can be killed.

Everything listens on 127.0.0.1 and ends with the process that started it.
"""

import os
import random
import secrets
import shutil
import signal
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from pathlib import Path

import django

from deliberation.project.servers import Postgres, Valkey, end, free_port, spawn
from elicitation.record.checkpoint import new_signer
from tests.workers import ROOT

CELERY = [sys.executable, "-m", "celery", "-A", "deliberation"]
PATIENCE = 60.0  # seconds


class Standing:
    """Start it with `with`, and Django is set up on it: what needs models is imported then. `settings` are more of the environment of every process. Raises AssertionError where it does not come up."""

    def __init__(self, *, site_workers: int = 2, threads: int = 8, **settings: str) -> None:
        self.folder = Path(tempfile.mkdtemp(prefix="groundwork-standing-"))
        self.folder.chmod(0o755)
        self.postgres = Postgres(self.folder / "postgres", self.folder / "postgres.log")
        self.valkey = Valkey(self.folder / "valkey", self.folder / "valkey.log")
        self.port = free_port()
        self.settings = settings
        self.commands = {
            "site": [
                sys.executable, "-m", "gunicorn", "deliberation.project.wsgi", "-b", f"127.0.0.1:{self.port}",
                "-k", "gthread", "-w", str(site_workers), "--threads", str(threads), "--no-control-socket", "--keep-alive", "30",
            ],
            "worker": [*CELERY, "worker", "-Q", "celery,reading,graph,export", "-c", "2", "-l", "INFO", "-n", "worker@%h"],
            "sealer": [*CELERY, "worker", "-Q", "record", "-P", "solo", "-n", "sealer@%h"],
            "scheduler": [*CELERY, "beat", "-s", str(self.folder / "schedule")],
        }  # fmt: skip
        self.running: dict[str, subprocess.Popen[bytes]] = {}
        # What a thread has started ends with that thread: this one lives as long as the site.
        self.hands = ThreadPoolExecutor(1)

    @property
    def base(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def __enter__(self) -> "Standing":
        os.environ |= {
            "GROUNDWORK_ENV": "demo",
            "SECRET_KEY": secrets.token_urlsafe(50),
            "DATABASE_URL": self.postgres.start().url,
            "REDIS_URL": self.valkey.start().url,
            "MEDIA_ROOT": str(self.folder / "media"),
            "WITHDRAWALS_FILE": str(self.folder / "withdrawals.jsonl"),
            "RECORD_KEY": new_signer("standing.example/record").line,
            "DJANGO_SETTINGS_MODULE": "deliberation.project.settings",
            "PYTHONWARNINGS": "ignore",
            **self.settings,
        }
        migrate = [sys.executable, "manage.py", "migrate", "--verbosity", "0"]
        subprocess.run(migrate, cwd=ROOT, check=True)
        django.setup()
        return self

    def __exit__(self, *_: object) -> None:
        for name in list(self.running):
            self.stop(name)
        self.hands.shutdown()
        self.valkey.stop()
        self.postgres.stop()
        shutil.rmtree(self.folder, ignore_errors=True)

    def start(self, *names: str) -> None:
        """Start these processes, and wait for the site where it is among them."""
        for name in names:
            self.running[name] = spawn(self.commands[name], self.folder / f"{name}.log")
        if "site" in names:
            self._wait_for("/health/live")

    def stop(self, name: str) -> None:
        """End a process kindly, with its children."""
        process = self.running.pop(name)
        end(process)
        _kill_group(process)

    def kill(self, name: str) -> None:
        """End a process and its children as a power cut would."""
        process = self.running.pop(name)
        _kill_group(process)
        process.wait(PATIENCE)

    def kill_one_of_the_site(self) -> bool:
        """Kill one of the site's workers; its master starts another. False where there was none to kill."""
        children = _children(self.running["site"].pid)
        if not children:
            return False
        with suppress(ProcessLookupError):
            os.kill(random.choice(children), signal.SIGKILL)
            return True
        return False

    def empty_valkey(self) -> None:
        """Kill Valkey with all it holds, and start an empty one in its place."""
        _kill_group(self.valkey.process)
        self.valkey.process.wait(PATIENCE)
        self.valkey.start()

    def crash_postgres(self) -> None:
        """Kill every process of PostgreSQL at once, and start it again: it recovers from its log."""
        children = _children(self.postgres.process.pid)
        _kill_group(self.postgres.process)
        for pid in children:  # one that lives on keeps the next server from starting
            with suppress(ProcessLookupError):
                os.kill(pid, signal.SIGKILL)
        self.postgres.process.wait(PATIENCE)
        until = time.monotonic() + PATIENCE
        while any(map(_lives, children)) and time.monotonic() < until:
            time.sleep(0.02)
        self.postgres.start()

    def log(self, name: str) -> str:
        """What a process has said."""
        return (self.folder / f"{name}.log").read_text(errors="replace")

    def cpu(self) -> dict[str, float]:
        """Seconds of CPU that each kind of process has used so far, with its children."""
        kinds = {process.pid: name for name, process in self.running.items()}
        kinds |= {self.postgres.process.pid: "postgres", self.valkey.process.pid: "valkey"}
        used: Counter[str] = Counter()
        for stat in Path("/proc").glob("[0-9]*/stat"):
            with suppress(OSError):
                fields = stat.read_text().rsplit(")", 1)[1].split()
                pid, group = int(stat.parent.name), int(fields[2])
                if kind := kinds.get(group) or (kinds.get(_parent(pid)) if group == pid else None):
                    used[kind] += sum(int(field) for field in fields[11:13])
        return {kind: ticks / os.sysconf("SC_CLK_TCK") for kind, ticks in used.items()}

    def _wait_for(self, path: str) -> None:
        until = time.monotonic() + PATIENCE
        while time.monotonic() < until:
            with (
                suppress(urllib.error.URLError, OSError),
                urllib.request.urlopen(f"{self.base}{path}", timeout=2),
            ):
                return
            time.sleep(0.1)
        raise AssertionError(f"{path} did not answer.\n{self.log('site')[-2000:]}")


def _children(pid: int) -> list[int]:
    """Whom a process has started."""
    return [int(one) for one in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]


def _lives(pid: int) -> bool:
    """Whether a process still runs: one that has ended may wait for somebody to look."""
    with suppress(OSError):
        return Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()[0] != "Z"
    return False


def _parent(pid: int) -> int:
    """Who started a process: the children of PostgreSQL are groups of their own."""
    return int(Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()[1])


def _kill_group(process: "subprocess.Popen[bytes]") -> None:
    with suppress(ProcessLookupError):
        os.killpg(process.pid, signal.SIGKILL)
