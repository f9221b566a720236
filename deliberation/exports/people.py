"""The rows of what people said of themselves, by pseudonym."""

from collections.abc import Iterator
from typing import Any

from deliberation.assemblies.models import Assembly, Belonging
from deliberation.exports.studied import studied

Row = dict[str, Any]
CHUNK = 1000


def strata(assembly: Assembly) -> Iterator[Row]:
    """Rows of decided.STRATA."""
    for one in assembly.strata.all():
        for option in one.options:
            yield {
                "stratum": one.code,
                "question": one.wording,
                "option": option["code"],
                "wording": option["wording"],
            }


def belongings(assembly: Assembly) -> Iterator[Row]:
    """Rows of decided.BELONGINGS."""
    here = Belonging.objects.filter(stratum__assembly=assembly).select_related("stratum")
    found = studied(here, "respondent")
    for one in found.order_by("stratum__position", "respondent").iterator(CHUNK):
        yield {
            "respondent": str(one.respondent_id),
            "stratum": one.stratum.code,
            "option": one.option,
        }
