"""Draw the value a member sees next, and note that it was put before them."""

from collections.abc import Iterator
from contextlib import suppress

from deliberation.assemblies.actions import weighing
from deliberation.assemblies.models import Membership
from deliberation.opinion.queries import analysed
from deliberation.opinion.routing import Drawn, Known, Option, draw, seed
from elicitation.graph.errors import ValueGone
from elicitation.graph.models import Value
from elicitation.graph.queries import to_weigh

COUNTS = ("tally__agrees", "tally__disagrees", "tally__passes", "tally__shown")


def next_value(member: Membership) -> Value | None:
    """What was put before the member and not answered yet; else a value drawn for them; None where none is left.

    The draw follows from the assembly's salt, the respondent, and the number of votes they have given. Raises PhaseClosed,
    ConsentMissing.
    """
    waiting = to_weigh(member.respondent, member.assembly.inquiries.all())
    mine = waiting.filter(exposures__respondent=member.respondent_id)
    if before := mine.order_by("exposures__id").first():
        return before
    while drawn := _drawn(member):
        with suppress(ValueGone, Value.DoesNotExist):  # gone since it was drawn: draw another
            value = Value.objects.get(pk=drawn.id)
            weighing.show(member, value, drawn.route, drawn.chance)
            return value
    return None


def _drawn(member: Membership) -> Drawn | None:
    votes = member.respondent.endorsements.count()
    return draw(_options(member), seed(member.assembly.salt, member.respondent_id, votes))


def _options(member: Membership) -> Iterator[Option]:
    for inquiry in member.assembly.inquiries.all():
        told = analysed(inquiry.pk)
        rows = to_weigh(member.respondent, [inquiry]).order_by().values_list("pk", *COUNTS)
        for pk, *counts in rows:
            agrees, disagrees, passes, shown = (n or 0 for n in counts)
            yield Option(pk, agrees, disagrees, passes, shown, told.get(str(pk), Known()))
