"""10,000 things that wait, of every kind, beside 5,000 cards decided on. Django is set up when this is imported."""

import random
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import timedelta
from statistics import median
from typing import Any

from django.contrib.auth import get_user_model
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from deliberation.assemblies.models import AgendaItem, Assembly, Role
from deliberation.moderation.models import Appeal, Claim, Decision, Meaning, Opening, Thing
from elicitation.extraction.models import (
    Candidate,
    NormCandidate,
    NormQuote,
    Policy,
    Reading,
    ReadingRequest,
)
from elicitation.graph.models import (
    Evidence,
    Regrouped,
    Regrouping,
    Suggestion,
    Value,
    ValueContext,
)
from elicitation.interview.models import Context, Inquiry, Prompt, Respondent, Response, Revision
from tests.benchmarks.figures import SEED, Figure
from tests.houses import house

VALUES, DECIDED = 1_000, 5_000
WAIT = {
    Thing.CARD: 7_500,
    Thing.RULE: 500,
    Thing.MERGE: 300,
    Thing.SPLIT: 100,
    Thing.CONTEXT: 500,
    Thing.FLAGGED: 400,
    Thing.UNREAD: 500,
    Thing.MEANING: 100,
    Thing.APPEAL: 100,
}
TIMES = 20
MOST_MS, MOST_QUERIES = 150, 11
ADDRESSES = {
    "as it opens": "",
    "cards alone": "?kind=card",
    "the last page": "?page=400",
    "surest first": "?order=surest",
    "most cards behind first": "?order=cards",
    "held by nobody": "?held=free",
    "words searched": "?q=number+77",
    "of one question": "?inquiry={inquiry}",
}


@dataclass
class Ground:
    """What was planted: the question, its values, and everybody who wrote."""

    assembly: Assembly
    inquiry: Inquiry
    values: list[Value]
    draw: random.Random


def figures() -> Iterator[Figure]:
    """The middle of 20 loads of each address, through the whole site, and the questions of one."""
    ground, client = _planted()
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    page = f"/run/{ground.assembly.slug}/queue/"
    told = client.get(page).context["kinds"][0][2]
    yield Figure("queue: things that wait", told, sum(WAIT.values()), "things")
    for name, asked in ADDRESSES.items():
        address = page + asked.format(inquiry=ground.inquiry.pk)
        taken = sorted(_took(client, address) for _ in range(TIMES))
        yield Figure(f"queue, {name}: page", median(taken), MOST_MS, "ms", most=True)
        with CaptureQueriesContext(connection) as queries:
            client.get(address)
        yield Figure(f"queue, {name}: SQL", len(queries), MOST_QUERIES, "queries", most=True)


def _took(client: Client, address: str) -> float:
    begun = time.perf_counter()
    status = client.get(address).status_code
    taken = 1000 * (time.perf_counter() - begun)
    if status != 200:
        raise ValueError(f"{address} answered {status}")
    return taken


def _planted() -> tuple[Ground, Client]:
    inquiry = Inquiry.objects.create(question={"en": "What matters?"}, languages=["en"])
    assembly = Assembly.objects.create(
        organisation=house(), slug="large", title={"en": "Large"}, languages=["en"]
    )
    AgendaItem.objects.create(assembly=assembly, inquiry=inquiry, position=0)
    values = [
        Value(inquiry=inquiry, title=f"Value number {n}", policies=["a thing"], language="en")
        for n in range(VALUES)
    ]
    for value in values:
        value.root_id = value.pk
    Value.objects.bulk_create(values)
    ground = Ground(assembly, inquiry, values, random.Random(SEED))
    me, other = (get_user_model().objects.create(username=name) for name in ("me", "other"))
    for account in (me, other):
        Role.objects.create(assembly=assembly, user=account, kind=Role.Kind.FACILITATOR)
    _cards(ground, me, other)
    _regroupings(ground)
    client = Client()
    client.force_login(me)
    return ground, client


