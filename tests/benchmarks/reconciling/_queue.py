"""Ten thousand cards, suggestions and contexts that wait, and a moderator who opens the list."""

from collections.abc import Callable, Iterator
from statistics import median
from time import perf_counter
from typing import Any

from django.db import connection
from django.test import Client
from django.utils import timezone

from deliberation.assemblies.models import Role
from elicitation.extraction.models import Candidate
from elicitation.graph.models import (
    Evidence,
    Regrouped,
    Regrouping,
    Suggestion,
    Value,
    ValueContext,
)
from elicitation.interview.models import Context
from tests.benchmarks.figures import Figure
from tests.benchmarks.reconciling._cards import Hall, hall, written

CARDS = 9_000
REGROUPINGS = 600
CONTEXTS = 400
LOOKS = 20
PAGES = {
    "first page": "",
    "a page in the middle": "?page=90",
    "surest first": "?order=sure",
    "one kind": "?kind=merge",
    "looked for": "?q=Value+77",
    "held by nobody": "?holding=free",
}


def figures() -> Iterator[Figure]:
    """Every figure of the issue's row on the queue."""
    here = filled()
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    client = Client()
    client.force_login(here.benches[0].moderator)
    address = f"/run/{here.assembly.slug}/queue/"
    for name, query in PAGES.items():
        client.get(address + query)
        asked: list[str] = []
        with connection.execute_wrapper(_noting(asked)):
            page = client.get(address + query)
        assert page.status_code == 200
        times = [_took(client, address + query) for _ in range(LOOKS)]
        yield Figure(f"queue, {name}, median", 1000 * median(times), 150, "ms", most=True)
        yield Figure(f"queue, {name}: statements of SQL", len(asked), 11, most=True)
    yield Figure("things that wait", _waiting(here), CARDS + REGROUPINGS + CONTEXTS)


def filled() -> Hall:
    """The hall with what waits in it, half of the cards with a suggestion."""
    here = hall(40)
    Role.objects.create(assembly=here.assembly, user_id=here.benches[0].moderator.pk, kind="facilitator")  # fmt: skip
    values = [Value(inquiry=here.inquiry, title=f"V {n}", language="en") for n in range(1000)]
    Value.objects.bulk_create(values)
    Evidence.objects.bulk_create(
        Evidence(value=value, candidate=card)
        for value, card in zip(values, here.cards, strict=False)
    )
    cards = written(here.inquiry, CARDS, position=1)
    Suggestion.objects.bulk_create(
        Suggestion(
            candidate=card, card_version=1, kind="same", value=values[n % 1000], value_version=1, score=0.8, rule="r",
            engine="e", at=timezone.now(),
        )
        for n, card in enumerate(cards[: CARDS // 2])
    )  # fmt: skip
    found = Regrouping.objects.bulk_create(
        Regrouping(inquiry=here.inquiry, kind="merge", score=0.9 - n / 10_000, rule="r", engine="e")
        for n in range(REGROUPINGS)
    )
    Regrouped.objects.bulk_create(
        Regrouped(regrouping=one, value=values[(2 * n + side) % 1000], version=1, position=side)
        for n, one in enumerate(found)
        for side in range(2)
    )
    context = Context.objects.create(inquiry=here.inquiry, phrase={"en": "it is hot"}, position=0)
    ValueContext.objects.bulk_create(
        ValueContext(value=value, context=context, score=0.6) for value in values[:CONTEXTS]
    )
    return here


def _waiting(here: Hall) -> int:
    waiting = Candidate.objects.filter(evidence=None).count()
    open_ones = Regrouping.objects.open().count()
    return waiting + open_ones + ValueContext.objects.filter(score__range=(0.5, 0.7)).count()


def _noting(asked: list[str]) -> Callable[..., Any]:
    def note(execute: Callable[..., Any], sql: str, *how: Any) -> Any:
        asked.append(sql)
        return execute(sql, *how)

    return note


def _took(client: Client, address: str) -> float:
    start = perf_counter()
    client.get(address)
    return perf_counter() - start
