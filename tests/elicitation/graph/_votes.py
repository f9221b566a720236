"""Values to vote on, and their tally beside a recount."""

from collections import Counter

from elicitation.graph.models import Endorsement, Tally, Value

AGREE, PASS, DISAGREE = Endorsement.Says.AGREE, Endorsement.Says.PASS, Endorsement.Says.DISAGREE


def make_value(inquiry, title="Shade"):
    return Value.objects.create(inquiry=inquiry, title=title, policies=["SHADE"], language="en")


def tally(value):
    found = Tally.objects.filter(value=value).first()
    return (found.agrees, found.passes, found.disagrees) if found else (0, 0, 0)


def recount(value):
    says = Counter(
        Endorsement.objects.standing()
        .filter(value=value)
        .exclude(respondent__kind="ai_agent")
        .values_list("says", flat=True)
    )
    return says[AGREE], says[PASS], says[DISAGREE]
