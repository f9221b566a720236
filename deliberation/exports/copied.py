"""A large flat table as PostgreSQL writes it: each row as its line of JSON Lines and its line of CSV, made once for both, and for page and API.

For tables that hold ids, codes, numbers and moments alone: nothing in them needs to be escaped in either form, nor could be taken for a formula. A row
of two million costs a fraction of what it costs to make it in Python (decision 0045).
"""

from collections.abc import Callable, Iterator, Mapping
from contextlib import closing
from typing import IO, NamedTuple

from django.db import connection

from deliberation.assemblies.models import Assembly
from deliberation.exports.as_text import MOMENT
from deliberation.exports.tables import TABLES
from elicitation.graph.models import Endorsement

CHUNK = 2_000


class Column(NamedTuple):
    """SQL of its text, and whether that stands in quotation marks in JSON."""

    sql: str
    quoted: bool


def _moment(name: str) -> Column:
    return Column(MOMENT.format(name), quoted=True)


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
    for found in _chunks(assembly, table):
        yield from (exact + "\n" for exact, _ in found)


def write(assembly: Assembly, table: str, exact: IO[str], safe: IO[str], more: Callable[[int], None]) -> int:  # fmt: skip
    """Write a table's rows as JSON Lines and as CSV. Returns how many; `more` is told now and then how many came."""
    number = 0
    for found in _chunks(assembly, table):
        for lines, out, end in zip(zip(*found, strict=True), (exact, safe), ("\n", "\r\n"), strict=True):  # fmt: skip
            out.write(end.join((*lines, "")))
        number += len(found)
        more(len(found))
    return number


def _chunks(assembly: Assembly, table: str) -> Iterator[list[tuple[str, str]]]:
    with closing(connection.chunked_cursor()) as cursor:
        cursor.execute(COPIED[table], [assembly.pk])
        while found := cursor.fetchmany(CHUNK):
            yield found
