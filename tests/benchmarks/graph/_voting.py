"""The measuring itself: 2 million votes in the table, then votes one by one, then 200 people on one value at once."""

import os
import time
from collections.abc import Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from pathlib import Path
from random import Random
from statistics import median, quantiles
from threading import Barrier
from typing import Any
from uuid import UUID

from django.db import connection
from django.utils import timezone

from deliberation.assemblies.actions import taking_part, weighing
from deliberation.assemblies.models import AgendaItem, Assembly, Membership, Phase
from deliberation.opinion.drawing import next_value
from elicitation.graph.actions.endorsing import endorse
from elicitation.graph.models import Endorsement, Tally, Value
from elicitation.interview.models import Inquiry, Respondent
from tests.benchmarks.figures import SEED, Figure
from tests.houses import house

PEOPLE, VALUES, EACH = 50_000, 2_000, 40
ALONE = 1_000  # votes one after the other
CROWD, ROUNDS = 200, 3
CONNECTIONS = 100


def figures() -> Iterator[Figure]:
    """Everything on one table of 2 million votes."""
    chance = Random(SEED)
    inquiry = fill(chance)
    people, values = list(Respondent.objects.all()), list(Value.objects.all())
    yield Figure("votes in the table", Endorsement.objects.count(), PEOPLE * EACH, "votes")
    yield from alone(chance, people, values)
    member = member_of(inquiry, people[0])
    drawn = median(draw(member) for _ in range(20))
    yield Figure("draw the next of 2,000 values and note it, median", drawn, 150, "ms", most=True)
    yield from together(chance, people, inquiry)
    yield Figure("values whose tally is not what a recount gives", untrue(), 0, "values", most=True)


def alone(chance: Random, people: list[Respondent], values: list[Value]) -> Iterator[Figure]:
    """Votes one after the other, each until the count can be read; beside them what the disk and the processor ask."""
    kept, spans = median(synced()), []
    before = processor_time()
    for _ in range(ALONE):
        who, what = chance.choice(people), chance.choice(values)
        says = Endorsement.Says(chance.choice((1, 0, -1)))
        start = time.perf_counter()
        endorse(who, what, says)
        Tally.objects.get(value=what)
        spans.append(1000 * (time.perf_counter() - start))
    worked = (processor_time() - before) / ALONE
    vote, late = "one new vote, seen in counts", quantiles(spans, n=20)[-1]
    yield Figure(f"{vote}, median", median(spans), 15, "ms", most=True)
    yield Figure(f"{vote}, p95", late, 15, "ms", most=True)
    yield Figure(f"{vote}: processor time, ours and the database's", worked, 15, "ms", most=True)
    yield Figure("a bare row kept safe on this disk, median", kept, 15, "ms", most=True)


def together(chance: Random, people: list[Respondent], inquiry: Inquiry) -> Iterator[Figure]:
    """Many people on one value at one moment."""
    rates, lost = [], 0
    for number in range(ROUNDS):
        value = Value.objects.create(inquiry=inquiry, title=f"new {number}", language="en")
        crowd = chance.sample(people, CROWD)
        seconds = at_once([(endorse, who, value, Endorsement.Says.AGREE) for who in crowd])
        rates.append(CROWD / seconds)
        lost += CROWD - Tally.objects.get(value=value).agrees
        lost += CROWD - Endorsement.objects.standing().filter(value=value).count()
    told = f"{CROWD} people at once on one value, over {CONNECTIONS} connections"
    yield Figure(told, median(rates), 50, "votes/s")
    yield Figure("votes lost of those", lost, 0, "votes", most=True)


