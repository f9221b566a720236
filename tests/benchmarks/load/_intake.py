"""250 answers and 200 pages a second. Imported once the site stands."""

import asyncio
import os
import random
import sys
import time
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import timedelta
from http import HTTPStatus
from itertools import cycle, islice
from uuid import uuid4

from django.utils import timezone

from elicitation.extraction.models import ReadingRequest
from elicitation.interview.models import Response
from elicitation.record.models import Entry
from tests.benchmarks.crowd import Answer, Line, getting, sending, steadily
from tests.benchmarks.figures import SEED, Figure
from tests.benchmarks.seats import hall, seated
from tests.benchmarks.standing import Standing

ANSWERS, PAGES = float(os.environ.get("RATE", "250")), float(os.environ.get("PAGES", "200"))
PROMPTS, LOOKING = 12, 50
LINES = 48  # connections kept open for answers, and as many for pages
WARM_UP = 5.0  # seconds
TEXT = "When the river floods I look at who is left without a door to knock on. "


@dataclass
class Told:
    """What the crowd saw: seconds an answer or a page took, how many answers were accepted, the status of each page."""

    answers: list[float] = field(default_factory=list)
    pages: list[tuple[int, float]] = field(default_factory=list)
    accepted: int = 0

    def sent(self, _: int, answer: Answer, waited: float) -> None:
        self.answers.append(waited)
        self.accepted += answer.is_received

    def seen(self, _: int, answer: Answer, waited: float) -> None:
        self.pages.append((answer.status, waited))


def figures(site: Standing, seconds: float) -> Iterator[Figure]:
    """Answers accepted a second, how long each took, and pages read meanwhile."""
    sends, looks = asks(int(ANSWERS * seconds))
    site.start("site", "sealer", "scheduler", "worker")
    time.sleep(WARM_UP)
    told, busy, own, began = Told(), site.cpu(), time.process_time(), time.monotonic()
    pages = islice(cycle(looks), int(PAGES * seconds))
    asyncio.run(both(site.port, told, sends, pages))
    spent = time.monotonic() - began
    used = ", ".join(f"{k} {v - busy.get(k, 0):.1f}" for k, v in site.cpu().items())
    sys.stdout.write(f"{spent:.1f} s, load {os.getloadavg()}, seconds of CPU: crowd {time.process_time() - own:.1f}, {used}\n")  # fmt: skip
    came = sum(status == HTTPStatus.OK for status, _ in told.pages)
    yield Figure("answers accepted", told.accepted / spent, ANSWERS * 0.99, "a second")
    yield Figure("pages that came", came / spent, PAGES * 0.99, "a second")
    yield Figure("an answer, half of them within", share(told.answers, 50), 250, "ms", most=True)
    yield Figure("an answer, 99 of 100 within", share(told.answers, 99), 250, "ms", most=True)
    pages_took = [waited for _, waited in told.pages]
    yield Figure("a page, 99 of 100 within", share(pages_took, 99), 250, "ms", most=True)
    yield from kept(told.accepted)


def asks(total: int) -> tuple[list[bytes], list[bytes]]:
    """So many answers to send, each for a place of its own, and the pages people look at meanwhile."""
    assembly, prompts = hall(PROMPTS)
    answering = seated(assembly, -(-total // PROMPTS))
    random.seed(SEED)
    places = [(session, prompt) for prompt in prompts for session in answering][:total]
    sends = [
        sending(f"/a/hall/answer/{prompt}/", session, text=f"{TEXT * random.randint(1, 6)}{n}", key=uuid4().hex)
        for n, (session, prompt) in enumerate(places)
    ]  # fmt: skip
    looking = seated(assembly, LOOKING)
    looks = [
        getting(f"/a/hall/answer/{prompts[n % PROMPTS]}/", session)
        for n, session in enumerate(looking)
    ]
    return sends, [*looks, *[getting("/"), getting("/sign-in/")] * (LOOKING // 10)]


async def both(port: int, told: Told, sends: Iterable[bytes], pages: Iterable[bytes]) -> None:
    """Send answers and ask for pages at the same time, on lines of their own."""
    lines = [[Line(port) for _ in range(LINES)] for _ in range(2)]
    await asyncio.gather(
        steadily(sends, ANSWERS, lines[0], told.sent),
        steadily(pages, PAGES, lines[1], told.seen),
    )


def share(waits: list[float], percent: int) -> float:
    """Milliseconds within which so many of a hundred were answered."""
    return 1000 * sorted(waits)[min(len(waits) - 1, len(waits) * percent // 100)]


def kept(accepted: int) -> Iterator[Figure]:
    """What was accepted against what is there, is on the list to be read, and is sealed."""
    there = Response.objects.count()
    unlisted = there - ReadingRequest.objects.count()
    late = Entry.objects.filter(index=None, at__lt=timezone.now() - timedelta(seconds=10))
    yield Figure("accepted but not kept", accepted - there, 0, most=True)
    yield Figure("kept but on no list to be read", unlisted, 0, most=True)
    yield Figure("entries of the record not sealed after 10 s", late.count(), 0, most=True)
