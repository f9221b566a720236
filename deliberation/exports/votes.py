"""The rows of what people said to values. What somebody erased is absent."""

import json
from collections.abc import Iterator
from typing import Any

from deliberation.assemblies.models import Assembly
from deliberation.exports import copied
from deliberation.exports.as_text import Key, Moment
from deliberation.exports.studied import studied
from elicitation.graph.models import Exposure

Row = dict[str, Any]
CHUNK = 5_000


def endorsements(assembly: Assembly) -> Iterator[Row]:
    """Rows of tables.ENDORSEMENTS."""
    return map(json.loads, copied.lines(assembly, "endorsements"))


def exposures(assembly: Assembly) -> Iterator[Row]:
    """Rows of tables.EXPOSURES."""
    found = studied(Exposure.objects.filter(value__inquiry__assemblies=assembly), "respondent")
    told = found.order_by("id").values_list(
        Key("respondent"), Key("value"), "route", "chance", Moment("at")
    )
    for respondent, value, route, chance, at in told.iterator(CHUNK):
        yield {
            "respondent": respondent,
            "value": value,
            "route": route,
            "chance": chance,
            "at": at,
        }
