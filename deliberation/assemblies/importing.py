"""Take in a file of answers: show what it would become, then read it through once and keep it batch by batch."""

import logging
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from itertools import islice
from pathlib import Path
from uuid import UUID

from django.conf import settings
from django.utils import timezone

from deliberation.assemblies import queries
from deliberation.assemblies.actions import taking_in
from deliberation.assemblies.errors import ImportUnderWay
from deliberation.assemblies.models import Assembly, Import
from elicitation.interview.incoming import Incoming, NotTaken, Plan, incoming
from elicitation.interview.opening import guess, open_table
from elicitation.interview.tables import Row, Table, TableUnreadable

log = logging.getLogger(__name__)
BATCH = 500
SAMPLES = 5
LOOKED_AT = 200  # rows, to tell which column holds what
NAMED = 200


@dataclass
class Preview:
    """What a file holds and what would become of it. `looked_at`: rows read for it; all of them unless `partial`."""

    columns: Sequence[str]
    encoding: str
    mapping: Mapping[str, str]
    samples: Sequence[Mapping[str, str]]
    counts: Counter[str] = field(default_factory=Counter)
    problems: list[NotTaken] = field(default_factory=list)
    questions: Counter[str] = field(default_factory=Counter)
    new_questions: list[str] = field(default_factory=list)
    partial: bool = False


def preview(shown: Import, most: int | None = None) -> Preview:
    """Read up to `most` rows (all, if None) and write nothing. Raises TableUnreadable."""
    table = open_table(Path(shown.path))
    samples = [row.cells for row in islice(_rows(table), SAMPLES)]
    mapping = shown.mapping or _guessed(table)
    seen = Preview(table.columns, table.encoding, mapping, samples)
    if "text" not in mapping:
        return seen
    known = taking_in.asked(shown.assembly)
    for row in islice(incoming(table, plan(shown, mapping)), most):
        seen.counts["rows"] += 1
        if isinstance(row, NotTaken):
            seen.counts[row.code] += 1
            seen.problems += [row] if len(seen.problems) < NAMED else []
        else:
            seen.counts["answers"] += 1
            seen.questions[row.question] += 1
    seen.new_questions = [q for q in seen.questions if q not in known]
    seen.partial = most is not None and seen.counts["rows"] == most
    return seen


def columns_of(path: Path) -> tuple[Sequence[str], Mapping[str, str]]:
    """The columns of a file, and which of them seem to hold what. Raises TableUnreadable."""
    table = open_table(path)
    return table.columns, _guessed(table)


def take_in_file(taken: Import, progress: Callable[[int], None] = lambda rows: None) -> Import:
    """Keep a started import's rows; call `progress` with the rows read so far.

    A file that cannot be read to its end is marked failed, with what was kept before it kept; doing it again adds only
    what is not there.
    """
    taking_in.begin_import(taken)
    read = 0
    try:
        table = open_table(Path(taken.path))
        for rows in _batches(incoming(table, plan(taken, taken.mapping))):
            fine = [row for row in rows if isinstance(row, Incoming)]
            named = [(r.line, r.code, r.why) for r in rows if isinstance(r, NotTaken)]
            taking_in.take_in(taken, fine, named)
            read += len(rows)
            progress(read)
    except (TableUnreadable, OSError) as broken:
        taking_in.end_import(taken, str(broken))
    else:
        taking_in.end_import(taken)
        _forget_upload(Path(taken.path))
    taken.refresh_from_db()
    return taken


def take_in_by_id(import_id: str) -> None:
    """The worker's way in. An import another worker is at, or that has ended, is passed over."""
    if taken := queries.imports_to_take().filter(pk=UUID(import_id)).first():
        try:
            take_in_file(taken)
        except ImportUnderWay:
            log.info("already under way: %s", import_id)


def plan(shown: Import, mapping: Mapping[str, str]) -> Plan:
    """How the file is understood, with the assembly's own secret as scope."""
    assembly: Assembly = shown.assembly
    return Plan(mapping, assembly.salt, shown.language, shown.quotes_public)


def forget_uploads_left(days: int) -> int:
    """Delete our own copies of files nobody took in for so many days. Returns how many."""
    left = list(queries.uploads_left(timezone.now() - timedelta(days=days)))
    for shown in left:
        path = Path(shown.path)
        taking_in.forget_import(shown)
        _forget_upload(path)
    return len(left)


def _forget_upload(path: Path) -> None:
    """Delete our own copy of a file that is in: words withdrawn later must not live on in it."""
    if path.is_relative_to(settings.MEDIA_ROOT):
        path.unlink(missing_ok=True)


def _guessed(table: Table) -> Mapping[str, str]:
    return guess(table.columns, [row.cells for row in islice(_rows(table), LOOKED_AT)])


def _rows(table: Table) -> Iterator[Row]:
    return (row for row in table.rows() if isinstance(row, Row))


def _batches(
    rows: Iterator[Incoming | NotTaken],
) -> Iterator[list[Incoming | NotTaken]]:
    while batch := list(islice(rows, BATCH)):
        yield batch
