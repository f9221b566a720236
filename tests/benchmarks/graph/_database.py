"""Two million votes by 50,000 people on 2,000 values, made by COPY, and read back. Django is set up when this is imported."""

import json
import random
import time
import tracemalloc
from collections.abc import Callable, Iterator
from statistics import median
from uuid import UUID, uuid4

from django.db import connection
from django.utils import timezone

from deliberation.assemblies.models import Assembly
from deliberation.opinion import rows
from deliberation.opinion.analysing import analyse
from deliberation.opinion.bringing import Folder, bring
from deliberation.opinion.models import StatementVote
from deliberation.opinion.snapshots import due
from elicitation.graph.models import Tally, Value
from elicitation.interview.models import Inquiry, Respondent
from tests.benchmarks.figures import DATA, SEED, Figure
from tests.houses import house

PEOPLE, VALUES, EACH = 50_000, 2_000, 40
TIMES = 3
LARGEST = DATA / "polis" / "american-assembly.bowling-green"


def figures() -> Iterator[Figure]:
    """How long reading takes, the middle of three, with what it needs of memory; then a conversation brought in and computed."""
    inquiry = Inquiry.objects.create(question={"en": "What matters?"}, languages=["en"])
    cast = _cast(inquiry)
    taken = []
    for _ in range(TIMES):
        begun = time.perf_counter()
        read = rows.of_inquiry(inquiry)
        taken.append(time.perf_counter() - begun)
    yield Figure("votes from PostgreSQL to arrays, 2 million", median(taken), 3.0, "s", most=True)
    yield Figure("of them in the arrays", len(read.votes.signs), cast, "votes")
    yield Figure(
        "most memory held by it", _held(lambda: rows.of_inquiry(inquiry)), 400, "MB", most=True
    )
    looked = []
    for _ in range(TIMES):
        begun = time.perf_counter()
        found = list(due())
        looked.append(1000 * (time.perf_counter() - begun))
    yield Figure(
        "a look at what is due, 2,000 values voted on", median(looked), 50, "ms", most=True
    )
    yield Figure("of that found due", len(found), 1, "inquiries")
    if LARGEST.exists():
        yield from _brought()
    else:
        yield Figure("bowling-green brought in", float("nan"), 20, "s", most=True)


def _brought() -> Iterator[Figure]:
    founded = Assembly.objects.create(
        organisation=house(), slug="green", title={"en": "Green"}, languages=["en"]
    )
    begun = time.perf_counter()
    kept = bring(founded, Folder(LARGEST))
    yield Figure("bowling-green brought in", time.perf_counter() - begun, 20, "s", most=True)
    votes = StatementVote.objects.filter(statement__conversation=kept).count()
    yield Figure("of its votes", votes, 225_524, "votes")
    (made,) = analyse(kept)
    yield Figure("bowling-green from the database to a result", made.seconds, 3, "s", most=True)
    size = len(json.dumps(made.result)) / 2**20
    yield Figure("the result as JSON", size, 2, "MB", most=True)
    folder = Folder(LARGEST, name="once more")
    kept.delete()
    held = _held(lambda: bring(founded, folder))
    yield Figure("most memory held by bringing it in", held, 60, "MB", most=True)


def _held(act: Callable[[], object]) -> float:
    """The most memory, in MB, that `act` held at a time."""
    tracemalloc.start()
    act()
    most = tracemalloc.get_traced_memory()[1] / 2**20
    tracemalloc.stop()
    return most


def _cast(inquiry: Inquiry) -> int:
    """Everybody says something to 40 values drawn at random; a vote in twenty was another before."""
    draw = random.Random(SEED)
    values = [uuid4() for _ in range(VALUES)]
    Value.objects.bulk_create(
        Value(pk=v, inquiry=inquiry, title="A", language="en") for v in values
    )
    Tally.objects.bulk_create(Tally(value_id=v, changes=PEOPLE * EACH // VALUES) for v in values)
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
