"""Large conversations with planted groups, each analysed in a process of its own: whether the groups are found, time, peak of memory, growth."""

import tempfile
from collections.abc import Iterator
from pathlib import Path

import numpy as np

from tests.benchmarks.figures import SEED, Figure
from tests.benchmarks.graph._agreement import adjusted_rand
from tests.benchmarks.graph._analysed import LOG, in_its_own_process
from tests.benchmarks.graph._planted import planted

STATEMENTS = 2_000
GROWTH = (100_000, 300_000, 1_000_000, 3_000_000, 10_000_000, 20_000_000)  # votes, 20 a person


def figures() -> Iterator[Figure]:
    """The two sizes asked for, then the work against votes."""
    yield from _sized(50_000, 2_000_000, (0.99, 1.2, 400))
    took = []
    for votes in GROWTH:
        told = _analysed(votes // 20, votes, times=1 if votes > 10_000_000 else 3)
        took.append(told["work"])
        if votes != GROWTH[-1]:
            what = f"large: {votes:,} votes of {votes // 20:,} people"
            yield Figure(f"{what}, seconds at work", told["work"], 12, "s", most=True)
            yield Figure(f"{what}, ARI", told["ari"], 0)
        else:
            yield from _told(votes // 20, votes, told, (0.9, 12, 3_000))
    exponent = float(np.polyfit(np.log(GROWTH), np.log(took), 1)[0])
    yield Figure("large: work grows as votes to the power of", exponent, 1.05, "", most=True)


def _sized(people: int, votes: int, wanted: tuple[float, float, float]) -> Iterator[Figure]:
    yield from _told(people, votes, _analysed(people, votes, times=3), wanted)


def _told(
    people: int, votes: int, told: dict[str, float], wanted: tuple[float, float, float]
) -> Iterator[Figure]:
    what = f"large: {people:,} people x {STATEMENTS:,}, {votes:,} votes"
    least, seconds, megabytes = wanted
    yield Figure(f"{what}, ARI with the planted groups", told["ari"], least)
    yield Figure(f"{what}, seconds", told["seconds"], seconds, "s", most=True)
    yield Figure("large: ... of them at work", told["work"], seconds, "s", most=True)
    yield Figure(f"{what}, peak", told["megabytes"], megabytes, "MB", most=True)


def _analysed(people: int, votes: int, times: int) -> dict[str, float]:
    """Plant, save, analyse in another process, compare."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        known = planted(people, STATEMENTS, votes, SEED)
        for part in LOG:
            np.save(folder / f"{part}.npy", getattr(known, part))
        np.save(folder / "out.npy", np.zeros(0, dtype=np.int64))
        group = known.group
        del known
        told = in_its_own_process(folder, times)
        person, labels = np.load(folder / "labels.npy")
    return {**told, "ari": adjusted_rand(labels, group[person])}
