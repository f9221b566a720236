"""A published version of many quotes, read a few at a time: what is not shown is not loaded."""

from collections import Counter, defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import Count, F, QuerySet, Window
from django.db.models.functions import RowNumber

from deliberation.artifacts.models import Citation, Clause, ClauseValue, Version
from deliberation.artifacts.queries import ClauseView, Ground, read
from deliberation.opinion.queries import Support, supports
from elicitation.extraction.models import Quote
from elicitation.extraction.queries import SHOWABLE
from elicitation.graph.models import Value

FEW = 3  # quotes of each value, on the page of the whole document
Place = tuple[UUID, UUID]  # a clause and a value under it


@dataclass(frozen=True, slots=True)
class Cited:
    """What a version cites, by clause and value: the first quotes, how many may be `shown`, and how many it `cited` when it was published."""

    first: Mapping[Place, list[Quote]]
    shown: Mapping[Place, int]
    cited: Mapping[Place, int]

    def ground(self, clause: Clause, value: Value, support: Support) -> Ground:
        at = clause.pk, value.pk
        quotes, shown = self.first.get(at, []), self.shown.get(at, 0)
        return Ground(value, support, quotes, self.cited.get(at, 0) - shown, shown - len(quotes))


def leafing_through(version: Version, most: int = FEW) -> list[ClauseView]:
    """As queries.reading_of, of a published version, with the first `most` quotes of each value under each clause."""
    cited = _cited(version, most)
    resting = ClauseValue.objects.filter(clause__version=version)
    behind = supports(resting.values_list("value", flat=True))
    return read(version, lambda clause, value: cited.ground(clause, value, behind[value.pk]))


def quotes_under(clause: Clause) -> QuerySet[Quote]:
    """All quotes a clause cites that may be shown, value by value, each with `of`, the value's key."""
    shown = Quote.objects.filter(SHOWABLE, citations__clause=clause)
    told = shown.annotate(of=F("citations__value")).select_related("policy__candidate")
    return told.order_by("of", "start", "pk")


def _cited(version: Version, most: int) -> Cited:
    here = Citation.objects.filter(clause__version=version).order_by()
    apart = [F("clause"), F("value")]
    order = ["quote__start", "quote"]
    showable = here.filter(quote__in=Quote.objects.filter(SHOWABLE))
    numbered = showable.annotate(nth=Window(RowNumber(), partition_by=apart, order_by=order))
    rows = numbered.filter(nth__lte=most).values_list("clause", "value", "quote").order_by("nth")
    places = [((clause, value), quote) for clause, value, quote in rows]
    known: Any = Quote.objects.select_related("policy").in_bulk({quote for _, quote in places})
    first: dict[Place, list[Quote]] = defaultdict(list)
    for place, quote in places:
        if quote in known:
            first[place].append(known[quote])
    return Cited(first, _counted(showable), _counted(here))


def _counted(citations: QuerySet[Citation]) -> Mapping[Place, int]:
    counted = citations.values_list("clause", "value").annotate(n=Count("pk"))
    return Counter({(clause, value): n for clause, value, n in counted})
