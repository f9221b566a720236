"""Groups of the `stable` rule on real conversations: whether they hang on chance, whether they are those Polis published, and what they cost."""

import statistics
import tempfile
from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path
from time import perf_counter

import numpy as np

from deliberation.opinion.grouping import Grouping
from deliberation.opinion.stable import group
from tests.benchmarks.figures import SEED, Figure
from tests.benchmarks.graph._agreement import adjusted_rand
from tests.benchmarks.graph._analysed import LOG, in_its_own_process
from tests.benchmarks.graph._conversations import (
    AGREEING,
    LARGEST,
    POLIS,
    Conversation,
    conversation,
    conversations,
)

ORDERS, DRAWS, LEFT_OUT, SEEDS, TIMES = 6, 6, 0.05, 6, 15


def figures() -> Iterator[Figure]:
    """Over all twelve, then over the five that can be compared, then the largest alone."""
    if not POLIS.exists():
        yield Figure("stable: conversations are not here", float("nan"), 0)
        return
    every = list(conversations())
    orders = [np.mean(list(_other_orders(one))) for one in every]
    what = f"stable: self-ARI over {ORDERS} row orders, {len(every)} conversations, mean"
    yield Figure(what, float(np.mean(orders)), 0.99)
    yield Figure("stable: ... least of a conversation", float(min(orders)), 0.99)
    fewer = [np.mean(list(_some_left_out(one))) for one in every]
    yield Figure("stable: self-ARI with 5 % of people left out, mean", float(np.mean(fewer)), 0.9)
    yield Figure("stable: ... least of a conversation", float(min(fewer)), 0)
    five = [one for one in every if one.name in AGREEING]
    by_seed = [np.mean([_published(one, seed) for one in five]) for seed in range(SEEDS)]
    yield Figure("stable: ARI with the groups published, five, mean", float(by_seed[0]), 0.93)
    what = f"stable: ... least over {SEEDS} seeds"
    yield Figure(what, float(min(by_seed)), 0.93)
    yield from _largest()


def _labels(
    one: Conversation, rows: np.ndarray, names: np.ndarray, seed: int = 0
) -> tuple[Grouping, dict[int, int]]:
    votes = one.votes(rows, names)
    found = group(votes, moderated_out=one.out, seed=seed)
    return found, dict(zip(votes.people.tolist(), found.labels.tolist(), strict=True))


def _alike(first: dict[int, int], second: dict[int, int]) -> float:
    both = sorted(first.keys() & second.keys())
    return adjusted_rand(np.array([first[p] for p in both]), np.array([second[p] for p in both]))


def _other_orders(one: Conversation) -> Iterator[float]:
    """People are renamed at random, so that rows stand in another order."""
    rows = np.arange(len(one.people))
    _, known = _labels(one, rows, rows)
    for draw in range(ORDERS):
        names = np.random.default_rng([SEED, draw]).permutation(len(rows))
        _, found = _labels(one, rows, names)
        yield _alike(known, {row: found[name] for row, name in enumerate(names) if name in found})


def _some_left_out(one: Conversation) -> Iterator[float]:
    rows = np.arange(len(one.people))
    _, known = _labels(one, rows, rows)
    for draw in range(DRAWS):
        left = np.random.default_rng([SEED, draw]).random(len(rows)) >= LEFT_OUT
        _, found = _labels(one, rows[left], rows[left])
        yield _alike(known, found)


def _published(one: Conversation, seed: int) -> float:
    rows = np.arange(len(one.people))
    _, found = _labels(one, rows, rows, seed)
    published = {row: one.published[row] for row in rows.tolist() if one.published[row] >= 0}
    return _alike(published, found)


def _largest() -> Iterator[Figure]:
    """From arrays in memory to groups, group votes and consensus."""
    one = conversation(POLIS / LARGEST)
    log = one.log(np.arange(len(one.people)), one.people)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        for part, array in zip(LOG, log, strict=True):
            np.save(folder / f"{part}.npy", array)
        np.save(folder / "out.npy", np.array(one.out))
        told = in_its_own_process(folder, TIMES)
    what = f"stable: Bowling Green, {len(log[0]):,} votes"
    yield Figure(f"{what}, middle of {TIMES}", told["seconds"], 0.08, "s", most=True)
    yield Figure("stable: ... of them at work", told["work"], 0.08, "s", most=True)
    yield Figure(f"{what}, peak", told["megabytes"], 100, "MB", most=True)
    if find_spec("reddwarf"):
        yield Figure(f"{what}, red-dwarf", _red_dwarf(log, one.out), 0, "s")


def _red_dwarf(log: tuple[np.ndarray, ...], out: list[int]) -> float:
    from reddwarf.implementations.base import run_pipeline  # noqa: PLC0415  a peer, where it is there

    keys = ("participant_id", "statement_id", "modified", "vote")
    rows = zip(*(each.tolist() for each in log), strict=True)
    votes = [dict(zip(keys, row, strict=True)) for row in rows]
    took = []
    for _ in range(3):
        start = perf_counter()
        run_pipeline(votes=votes, mod_out_statement_ids=out, random_state=42)
        took.append(perf_counter() - start)
    return statistics.median(took)
