"""Awkward texts, really written by people, taken in from their file and read by the offline engine in one process."""

import csv
import time
from collections.abc import Iterable, Iterator
from io import StringIO
from pathlib import Path

from django.core.management import call_command

from deliberation.assemblies.models import Import
from elicitation.extraction import queries
from elicitation.extraction.engines import build
from elicitation.extraction.models import Candidate, Mark, NormQuote, Quote, ReadingRequest
from elicitation.extraction.reading import read
from elicitation.interview.models import Revision
from tests.benchmarks.figures import CORPORA, Figure
from tests.conftest import found

TEXTS = CORPORA / "robustness" / "texts.csv"
ANSWERS = CORPORA / "assembly_answers.csv"
State = ReadingRequest.State


def figures() -> Iterator[Figure]:
    """What becomes of each awkward text, then how fast 300 answers of one assembly are read."""
    if not TEXTS.exists():
        yield Figure("texts: corpora are not here", float("nan"), 0)
        return
    yield from awkward()
    taken = take_in("speed", ANSWERS)
    read_all(taken[:20])
    took = read_all(taken[20:])
    rate = (len(taken) - 20) / took
    yield Figure("texts: offline answers a second, one process", rate, 20, "answers/s")
    yield Figure("texts: ... quotes and marks that differ from their span", differ(), 0, "", True)


def awkward() -> Iterator[Figure]:
    """Stored or named, read, quoted, silent where there is nothing, and honest where it cannot read."""
    rows = list(csv.DictReader(TEXTS.open(encoding="utf-8", newline="")))
    revisions = take_in("awkward", TEXTS)
    outcome = Import.objects.get(assembly__slug="awkward")
    named = len(revisions) + len(outcome.problems) + outcome.counts.get("already_there", 0)
    yield Figure("texts: in = stored or named", named, len(rows), f"texts of {len(rows)}")
    yield Figure("texts: ... stored", len(revisions), 0, "texts")
    stored = [revision.text for revision in revisions]
    exact = sum(row["text"] in stored for row in rows)
    yield Figure("texts: ... stored letter for letter", exact, len(stored), "texts")
    read_all(revisions)
    yield Figure("texts: ... still waiting", queries.waiting().count(), 0, "texts", most=True)
    made = sum(table.objects.count() for table in (Quote, NormQuote, Mark))
    what = f"texts: quotes and marks that differ from their span, of {made}"
    yield Figure(what, differ(), 0, "", most=True)
    yield from silence(rows)
    yield from hindi(rows)


def silence(rows: Iterable[dict[str, str]]) -> Iterator[Figure]:
    """The share of texts where nothing is to be found without a card, and of the others with one."""
    empty = {row["text"] for row in rows if row["expect"] == "nothing_found"}
    cards = Candidate.objects.values_list("reading__revision", flat=True)
    nothing = Revision.objects.filter(text__in=empty)
    without = nothing.exclude(pk__in=cards).count() / max(nothing.count(), 1)
    yield Figure(f"texts: nothing found, no card, {nothing.count()}", without, 0.95)
    others = Revision.objects.exclude(text__in=empty)
    share = others.filter(pk__in=cards).count() / others.count()
    yield Figure(f"texts: ... the others with a card, {others.count()}", share, 0)


def hindi(rows: Iterable[dict[str, str]]) -> Iterator[Figure]:
    """Texts the engine's encoder cannot read go to a person, and say why."""
    spoken = {row["text"] for row in rows if row["language"] == "hi"}
    asked = ReadingRequest.objects.filter(revision__text__in=spoken)
    known = asked.filter(state=State.NEEDS_PERSON, why="unreadable_language").count()
    yield Figure("texts: Hindi detected and with a person", known / asked.count(), 1)


def take_in(slug: str, path: Path) -> list[Revision]:
    """Found an assembly and import a file as an operator would. Returns what was stored."""
    found(slug)
    call_command("import_answers", str(path), assembly=slug, stdout=StringIO(), stderr=StringIO())
    return list(
        Revision.objects.filter(response__prompt__inquiry__assemblies__slug=slug)
        .select_related("response")
        .order_by("response__received_at", "pk")
    )


def read_all(revisions: Iterable[Revision]) -> float:
    """Read each, offline. Returns the seconds it took."""
    engine = build("offline")
    start = time.perf_counter()
    for revision in revisions:
        read(revision.pk, engine)
    return time.perf_counter() - start


def differ() -> int:
    """Stretches that are not the slice they say they are."""
    return len(list(queries.broken_spans()))
