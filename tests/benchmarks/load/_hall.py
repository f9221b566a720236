"""The crowd of the benchmark `hall`. Imported once the site stands."""

import asyncio
import os
import random
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from http import HTTPStatus
from uuid import uuid4

from deliberation.assemblies.actions import setting_up
from deliberation.moderation import rooms
from deliberation.moderation.actions import screening
from deliberation.moderation.bench import Bench
from deliberation.moderation.models import Room
from elicitation.extraction.models import Candidate, Policy, Quote, Reading
from elicitation.interview.models import Prompt, Respondent, Response, Revision
from tests.benchmarks.crowd import Answer, Line, getting, sending, steadily
from tests.benchmarks.figures import SEED, Figure
from tests.benchmarks.load._intake import share
from tests.benchmarks.seats import hall, seated
from tests.benchmarks.standing import Standing

WALLS = int(os.environ.get("WALLS", "300"))
EVERY = 1.0  # seconds from one answer to a wall's next question, as in static/js/wall.js
PEOPLE = int(os.environ.get("PEOPLE", "2000"))  # who answered before
ANSWERS, PAGES = 5.0, 20.0  # a second, of the people in the hall meanwhile
EVENTS = 0.5  # words let on, a second
LINES = 16
WARM_UP = 3.0  # seconds
WORDS = "I look at whether somebody is left without a door to knock on, number {n:05}."


@dataclass
class Seen:
    """By the number of its words, when an event was committed; how long each wall took to show it; what was asked for and came."""

    at: dict[int, float] = field(default_factory=dict)
    waits: list[float] = field(default_factory=list)
    polls: int = 0
    whole: int = 0
    broken: int = 0
    answers: list[float] = field(default_factory=list)
    pages: list[float] = field(default_factory=list)

    def answered(self, _: int, answer: Answer, waited: float) -> None:
        self.broken += not answer.is_received
        self.answers.append(waited)

    def looked(self, _: int, answer: Answer, waited: float) -> None:
        self.broken += answer.status != HTTPStatus.OK
        self.pages.append(waited)


class Watch(Line):
    """A wall: asks with the name of the state it has, and keeps what comes."""

    def __init__(self, port: int, path: str) -> None:
        super().__init__(port)
        self.path, self.etag, self.shown = path, "", set[int]()

    async def look(self, seen: Seen) -> None:
        """Ask once, and note which events are seen for the first time."""
        if self.writer is None:
            self.reader, self.writer = await asyncio.open_connection("127.0.0.1", self.port)
        asks = f"GET {self.path} HTTP/1.1\r\nHost: 127.0.0.1\r\nIf-None-Match: {self.etag}\r\n\r\n"
        self.writer.write(asks.encode())
        lines = (await self.reader.readuntil(b"\r\n\r\n")).decode("latin-1").split("\r\n")
        headers = {k.lower(): v for k, _, v in (line.partition(": ") for line in lines[1:] if line)}
        status = int(lines[0].split(" ")[1])
        body = await self.reader.readexactly(int(headers.get("content-length", "0")))
        if headers.get("connection", "").lower() == "close":
            self.close()
        seen.polls += 1
        if status == HTTPStatus.NOT_MODIFIED:
            return
        seen.whole += 1
        seen.broken += status != HTTPStatus.OK
        self.etag, now, text = headers.get("etag", ""), time.monotonic(), body.decode()
        for number, committed in list(seen.at.items()):
            if number not in self.shown and f"number {number:05}." in text:
                self.shown.add(number)
                seen.waits.append(now - committed)


