"""Draw the value a member sees next, and note that it was put before them."""

from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Subquery, TextField
from django.db.models.functions import Cast

from deliberation.assemblies.actions import weighing
from deliberation.assemblies.models import Membership
from deliberation.opinion.queries import analysed_by, newest_analyses
from deliberation.opinion.routing import Drawn, Known, Option, draw, seed
from elicitation.graph.counting import CountOf
from elicitation.graph.errors import ValueGone
from elicitation.graph.models import Value
from elicitation.graph.queries import standing_says, to_weigh
from elicitation.interview.models import Respondent

COUNTS = ("tally__agrees", "tally__disagrees", "tally__passes", "tally__shown")
UNSEEN = (0, 0, 0, 0)


@dataclass(frozen=True, slots=True)
class Coming:
    """How far a member has come: to how many values they say something, how many are `left`, and which is `next`, None where none is, or nobody asked."""

    answered: int
    left: int
    next: UUID | None


def next_value(member: Membership) -> Value | None:
    """The value `coming` names."""
    found = coming(member).next
    return Value.objects.get(pk=found) if found else None


def coming(member: Membership, *, asks: bool = True) -> Coming:
    """How far the member has come; where they ask for it, with what was put before them and not answered yet, else with a value drawn for them.

    The draw follows from the assembly's salt, the respondent, and the number of votes they have given. Raises PhaseClosed,
    ConsentMissing.
    """
    told = _told(member)
    found = (told.waiting or _put(member, told)) if asks else None
    return Coming(told.answered, told.left, found)


def _told(member: Membership) -> Any:
    """All a draw goes by but the values themselves, in one query."""
    who, inquiries = member.respondent, member.assembly.questions()
    open_ones = to_weigh(who, inquiries)
    mine = open_ones.filter(exposures__respondent=who).order_by("exposures__id")
    return Respondent.objects.annotate(
        answered=CountOf(standing_says(who, inquiries).order_by().values("pk")),
        left=CountOf(open_ones.order_by().values("pk")),
        votes=CountOf(who.endorsements.order_by().values("pk")),
        waiting=Subquery(mine.values("pk")[:1]),
        analyses=ArraySubquery(newest_analyses(member.assembly).values("pk")),
    ).get(pk=who.pk)


def _put(member: Membership, told: Any) -> UUID | None:
    while drawn := _drawn(member, told):
        with suppress(ValueGone):  # gone since it was drawn: draw another
            value = UUID(drawn.id)
            weighing.show(member, Value(pk=value), drawn.route, drawn.chance)
            return value
    return None


def _drawn(member: Membership, told: Any) -> Drawn | None:
    known = analysed_by(told.analyses, member.assembly)
    options = _options(member, known)
    return draw(options, seed(member.assembly.salt, member.respondent_id, told.votes))


def _options(member: Membership, known: Any) -> Iterator[Option]:
    nothing = Known()
    open_ones = to_weigh(member.respondent, member.assembly.questions()).order_by("pk")
    # thousands of keys as text, which is read in a fifth of the time
    for pk, *counts in open_ones.values_list(Cast("pk", TextField()), *COUNTS):
        a, d, p, shown = UNSEEN if counts[0] is None else counts
        yield Option(pk, a, d, p, shown, known.get(pk, nothing))
