"""A package of 100,000 answers, 300,000 cards and 2 million votes, by the way a worker makes it. Imported once the ground is ready."""

import os
import subprocess
import sys
import tempfile
import threading
import time
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from frictionless import Package

from deliberation.exports import packing
from deliberation.exports.actions import packing as actions
from tests.benchmarks.export._large import CARDS, VOTES, sown
from tests.benchmarks.figures import Figure

ANSWERS = int(os.environ.get("ANSWERS", "100000"))
SECONDS, MEGABYTES, AGAIN = 60, 600, 30
LOOKED_AT = int(
    os.environ.get("FRICTIONLESS_ROWS", "50000")
)  # of each table, 0 for all: it reads 10,000 in a second


def figures() -> Iterator[Figure]:
    """Seconds, memory, and whether it is the same again."""
    sys.stdout.write(f"load at the start {os.getloadavg()}\n")
    sys.stdout.write(f"{ANSWERS} answers, {ANSWERS * CARDS} cards, {ANSWERS * VOTES} votes\n")
    assembly = sown(ANSWERS)
    with watched() as most:
        one, taken = made(assembly)
    yield Figure("the package is made", taken, SECONDS, "s", most=True)
    yield Figure("most memory of all its processes at a time (PSS)", max(most), MEGABYTES, "MB", most=True)  # fmt: skip
    yield Figure("its size", one.size / 2**20, 2_000, "MB", most=True)
    other, _ = made(assembly)
    yield Figure("made again, the same bytes", float(one.sha256 == other.sha256), 1)
    with tempfile.TemporaryDirectory() as name:
        with zipfile.ZipFile(one.path) as archive:
            archive.extractall(name)
        yield from looked_at(Path(name) / "large")


def made(assembly):
    """A package, and the seconds it took."""
    bundle = actions.ask(assembly)
    start, before = time.monotonic(), os.times()
    packing.make_if_due(bundle.pk)
    taken, after = time.monotonic() - start, os.times()
    worker, beside = sum(after[:2]) - sum(before[:2]), sum(after[2:4]) - sum(before[2:4])
    sys.stdout.write(
        f"processor: {worker:.1f} s in the worker, {beside:.1f} s beside it; load {os.getloadavg()}\n"
    )
    bundle.refresh_from_db()
    assert bundle.state == "ready", bundle.failure
    return bundle, taken


@contextmanager
def watched() -> Iterator[list[float]]:
    """What this process and those it started have of memory, shared pages parted between who shares them, ten times a second, in MB."""
    found, done = [0.0], threading.Event()

    def look() -> None:
        while not done.wait(0.1):
            found.append(sum(map(resident, (os.getpid(), *started()))))

    thread = threading.Thread(target=look, daemon=True)
    thread.start()
    try:
        yield found
    finally:
        done.set()
        thread.join()


def started() -> Iterator[int]:
    """The processes this one started and that make the package: its database and broker do not."""
    for thread in Path("/proc/self/task").iterdir():
        with suppress(OSError):
            for pid in (thread / "children").read_text().split():
                command = Path(f"/proc/{pid}/cmdline").read_bytes()
                if b"recompute" in command or b"exports.forming" in command:
                    yield int(pid)


def resident(pid: int) -> float:
    """The proportional set size of a process in MB; none once it is gone."""
    with suppress(OSError):
        for line in Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines():
            if line.startswith("Pss:"):
                return int(line.split()[1]) / 1024
    return 0.0


def looked_at(folder: Path) -> Iterator[Figure]:
    """By those who get it."""
    start = time.monotonic()
    said = subprocess.run([sys.executable, "-I", "recompute.py"], cwd=folder, capture_output=True, text=True, check=False)  # fmt: skip
    yield Figure("recompute.py", time.monotonic() - start, AGAIN, "s", most=True)
    yield Figure('it says "same"', float(said.stdout == "same\n"), 1)
    sys.stdout.write(
        f"frictionless looks at {f'the first {LOOKED_AT}' if LOOKED_AT else 'all'} rows of each table\n"
    )
    report = Package(str(folder / "datapackage.json")).validate(limit_rows=LOOKED_AT or None)
    wrong = [one for one in report.flatten(["type", "message"]) if one[0] not in ("byte-count", "hash-count")]  # fmt: skip
    sys.stdout.write("".join(f"{one}\n" for one in wrong[:5]))
    yield Figure("frictionless finds wrong", len(wrong), 0, "things", most=True)
