"""The storm, and the count after it. Imported once the site stands."""

import asyncio
import json
import os
import random
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from uuid import uuid4

from django.db import close_old_connections

from elicitation.extraction.models import Candidate, Reading, ReadingRequest
from elicitation.interview.models import Response
from elicitation.record.auditing import faults
from elicitation.record.models import Entry
from tests.benchmarks.crowd import Line, sending
from tests.benchmarks.figures import SEED, Figure
from tests.benchmarks.seats import hall, seated
from tests.benchmarks.standing import Standing
from tests.workers import ROOT, until

PROMPTS, LINES, MODEL_PAUSE = 12, 64, 0.05  # seconds a reply
WORKER_EVERY = 7.0  # seconds
TIMES = {"empty_valkey": 20, "crash_postgres": 10, "kill_one_of_the_site": 10}  # in ten minutes
TEN_MINUTES = 600.0
CALM = 60.0  # seconds after the storm in which all that waits must be read


@dataclass
class Crowd:
    """Who sends what, under which key, and which keys were acknowledged."""

    places: list[tuple[str, str]]
    keys: list[str] = field(default_factory=list)
    acknowledged: set[str] = field(default_factory=set)
    sent: int = 0

    async def answer(self, line: Line, n: int, give_up: float) -> None:
        """Send one answer until it is acknowledged, always under the same key, as the page does."""
        session, prompt = self.places[n]
        request = sending(f"/a/hall/answer/{prompt}/", session, text=text(n), key=self.keys[n])
        while time.monotonic() < give_up:
            self.sent += 1
            if (await line.ask(request, patience=10)).is_received:
                self.acknowledged.add(self.keys[n])
                return
            await asyncio.sleep(0.2)


def text(n: int) -> str:
    return f"When the storm comes I look at whether door {n} is open to all. Doors matter."


