"""One worker process, 64 answers in flight, 1,000 answers, a model server that takes 1 s each. Imported once the ground is ready."""

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from django.db.models import Max, Min

from elicitation.extraction import queries
from elicitation.extraction.models import Reading, ReadingRequest
from tests.benchmarks.figures import Figure
from tests.benchmarks.reading._people import taken_in
from tests.workers import ROOT, until, worker

ANSWERS, IN_FLIGHT, SECONDS, PORT = 1000, 64, 1.0, 9173
TICKS = os.sysconf("SC_CLK_TCK")


def figures() -> Iterator[Figure]:
    """Wall time over the ideal; milliseconds of CPU an answer; answers that were read."""
    named = {
        "OPENAI_BASE_URL": f"http://127.0.0.1:{PORT}/v1",
        "OPENAI_API_KEY": "k",
        "OPENAI_MODEL": "m",
    }
    with (
        slow_model(),
        worker(
            GROUNDWORK_ENGINE="openai", READING_IN_FLIGHT=str(IN_FLIGHT), processes=1, **named
        ) as process,
    ):
        taken_in("warm", [("I look at who is left without a door.", "en")])
        until(lambda: not queries.waiting().exists())
        before = cpu(process.pid)
        texts = [
            (f"When it rains I look at who has no roof, number {n}. Rain is cold.", "en")
            for n in range(ANSWERS)
        ]
        taken_in("rain", texts)
        until(lambda: not queries.waiting().exists(), patience=120)
        spent = cpu(process.pid) - before
    readings = Reading.objects.filter(revision__response__key__startswith="rain")
    span = readings.aggregate(first=Min("started_at"), last=Max("ended_at"))
    wall = (span["last"] - span["first"]).total_seconds()
    read = ReadingRequest.objects.filter(state="read", revision__response__key__startswith="rain")
    ideal = ANSWERS * SECONDS / IN_FLIGHT
    yield Figure(
        f"{ANSWERS} answers, {IN_FLIGHT} in flight: wall over the ideal {ideal:.1f} s",
        wall / ideal,
        1.25,
        most=True,
    )
    yield Figure("the same, worker CPU an answer", 1000 * spent / ANSWERS, 8, "ms", most=True)
    yield Figure("the same, answers read", read.count() / ANSWERS, 1)


@contextmanager
def slow_model() -> Iterator[None]:
    """The model server as a process of its own, so that its work is not counted with the worker's."""
    server = subprocess.Popen(
        [sys.executable, "-m", "tests.model_server", str(PORT), str(SECONDS)], cwd=ROOT
    )
    try:
        yield
    finally:
        server.kill()
        server.wait()


def cpu(group: int) -> float:
    """Seconds of CPU all living processes of a process group have used, and the children they have waited for."""
    used = 0
    for stat in Path("/proc").glob("[0-9]*/stat"):
        try:
            fields = stat.read_text().rsplit(")", 1)[1].split()
        except OSError:
            continue
        if int(fields[2]) == group:
            used += sum(int(field) for field in fields[11:15])
    return used / TICKS
