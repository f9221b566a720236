"""Drafts under review, the objections to their clauses, and whether a clause passes the test "not reasonably rejectable"."""

from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from uuid import UUID

from django.db.models import Count, OuterRef, Q, QuerySet

from deliberation.artifacts import polls
from deliberation.artifacts.models import Objection, Version
from deliberation.artifacts.tally import OTHERS, fold
from deliberation.assemblies.models import Assembly, Phase


@dataclass(frozen=True, slots=True)
class Against:
    """A group in which more people stand behind objections than the assembly settled: `behind` of `of`; `group`: "" for everybody else."""

    group: str
    behind: int
    of: int


@dataclass(frozen=True, slots=True)
class Judged:
    """Where the objections to a clause stand: `waiting` for an answer, `standing` against it still, and groups above the threshold."""

    waiting: int = 0
    standing: int = 0
    against: tuple[Against, ...] = ()

    @property
    def passes(self) -> bool:
        """Whether the clause is not reasonably rejectable: no group has more behind sustained objections than was settled beforehand."""
        return not self.against


def standing_of(version: Version) -> Mapping[UUID, Judged]:
    """Where each clause of a version stands, by its id."""
    told = {pk: Judged() for pk in version.clauses.values_list("pk", flat=True)}
    by_clause: dict[UUID, list[Objection]] = {}
    for objection in objections_to(version).prefetch_related("secondings"):
        by_clause.setdefault(objection.clause_id, []).append(objection)
    if by_clause:
        groups = _groups(version.artifact.assembly)
        sizes = Counter(groups.values())
        share = version.artifact.objecting_share
        told |= {pk: _judged(found, groups, sizes, share) for pk, found in by_clause.items()}
    return told


def objections_to(version: Version) -> QuerySet[Objection]:
    """The objections to the clauses of a version that were not taken back, oldest first, with `seconded`: how many others share each."""
    found = Objection.objects.standing().filter(clause__version=version).select_related("clause")
    return found.annotate(seconded=Count("secondings")).order_by("at", "pk")


def under_review(assembly: Assembly | OuterRef) -> QuerySet[Version]:
    """Drafts put before the assembly that can still be changed, newest first."""
    drafts = Version.objects.filter(artifact__assembly=assembly, put_at__isnull=False)
    return drafts.filter(frozen_at=None, published_at=None).select_related("artifact").order_by("-put_at")  # fmt: skip


def waiting_in(assembly: Assembly) -> QuerySet[Version]:
    """Drafts with objections nobody has answered, with `waiting`: how many."""
    waits = Q(clauses__objections__state=Objection.State.OPEN, clauses__objections__withdrawn_at=None)  # fmt: skip
    counted = under_review(assembly).annotate(waiting=Count("clauses__objections", filter=waits))
    return counted.filter(waiting__gt=0)


def is_reviewing(assembly: Assembly) -> bool:
    """Whether people may object now."""
    return assembly.is_open_for(Phase.Kind.REVIEWING)


def behind(objections: Iterable[Objection]) -> Collection[str]:
    """Who stands behind any of these: authors, and those who share their objection."""
    found = list(objections)
    authors = {str(one.respondent_id) for one in found if one.respondent_id}
    return authors | {str(s.respondent_id) for one in found for s in one.secondings.all()}


def _groups(assembly: Assembly) -> Mapping[str, str]:
    """The group of everybody who may vote; who is in none, or in one too small to be told, is with everybody else."""
    people = {str(who) for who in polls.voters(assembly).values_list("respondent", flat=True)}
    known = polls.groups_of(assembly, people)
    told = fold(Counter(known.get(one, OTHERS) for one in people))
    return {
        one: known.get(one, OTHERS) if known.get(one, OTHERS) in told else OTHERS for one in people
    }


def _judged(
    found: Collection[Objection],
    groups: Mapping[str, str],
    sizes: Mapping[str, int],
    share: float,
) -> Judged:
    standing = [one for one in found if one.stands]
    people = Counter(groups[one] for one in behind(standing) if one in groups)
    above = (Against(group, n, sizes[group]) for group, n in sorted(people.items()))
    return Judged(
        waiting=sum(one.state == Objection.State.OPEN for one in found),
        standing=len(standing),
        against=tuple(one for one in above if one.behind > share * one.of),
    )
