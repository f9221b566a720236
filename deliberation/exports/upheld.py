"""The rows of shared rules, and of what people said to them. What somebody erased is absent."""

from collections.abc import Iterator
from typing import Any

from deliberation.assemblies.models import Assembly
from deliberation.exports.pseudonyms import stamp
from deliberation.exports.studied import studied
from elicitation.extraction.models import PARTS
from elicitation.graph.models import Endorsement, Norm, NormEndorsement
from elicitation.graph.norms import behind, served_by

Row = dict[str, Any]
CHUNK = 1000


def norms(assembly: Assembly) -> Iterator[Row]:
    """Rows of tables.NORMS."""
    found = list(Norm.objects.filter(inquiry__assemblies=assembly).order_by("admitted_at", "id"))
    serves, people = served_by(found), behind([norm.pk for norm in found])
    for norm in found:
        yield {
            "norm": str(norm.pk),
            "inquiry": str(norm.inquiry_id),
            **{part: getattr(norm, part) for part in PARTS},
            "language": norm.language,
            "serves": sorted(str(value.pk) for value in serves.get(norm.pk, [])),
            "voices": people[norm.pk].authors if norm.pk in people else 0,
            "admitted_at": stamp(norm.admitted_at),
            "retired_at": stamp(norm.retired_at),
        }


def norm_endorsements(assembly: Assembly) -> Iterator[Row]:
    """Rows of tables.NORM_ENDORSEMENTS."""
    here = NormEndorsement.objects.filter(norm__inquiry__assemblies=assembly)
    found = studied(here, "respondent")
    for e in found.select_related("respondent").order_by("id").iterator(CHUNK):
        yield {
            "endorsement": e.pk,
            "respondent": str(e.respondent_id),
            "respondent_kind": e.respondent.kind,
            "norm": str(e.norm_id),
            "says": Endorsement.Says(e.says).name.lower(),
            "at": stamp(e.at),
            "replaced_at": stamp(e.replaced_at),
        }
