"""Pairing close values: time against their number, how evenly pairs are dealt, and how many near neighbours the forest finds."""

import math
import time
from collections.abc import Iterator

import numpy as np

from elicitation.graph.pairs import MOST, WANTED, Dealing, Pair, Vectors, deal, neighbours
from tests.benchmarks.figures import SEED, Figure

SIZES = (2_500, 10_000, 40_000)
LOOKED_AT = 500  # values whose true neighbours are worked out for recall


def figures() -> Iterator[Figure]:
    """Vectors of 512 around topics of about 50 values each; likeness left out, for it is the matching's own figure."""
    seconds = []
    for size in SIZES:
        vectors = _around_topics(size)
        begun = time.process_time()
        near = neighbours(vectors, SEED)
        dealt = deal(near, _nothing_alike, 0.5, Dealing(np.arange(size), seed=SEED))
        seconds.append(time.process_time() - begun)
        yield Figure(
            f"pairing {size:,} values, processor time", seconds[-1], size / 2_500, "s", most=True
        )
        fewest, most = _degrees(dealt, size)
        yield Figure(f"fewest pairs of one of {size:,} values", fewest, WANTED)
        yield Figure(f"most pairs of one of {size:,} values", most, MOST, most=True)
        if size == SIZES[1]:
            yield Figure(
                "nearest value found among neighbours, share", _recall(vectors, near.places), 0.8
            )
    grown = math.log(seconds[-1] / seconds[0]) / math.log(SIZES[-1] / SIZES[0])
    yield Figure("pairing: exponent of time against values", grown, 1.3, most=True)


def _around_topics(size: int) -> Vectors:
    dice = np.random.default_rng(SEED)
    topics = dice.standard_normal((size // 50, 512), dtype=np.float32)
    vectors = 2 * topics[np.arange(size) % len(topics)]
    vectors += dice.standard_normal((size, 512), dtype=np.float32)
    vectors /= np.linalg.norm(vectors, axis=1, keepdims=True)
    return vectors


def _nothing_alike(left: np.ndarray, right: np.ndarray) -> np.ndarray:
    return np.zeros(len(left), dtype=np.float32)


def _degrees(dealt: list[Pair], size: int) -> tuple[int, int]:
    ends = np.array([(pair.one, pair.other) for pair in dealt]).ravel()
    found = np.bincount(ends, minlength=size)
    return int(found.min()), int(found.max())


def _recall(vectors: Vectors, places: np.ndarray) -> float:
    looked_at = np.random.default_rng(SEED).choice(len(vectors), LOOKED_AT, replace=False)
    cosines = vectors[looked_at] @ vectors.T
    cosines[np.arange(LOOKED_AT), looked_at] = -2
    nearest = cosines.argmax(axis=1)
    return float(np.mean([n in places[one] for one, n in zip(looked_at, nearest, strict=True)]))
