"""Mode `polis` against Polis' own math and a live server's result, and what the largest real conversation costs."""

import math
import resource
import subprocess
import sys
from collections.abc import Callable, Iterator
from time import perf_counter, process_time
from typing import Any

import numpy as np

from deliberation.opinion import analysis, components, polis
from tests.benchmarks.figures import Figure
from tests.benchmarks.graph import _oracles

LIMITS = {
    "silhouettes": 1e-7,
    "centre": 1e-9,
    "group-informed consensus": 1e-12,
    "priorities": 1e-6,
    "measures": 1e-6,  # of the statements named, relative; the oracle has eight digits of some
}
TIMES = 15
ANALYSIS = "mode polis, bowling-green"


def figures() -> Iterator[Figure]:
    """Exactness first, then time and memory. NaN where the data does not stand beside the project."""
    if not _oracles.COLD:
        yield Figure("mode polis: files wholly equal to Polis' math", math.nan, 13, "of 13")
        return
    yield from _exactness()
    yield from _live()
    yield from _costs()


def _exactness() -> Iterator[Figure]:
    found = [_oracles.compared(name) for name in _oracles.COLD]
    for what in found[0].equal:
        number = sum(one.equal[what] for one in found)
        yield Figure(f"mode polis: {what} equal", number, 13, "of 13")
    for what, limit in LIMITS.items():
        worst = max(one.worst[what] for one in found)
        yield Figure(f"mode polis: {what}, worst error", worst, limit, most=True)
    whole = sum(
        all(one.equal.values()) and all(one.worst[what] <= LIMITS[what] for what in LIMITS)
        for one in found
    )
    yield Figure("mode polis: files wholly equal to Polis' math", whole, 13, "of 13")


def _live() -> Iterator[Figure]:
    found = _oracles.live()
    for what, equal in found.equal.items():
        yield Figure(f"live server's groups: {what} equal", float(equal), 1)
    for what, worst in found.worst.items():
        yield Figure(f"live server's groups: {what}, worst error", worst, LIMITS[what], most=True)


def _costs() -> Iterator[Figure]:
    read, votes = _oracles.conversation(_oracles.LARGEST)
    hidden = read.moderated_out
    mask = np.isin(votes.statements, hidden)
    centred = components.centre(votes, mask)
    grouping = polis.group(votes, moderated_out=hidden)
    stages: dict[str, Callable[[], Any]] = {
        "centring": lambda: components.centre(votes, mask),
        "components": lambda: components.components(centred),
        "groups, all stages": lambda: polis.group(votes, moderated_out=hidden),
        "statements": lambda: analysis.analyse(votes, grouping, moderated_out=hidden),
    }
    for name, stage in stages.items():
        yield Figure(f"{ANALYSIS}: {name}", _median(stage), 0.08, "s", most=True)

    def whole() -> None:
        analysis.analyse(votes, polis.group(votes, moderated_out=hidden), moderated_out=hidden)

    yield Figure(f"{ANALYSIS}: analysis alone", _median(whole), 0.08, "s", most=True)
    spent = _median(whole, process_time)
    yield Figure(f"{ANALYSIS}: analysis alone, processor time", spent, 0.08, "s", most=True)
    told = subprocess.run(
        [sys.executable, "-m", __name__], capture_output=True, text=True, check=True
    )
    yield Figure(f"{ANALYSIS}: whole process at its peak", float(told.stdout), 100, "MB", most=True)


def _median(stage: Callable[[], Any], clock: Callable[[], float] = perf_counter) -> float:
    taken = []
    for _ in range(TIMES):
        start = clock()
        stage()
        taken.append(clock() - start)
    return sorted(taken)[TIMES // 2]


def peak() -> float:
    """Megabytes a fresh process has used once it read, grouped and analysed the largest conversation."""
    read, votes = _oracles.conversation(_oracles.LARGEST)
    hidden = read.moderated_out
    analysis.analyse(votes, polis.group(votes, moderated_out=hidden), moderated_out=hidden)
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


if __name__ == "__main__":
    sys.stdout.write(str(peak()))
