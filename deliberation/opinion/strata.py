"""What people said of themselves, for results: of each stratum its options, and who chose which. AI agents are left out."""

from deliberation.assemblies.models import Belonging, Stratum
from deliberation.opinion.ground import Said
from elicitation.interview.models import Inquiry, Respondent


def of_inquiry(inquiry: Inquiry) -> dict[str, Said]:
    """By the stratum's code, those of the assembly that asks this inquiry, in order."""
    asked = Stratum.objects.filter(assembly__inquiries=inquiry)
    found = {one.pk: (one.code, [o["code"] for o in one.options]) for one in asked}
    chosen: dict[int, dict[str, str]] = {pk: {} for pk in found}
    people = Belonging.objects.exclude(respondent__kind=Respondent.Kind.AI_AGENT)
    rows = people.filter(stratum__in=found).values_list("stratum", "respondent", "option")
    for stratum, respondent, option in rows.iterator(5_000):
        if option in found[stratum][1]:
            chosen[stratum][str(respondent)] = option
    return {code: Said(options, chosen[pk]) for pk, (code, options) in found.items()}
