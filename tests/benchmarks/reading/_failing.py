"""A model server that fails, and workers that go on: no answer is called empty because of it, and no money is spent past the cap."""

import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence

from django.core.management import call_command
from django.db import connection
from django.test.utils import override_settings

from elicitation.extraction import queries
from elicitation.extraction.actions import waiting
from elicitation.extraction.engines import build
from elicitation.extraction.engines.base import Engine, Options
from elicitation.extraction.models import Reading, ReadingRequest, Reservation, Spend
from elicitation.extraction.reading import ask_about, read_if_free
from elicitation.interview.models import Revision
from tests.benchmarks.figures import SEED, Figure
from tests.benchmarks.reading._people import taken_in
from tests.model_server import ModelServer

ANSWERS, IN_FLIGHT, SHARE = 1_000, 30, 0.25
FAULTS = ("500", "429", "hang", "cut", "broken", "nul")
DEADLINE = 3.0  # seconds an answer
LIMIT = 400.0  # seconds a run
FILLING, TOLD = ("fill", "cut"), 100  # the server counts 100 tokens in, and out all it may
DEAR = 150  # answers to a model that wastes money
NO_LIMIT = dict.fromkeys(("day", "inquiry", "respondent"))
WHO = ("a child", "my neighbour", "the baker", "a stranger", "an old teacher", "the night nurse")
WHAT = ("a door held open", "a promise kept", "bread shared", "time to finish a sentence")


def figures() -> Iterator[Figure]:
    """First the random faults, then the two ways of wasting money."""
    yield from random_faults()
    for behaviour in ("fill", "500", "hang", "cut"):
        yield from wasted(behaviour)


def sentences(count: int) -> list[tuple[str, str]]:
    """`count` answers that each hold a card, all different."""
    return [
        (
            f"On evening {n} I look at whether {WHO[n % 6]} meets {WHAT[n % 4]}. "
            f"Nothing else on day {n} counts as much for me.",
            "en",
        )
        for n in range(count)
    ]


def random_faults() -> Iterator[Figure]:
    """A quarter of all calls fails, each in one of six ways, with thirty workers asking."""
    call_command("flush", interactive=False, verbosity=0)
    taken_in("faults", sentences(ANSWERS))
    start = time.monotonic()
    with ModelServer() as server:
        server.mostly_well(SHARE, SEED, *FAULTS)
        options = Options(server.url, "k", "m", deadline=DEADLINE, price_in=1.0, price_out=1.0)
        with override_settings(READING_LEASE=1.5 * DEADLINE + 10):
            work(build("openai", options))
        calls = len(server.calls)
    took = time.monotonic() - start
    ended = queries.counts(ReadingRequest.objects.all())
    done = ended["read"] + ended["needs_person"]
    what = f"faults: of {ANSWERS} answers, {IN_FLIGHT} in flight, a quarter of calls failing"
    yield Figure(f"{what}: ended nothing found", ended["nothing_found"], 0, "answers", most=True)
    yield Figure("faults: ... read or with a person", done, ANSWERS, "answers")
    yield Figure("faults: ... read", ended["read"], 0, "answers")
    yield Figure("faults: ... still waiting", ended["waiting"], 0, "answers", most=True)
    yield Figure("faults: ... left open, reserved or broken", left_over(), 0, "rows", most=True)
    yield Figure("faults: ... calls", calls, ANSWERS, "calls")
    yield Figure("faults: ... time", took, LIMIT, "s", most=True)
    for why, count in Counter(ReadingRequest.objects.values_list("why", flat=True)).items():
        if why:
            yield Figure(f"faults: ... with a person, {why}", count, 0, "answers")


def wasted(behaviour: str) -> Iterator[Figure]:
    """What thirty workers at once spend, against a cap, on a model that is told to be `behaviour`."""
    call_command("flush", interactive=False, verbosity=0)
    first, *_ = asked = taken_in("dear", sentences(DEAR))
    with ModelServer() as server:
        server.script(behaviour)
        options = Options(server.url, "k", "m", deadline=0.3, price_in=1.0, price_out=1.0)
        engine = build("openai", options)
        call = engine.at_most(ask_about(first))
        cap = 10 * call
        with override_settings(READING_BUDGETS={**NO_LIMIT, "inquiry": cap}):
            work(engine)
        spent = Spend.objects.get(scope="inquiry")
        made = sum(TOLD + body["max_completion_tokens"] for body in server.calls)
        counted = sum(Reading.objects.values_list("cost", flat=True))
    what = f"faults: spent by a model told to {behaviour}, of its cap"
    yield Figure(what, spent.spent / cap, (cap + call) / cap, "", most=True)
    if behaviour in FILLING:
        yield Figure(
            "faults: ... by the server's own count", made / cap, (cap + call) / cap, "", True
        )
    yield Figure("faults: ... still set apart", spent.reserved, 0, "millionths", most=True)
    yield Figure(
        "faults: ... spent and not told at a reading", abs(spent.spent - counted), 0, "", most=True
    )
    open_ones = still_waiting(asked)
    yield Figure("faults: ... still waiting", open_ones, 0, "answers", most=True)


def still_waiting(asked: Sequence[Revision]) -> int:
    """How many of these answers no engine has finished with."""
    return queries.waiting().filter(pk__in=[r.pk for r in asked]).count()


def left_over() -> int:
    """Readings never ended, money never given back, stretches that are none."""
    started = Reading.objects.filter(state=Reading.State.OPEN).count()
    kept = sum(s.reserved for s in Spend.objects.all()) + Reservation.objects.count()
    return started + kept + len(list(queries.broken_spans()))


def work(engine: Engine) -> None:
    """IN_FLIGHT workers, each taking what is due one by one, until nothing waits or LIMIT has passed."""
    until, broken = time.monotonic() + LIMIT, list[BaseException]()
    threads = [
        threading.Thread(target=kept_safe(worker, engine, until, broken)) for _ in range(IN_FLIGHT)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    if broken:
        raise broken[0]


def worker(engine: Engine, until: float) -> None:
    """Ring, read, and again."""
    while time.monotonic() < until and queries.waiting().exists():
        due = waiting.ring_due(1)
        for revision in due:
            read_if_free(revision, engine)
        if not due:
            time.sleep(0.1)


def kept_safe(
    do: Callable[[Engine, float], None], engine: Engine, until: float, broken: list[BaseException]
) -> Callable[[], None]:
    """`do`, with what it raises written down and its connection closed."""

    def run() -> None:
        try:
            do(engine, until)
        except BaseException as raised:  # noqa: BLE001  raised again by the one who waits
            broken.append(raised)
        finally:
            connection.close()

    return run
