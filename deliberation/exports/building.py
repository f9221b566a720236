"""One table of an export, as a stream. Light: the web process and the API give single tables by this."""

import json
from collections.abc import Collection, Iterator
from typing import Any

from deliberation.assemblies.models import Assembly
from deliberation.exports import copied
from deliberation.exports.errors import StillWeighing
from deliberation.exports.queries import ROWS
from deliberation.exports.tables import TABLES
from deliberation.opinion.queries import is_yet_to_be_weighed

UNTIL_WEIGHED = ("endorsements", "norm_endorsements", "judgements")
as_json = json.JSONEncoder(ensure_ascii=False).encode


def withheld(assembly: Assembly) -> Collection[str]:
    """The tables nobody gets now: what people say, until weighing is over."""
    return UNTIL_WEIGHED if is_yet_to_be_weighed(assembly) else ()


def lines(assembly: Assembly, table: str) -> Iterator[str]:
    """The rows of a table as JSON Lines, columns in the order of the data dictionary.

    Raises KeyError for no such table, and StillWeighing, both before the first row is asked for.
    """
    found = rows(assembly, table)
    if table in withheld(assembly):
        raise StillWeighing
    if table in copied.COPIED:
        return copied.lines(assembly, table)
    return (as_json(row) + "\n" for row in found)


def rows(assembly: Assembly, table: str) -> Iterator[dict[str, Any]]:
    """The rows of a table, whether or not it is withheld, columns in the order of the data dictionary. Raises KeyError at once."""
    columns, made = list(TABLES[table].columns), ROWS[table]
    return (row if list(row) == columns else {name: row[name] for name in columns} for row in made(assembly))  # fmt: skip
