"""The rows of what people said to values. What somebody erased is absent."""

import json
from collections.abc import Iterator
from functools import partial
from typing import Any

from django.db.models import TextField
from django.db.models.functions import Cast

from deliberation.assemblies.models import Assembly
from deliberation.exports import copied
from deliberation.exports.pseudonyms import stamp
from deliberation.exports.studied import studied
from elicitation.graph.models import Exposure

Row = dict[str, Any]
CHUNK = 5_000
TEXT = partial(
    Cast, output_field=TextField()
)  # a row costs a third less than with UUIDs made and told


def endorsements(assembly: Assembly) -> Iterator[Row]:
    """Rows of tables.ENDORSEMENTS."""
    return map(json.loads, copied.lines(assembly, "endorsements"))


def exposures(assembly: Assembly) -> Iterator[Row]:
    """Rows of tables.EXPOSURES."""
    found = studied(Exposure.objects.filter(value__inquiry__assemblies=assembly), "respondent")
    told = found.order_by("id").values_list(
        TEXT("respondent"), TEXT("value"), "route", "chance", "at"
    )
    for respondent, value, route, chance, at in told.iterator(CHUNK):
        yield {
            "respondent": respondent,
            "value": value,
            "route": route,
            "chance": chance,
            "at": stamp(at),
        }
