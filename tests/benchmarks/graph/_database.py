"""Two million votes by 50,000 people on 2,000 values, made by COPY, and read back. Django is set up when this is imported."""

import random
import time
import tracemalloc
from collections.abc import Iterator
from statistics import median
from uuid import UUID, uuid4

from django.db import connection
from django.utils import timezone

from deliberation.opinion import rows
from elicitation.graph.models import Value
from elicitation.interview.models import Inquiry, Respondent
from tests.benchmarks.figures import SEED, Figure

PEOPLE, VALUES, EACH = 50_000, 2_000, 40
TIMES = 3


def figures() -> Iterator[Figure]:
    """How long the reading takes, the middle of three, with what it needs of memory."""
    inquiry = Inquiry.objects.create(question={"en": "What matters?"}, languages=["en"])
    cast = _cast(inquiry)
    taken = []
    for _ in range(TIMES):
        begun = time.perf_counter()
        read = rows.of_inquiry(inquiry)
        taken.append(time.perf_counter() - begun)
    yield Figure("votes from PostgreSQL to arrays, 2 million", median(taken), 3.0, "s", most=True)
    yield Figure("of them in the arrays", len(read.votes.signs), cast, "votes")
    tracemalloc.start()
    rows.of_inquiry(inquiry)
    yield Figure(
        "most memory held by it", tracemalloc.get_traced_memory()[1] / 2**20, 400, "MB", most=True
    )
    tracemalloc.stop()


def _cast(inquiry: Inquiry) -> int:
    """Everybody says something to 40 values drawn at random; a vote in twenty was another before."""
    draw = random.Random(SEED)
    values = [uuid4() for _ in range(VALUES)]
    Value.objects.bulk_create(
        Value(pk=v, inquiry=inquiry, title="A", language="en") for v in values
    )
    now = timezone.now()
    people = [UUID(int=draw.getrandbits(128), version=4) for _ in range(PEOPLE)]
    with connection.cursor() as cursor:
        with cursor.copy("COPY interview_respondent (id, kind, created_at) FROM STDIN") as copy:
            for person in people:
                copy.write_row((person, Respondent.Kind.PERSON.value, now))
        columns = "respondent_id, value_id, says, at, replaced_at"
        with cursor.copy(f"COPY graph_endorsement ({columns}) FROM STDIN") as copy:
            for person in people:
                for value in draw.sample(values, EACH):
                    if draw.random() < 0.05:
                        copy.write_row((person, value, 0, now, now))
                    copy.write_row((person, value, draw.choice((-1, 0, 1, 1)), now, None))
        cursor.execute("ANALYZE")
    return PEOPLE * EACH