def fill(chance: Random) -> Inquiry:
    """An inquiry with its values, people, votes and tallies, by COPY. Foreign keys are true by construction and not checked one by one."""
    inquiry = Inquiry.objects.create(question={"en": "What matters?"}, languages=["en"])
    Value.objects.bulk_create(
        Value(inquiry=inquiry, title=f"value {n}", policies=["WORDS"], language="en")
        for n in range(VALUES)
    )
    people = [UUID(int=chance.getrandbits(128)) for _ in range(PEOPLE)]
    values = list(Value.objects.values_list("pk", flat=True))
    with connection.cursor() as cursor:
        cursor.execute("SET session_replication_role = replica")
        copy(
            cursor,
            "interview_respondent (id, kind, created_at)",
            ((p, "person", "2026-01-01") for p in people),
        )
        votes = (
            (p, v, chance.choice((1, 0, -1)), "2026-01-02")
            for p in people
            for v in chance.sample(values, EACH)
        )
        copy(cursor, "graph_endorsement (respondent_id, value_id, says, at)", votes)
        cursor.execute("SET session_replication_role = origin")
        cursor.execute(
            "INSERT INTO graph_tally (value_id, agrees, disagrees, passes, shown, changes) "
            "SELECT value_id, count(*) FILTER (WHERE says = 1), count(*) FILTER (WHERE says = -1), "
            "count(*) FILTER (WHERE says = 0), count(*), count(*) FROM graph_endorsement GROUP BY value_id"
        )
        cursor.execute("VACUUM ANALYZE")
    return inquiry


def copy(cursor: Any, into: str, rows: Iterable[tuple[Any, ...]]) -> None:
    with cursor.copy(f"COPY {into} FROM STDIN") as copying:
        for row in rows:
            copying.write_row(row)


def synced() -> Iterator[float]:
    """Milliseconds of a transaction that writes one row and nothing else: what the disk asks, whatever the code does."""
    with connection.cursor() as cursor:
        cursor.execute("CREATE TABLE IF NOT EXISTS one_row (n int)")
        for n in range(100):
            start = time.perf_counter()
            cursor.execute("INSERT INTO one_row VALUES (%s)", [n])
            yield 1000 * (time.perf_counter() - start)


def member_of(inquiry: Inquiry, respondent: Respondent) -> Membership:
    now = timezone.now()
    assembly = Assembly.objects.create(
        organisation=house(), slug="voting", title={"en": "Voting"}, languages=["en"]
    )
    AgendaItem.objects.create(assembly=assembly, inquiry=inquiry, position=0)
    Phase.objects.create(
        assembly=assembly, kind="weighing", starts_at=now, ends_at=now + timedelta(days=1)
    )
    member = taking_part.open_door(assembly, respondent, "en")
    taking_part.agree(member)
    return member


def draw(member: Membership) -> float:
    """Milliseconds of one draw; what was drawn is answered afterwards, so that the next draw is a new one."""
    start = time.perf_counter()
    value = next_value(member)
    span = 1000 * (time.perf_counter() - start)
    weighing.weigh(member, value, Endorsement.Says.PASS)
    return span


def at_once(calls: list[tuple[Any, ...]]) -> float:
    """Seconds for all `calls` (function, then its arguments), begun at one moment on connections that are open already."""
    barrier = Barrier(CONNECTIONS + 1)
    parts = [calls[n::CONNECTIONS] for n in range(CONNECTIONS)]

    def run(part: list[tuple[Any, ...]]) -> None:
        connection.ensure_connection()
        barrier.wait(60)
        for act, *given in part:
            act(*given)
        connection.close()

    with ThreadPoolExecutor(CONNECTIONS) as pool:
        running = [pool.submit(run, part) for part in parts]
        barrier.wait(60)
        start = time.perf_counter()
        for one in running:
            one.result()
        return time.perf_counter() - start


def processor_time() -> float:
    """Milliseconds this process and its server process have worked so far: the same on a busy machine as on an idle one, nearly."""
    ticks = (
        Path(f"/proc/{connection.connection.info.backend_pid}/stat")
        .read_text()
        .split(") ")[1]
        .split()
    )
    theirs = (int(ticks[11]) + int(ticks[12])) / os.sysconf("SC_CLK_TCK")
    return 1000 * (time.process_time() + theirs)


def untrue() -> int:
    """How many tallies are not what the standing rows give."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(*) FROM graph_tally t JOIN (SELECT value_id, count(*) FILTER (WHERE says = 1) a, "
            "count(*) FILTER (WHERE says = -1) d, count(*) FILTER (WHERE says = 0) p FROM graph_endorsement "
            "WHERE replaced_at IS NULL GROUP BY value_id) s USING (value_id) WHERE (t.agrees, t.disagrees, t.passes) <> (s.a, s.d, s.p)"
        )
        found: int = cursor.fetchone()[0]
        return found
