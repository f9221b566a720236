"""The rows of what people said to values. What somebody erased is absent."""

from collections.abc import Iterator
from typing import Any

from deliberation.assemblies.models import Assembly
from deliberation.exports.pseudonyms import stamp
from deliberation.exports.studied import studied
from elicitation.graph.models import Endorsement, Exposure

Row = dict[str, Any]
CHUNK = 1000


def endorsements(assembly: Assembly) -> Iterator[Row]:
    """Rows of tables.ENDORSEMENTS."""
    here = Endorsement.objects.filter(value__inquiry__assemblies=assembly)
    found = studied(here, "respondent")
    for e in found.select_related("respondent").order_by("id").iterator(CHUNK):
        yield {
            "endorsement": e.pk,
            "respondent": str(e.respondent_id),
            "respondent_kind": e.respondent.kind,
            "value": str(e.value_id),
            "says": Endorsement.Says(e.says).name.lower(),
            "at": stamp(e.at),
            "replaced_at": stamp(e.replaced_at),
            "is_standing": e.replaced_at is None and not e.covered,
        }


def exposures(assembly: Assembly) -> Iterator[Row]:
    """Rows of tables.EXPOSURES."""
    found = studied(Exposure.objects.filter(value__inquiry__assemblies=assembly), "respondent")
    for e in found.order_by("id").iterator(CHUNK):
        yield {
            "respondent": str(e.respondent_id),
            "value": str(e.value_id),
            "route": e.route,
            "chance": e.chance,
            "at": stamp(e.at),
        }