def _cards(ground: Ground, me: Any, other: Any) -> None:
    """Everybody wrote one answer, of which one card was read; some answers are flagged or were not read."""
    prompt = Prompt.objects.create(inquiry=ground.inquiry, position=0, wording={"en": "What?"})
    many = WAIT[Thing.CARD] + DECIDED + WAIT[Thing.UNREAD]
    people = Respondent.objects.bulk_create(Respondent() for _ in range(many))
    answers = Response.objects.bulk_create(
        Response(prompt=prompt, respondent=p, key=str(p.pk)) for p in people
    )
    revisions = Revision.objects.bulk_create(
        Revision(response=a, text=f"I look at thing number {n}. " * 5, language="en")
        for n, a in enumerate(answers)
    )
    read, unread = revisions[: -WAIT[Thing.UNREAD]], revisions[-WAIT[Thing.UNREAD] :]
    flags = ["addresses_machine"] * WAIT[Thing.FLAGGED] + [""] * len(read)
    ReadingRequest.objects.bulk_create(
        ReadingRequest(revision=r, state="read", flag=f) for r, f in zip(read, flags, strict=False)
    )
    ReadingRequest.objects.bulk_create(
        ReadingRequest(revision=r, state="needs_person", why="refused") for r in unread
    )
    readings = Reading.objects.bulk_create(
        Reading(revision=r, engine="told", model="told", state="done") for r in read
    )
    now = timezone.now()
    cards = Candidate.objects.bulk_create(
        Candidate(
            reading=r, title=f"Card number {n}", context="it rains", language="en", state="confirmed",
            answered_at=now - timedelta(minutes=ground.draw.randrange(50_000)),
        )
        for n, r in enumerate(readings)
    )  # fmt: skip
    Policy.objects.bulk_create(
        Policy(candidate=c, position=n, text=f"THING number {n}") for c in cards for n in range(3)
    )
    decided, waiting = cards[:DECIDED], cards[DECIDED:]
    _decided(ground, decided, people, other)
    _suggested(ground, waiting)
    _stated(decided[: 2 * WAIT[Thing.RULE]])
    held = [Claim(assembly=ground.assembly, kind="card", thing=c.pk, moderator=other, until=now + timedelta(hours=1)) for c in waiting[:200]]  # fmt: skip
    Claim.objects.bulk_create(held)
    Opening.objects.bulk_create(
        Opening(assembly=ground.assembly, kind="card", thing=c.pk, moderator=me)
        for c in waiting[::4]
    )


def _decided(
    ground: Ground, cards: Sequence[Candidate], people: Sequence[Respondent], by: Any
) -> None:
    where = [ground.draw.choice(ground.values) for _ in cards]
    Evidence.objects.bulk_create(
        Evidence(value=v, candidate=c) for v, c in zip(where, cards, strict=True)
    )
    decisions = Decision.objects.bulk_create(
        Decision(assembly=ground.assembly, moderator=by, kind="merge", candidate=c, card_version=1, value=v)
        for v, c in zip(where, cards, strict=True)
    )  # fmt: skip
    Meaning.objects.bulk_create(
        Meaning(candidate=d.candidate, value=d.value, value_version=1, decision=d, answer="no", answered_at=timezone.now())
        for d in decisions[: WAIT[Thing.MEANING]]
    )  # fmt: skip
    Appeal.objects.bulk_create(
        Appeal(decision=d, candidate=d.candidate, respondent=p, words="Please look again.")
        for d, p in zip(decisions[: WAIT[Thing.APPEAL]], people, strict=False)
    )


def _stated(cards: Sequence[Candidate]) -> None:
    """A rule beside each of these cards, released by half of their authors: those wait."""
    made = NormCandidate.objects.bulk_create(
        NormCandidate(reading=c.reading, deontic="must", aim=f"see to thing {n}", language="en", state="confirmed")
        for n, c in enumerate(cards)
    )  # fmt: skip
    NormQuote.objects.bulk_create(
        NormQuote(norm=rule, revision=card.reading.revision, start=0, end=6, text="I look", public=n % 2 == 0)
        for n, (rule, card) in enumerate(zip(made, cards, strict=True))
    )  # fmt: skip


def _suggested(ground: Ground, cards: Sequence[Candidate]) -> None:
    """What every waiting card is to a value drawn for it."""
    draw, now = ground.draw, timezone.now()
    Suggestion.objects.bulk_create(
        Suggestion(
            candidate=card, card_version=1, kind=draw.choice(Suggestion.Kind.values),
            value=draw.choice(ground.values), value_version=1, score=draw.random(),
            rule="bench", engine="bench", at=now,
        )
        for card in cards
    )  # fmt: skip


def _regroupings(ground: Ground) -> None:
    draw = ground.draw
    for kind, size in ((Thing.MERGE, 3), (Thing.SPLIT, 1)):
        made = Regrouping.objects.bulk_create(
            Regrouping(inquiry=ground.inquiry, kind=kind, score=draw.random(), rule="b", engine="b")
            for _ in range(WAIT[kind])
        )
        Regrouped.objects.bulk_create(
            Regrouped(regrouping=one, value=value, version=1, position=place)
            for one in made
            for place, value in enumerate(draw.sample(ground.values, size))
        )
    context = Context.objects.create(inquiry=ground.inquiry, position=0, phrase={"en": "it rains"})
    near = draw.sample(ground.values, WAIT[Thing.CONTEXT])
    ValueContext.objects.bulk_create(
        ValueContext(value=v, context=context, score=0.5 + 0.2 * draw.random()) for v in near
    )
