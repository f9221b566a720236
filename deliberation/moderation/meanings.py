"""Whether the authors of what stands in a value agree that it says what they meant; and what was decided on an author's card."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import F, OuterRef, Q, QuerySet
from django.db.models.functions import JSONObject

from deliberation.assemblies.models import Membership
from deliberation.moderation.models import Appeal, Decision, Meaning
from elicitation.extraction.models import Candidate, NormCandidate
from elicitation.graph.models import Evidence, Value
from elicitation.interview.models import Respondent, Response

AUTHOR = "candidate__reading__revision__response__respondent"
ON_VALUES = ["fold", "split", "rename", "edit", "move"]


@dataclass(frozen=True, slots=True)
class Agreement:
    """Of a value's `authors`, how many `agree` that it says what they meant; `waiting`: were asked and have not said."""

    agree: int
    authors: int
    waiting: int

    @property
    def is_asked(self) -> bool:
        """Whether anybody had to be asked at all: it carries words that are not all its authors' own."""
        return self.authors > 1 or self.agree < self.authors


def agreement(value: Value) -> Agreement:
    """Who stands behind a value and its whole tree, AI agents left out. Whose own card words it need not be asked."""
    behind = Evidence.objects.filter(value__root=value).exclude(
        **{f"{AUTHOR}__kind": Respondent.Kind.AI_AGENT}
    )
    people = set(behind.values_list(AUTHOR, flat=True))
    own = behind.filter(candidate=value.worded_from_id or None).values_list(AUTHOR, flat=True)
    here = Meaning.objects.current().filter(value=value, value_version=value.version)
    said = here.filter(candidate__evidence__in=behind).values_list(AUTHOR, "answer")
    same = {person for person, answer in said if answer == Meaning.Answer.SAME}
    open_ones = {person for person, answer in said if answer == Meaning.Answer.OPEN}
    agree = (set(own) | same) & people
    return Agreement(len(agree), len(people), len(open_ones - agree))


def agreements(values: Collection[Value]) -> Mapping[UUID, Agreement]:
    """The same of many values, by their keys, in two queries."""
    worded = {value.pk: value.worded_from_id for value in values}
    behind = Evidence.objects.filter(value__root__in=worded).exclude(
        **{f"{AUTHOR}__kind": Respondent.Kind.AI_AGENT}
    )
    people, agree, waiting = ({pk: set[UUID]() for pk in worded} for _ in range(3))
    for root, person, card in behind.values_list("value__root", AUTHOR, "candidate"):
        people[root].add(person)
        if card == worded[root]:
            agree[root].add(person)
    said = standing().filter(value__in=worded, value_version=F("value__version"))
    for root, person, answer in said.values_list("value", AUTHOR, "answer"):
        if person in people[root] and answer in (Meaning.Answer.SAME, Meaning.Answer.OPEN):
            (agree if answer == Meaning.Answer.SAME else waiting)[root].add(person)
    return {
        pk: Agreement(len(agree[pk]), len(people[pk]), len(waiting[pk] - agree[pk]))
        for pk in worded
    }


def standing() -> QuerySet[Meaning]:
    """Questions that are still so: asked last of a card that still stands in that value."""
    return Meaning.objects.current().filter(candidate__evidence__value__root=F("value"))


def asked_of(member: Membership) -> QuerySet[Meaning]:
    """What a member is asked of their own cards, or has said; the open ones first."""
    own = standing().filter(**{AUTHOR: member.respondent_id})
    return own.select_related("value", "candidate", "decision").order_by("answer", "asked_at")


def named(about: Candidate | NormCandidate) -> str:
    """What a decision or an appeal calls what it is about."""
    return "candidate" if isinstance(about, Candidate) else "rule"


def decisions_about(card: Candidate | NormCandidate) -> QuerySet[Decision]:
    """What was decided on a card or rule, on the answer it was read in, and on the value it stands in since it came there; the oldest first."""
    answer = Response.objects.filter(revisions__readings=card.reading_id)
    about = Q(**{named(card): card}) | Q(answer__in=answer)
    if not isinstance(card, Candidate):
        return Decision.objects.filter(about).select_related("grounds", "norm").order_by("at")
    if evidence := Evidence.objects.filter(candidate=card).select_related("value").first():
        there = {evidence.value_id, evidence.value.root_id}
        on_value = Q(value__in=there) | Q(other__in=there)
        about |= on_value & Q(kind__in=ON_VALUES, at__gte=evidence.at)
    found = Decision.objects.filter(about).select_related("grounds", "value", "other")
    return found.order_by("at")


def decided_about(
    things: Collection[Candidate | NormCandidate],
) -> dict[UUID, list[Any]]:
    """The same of many cards and rules, by their keys, in one query. They come with their reading's revision, a card with its value at hand.

    Each decision has `told_appeals`: those against it of the authors of these, not taken back, as the fields of an Appeal.
    """
    about = {thing.pk: _About.of(thing) for thing in things}
    values = {pk for one in about.values() for pk in one.values}
    asked = Q(candidate__in=about) | Q(rule__in=about)
    asked |= Q(answer__in={one.answer for one in about.values()})
    if values:
        asked |= (Q(value__in=values) | Q(other__in=values)) & Q(kind__in=ON_VALUES)
    made = Appeal.objects.filter(decision=OuterRef("pk")).exclude(state=Appeal.State.WITHDRAWN)
    own = made.filter(Q(candidate__in=about) | Q(rule__in=about))
    told = {name: name for name in ("candidate_id", "rule_id", "state", "answer")}
    rows: Any = Decision.objects.filter(asked).select_related("grounds").order_by("at")
    rows = rows.annotate(told_appeals=ArraySubquery(own.values(told=JSONObject(**told))))
    found = list(rows) if about else []
    return {pk: [one for one in found if concerned.by(one)] for pk, concerned in about.items()}


@dataclass(frozen=True, slots=True)
class _About:
    """What a decision about one card or rule may name: the thing, its answer, and the values it stands in since `since`."""

    thing: UUID
    answer: UUID
    values: frozenset[UUID]
    since: datetime | None

    @classmethod
    def of(cls, thing: Candidate | NormCandidate) -> "_About":
        evidence = getattr(thing, "evidence", None) if isinstance(thing, Candidate) else None
        there = {evidence.value_id, evidence.value.root_id} if evidence else ()
        answer = thing.reading.revision.response_id
        return cls(thing.pk, answer, frozenset(there), evidence and evidence.at)

    def by(self, decision: Decision) -> bool:
        """Whether the decision is about it."""
        if self.thing in (decision.candidate_id, decision.rule_id) or self.answer == decision.answer_id:  # fmt: skip
            return True
        on_value = decision.value_id in self.values or decision.other_id in self.values
        later = self.since is not None and decision.at >= self.since
        return on_value and later and decision.kind in ON_VALUES


def cards_in(values: Collection[UUID]) -> QuerySet[Candidate]:
    """Cards that stand in these values or what was folded into them, whose authors can be asked."""
    here = Candidate.objects.filter(evidence__value__root__in=values)
    return here.filter(reading__revision__response__respondent__membership__isnull=False)