def figures(site: Standing, port: int, seconds: float, rate: float) -> Iterator[Figure]:
    """What was acknowledged, kept, doubled and read, after `seconds` of answers at `rate` a second."""
    seed = int(os.environ.get("SEED", SEED))
    random.seed(seed)
    total = int(rate * seconds)
    assembly, prompts = hall(PROMPTS)
    sessions = seated(assembly, -(-total // PROMPTS))
    crowd = Crowd([(s, str(p)) for p in prompts for s in sessions][:total])
    crowd.keys = [uuid4().hex for _ in crowd.places]
    counts = site.folder / "asked.json"
    with counted_model(port, counts):
        site.start("relay", "site", "worker", "sealer", "scheduler")
        blows, spent = asyncio.run(storm(site, crowd, seconds, rate))
        sys.stdout.write(f"seed {seed}, {spent:.0f} s, {len(crowd.keys)} answers, {crowd.sent} requests, blows {dict(blows)}, load {os.getloadavg()}\n")  # fmt: skip
        close_old_connections()
        calm = until_read(CALM)
        sys.stdout.write(f"all read {calm:.1f} s after the last blow\n")
        unsealed = until_sealed(CALM)
    asked = json.loads(counts.read_text())
    yield Figure("answers a second, acknowledged", len(crowd.acknowledged) / spent, rate * 0.9)
    yield Figure("sent but never acknowledged", total - len(crowd.acknowledged), 0, most=True)
    yield from kept(crowd)
    yield from read(asked)
    yield Figure("entries of the record in no head a minute later", unsealed, 0, most=True)
    yield Figure("faults of the record", len(list(faults())), 0, most=True)


async def storm(
    site: Standing, crowd: Crowd, seconds: float, rate: float
) -> tuple[Counter[str], float]:
    """Let answers come in while things are killed, and wait until all of them were acknowledged or given up.

    Returns how often each was killed, and the seconds it took.
    """
    began, blows = time.monotonic(), Counter[str]()

    def another_worker() -> None:
        site.kill("worker")
        site.start("worker")

    every = {name: (TEN_MINUTES / times, getattr(site, name)) for name, times in TIMES.items()}
    every["another_worker"] = (WORKER_EVERY, another_worker)

    async def strike(what: str) -> None:
        pause, blow = every[what]
        await asyncio.sleep(pause * random.uniform(0.3, 0.9))
        while time.monotonic() < began + seconds:
            await asyncio.get_running_loop().run_in_executor(site.hands, blow)
            blows[what] += 1
            await asyncio.sleep(pause * random.uniform(0.8, 1.2))

    await asyncio.gather(
        come_in(crowd, site.port, rate, began + 2 * seconds + CALM), *map(strike, every)
    )
    return blows, time.monotonic() - began


async def come_in(crowd: Crowd, port: int, rate: float, give_up: float) -> None:
    """Let each answer be sent at its own moment, `rate` a second, on one of a few lines."""
    began, waiting = time.monotonic(), asyncio.Queue[int | None]()

    async def serve() -> None:
        line = Line(port)
        while (n := await waiting.get()) is not None:
            await crowd.answer(line, n, give_up)

    async def feed() -> None:
        for n in range(len(crowd.keys)):
            if (ahead := began + n / rate - time.monotonic()) > 0:
                await asyncio.sleep(ahead)
            waiting.put_nowait(n)
        for _ in range(LINES):
            waiting.put_nowait(None)

    await asyncio.gather(feed(), *(serve() for _ in range(LINES)))


def kept(crowd: Crowd) -> Iterator[Figure]:
    """Answers in the table against those that were acknowledged."""
    there = Counter(Response.objects.values_list("key", flat=True))
    places = Counter(Response.objects.values_list("respondent", "prompt"))
    yield Figure("acknowledged but missing", len(crowd.acknowledged - there.keys()), 0, most=True)
    doubled = there.total() - len(there) + places.total() - len(places)
    yield Figure("answers kept twice", doubled, 0, most=True)
    yield Figure("answers kept that nobody sent", len(there.keys() - set(crowd.keys)), 0, most=True)
    listed = ReadingRequest.objects.count()
    yield Figure("answers on no list to be read", there.total() - listed, 0, most=True)


def read(asked: dict[str, int]) -> Iterator[Figure]:
    """What became of the answers, and what the model was asked."""
    states = Counter(ReadingRequest.objects.values_list("state", flat=True))
    sys.stdout.write(f"answers by state {dict(states)}; readings {dict(Counter(Reading.objects.values_list('state', flat=True)))}\n")  # fmt: skip
    yield Figure("unread a minute after the last blow", states.total() - states["read"], 0, most=True)  # fmt: skip
    cards = Counter(Candidate.objects.values_list("reading__revision", flat=True))
    yield Figure("cards proposed twice", cards.total() - len(cards), 0, most=True)
    again = sum(asked.values()) - len(asked)
    lost = Reading.objects.filter(state="lost").count()
    yield Figure("calls of the model made again, of all", 100 * again / sum(asked.values()), 0.1, "%", most=True)  # fmt: skip
    yield Figure("calls made again that no killed worker had under way", max(0, again - lost), 0, most=True)  # fmt: skip


def until_read(patience: float) -> float:
    """Seconds until nothing waits to be read, at most `patience`."""
    return seconds_until(
        lambda: not ReadingRequest.objects.exclude(state="read").exists(), patience
    )


def until_sealed(patience: float) -> int:
    """How many entries are in no head once none is left, or `patience` is over."""
    seconds_until(lambda: not Entry.objects.filter(index=None).exists(), patience)
    return Entry.objects.filter(index=None).count()


def seconds_until(true: Callable[[], bool], patience: float) -> float:
    """Seconds until `true()` holds, at most `patience`."""
    began = time.monotonic()
    with suppress(AssertionError):
        until(true, patience)
    return time.monotonic() - began


@contextmanager
def counted_model(port: int, counts: Path) -> Iterator[None]:
    """The model server, which leaves its counts behind when it ends."""
    command = [sys.executable, "-m", "tests.benchmarks.chaos._model", str(port), str(MODEL_PAUSE), str(counts)]  # fmt: skip
    server = subprocess.Popen(command, cwd=ROOT)
    try:
        yield
    finally:
        server.terminate()
        server.wait()
