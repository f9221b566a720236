"""A large flat table as PostgreSQL writes it: each row as its line of JSON Lines and its line of CSV, made once for both, and for page and API.

For tables that hold ids, codes, numbers and moments alone: nothing in them needs to be escaped in either form, nor could be taken for a formula. A row
of two million costs a fraction of what it costs to make it in Python (decision 0045).
"""

from collections.abc import Callable, Iterator, Mapping
from contextlib import closing
from typing import IO, NamedTuple

from django.db import connection

from deliberation.assemblies.models import Assembly
from deliberation.exports.tables import TABLES
from elicitation.graph.models import Endorsement

CHUNK = 5_000
OFTEN = 20_000  # rows between two words on how far it is


class Column(NamedTuple):
    """SQL of its text, and whether that stands in quotation marks in JSON."""

    sql: str
    quoted: bool


def _moment(name: str) -> Column:
    """As Python has it: without a fraction where it is nought."""
    told = f"to_char({name} AT TIME ZONE 'UTC', 'YYYY-MM-DD\"T\"HH24:MI:SS.US')"
    return Column(f"replace({told}, '.000000', '') || '+00:00'", quoted=True)


SAYS = " ".join(f"WHEN {said.value} THEN '{said.name.lower()}'" for said in Endorsement.Says)
ENDORSEMENTS = (
    Column("e.id::text", quoted=False),
    Column("e.respondent_id::text", quoted=True),
    Column("r.kind", quoted=True),
    Column("e.value_id::text", quoted=True),
    Column(f"CASE e.says {SAYS} END", quoted=True),
    _moment("e.at"),
    _moment("e.replaced_at"),
    Column("(e.replaced_at IS NULL AND NOT e.covered)::text", quoted=False),
)
SAID_HERE = """
    FROM graph_endorsement e
    JOIN graph_value v ON v.id = e.value_id
    JOIN assemblies_agendaitem a ON a.inquiry_id = v.inquiry_id AND a.assembly_id = %s
    JOIN interview_respondent r ON r.id = e.respondent_id AND r.in_research
    ORDER BY e.id
"""


def _query(table: str, columns: tuple[Column, ...], source: str) -> str:
    """(JSON, CSV) of each row. The texts are made once, in a query of their own that is not folded into the other."""
    names = list(TABLES[table].columns)
    made = ", ".join(f"{column.sql} AS c{n}" for n, column in enumerate(columns))
    told = " || ', ' || ".join(
        f"'\"{name}\": ' || " + (f"coalesce('\"' || c{n} || '\"', 'null')" if column.quoted else f"c{n}")
        for n, (name, column) in enumerate(zip(names, columns, strict=True))
    )  # fmt: skip
    cells = " || ',' || ".join(f"coalesce(c{n}, '')" for n in range(len(columns)))
    return f"SELECT '{{' || {told} || '}}', {cells} FROM (SELECT {made} {source} OFFSET 0) made"  # noqa: S608  # nosec B608  ours


COPIED: Mapping[str, str] = {
    "endorsements": _query("endorsements", ENDORSEMENTS, SAID_HERE),
}


def lines(assembly: Assembly, table: str) -> Iterator[str]:
    """The rows of a table as JSON Lines."""
    with closing(connection.chunked_cursor()) as cursor:
        cursor.execute(COPIED[table], [assembly.pk])
        while found := cursor.fetchmany(CHUNK):
            yield from (exact + "\n" for exact, _ in found)


def write(assembly: Assembly, table: str, exact: IO[bytes], safe: IO[bytes], more: Callable[[int], None]) -> int:  # fmt: skip
    """Write a table's rows as JSON Lines and as CSV. Returns how many; `more` is told now and then how many came."""
    number = 0
    with (
        connection.cursor() as cursor,
        cursor.copy(f"COPY ({COPIED[table]}) TO STDOUT", [assembly.pk]) as copy,
    ):
        for number, row in enumerate(copy, 1):
            one, other = bytes(row).split(b"\t")
            exact.write(one + b"\n")
            safe.write(other[:-1] + b"\r\n")
            if not number % OFTEN:
                more(OFTEN)
    more(number % OFTEN)
    return number
