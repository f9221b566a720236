"""A backlog and answers coming in at once, on a PostgreSQL that waits for the disk. Imported once the ground is ready."""

import os
import random
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import pairwise

from django.db import transaction

from elicitation.interview.actions import put_inquiry
from elicitation.interview.drafts import InquiryDraft, PromptDraft
from elicitation.interview.models import Response
from elicitation.record import queries
from elicitation.record.actions import append_many
from elicitation.record.auditing import faults
from elicitation.record.merkle import extends, includes, inclusion, leaf_hash
from elicitation.record.models import Entry, Tile, TreeHead
from elicitation.record.sealing import seal
from elicitation.record.tiles import grow, node_of, top
from tests.benchmarks.figures import SEED, Figure
from tests.workers import ROOT, environment

BACKLOG, STEADY, MILLION, PROOFS = 40_000, 15.0, 1_000_000, 200
SETTINGS = "deliberation.project.settings"


def figures() -> Iterator[Figure]:
    """Entries a second while answers come in; seconds from commit to head; what checking and proving cost."""
    sys.stdout.write(f"load at the start {os.getloadavg()}\n")
    with answers_coming_in() as received:
        alone = rate(received, 5.0)
        with transaction.atomic():
            append_many("thing.done", ({"thing": n} for n in range(BACKLOG)))
        start, before = time.monotonic(), received()
        sealed = seal()
        spent = time.monotonic() - start
        beside = (received() - before) / spent
        yield Figure(
            "a backlog and what comes in meanwhile, sealed", sealed / spent, 2000, "entries/s"
        )
        yield Figure("answers received meanwhile, over those without sealing", beside / alone, 0.25)
        yield from steady(received, alone)
    yield Figure("faults in the record made so", len(list(faults())), 0, most=True)
    start = time.monotonic()
    list(faults())
    yield Figure("an audit", TreeHead.objects.first().size / (time.monotonic() - start), 10_000, "entries/s")  # fmt: skip
    yield from among_a_million()


def steady(received, alone: float) -> Iterator[Figure]:
    """Sealing each second, as the scheduler does, for a while."""
    began, first = time.monotonic(), received()
    while time.monotonic() - began < STEADY:
        start = time.monotonic()
        seal()
        time.sleep(max(0.0, 1.0 - (time.monotonic() - start)))
    seal()
    heads = list(TreeHead.objects.order_by("size"))[-int(STEADY) :]
    waits = sorted(
        (head.sealed_at - at).total_seconds()
        for older, head in pairwise(heads)
        for at in Entry.objects.filter(index__gte=older.size, index__lt=head.size).values_list("at", flat=True)
    )  # fmt: skip
    beside = (received() - first) / (time.monotonic() - began)
    yield Figure("answers received, sealing each second, over those without", beside / alone, 0.8)
    yield Figure("from act to signed head, 99 of 100 entries", waits[len(waits) * 99 // 100], 2.0, "s", most=True)  # fmt: skip


def among_a_million() -> Iterator[Figure]:
    """Proofs from the stored tree of a million leaves, nothing kept in memory between them."""
    Tile.objects.all().delete()
    leaves = [leaf_hash(n.to_bytes(8, "big")) for n in range(MILLION)]
    start = time.monotonic()
    made = grow(0, leaves, {}.__getitem__)
    yield Figure("a million leaves grown into tiles, in memory", MILLION / (time.monotonic() - start), 100_000, "leaves/s")  # fmt: skip
    Tile.objects.bulk_create((Tile(level=level, number=n, hashes=h) for (level, n), h in made.items()), batch_size=500)  # fmt: skip
    whole = top(MILLION, made.__getitem__)
    dice, times, right = random.Random(SEED), [], 0
    for _ in range(PROOFS):
        index, older = dice.randrange(MILLION), dice.randrange(1, MILLION)
        start = time.monotonic()
        path = queries.inclusion(index, MILLION)
        steps = queries.consistency(older, MILLION)
        times.append(time.monotonic() - start)
        shown = top(older, made.__getitem__)
        right += includes(leaves[index], index, MILLION, path, whole)
        right += extends((older, MILLION), (shown, whole), steps)
    yield Figure("proofs among a million that hold", right, 2 * PROOFS)
    times.sort()
    yield Figure("one of each, the middle one", 1000 * times[PROOFS // 2], 10, "ms", most=True)
    late = 1000 * times[PROOFS * 99 // 100]
    yield Figure("one of each, 99 of 100", late, 100, "ms", most=True)
    read: list[tuple[int, int]] = []
    node = node_of(lambda place: read.append(place) or made[place])
    inclusion(654_321, MILLION, node)
    yield Figure("tiles read for a proof among a million", len(read), 6, most=True)


@contextmanager
def answers_coming_in():
    """A process that answers without a pause; gives a function that counts what it has."""
    draft = InquiryDraft(
        {"en": "What matters?"}, ("en",), (PromptDraft({"en": "What do you look at?"}),)
    )
    prompt = put_inquiry(draft).prompts.get()
    process = subprocess.Popen(
        [sys.executable, "-W", "ignore", "-m", "tests.benchmarks.record._intake", str(prompt.pk)],
        cwd=ROOT, env=environment(DJANGO_SETTINGS_MODULE=SETTINGS),
    )  # fmt: skip
    try:
        while not Response.objects.exists():
            time.sleep(0.1)
        yield Response.objects.count
    finally:
        process.kill()
        process.wait()


def rate(received, seconds: float) -> float:
    """Answers a second over some seconds."""
    before = received()
    time.sleep(seconds)
    return (received() - before) / seconds
