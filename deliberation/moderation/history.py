"""What moderators did, as everybody may see it: no names, no words of cards, no words moderators wrote about them."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from django.db.models import Count, QuerySet

from deliberation.assemblies.models import Assembly
from deliberation.moderation.models import Appeal, Decision
from deliberation.opinion.withholding import FEWEST
from elicitation.graph.models import Value
from elicitation.interview.models import Respondent


@dataclass(frozen=True, slots=True)
class Act:
    """A decision. `reason`: of the published list, "" where a moderator gave one in their own words. `value`: a standing value enough
    people stand behind to be named, else None. `appeals`: how many were made against it, by outcome."""

    kind: str
    label: str
    day: date
    reason: str
    own_words: bool
    undone: date | None
    value: tuple[UUID, str] | None
    appeals: Mapping[str, int]


def acts(assembly: Assembly, kind: str = "") -> QuerySet[Decision]:
    """The decisions of an assembly, the newest first."""
    found = assembly.decisions.all() if not kind else assembly.decisions.filter(kind=kind)
    return found.select_related("grounds", "value__root").order_by("-at")


def shown(assembly: Assembly, decisions: list[Decision], language: str) -> list[Act]:
    """These decisions as everybody may see them."""
    zone = ZoneInfo(assembly.zone)
    roots = {d.value.root_id for d in decisions if d.value}
    behind = _behind(roots)
    counted = Appeal.objects.filter(decision__in=decisions).values_list("decision", "state")
    appeals: dict[UUID, Counter[str]] = {}
    for decision, state in counted.exclude(state=Appeal.State.WITHDRAWN):
        appeals.setdefault(decision, Counter())[state] += 1
    return [_act(d, zone, language, behind, appeals.get(d.pk, Counter())) for d in decisions]


def _act(
    decision: Decision,
    zone: ZoneInfo,
    language: str,
    behind: Mapping[UUID, int],
    appeals: Mapping[str, int],
) -> Act:
    root = decision.value.root if decision.value else None
    named = root if root and not root.retired_at and behind.get(root.pk, 0) >= FEWEST else None
    undone = decision.undone_at
    return Act(
        kind=decision.kind,
        label=str(decision.get_kind_display()),
        day=decision.at.astimezone(zone).date(),
        reason=decision.grounds.said_in(language) if decision.grounds else "",
        own_words=bool(decision.reason),
        undone=undone.astimezone(zone).date() if undone else None,
        value=(named.pk, named.title) if named else None,
        appeals=dict(appeals),
    )


def figures(assembly: Assembly) -> dict[str, Any]:
    """How many decisions of each kind, how many undone, and what became of appeals."""
    labels = dict(Decision.Kind.choices)
    kinds = assembly.decisions.values_list("kind").annotate(n=Count("pk")).order_by("-n")
    appeals = Appeal.objects.filter(decision__assembly=assembly)
    states = dict(Appeal.State.choices)
    outcomes = appeals.values_list("state").annotate(n=Count("pk")).order_by("state")
    return {
        "kinds": [(kind, labels[kind], n) for kind, n in kinds],
        "undone": assembly.decisions.exclude(undone_at=None).count(),
        "appeals": [(state, states[state], n) for state, n in outcomes],
    }


def _behind(roots: set[UUID]) -> dict[UUID, int]:
    """How many people stand behind each of these values, AI agents left out."""
    who = "tree__evidence__candidate__reading__revision__response__respondent"
    counted = Value.objects.filter(pk__in=roots).exclude(
        **{f"{who}__kind": Respondent.Kind.AI_AGENT}
    )
    return dict(counted.annotate(n=Count(who, distinct=True)).values_list("pk", "n"))