def figures(site: Standing, seconds: float) -> Iterator[Figure]:
    """How long an event takes to every wall, how many questions that is, and what it takes of the two cores."""
    random.seed(SEED)
    assembly, prompts = hall(1)
    room, quotes, bench = furnished(assembly, prompts[0], int(EVENTS * seconds) + 1)
    answering = seated(assembly, int(ANSWERS * seconds) + 1)
    sends = [sending(f"/a/hall/answer/{prompts[0]}/", s, text=WORDS.format(n=99999), key=uuid4().hex) for s in answering]  # fmt: skip
    looks = [getting("/join/")] * int(PAGES * seconds)
    site.start("site", "sealer", "scheduler")
    seen, path = Seen(), f"/room/{rooms.code_of(room)}/now/en/en/"
    asyncio.run(alone(site.port, path, WARM_UP))
    busy, began, own = site.cpu(), time.monotonic(), time.process_time()
    asyncio.run(crowd(site.port, path, seen, (sends, looks), (bench, room, quotes), seconds))
    spent = time.monotonic() - began
    used = {k: v - busy.get(k, 0) for k, v in site.cpu().items()}
    told = ", ".join(f"{k} {v:.1f}" for k, v in used.items())
    sys.stdout.write(f"{spent:.1f} s, load {os.getloadavg()}, seconds of CPU: crowd {time.process_time() - own:.1f}, {told}\n")  # fmt: skip
    wanted = WALLS * len(seen.at)
    yield Figure("walls", WALLS, 300)
    yield Figure("words let on and seen by every wall", len(seen.waits) / max(1, wanted), 0.99)
    yield Figure("from commit to the wall, half of them within", share(seen.waits, 50), 2000, "ms", most=True)  # fmt: skip
    yield Figure("from commit to the wall, 95 of 100 within", share(seen.waits, 95), 2000, "ms", most=True)  # fmt: skip
    yield Figure("questions of walls", seen.polls / spent, 0, "a second")
    yield Figure("of them answered with the whole part", seen.whole / max(1, seen.polls), 1, "", most=True)  # fmt: skip
    yield Figure("the site's share of two cores", used["site"] / spent / 2, 0.5, "", most=True)
    yield Figure("an answer meanwhile, 99 of 100 within", share(seen.answers, 99), 250, "ms", most=True)  # fmt: skip
    yield Figure("a page meanwhile, 99 of 100 within", share(seen.pages, 99), 250, "ms", most=True)
    yield Figure("lines that broke, answers or pages that failed", seen.broken, 0, most=True)


def furnished(assembly, prompt_id, events):  # type: ignore[no-untyped-def]  # a benchmark's own ground
    """The hall's room, PEOPLE who answered, and words that may be let on."""
    from django.contrib.auth import get_user_model  # noqa: PLC0415  beside its use

    account = get_user_model().objects.create_user("moderator")
    setting_up.give_role(assembly, account, "facilitator")
    room = screening.open_room(assembly, setting_up.invite(assembly, "wall"))
    people = Respondent.objects.bulk_create(Respondent() for _ in range(PEOPLE))
    prompt = Prompt.objects.get(pk=prompt_id)
    said = Response.objects.bulk_create(Response(prompt=prompt, respondent=p, key=uuid4().hex) for p in people)  # fmt: skip
    words = Revision.objects.bulk_create(
        Revision(response=r, text=WORDS.format(n=n), language="en") for n, r in enumerate(said)
    )
    readings = Reading.objects.bulk_create(
        Reading(revision=r, engine="offline", model="offline", state="done") for r in words[:events]
    )
    cards = Candidate.objects.bulk_create(
        Candidate(reading=r, title="Doors", language="en", state="confirmed") for r in readings
    )
    policies = Policy.objects.bulk_create(Policy(candidate=c, position=0, text="doors") for c in cards)  # fmt: skip
    quotes = Quote.objects.bulk_create(
        Quote(policy=p, revision=r, start=0, end=len(r.text), text=r.text, public=True)
        for p, r in zip(policies, words, strict=False)
    )
    return room, quotes, Bench(assembly, account)


async def alone(port: int, path: str, seconds: float) -> None:
    """One wall, before the others come."""
    line, seen = Watch(port, path), Seen()
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        await line.look(seen)
        await asyncio.sleep(EVERY)
    line.close()


async def crowd(port, path, seen, others, on, seconds):  # type: ignore[no-untyped-def]  # a benchmark's own crowd
    """All walls, people who answer and look meanwhile, and a moderator who lets words on."""
    until = time.monotonic() + seconds
    sends, looks = others
    lines = [[Line(port) for _ in range(LINES)] for _ in range(2)]
    await asyncio.gather(
        *(watch(port, path, seen, until) for _ in range(WALLS)),
        steadily(sends, ANSWERS, lines[0], seen.answered),
        steadily(looks, PAGES, lines[1], seen.looked),
        moderate(seen, on, until - 3),
    )


async def watch(port: int, path: str, seen: Seen, until: float) -> None:
    """A wall until the end: it asks again a while after each answer."""
    line = Watch(port, path)
    await asyncio.sleep(EVERY * random.random())
    while time.monotonic() < until:
        try:
            await line.look(seen)
        except (OSError, EOFError, asyncio.IncompleteReadError):
            seen.broken += 1
            line.close()
        await asyncio.sleep(EVERY)
    line.close()


async def moderate(seen: Seen, on: tuple[Bench, Room, list[Quote]], until: float) -> None:
    """Let words on, one after the other; each is an event from the moment it is committed."""
    bench, room, quotes = on
    for number, quote in enumerate(quotes):
        if time.monotonic() > until:
            return
        await asyncio.to_thread(screening.let_on, bench, room, quote)
        seen.at[number] = time.monotonic()
        await asyncio.sleep(1 / EVENTS)
