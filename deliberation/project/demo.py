"""`make demo`: every server, the worker, the scheduler and the site, started in order and stopped together."""

import errno
import os
import secrets
import shutil
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from pathlib import Path
from types import FrameType

from deliberation.project.servers import Postgres, ServerFailed, Valkey, end, spawn
from elicitation.record.checkpoint import new_signer

ROOT = Path(__file__).resolve().parents[2]
VAR = Path(os.environ.get("VAR", ROOT / "var")).resolve()
LOG = VAR / "log"
SETTINGS = VAR / "demo.env"
NEEDED = 300 * 2**20  # bytes on disk
PATIENCE = 60.0  # seconds until the site and a worker answer
QUEUES = "celery,reading,graph,export"


class Stopped(Exception):
    """Ctrl-C, or somebody asked us to end."""


class Demo:
    """The processes of the demo, in the order they were started."""

    def __init__(self, port: int) -> None:
        self.port = port
        self.servers: list[Postgres | Valkey] = []
        self.children: dict[str, subprocess.Popen[bytes]] = {}

    @property
    def base(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def run(self) -> None:
        """Start everything, show the reading, print the links, and wait. Raises Stopped, ServerFailed."""
        self._start_servers()
        self._leave_settings()
        self._manage("migrate", "--verbosity", "0")
        self._manage("load_sample")
        self._start_children()
        self._wait_until_ready()
        self._manage("watch_reading")
        say(f"Groundwork is at {self.base}. These links sign you in to the sample assembly:")
        self._manage("demo_links", "--base", self.base)
        say(
            f"In another terminal, {sys.executable} manage.py COMMAND works on this demo. Ctrl-C stops everything."
        )
        while True:
            time.sleep(0.5)
            self._ensure_alive()

    def stop(self) -> None:
        """End what was started, last first; PostgreSQL and Valkey come last."""
        SETTINGS.unlink(missing_ok=True)
        for child in reversed(self.children.values()):
            end(child)
        for server in reversed(self.servers):
            server.stop()

    def _start_servers(self) -> None:
        if "DATABASE_URL" not in os.environ:
            postgres = Postgres(VAR / "postgres", LOG / "postgres.log")
            self.servers.append(postgres)
            os.environ["DATABASE_URL"] = postgres.start().url
        if "REDIS_URL" not in os.environ:
            valkey = Valkey(VAR / "valkey", LOG / "valkey.log")
            self.servers.append(valkey)
            os.environ["REDIS_URL"] = valkey.start().url

    def _leave_settings(self) -> None:
        """Let manage.py in another terminal find the running demo; only our own account may read it."""
        SETTINGS.unlink(missing_ok=True)
        SETTINGS.touch(mode=0o600)
        names = (
            "DATABASE_URL",
            "REDIS_URL",
            "SECRET_KEY",
            "GROUNDWORK_ENV",
            "MEDIA_ROOT",
            "RECORD_KEY_FILE",
            "WITHDRAWALS_FILE",
        )
        SETTINGS.write_text("".join(f"{name}={os.environ[name]}\n" for name in names))

    def _start_children(self) -> None:
        celery = [sys.executable, "-m", "celery", "-A", "deliberation"]
        self.children["worker"] = spawn(
            [
                *celery,
                "worker",
                "-Q",
                QUEUES,
                "-c",
                "2",
                "-l",
                "INFO",
                "-n",
                f"demo-{os.getpid()}@%h",
            ],
            LOG / "worker.log",
        )
        self.children["sealer"] = spawn(
            [*celery, "worker", "-Q", "record", "-P", "solo", "-n", f"sealer-{os.getpid()}@%h"],
            LOG / "sealer.log",
        )
        schedule = str(VAR / "schedule")
        self.children["scheduler"] = spawn([*celery, "beat", "-s", schedule], LOG / "scheduler.log")
        self.children["site"] = spawn(
            [sys.executable, "-m", "gunicorn", "deliberation.project.wsgi", "-b",
             f"127.0.0.1:{self.port}", "-k", "gthread", "--threads", "8", "--no-control-socket"],
            LOG / "site.log",
        )  # fmt: skip

    def _wait_until_ready(self) -> None:
        until = time.monotonic() + PATIENCE
        while time.monotonic() < until:
            self._ensure_alive()
            try:
                with urllib.request.urlopen(f"{self.base}/health/ready", timeout=2):  # noqa: S310  our own address  # nosec B310
                    return
            except (urllib.error.URLError, OSError):
                time.sleep(0.2)
        raise ServerFailed(f"The site or its worker did not come up. Logs are in {LOG}")

    def _manage(self, *command: str) -> None:
        done = subprocess.run([sys.executable, "-W", "ignore", "manage.py", *command], check=False)
        if done.returncode:
            raise ServerFailed(f"'{command[0]}' did not work; see above.")

    def _ensure_alive(self) -> None:
        for name, child in self.children.items():
            if child.poll() is not None:
                raise ServerFailed(f"The {name} ended by itself. Its log is {LOG / name}.log")


def say(line: str) -> None:
    """A line to the person at the terminal."""
    sys.stdout.write(line + "\n")
    sys.stdout.flush()


def ensure_free(port: int) -> None:
    """Raises ServerFailed where somebody listens on `port` already."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except OSError as taken:
            raise ServerFailed(
                f"Port {port} is in use. Choose another: make demo PORT=8001"
            ) from taken


def prepare() -> None:
    """Make var/, look at the disk, and give the demo secrets of its own. Raises ServerFailed, OSError."""
    LOG.mkdir(parents=True, exist_ok=True)
    free = shutil.disk_usage(VAR).free
    if free < NEEDED:
        raise ServerFailed(
            f"Only {free // 2**20} MB are free on the disk of {VAR}; the demo needs {NEEDED // 2**20} MB."
        )
    secret = VAR / "secret"
    if not secret.exists():
        secret.touch(mode=0o600)
        secret.write_text(secrets.token_urlsafe(50))
    os.environ["SECRET_KEY"] = secret.read_text()
    key = VAR / "record.key"
    if not key.exists():
        key.touch(mode=0o600)
        key.write_text(new_signer("groundwork.demo/record").line + "\n")
    os.environ.setdefault("RECORD_KEY_FILE", str(key))
    os.environ["GROUNDWORK_ENV"] = "demo"
    os.environ.setdefault("MEDIA_ROOT", str(VAR / "media"))
    os.environ.setdefault("WITHDRAWALS_FILE", str(VAR / "withdrawals.jsonl"))
    os.environ.setdefault("PYTHONWARNINGS", "ignore")
    os.chdir(ROOT)


def main() -> int:
    """Run the demo until it is stopped; 0 after Ctrl-C, 1 with one line where something went wrong."""
    signal.signal(signal.SIGTERM, _stopped)
    signal.signal(signal.SIGINT, _stopped)
    demo = None
    try:
        port = int(os.environ.get("PORT") or 8000)
        ensure_free(port)
        prepare()
        demo = Demo(port)
        demo.run()
    except Stopped:
        say("\nStopping.")
        return 0
    except ServerFailed as failed:
        say(f"{failed}")
        return 1
    except ValueError:
        say(f"PORT has to be a number, not {os.environ['PORT']!r}.")
        return 1
    except OSError as failed:
        full = "The disk is full" if failed.errno == errno.ENOSPC else str(failed.strerror)
        say(f"{full}: {failed.filename or VAR}")
        return 1
    finally:
        for again in (signal.SIGINT, signal.SIGTERM):
            signal.signal(again, signal.SIG_IGN)
        if demo is not None:
            demo.stop()
    return 0


def _stopped(number: int, frame: FrameType | None) -> None:
    raise Stopped


if __name__ == "__main__":
    sys.exit(main())
