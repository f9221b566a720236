"""One analysis in a process of its own, for its time and its peak of memory: `python -m tests.benchmarks.graph._analysed FOLDER TIMES`.

FOLDER holds person, statement, time, vote and out as .npy; labels.npy is written there. Prints JSON: `seconds` and, of
the processor alone, `work` (the middle ones of TIMES), `megabytes` (peak), `k`.
"""

import json
import re
import statistics
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from deliberation.opinion.grouping import Grouping
from deliberation.opinion.stable import group
from deliberation.opinion.votes import Votes, gather

LOG = ("person", "statement", "time", "vote")


def in_its_own_process(folder: Path, times: int = 1) -> dict[str, float]:
    """What this module prints about the arrays in a folder."""
    command = [sys.executable, "-m", __name__, str(folder), str(times)]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    told: dict[str, float] = json.loads(done.stdout)
    return told


def analysis(log: list[NDArray[Any]], out: NDArray[Any]) -> tuple[Votes, Grouping]:
    """From four arrays to groups, votes by group and statement, and group-informed consensus."""
    votes = gather(*log)
    found = group(votes, moderated_out=out.tolist())
    m = len(votes.statements)
    cell = np.repeat(found.labels * m, np.diff(votes.starts))
    cell += votes.columns
    cell *= 3
    cell += votes.signs + 1
    counted = np.bincount(cell[cell >= 0], minlength=found.k * m * 3).reshape(found.k, m, 3)
    ((counted[..., 2] + 1) / (counted.sum(axis=2) + 2)).prod(axis=0)
    return votes, found


def peak() -> float:
    """The most memory this program held, in MB; getrusage would count what started it too. NaN where the system does not say."""
    status = Path("/proc/self/status")
    held = re.search(r"VmHWM:\s+(\d+) kB", status.read_text()) if status.exists() else None
    return int(held[1]) / 1024 if held else float("nan")


def main(folder: Path, times: int) -> None:
    log, out = [np.load(folder / f"{name}.npy") for name in LOG], np.load(folder / "out.npy")
    took, work = [], []
    for _ in range(times):
        start, busy = time.perf_counter(), time.process_time()
        votes, found = analysis(log, out)
        took.append(time.perf_counter() - start)
        work.append(time.process_time() - busy)
    told = {"seconds": statistics.median(took), "work": statistics.median(work)}
    told |= {"megabytes": peak(), "k": found.k}
    np.save(folder / "labels.npy", np.stack([votes.people, found.labels]))
    sys.stdout.write(json.dumps(told))


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]))
