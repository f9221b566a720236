"""What people said of transitions: plain rows for the ranking, counts for pages."""

from collections import Counter
from collections.abc import Collection, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from typing import NamedTuple
from uuid import UUID

from django.db.models import Count, Exists, F, Q, QuerySet
from django.db.models.expressions import Combinable

from elicitation.graph.models import Judgement, Story, Transition
from elicitation.interview.models import Inquiry, Respondent

CHUNK = 5_000


class Judged(NamedTuple):
    """One standing judgement. `answer`: a Judgement.Answer; `forward`: asked as a move from from_value to to_value."""

    respondent: UUID
    from_value: UUID
    to_value: UUID
    context: int | None
    answer: str
    forward: bool
    with_story: bool
    at: datetime


@dataclass(frozen=True, slots=True)
class Counts:
    """What is known of one transition, AI agents left out.

    `answers`: how many said what; `forward` and `backward`: the same of those asked in one direction; `told` and `untold`: of those
    shown a story and of the others. `shown`: to how many it was put.
    """

    shown: int
    answers: Counter[str] = field(default_factory=Counter)
    forward: Counter[str] = field(default_factory=Counter)
    backward: Counter[str] = field(default_factory=Counter)
    told: Counter[str] = field(default_factory=Counter)
    untold: Counter[str] = field(default_factory=Counter)

    @property
    def said(self) -> int:
        """How many judgements stand."""
        return self.answers.total()


def judged(inquiry: Inquiry) -> Iterator[Judged]:
    """Every standing judgement of people and institutions in an inquiry, in the order they came; memory stays flat.

    Values are named by their roots. Where folds made two transitions one, a person counts once in it, by what was said last; where they
    made its two ends one, nothing is left to judge.
    """
    here = standing().filter(showing__transition__inquiry=inquiry)
    rows = (
        here.exclude(pk__in=_overtaken(inquiry))
        .order_by("id")
        .values_list(
            "showing__respondent",
            "showing__transition__from_value__root",
            "showing__transition__to_value__root",
            "showing__transition__context",
            "answer",
            "showing__forward",
            "showing__with_story",
            "at",
        )
    )
    told = map(Judged._make, rows.iterator(CHUNK))
    return (one for one in told if one.from_value != one.to_value)


def _overtaken(inquiry: Inquiry) -> set[int]:
    """Judgements whose person judged the same two roots in the same context later, by another transition."""
    bent = Q(from_value__folds__undone_at=None, from_value__folds__isnull=False) | Q(
        to_value__folds__undone_at=None, to_value__folds__isnull=False
    )
    here = Transition.objects.filter(inquiry=inquiry).order_by()
    if not here.filter(bent).exists():
        return set()
    twin: dict[int, tuple[frozenset[UUID], int | None]] = {}
    for pk, one, other, context in here.values_list(
        "pk", "from_value__root", "to_value__root", "context"
    ):
        twin[pk] = frozenset((one, other)), context
    often = Counter(twin.values())
    doubled = [pk for pk, key in twin.items() if often[key] > 1]
    said = standing().filter(showing__transition__in=doubled).order_by("id")
    last: dict[tuple[UUID, frozenset[UUID], int | None], int] = {}
    overtaken = set()
    for pk, person, transition in said.values_list(
        "pk", "showing__respondent", "showing__transition"
    ):
        key = person, *twin[transition]
        if key in last:
            overtaken.add(last[key])
        last[key] = pk
    return overtaken


def counts(transitions: Collection[Transition]) -> dict[int, Counts]:
    """What was said to each of these transitions."""
    found = {t.pk: Counts(t.shown) for t in transitions}
    groups = (
        standing()
        .filter(showing__transition__in=list(found))
        .order_by()
        .values_list("showing__transition", "answer", "showing__forward", "showing__with_story")
        .annotate(Count("pk"))
    )
    for transition, answer, forward, told, n in groups:
        of_one = found[transition]
        of_one.answers[answer] += n
        (of_one.forward if forward else of_one.backward)[answer] += n
        (of_one.told if told else of_one.untold)[answer] += n
    return found


def standing() -> QuerySet[Judgement]:
    """Judgements that stand, of people and institutions."""
    return Judgement.objects.standing().exclude(showing__respondent__kind=Respondent.Kind.AI_AGENT)


def said_by(
    respondent: Respondent,
    inquiries: Collection[Inquiry] | Collection[UUID] | QuerySet[Inquiry],
) -> QuerySet[Judgement]:
    """What a respondent says now, the newest first, with all a page says of it."""
    mine = Judgement.objects.standing().filter(
        showing__respondent=respondent,
        showing__transition__inquiry__in=inquiries,
    )
    return mine.select_related(
        "showing__transition__inquiry",
        "showing__transition__from_value",
        "showing__transition__to_value",
        "showing__transition__context",
        "showing__story",
    ).order_by(F("at").desc(), "-id")


def has_compared(respondent: Respondent) -> bool:
    """Whether there is anything this respondent said to comparisons, told or proposed that can be taken back."""
    return Respondent.objects.filter(compared(respondent), pk=respondent.pk).exists()


def compared(respondent: Respondent) -> Combinable | Q:
    """The same as a column of a query."""
    said = Judgement.objects.filter(showing__respondent=respondent)
    told = Story.objects.filter(written_by=respondent)
    return Exists(said) | Exists(told) | Exists(respondent.transitions.all())
