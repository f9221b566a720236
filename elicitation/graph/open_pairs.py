"""Transitions that may be put to a respondent, and what they were put before."""

from collections.abc import Collection, Iterable
from typing import Any
from uuid import UUID

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import BooleanField, Case, Exists, OuterRef, Q, QuerySet, Subquery, Sum, When
from django.db.models import Value as Constant
from django.db.models.expressions import Combinable
from django.db.models.functions import Coalesce, JSONObject

from elicitation.graph.counting import CountOf
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
TOLD_OF_STORY = ("pk", "towards_id", "language", "text", "engine", "model", "edited_at", "released_at")  # fmt: skip

Inquiries = Collection[Inquiry] | Collection[UUID] | QuerySet[Inquiry]


def asked_of(inquiries: Inquiries) -> QuerySet[Transition]:
    """Transitions of these inquiries that are still asked: not closed, both values standing."""
    return Transition.objects.filter(
        closed_at=None,
        inquiry__in=inquiries,
        from_value__retired_at=None,
        to_value__retired_at=None,
    )


def not_shown(
    respondent: Respondent, inquiries: Inquiries, folded: bool | None = None
) -> QuerySet[Transition]:
    """Those of them this respondent was not shown yet, nor judged by another transition that folds made the same.

    `folded`: whether values there are folded, where that is known; else it is asked.
    """
    shown = Showing.objects.filter(respondent=respondent, transition=OuterRef("pk"))
    here = asked_of(inquiries).filter(~Exists(shown))
    if folded is None:
        folded = _folds(inquiries).exists()
    return here.filter(~Exists(_twins(respondent))) if folded else here


def _folds(inquiries: Inquiries) -> QuerySet[Fold]:
    return Fold.objects.living().filter(parent__inquiry__in=inquiries)


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


def asked_so_far(respondent: Respondent, inquiries: Inquiries) -> dict[str, Any]:
    """Of a respondent, as columns: what `waits` for an answer, by its key, and whether anything is `left` to be put."""
    return {
        "waits": Subquery(_waiting(respondent, inquiries).values("pk")[:1]),
        "left": Case(
            When(
                Exists(_folds(inquiries)),
                then=Exists(not_shown(respondent, inquiries, folded=True)),
            ),
            default=Exists(not_shown(respondent, inquiries, folded=False)),
        ),
    }


def pending(respondent: Respondent, inquiries: Inquiries) -> Showing | None:
    """What was put to this respondent and not judged yet; the same after a reload."""
    return related(_waiting(respondent, inquiries)).first()


def _waiting(respondent: Respondent, inquiries: Inquiries) -> QuerySet[Showing]:
    said = Judgement.objects.filter(showing=OuterRef("pk"), replaced_at=None)
    return Showing.objects.filter(
        ~Exists(said),
        respondent=respondent,
        transition__closed_at=None,
        transition__inquiry__in=inquiries,
        transition__from_value__retired_at=None,
        transition__to_value__retired_at=None,
    )


def related(showings: QuerySet[Showing]) -> QuerySet[Showing]:
    """Showings with all a page says of them."""
    return showings.select_related(
        "transition__inquiry",
        "transition__from_value",
        "transition__to_value",
        "transition__context",
        "story",
    )


def open_to(respondent: Respondent, inquiries: Inquiries, known: Any = None) -> list[Any]:
    """What may be drawn next, those seen by the fewest first; of each inquiry LOOKED_AT that
    resemble one's own cards, and LOOKED_AT others. One query for all. `known`: what known_of asks.

    Of each transition: `id`, `from_value_id`, `to_value_id`, `shown`, `like_own`; `from_exposed` and `to_exposed`, how often each value was
    shown, over all its transitions; `waits`, whether the respondent was shown something meanwhile that waits for an answer.
    """
    told = known or _known(respondent, inquiries)
    close = near(told)
    touching = Q(from_value__in=close) | Q(to_value__in=close)
    windows = []
    for inquiry in told.inquiries:  # one by one, so that an index has them in order
        there = not_shown(respondent, [inquiry], told.folded).order_by("shown", "id")
        if close:
            windows.append(_window(there.filter(touching), respondent, inquiries, like=True))
        windows.append(_window(there.exclude(touching), respondent, inquiries, like=False))
    if not windows:
        return []
    first, *rest = windows
    return list(first.union(*rest, all=True) if rest else first)


def options(there: Iterable[Any]) -> list[Open]:
    """The same as a draw takes them."""
    return [Open(one.id, one.shown, _both(one), one.like_own) for one in there]


