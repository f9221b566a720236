"""What a document can be drafted from: the values that stand, those that hold across groups first, and the rules that serve them."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import Q, QuerySet

from deliberation.assemblies.models import Assembly
from deliberation.opinion import reading
from deliberation.opinion.models import Analysis
from deliberation.opinion.queries import Support, support
from deliberation.opinion.reading import Reader
from deliberation.opinion.sentences import lowest, sentence
from elicitation.extraction.models import NormCandidate
from elicitation.graph.models import Value

Profile = Mapping[str, Any]
OWNED = [NormCandidate.State.CONFIRMED, NormCandidate.State.EDITED]


@dataclass(frozen=True, slots=True)
class Pick:
    """A value somebody may draft a clause from. `profile`: None while nothing is known of it, or may not be told yet."""

    value: Value
    support: Support
    profile: Profile | None
    norms: list[NormCandidate]

    @property
    def sentence(self) -> str:
        """How widely it holds, in words; "" where that is not known."""
        return sentence(self.profile) if self.profile else ""

    @property
    def lowest(self) -> str:
        """The group that holds it least, in words; "" where no group is told."""
        return lowest(self.profile) if self.profile else ""

    @property
    def converges(self) -> bool:
        """Whether every group that is told holds it, and there is one."""
        held, of = self.profile["held"]["groups"] if self.profile else (0, 0)
        return bool(of) and held == of


def picks(assembly: Assembly) -> list[Pick]:
    """Every value that stands: those all groups hold, then by the support of the group that holds it least, then by voices."""
    values = Value.objects.standing().filter(inquiry__assemblies=assembly).select_related("inquiry")
    known = profiles(assembly, whole=True)
    serving = norms_of(values)
    found = [Pick(v, support([v.pk]), known.get(str(v.pk)), serving.get(v.pk, [])) for v in values]
    return sorted(found, key=_surest_first)


def profiles(assembly: Assembly, whole: bool) -> dict[str, Profile]:
    """How widely each value holds by the newest results, `whole` as who runs the assembly sees it; nothing until weighing is over."""
    who = Reader(assembly, whole=whole)
    told: dict[str, Profile] = {}
    for inquiry in assembly.inquiries.all():
        seen = reading.seen(who, inquiry, Analysis.Kind.GROUPS)
        told |= seen.result.get("profiles", {}) if seen else {}
    return told


def norms_of(values: Iterable[Value]) -> dict[UUID, list[NormCandidate]]:
    """By value: the rules that serve it, of people who made them theirs and agreed that their words are shown."""
    roots = {value.root_id for value in values}
    told: dict[UUID, list[NormCandidate]] = {}
    found = shown_norms().filter(serves__evidence__value__root__in=roots)
    pairs = found.values_list("serves__evidence__value__root", "pk").distinct()
    by_key = NormCandidate.objects.in_bulk({pk for _, pk in pairs})
    for root, pk in pairs:
        told.setdefault(root, []).append(by_key[pk])
    return told


def shown_norms() -> QuerySet[NormCandidate]:
    """Rules everybody may read: their authors made them theirs, and released every word they rest on."""
    kept_back = Q(quotes__public=False)
    owned = NormCandidate.objects.filter(state__in=OWNED, quotes__isnull=False)
    return owned.exclude(pk__in=NormCandidate.objects.filter(kept_back).values("pk")).distinct()


def _surest_first(pick: Pick) -> tuple[bool, float, int, str]:
    least = pick.profile and pick.profile["lowest"]
    low = pick.profile["groups"][least].get("low", 0.0) if pick.profile and least else 0.0
    return (not pick.converges, -low, -pick.support.voices, pick.value.title)
