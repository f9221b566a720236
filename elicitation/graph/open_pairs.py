"""Transitions that may be put to a respondent, and what they were put before."""

from collections.abc import Collection, Iterable
from uuid import UUID

from django.db.models import Count, Exists, OuterRef, Q, QuerySet, Sum
from django.db.models import Value as Constant
from django.db.models.functions import Coalesce

from elicitation.graph.draws import NEAR, Open
from elicitation.graph.models import (
    Evidence,
    Fold,
    Judgement,
    Likeness,
    Showing,
    Story,
    Transition,
    Value,
)
from elicitation.interview.models import Inquiry, Respondent

LOOKED_AT = 100  # transitions seen by the fewest, of those like one's own and of the others

Inquiries = Collection[Inquiry] | QuerySet[Inquiry]


def asked_of(inquiries: Inquiries) -> QuerySet[Transition]:
    """Transitions of these inquiries that are still asked: not closed, both values standing."""
    return Transition.objects.filter(
        closed_at=None,
        inquiry__in=inquiries,
        from_value__retired_at=None,
        to_value__retired_at=None,
    )


def not_shown(respondent: Respondent, inquiries: Inquiries) -> QuerySet[Transition]:
    """Those of them this respondent was not shown yet, nor judged by another transition that folds made the same."""
    shown = Showing.objects.filter(respondent=respondent, transition=OuterRef("pk"))
    here = asked_of(inquiries).filter(~Exists(shown))
    if not Fold.objects.living().filter(parent__inquiry__in=inquiries).exists():
        return here
    return here.filter(~Exists(_twins(respondent)))


def _twins(respondent: Respondent) -> QuerySet[Judgement]:
    """What a respondent says to transitions whose values go on as those of the outer one, in its context."""
    to, start = "showing__transition__to_value__root", "showing__transition__from_value__root"
    either = Q(**{start: OuterRef("from_value"), to: OuterRef("to_value")}) | Q(
        **{start: OuterRef("to_value"), to: OuterRef("from_value")}
    )
    nowhere = Constant(0)
    said = Judgement.objects.standing().filter(either, showing__respondent=respondent)
    placed = said.annotate(place=Coalesce("showing__transition__context", nowhere))
    return placed.filter(place=Coalesce(OuterRef("context"), nowhere))


def pending(respondent: Respondent, inquiries: Inquiries) -> Showing | None:
    """What was put to this respondent and not judged yet; the same after a reload."""
    said = Judgement.objects.filter(showing=OuterRef("pk"), replaced_at=None)
    waiting = Showing.objects.filter(
        ~Exists(said), respondent=respondent, transition__in=asked_of(inquiries)
    )
    return related(waiting).first()


def related(showings: QuerySet[Showing]) -> QuerySet[Showing]:
    """Showings with all a page says of them."""
    return showings.select_related(
        "transition__inquiry",
        "transition__from_value",
        "transition__to_value",
        "transition__context",
        "story",
    )


def open_to(respondent: Respondent, inquiries: Inquiries) -> list[Open]:
    """What may be drawn next, those seen by the fewest first; of each inquiry LOOKED_AT that
    resemble one's own cards, and LOOKED_AT others."""
    near = near_own(respondent, inquiries)
    touching = Q(from_value__in=near) | Q(to_value__in=near)
    found = []
    for inquiry in inquiries:  # one by one, so that an index has them in order
        there = not_shown(respondent, [inquiry]).order_by("shown", "id")
        windows = ((True, there.filter(touching)), (False, there.exclude(touching)))
        found += [(like, t) for like, window in windows for t in window[:LOOKED_AT]]
    exposed = exposures({v for _, t in found for v in (t.from_value_id, t.to_value_id)})
    return [Open(t.pk, t.shown, _both(t, exposed), like) for like, t in found]


def _both(transition: Transition, exposed: dict[UUID, int]) -> tuple[int, int]:
    ends = exposed[transition.from_value_id], exposed[transition.to_value_id]
    return min(ends), max(ends)


def exposures(values: Iterable[UUID]) -> dict[UUID, int]:
    """How often each of these values was shown, over all its transitions."""
    found = dict.fromkeys(values, 0)
    for end in ("from_value", "to_value"):
        counted = Transition.objects.filter(**{f"{end}__in": list(found)}).order_by()
        for value, shown in counted.values_list(end).annotate(Sum("shown")):
            found[value] += shown
    return found


def own_values(respondent: Respondent) -> QuerySet[Value]:
    """Values a card of this respondent stands in, each by its root."""
    cards = Evidence.objects.filter(candidate__reading__revision__response__respondent=respondent)
    return Value.objects.filter(pk__in=cards.values("value__root"))


def near_own(respondent: Respondent, inquiries: Inquiries) -> set[UUID]:
    """Values that resemble what this respondent said: their own, those offered to them as close, and near neighbours of their own."""
    own = set(own_values(respondent).filter(inquiry__in=inquiries).values_list("pk", flat=True))
    cards = Q(candidate__reading__revision__response__respondent=respondent)
    offered = Likeness.objects.filter(cards).values_list("value", flat=True)
    beside = Transition.objects.filter(likeness__gte=NEAR).filter(
        Q(from_value__in=own) | Q(to_value__in=own)
    )
    ends = beside.values_list("from_value", "to_value")
    return own | set(offered) | {value for pair in ends for value in pair}


def shown_before(respondent: Respondent) -> tuple[int, int]:
    """How many a respondent was shown that resembled their own cards, and that did not."""
    counted = Showing.objects.filter(respondent=respondent).aggregate(
        like=Count("pk", filter=Q(route="few_like_own")), unlike=Count("pk", filter=Q(route="few"))
    )
    return counted["like"], counted["unlike"]


def story_ready(transition: Transition, forward: bool, language: str) -> Story | None:
    """The released story of this direction in this language, if there is one."""
    towards = transition.to_value_id if forward else transition.from_value_id
    ready = transition.stories.released().filter(towards=towards)
    return ready.filter(language__in=[language, language.split("-")[0]]).first()
