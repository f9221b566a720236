"""The measuring itself. Django is set up when this is imported."""

import gzip
import logging
import re
import time
from collections.abc import Iterator
from datetime import timedelta
from functools import cache
from pathlib import Path
from random import Random
from typing import Any

from django.conf import settings
from django.contrib.auth import get_user_model
from django.contrib.sessions.backends.db import SessionStore
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from deliberation.assemblies.models import Assembly, Membership, Phase
from deliberation.moderation.bench import Bench
from elicitation.graph.models import Endorsement, Tally, Transition, Value
from elicitation.interview.models import Context, Respondent
from tests.benchmarks.figures import SEED, Figure
from tests.benchmarks.graph._voting import processor_time
from tests.benchmarks.pages._explored import WORDS
from tests.benchmarks.seats import hall, seated
from tests.deliberation.web.citizen._living import live

PEOPLE, VALUES, TRANSITIONS, EACH, PROMPTS = 10_000, 5_000, 20_000, 20, 5
LOOKS = 24  # at each page, each by somebody else
SLOWEST, MOST_QUERIES = 60.0, 10
FIRST, AFTERWARDS = 90.0, 25.0  # kB
HERE = "/a/hall/"
ANSWERS = 8
LIVED = f"my values, with {ANSWERS} answers and all that became of them"
FONT = re.compile(r'url\("?([^)"]+\.woff2)"?\)')


def figures() -> Iterator[Figure]:
    """Each page by itself, then all together."""
    chance = Random(SEED)
    logging.disable(logging.INFO)
    assembly, prompts = hall(PROMPTS)
    keys = seated(assembly, PEOPLE)
    filled(chance, assembly)
    living(assembly, keys[0])
    paths = {
        "home": "/",
        "assembly": HERE,
        "a question": f"{HERE}answer/{prompts[0]}/",
        "my values": f"{HERE}mine/",
        LIVED: f"{HERE}mine/",
        "everything about me": f"{HERE}mine/everything/",
        "weighing": f"{HERE}weigh/",
        "what I said to values": f"{HERE}weigh/said/",
        "rules": f"{HERE}weigh/rules/",
        "comparing": f"{HERE}judge/",
        "what I said to comparisons": f"{HERE}judge/said/",
        "proposing a comparison": f"{HERE}judge/propose/",
        "what I agree to": f"{HERE}mine/agreed/",
        "what became of answers": f"{HERE}became/",
        "results": f"{HERE}results/",
    }
    took: list[float] = []
    for name, path in paths.items():
        seats = keys[:1] if name == LIVED else keys
        looked = [look(path, chance.choice(seats)) for _ in range(LOOKS + 3)][3:]
        spans = sorted(span for span, *_ in looked)
        took += spans
        p95 = spans[-2]
        yield Figure(f"page, {name}: p95", p95, SLOWEST, "ms", most=True)
        worked = sorted(work for _, work, *_ in looked)[-2]
        yield Figure(f"page, {name}: processor time, ours and the database's, p95", worked, SLOWEST, "ms", most=True)  # fmt: skip
        yield Figure(f"page, {name}: queries", max(n for *_, n, _ in looked), MOST_QUERIES, most=True)  # fmt: skip
        first, then = weight(looked[-1][-1])
        yield Figure(f"page, {name}: all bytes of a first visit", first, FIRST, "kB", most=True)
        yield Figure(f"page, {name}: bytes afterwards", then, AFTERWARDS, "kB", most=True)
    yield Figure("pages of citizens, all together: p95", sorted(took)[len(took) * 95 // 100], SLOWEST, "ms", most=True)  # fmt: skip


def living(assembly: Assembly, key: str) -> None:
    """Answers of the one seat of a session, with cards in each state, rules, replies and ratings."""
    held = SessionStore(key)["members"][assembly.slug]
    member = Membership.objects.select_related("assembly", "respondent").get(pk=held)
    bench = Bench(assembly, get_user_model().objects.create(username="bench"))
    for n in range(ANSWERS):
        live(bench, member, n)


def look(path: str, key: str) -> tuple[float, float, int, str]:
    """Milliseconds, milliseconds of processors, queries and the page as one member sees it; redirects are followed and counted in."""
    client = browser()
    client.cookies.clear()
    client.cookies[settings.SESSION_COOKIE_NAME] = key
    with CaptureQueriesContext(connection) as asked:
        worked, begun = processor_time(), time.perf_counter()
        answer: Any = client.get(path, follow=True)
        span, work = 1000 * (time.perf_counter() - begun), processor_time() - worked
    return span, work, len(asked), answer.content.decode()


@cache
def browser() -> Client:
    """One for all, so that what a site does once when it starts is not counted in each look."""
    return Client(HTTP_HOST="127.0.0.1")


def weight(page: str) -> tuple[float, float]:
    """Kilobytes of a page compressed, with all it asks for and alone; the font among it, which is loaded where a page shows people's words."""
    alone = len(gzip.compress(page.encode())) / 1000
    wanted = set(re.findall(r'(?:src|href)="/static/([^"]+)"', page))
    return alone + sum(size_of(Path("static") / name) for name in wanted), alone


def size_of(path: Path) -> float:
    """Kilobytes of a static file compressed; of a style sheet with its fonts."""
    content = path.read_bytes()
    fonts = FONT.findall(content.decode()) if path.suffix == ".css" else []
    beside = sum((path.parent / font).stat().st_size / 1000 for font in fonts)
    return len(gzip.compress(content)) / 1000 + beside


def filled(chance: Random, assembly: Assembly) -> None:
    """Values, what people say to them, and transitions; weighing is open."""
    now = timezone.now()
    Phase.objects.create(assembly=assembly, kind="weighing", starts_at=now - timedelta(hours=1), ends_at=now + timedelta(days=1))  # fmt: skip
    inquiry = assembly.inquiries.get()
    context = Context.objects.create(inquiry=inquiry, position=0, phrase={"en": "the river floods"})
    values = Value.objects.bulk_create(
        Value(inquiry=inquiry, title=" ".join(chance.sample(WORDS, 6)), policies=["WHO is left alone", "MOMENTS of quiet"], language="en")
        for _ in range(VALUES)
    )  # fmt: skip
    people = list(Respondent.objects.all())
    Endorsement.objects.bulk_create(
        (
            Endorsement(respondent=one, value=value, says=chance.choice((1, 0, -1)))
            for one in people
            for value in chance.sample(values, EACH)
        ),
        batch_size=5_000,
    )
    each = PEOPLE * EACH // VALUES
    Tally.objects.bulk_create(
        Tally(value=v, agrees=each // 2, disagrees=each // 4, passes=each - each // 2 - each // 4, shown=each, changes=each)
        for v in values
    )  # fmt: skip
    pairs = {tuple(sorted(chance.sample(range(VALUES), 2))) for _ in range(TRANSITIONS)}
    Transition.objects.bulk_create(
        Transition(inquiry=inquiry, from_value=values[a], to_value=values[b], context=context, source="pairing", shown=4, judged=4, changes=4)
        for a, b in sorted(pairs)
    )  # fmt: skip
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE")
