"""One card against 100,000 stored values, and 10,000 values regrouped, on a real PostgreSQL. Imported once the ground is ready.

Vectors are drawn at random and policies made of drawn words: how long it takes does not depend on what they say.
"""

import resource
import time
from collections.abc import Callable, Iterator
from uuid import UUID, uuid4

import numpy as np
from django.db import connection

from elicitation.extraction.encoder import ENCODER
from elicitation.extraction.models import Candidate
from elicitation.graph import remembering, suggesting
from elicitation.graph.models import Value, ValueVector
from elicitation.graph.regrouping import merges
from elicitation.graph.remembering import index, stored, unit_vectors
from elicitation.graph.suggesting import Words, nearest_of
from elicitation.interview.models import Inquiry
from tests.benchmarks.figures import SEED, Figure

STORED, POLICIES, A_TIME = 100_000, 4, 2_000
REGROUPED = (2_500, 10_000)
TIMES = 9
WORDS = [
    "CHANCES",
    "SIGNS",
    "people",
    "neighbours",
    "children",
    "quiet",
    "honest",
    "river",
    "park",
    "street",
    "doors",
]
WORDS += [
    "time",
    "trust",
    "care",
    "listen",
    "truth",
    "work",
    "rest",
    "money",
    "help",
    "school",
    "old",
    "young",
    "night",
]
WORDS += [
    "morning",
    "respect",
    "space",
    "fear",
    "hope",
    "choose",
    "share",
    "speak",
    "keep",
    "learn",
    "walk",
    "shade",
]
MB = 2**20


def figures() -> Iterator[Figure]:
    """One card against many, by parts and as a whole; then the nightly look at all."""
    draw = np.random.default_rng(SEED)
    inquiry = filled(draw, STORED)
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    start = time.perf_counter()
    held = index(inquiry)
    yield Figure(
        "first load of 100,000 stored values", time.perf_counter() - start, 60, "s", most=True
    )
    grown = (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) / 1024
    yield Figure("matrix of 100,000 values", held.bytes_held / MB, 400, "MB", most=True)
    yield Figure("peak of the process grown by that load", grown, 700, "MB", most=True)
    yield from one_card(draw, inquiry)
    yield from one_change(inquiry)
    remembering._held.clear()
    for size in REGROUPED:
        yield regrouped(draw, size)


def one_card(draw: np.random.Generator, inquiry: UUID) -> Iterator[Figure]:
    """The search alone, the whole suggestion without and with encoding the card."""
    held = index(inquiry)
    vector = unit(draw, 1)[0]
    yield median(
        "nearest 200 of 100,000 in memory", lambda: held.nearest(vector, suggesting.LOOKED_AT)
    )
    cards = iter([drawn_card(draw) for _ in range(3 * TIMES)])
    encoded = iter([words(*next(cards)) for _ in range(TIMES)])
    blank = Candidate(version=1)
    whole = "one card against 100,000 values: nearest, policies of the nearest compared, reason"
    yield median(whole, lambda: nearest_of(inquiry, blank, next(encoded), (None, None)))
    yield median("encoding a card, whole and 4 policies", lambda: words(*next(cards)))
    yield median(
        f"{whole}, with encoding",
        lambda: nearest_of(inquiry, blank, words(*next(cards)), (None, None)),
    )


def one_change(inquiry: UUID) -> Iterator[Figure]:
    """What a look at the database costs where one value is new."""
    changed = ValueVector.objects.filter(inquiry=inquiry)[:TIMES]
    rows = iter(list(changed))

    def refresh() -> None:
        row = next(rows)
        row.written_in = 2**62
        row.save(update_fields=["written_in"])
        index(inquiry)

    yield median("refresh in memory after one value changed", refresh)


def regrouped(draw: np.random.Generator, size: int) -> Figure:
    """Seconds to find all merges among `size` values."""
    inquiry = filled(draw, size)
    start = time.perf_counter()
    found = len(list(merges(inquiry)))
    what = f"merges among {size} values ({found} found)"
    return Figure(what, time.perf_counter() - start, 300, "s", most=True)


def filled(draw: np.random.Generator, size: int) -> UUID:
    """An inquiry with `size` values and their vectors."""
    inquiry = Inquiry.objects.create(question={"en": "?"}, languages=["en"])
    for _ in range(0, size, A_TIME):
        some = [value(draw, inquiry) for _ in range(min(A_TIME, size))]
        Value.objects.bulk_create(some)
        vectors = unit(draw, len(some) * (POLICIES + 1)).reshape(len(some), POLICIES + 1, -1)
        ValueVector.objects.bulk_create(
            ValueVector(
                value=one,
                inquiry=inquiry,
                version=1,
                encoder=ENCODER,
                whole=stored(of[:1]),
                policies=stored(of[1:]),
            )
            for one, of in zip(some, vectors, strict=True)
        )
    with connection.cursor() as cursor:
        cursor.execute("analyze")  # as PostgreSQL does by itself a while after so many rows
    return inquiry.pk


def value(draw: np.random.Generator, inquiry: Inquiry) -> Value:
    title, policies = drawn_card(draw)
    return Value(id=uuid4(), inquiry=inquiry, title=title, policies=policies, language="en")


def drawn_card(draw: np.random.Generator) -> tuple[str, list[str]]:
    policies = [" ".join(draw.choice(WORDS, 10)) for _ in range(POLICIES)]
    return policies[0][:40], policies


def words(title: str, policies: list[str]) -> Words:
    whole = remembering.said(title, policies)
    return Words(whole, policies, unit_vectors([whole, *policies]))


def unit(draw: np.random.Generator, size: int) -> np.ndarray:
    found = draw.standard_normal((size, 512), dtype=np.float32)
    return found / np.linalg.norm(found, axis=1, keepdims=True)


def median(what: str, act: Callable[[], object]) -> Figure:
    """Milliseconds, the median of TIMES."""
    spent, busy = [], []
    for _ in range(TIMES):
        start, started = time.perf_counter(), time.process_time()
        act()
        spent.append(1000 * (time.perf_counter() - start))
        busy.append(1000 * (time.process_time() - started))
    more = f"slowest {max(spent):.0f}, of which this process worked {np.median(busy):.0f}"
    return Figure(
        f"{what}, median of {TIMES} ({more})", float(np.median(spent)), 50, "ms", most=True
    )
