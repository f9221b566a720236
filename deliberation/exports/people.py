"""The rows of what people said of themselves, and of seats judged to be one person's, by pseudonym."""

from collections.abc import Iterator
from typing import Any

from deliberation.assemblies.models import Assembly, Belonging
from deliberation.exports.pseudonyms import stamp
from deliberation.exports.studied import studied
from deliberation.opinion.exclusions import judged_seats
from deliberation.opinion.models import Twins
from elicitation.interview.models import Respondent

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
                "target": one.targets.get(option["code"]),
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


def exclusions(assembly: Assembly) -> Iterator[Row]:
    """Rows of decided.EXCLUSIONS."""
    judged_at = dict(Twins.objects.filter(assembly=assembly).values_list("pk", "judged_at"))
    for inquiry in assembly.inquiries.order_by("agenda_item__position"):
        judged = list(judged_seats(inquiry))
        here = Respondent.objects.filter(
            pk__in=[one.respondent for one in judged], in_research=True
        )
        told = set(here.values_list("pk", flat=True))
        for one in judged:
            if one.respondent in told:
                yield {
                    "twins": str(one.twins),
                    "inquiry": str(inquiry.pk),
                    "respondent": str(one.respondent),
                    "counts": one.counts,
                    "judged_at": stamp(judged_at[one.twins]),
                }
