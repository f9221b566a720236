"""Cases a second moderator is asked about, and what both said: cards, people's rules, and pairs of values that seem to be one."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import (
    Case,
    CharField,
    Exists,
    F,
    IntegerField,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    UUIDField,
    When,
)
from django.db.models.functions import Coalesce

from deliberation.assemblies.models import Assembly
from deliberation.moderation.agreement import USUAL
from deliberation.moderation.bench import Bench
from deliberation.moderation.models import Decision, Doubling, SecondLook
from elicitation.extraction.models import Candidate, NormCandidate
from elicitation.graph.models import Norm, Regrouped, Value

K = Decision.Kind
ASKED = (K.ACCEPT, K.MERGE, K.REJECT)
ASKED_OF_RULES = (K.ACCEPT_RULE, K.JOIN_RULE, K.DROP_RULE)
JOINING = (K.MERGE, K.JOIN_RULE)
Judged = tuple[str, UUID | None]


@dataclass(frozen=True, slots=True)
class Both:
    """What the first and the second moderator made of one case: a kind, and the value or norm it was joined to, if it was."""

    first: Judged
    second: Judged
    look: SecondLook

    @property
    def differ(self) -> bool:
        return self.first != self.second


def share_asked(assembly: Assembly) -> int:
    """Of a hundred cases, how many a second moderator is asked about."""
    found = Doubling.objects.filter(assembly=assembly).values_list("per_cent", flat=True).first()
    return USUAL if found is None else found


def open_looks(bench: Bench) -> QuerySet[SecondLook]:
    """Those this moderator may answer, oldest first: not of cases they judged themselves, and of none that has changed since."""
    mine = Decision.objects.filter(moderator=bench.moderator.pk)
    own = Exists(mine.filter(candidate=OuterRef("candidate"))) | Exists(
        mine.filter(rule=OuterRef("rule"))
    )
    reworded = Regrouped.objects.filter(regrouping=OuterRef("regrouping")).exclude(
        value__version=F("version")
    )
    card = Q(candidate__version=F("card_version"), candidate__in=Candidate.objects.standing())
    rule = Q(rule__version=F("card_version"), rule__in=NormCandidate.objects.released())
    pair = Q(regrouping__isnull=False) & ~Exists(reworded)
    asked = SecondLook.objects.filter(~own, card | rule | pair, assembly=bench.assembly, kind="")
    related = asked.exclude(first_by=bench.moderator.pk).select_related(
        "candidate__reading__revision__response__prompt__inquiry",
        "rule__reading__revision__response__prompt__inquiry",
        "regrouping",
    )
    return related.order_by("asked_at", "pk")


def may_join(look: SecondLook) -> QuerySet[Value]:
    """Values the card could have been joined to: those that stood without it, so that the list does not tell what was decided."""
    if look.candidate is None:
        return Value.objects.none()
    inquiry = look.candidate.revision.response.prompt.inquiry
    others = Value.objects.standing().filter(inquiry=inquiry, admitted_at__lte=look.asked_at)
    return others.exclude(decisions__candidate=look.candidate, decisions__kind=K.ACCEPT).order_by(
        "title", "pk"
    )


def may_join_rule(look: SecondLook) -> QuerySet[Norm]:
    """The same of a rule and the shared rules there were."""
    if look.rule is None:
        return Norm.objects.none()
    inquiry = look.rule.revision.response.prompt.inquiry
    others = Norm.objects.standing().filter(inquiry=inquiry, admitted_at__lte=look.asked_at)
    return others.exclude(decisions__rule=look.rule, decisions__kind=K.ACCEPT_RULE).order_by(
        "admitted_at", "pk"
    )


def both(assembly: Assembly, case: SecondLook.Case | None = None) -> Sequence[Both]:
    """What was said of each case both judged as it stood, of one kind of case or of all; the oldest first."""
    told = judged_by_both(assembly).select_related("candidate", "rule", "regrouping")
    found = [
        Both(
            (one.judged, one.joined if one.judged in JOINING else None),
            (one.kind, one.again if one.kind in JOINING else None),
            one,
        )
        for one in told.order_by("said_at", "pk")
    ]
    return [one for one in found if case in (None, one.look.case)]


def judged_by_both(assembly: Assembly) -> QuerySet[Any]:
    """Second looks that were answered, with what was `judged` first and by whom (`judge`), and what it was `joined` to, first and `again`.

    The first judgement counts as it was taken, though undone since.
    """
    of_card = _first(ASKED, "candidate")
    of_rule = _first(ASKED_OF_RULES, "rule")
    said = SecondLook.objects.filter(assembly=assembly).exclude(kind="")
    told: QuerySet[Any] = said.annotate(
        judged=_by_case((of_card.values("kind"), of_rule.values("kind"), F("first")), CharField()),
        joined=_by_case((of_card.values("value__root"), of_rule.values("norm"), None), UUIDField()),
        judge=_by_case(
            (of_card.values("moderator"), of_rule.values("moderator"), F("first_by")),
            IntegerField(),
        ),
        again=Coalesce(F("value__root"), F("norm"), output_field=UUIDField()),
    )
    return told.exclude(judged=None)


def _first(kinds: Sequence[str], thing: str) -> QuerySet[Decision]:
    return Decision.objects.filter(
        **{thing: OuterRef(thing)}, card_version=OuterRef("card_version"), kind__in=kinds
    ).order_by("at")


def _by_case(told: tuple[Any, Any, Any], kind: Any) -> Case:
    """What is told of a card, of a rule, or of a pair."""
    of_card, of_rule, of_pair = told
    return Case(
        When(candidate__isnull=False, then=Subquery(of_card[:1])),
        When(rule__isnull=False, then=Subquery(of_rule[:1])),
        default=of_pair,
        output_field=kind,
    )