def _window(
    there: QuerySet[Transition], respondent: Respondent, inquiries: Inquiries, *, like: bool
) -> QuerySet[Any]:
    told = there.annotate(
        like_own=Constant(like, BooleanField()),
        from_exposed=_exposed("from_value"),
        to_exposed=_exposed("to_value"),
        waits=Exists(_waiting(respondent, inquiries)),
    )
    return told.values_list(
        "id", "from_value_id", "to_value_id", "shown", "like_own", "from_exposed", "to_exposed", "waits", named=True,
    )[:LOOKED_AT]  # fmt: skip


def _exposed(end: str) -> Combinable:
    """How often the value at this end was shown, over all its transitions."""
    sums = []
    for of in ("from_value", "to_value"):
        here = Transition.objects.filter(**{of: OuterRef(end)}).order_by().values(of)
        sums.append(Coalesce(Subquery(here.annotate(n=Sum("shown")).values("n")), 0))
    return sums[0] + sums[1]


def _both(one: Any) -> tuple[int, int]:
    ends = one.from_exposed, one.to_exposed
    return min(ends), max(ends)


def own_values(respondent: Respondent) -> QuerySet[Value]:
    """Values a card of this respondent stands in, each by its root."""
    cards = Evidence.objects.filter(candidate__reading__revision__response__respondent=respondent)
    return Value.objects.filter(pk__in=cards.values("value__root"))


def known_of(respondent: Respondent, inquiries: Inquiries) -> dict[str, Any]:
    """What a draw goes by, as columns: `own` values, those `offered` as close, those that resemble one's own (`above`, `below`); how many were shown that resembled
    one's own cards (`like`), and that did not (`unlike`); whether something `waits` for an answer; whether values are `folded`; the keys of the `inquiries`."""
    here = Inquiry.objects.filter(pk__in=_keys(inquiries))
    own = own_values(respondent).filter(inquiry__in=inquiries).order_by().values("pk")
    cards = Q(candidate__reading__revision__response__respondent=respondent)
    shown = Showing.objects.filter(respondent=respondent).order_by().values("pk")
    close = Transition.objects.filter(likeness__gte=NEAR).order_by()
    return {
        "inquiries": ArraySubquery(here.values("pk")),
        "own": ArraySubquery(own),
        "offered": ArraySubquery(Likeness.objects.filter(cards).order_by().values("value")),
        "above": ArraySubquery(close.filter(from_value__in=own).values("to_value")),
        "below": ArraySubquery(close.filter(to_value__in=own).values("from_value")),
        "like": CountOf(shown.filter(route="few_like_own")),
        "unlike": CountOf(shown.filter(route="few")),
        "waits": Exists(_waiting(respondent, inquiries)),
        "folded": Exists(_folds(inquiries)),
    }


def _keys(inquiries: Inquiries) -> Any:
    """Inquiries, or their keys, as keys to look for."""
    if isinstance(inquiries, QuerySet):
        return inquiries.values("pk")
    return [one.pk if isinstance(one, Inquiry) else one for one in inquiries]


def near(known: Any) -> set[UUID]:
    """Values that resemble what a respondent said: their own, those offered to them as close, and near neighbours of their own."""
    return {*known.own, *known.offered, *known.above, *known.below}


def near_own(respondent: Respondent, inquiries: Inquiries) -> set[UUID]:
    """The same, asked for."""
    return near(_known(respondent, inquiries))


def _known(respondent: Respondent, inquiries: Inquiries) -> Any:
    asked = Respondent.objects.annotate(**known_of(respondent, inquiries))
    return asked.get(pk=respondent.pk)


def exposures(values: Iterable[UUID]) -> dict[UUID, int]:
    """How often each of these values was shown, over all its transitions."""
    told = Value.objects.filter(pk__in=list(values)).annotate(from_=_exposed("pk"))
    return dict(told.order_by().values_list("pk", "from_"))


def ready_stories(language: str) -> QuerySet[Story, Any]:
    """The released stories of an outer transition in this language, both directions: as objects with a story's fields, and `had`, the people for whom it stood ready before."""
    of = Story.objects.released().filter(transition=OuterRef("pk"))
    had = Showing.objects.filter(story=OuterRef("pk")).exclude(
        respondent__kind=Respondent.Kind.AI_AGENT
    )
    fields = {name: name for name in TOLD_OF_STORY}
    told = JSONObject(**fields, had=CountOf(had.order_by().values("pk")))
    spoken = of.filter(language__in=[language, language.split("-")[0]])
    return spoken.order_by("pk").values(told=told)
