"""How long answering takes, as it was measured: no promise that nobody tried."""

import math
from datetime import timedelta

from django.db.models import Aggregate, Count, DurationField, ExpressionWrapper, F, Max, Q

from deliberation.assemblies.models import Assembly, Membership
from deliberation.assemblies.queries import prompts_of

FEWEST = 5  # people; what fewer needed is theirs
SITTING = timedelta(hours=2)  # who came back later did not write all the time
LATEST = 1_000  # who came last are enough


class Median(Aggregate):
    """The middle of an ordered column."""

    function = "percentile_cont"
    template = "%(function)s(0.5) WITHIN GROUP (ORDER BY %(expressions)s)"


def usual_minutes(assembly: Assembly) -> int | None:
    """The median of the minutes, begun ones counted whole, from taking a seat to the last answer, of those who answered every prompt now asked in one
    sitting by themselves; None for fewer than FEWEST of them."""
    asked = [prompt.pk for prompt in prompts_of(assembly)]
    given = Q(
        respondent__responses__prompt__in=asked,
        respondent__responses__channel="typed",
        respondent__responses__follows=None,
    )
    took = ExpressionWrapper(F("last") - F("joined_at"), output_field=DurationField())
    done = (
        Membership.objects.filter(assembly=assembly, laid_out_at=None)
        .exclude(consents__aloud=True)
        .annotate(
            answered=Count("respondent__responses__prompt", filter=given, distinct=True),
            last=Max("respondent__responses__received_at", filter=given),
        )
        .filter(answered=len(asked), last__lte=F("joined_at") + SITTING)
        .annotate(took=took)
        .order_by("-joined_at")[:LATEST]
    )
    found = done.aggregate(median=Median("took"), people=Count("pk"))
    if not asked or found["people"] < FEWEST:
        return None
    median: timedelta = found["median"]
    return max(1, math.ceil(median.total_seconds() / 60))
