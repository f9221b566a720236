"""Artifacts as people read them: clause, values, voices, and the quotes their authors agreed to show."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Q, QuerySet

from deliberation.artifacts.models import Artifact, Clause, Version
from deliberation.assemblies.models import Assembly
from deliberation.opinion.queries import Support, support
from elicitation.extraction.models import Candidate, Quote
from elicitation.graph.models import Value
from elicitation.record.models import Entry, TreeHead
from elicitation.record.queries import head_over

SHOWABLE = Q(public=True, hidden_at=None) & ~Q(
    policy__candidate__state__in=[Candidate.State.REJECTED, Candidate.State.SUPERSEDED]
)


@dataclass(frozen=True, slots=True)
class Ground:
    """A value under a clause, with the quotes that may be shown and how many were taken back since."""

    value: Value
    support: Support
    quotes: list[Quote]
    taken_back: int


@dataclass(frozen=True, slots=True)
class ClauseView:
    """A clause with all it rests on."""

    number: int
    clause: Clause
    support: Support
    grounds: list[Ground]


def stands(clause: Clause) -> bool:
    """Whether every value of a clause still has somebody behind it, and there is one."""
    roots = list(clause.values.select_related("root"))
    return bool(roots) and all(v.root.retired_at is None for v in roots)


def belong(artifact: Artifact, values: Sequence[Value]) -> bool:
    """Whether all `values` are of the artifact's assembly and stand."""
    inquiries = artifact.assembly.inquiries.all()
    ours = Value.objects.standing().filter(pk__in=[v.pk for v in values], inquiry__in=inquiries)
    return ours.count() == len({v.pk for v in values})


def published(assembly: Assembly) -> QuerySet[Version]:
    """The versions everybody may read, newest first."""
    found = Version.objects.filter(artifact__assembly=assembly, published_at__isnull=False)
    return found.select_related("artifact").order_by("-published_at")


def latest_published(assembly: Assembly) -> Version | None:
    """What the assembly says now; None while it has published nothing."""
    return published(assembly).first()


def reading_of(version: Version) -> list[ClauseView]:
    """The clauses of a version with their values, voices and showable quotes."""
    clauses = version.clauses.prefetch_related("values")
    return [
        ClauseView(
            number=number,
            clause=clause,
            support=support([value.pk for value in clause.values.all()]),
            grounds=[_ground(version, clause, value) for value in clause.values.all()],
        )
        for number, clause in enumerate(clauses, start=1)
    ]


def sealed_in(version: Version) -> TreeHead | None:
    """The head the publication of a version was sealed in; None while it waits."""
    entry = Entry.objects.filter(pk=version.entry_id or 0).first()
    return head_over(entry) if entry else None


def released(value: Value) -> QuerySet[Quote]:
    """The words behind a value, and all that goes on as one with it, their authors agreed to show."""
    return Quote.objects.filter(SHOWABLE, policy__candidate__evidence__value__root=value.root_id)


def _ground(version: Version, clause: Clause, value: Value) -> Ground:
    """A draft shows what may be shown now; a published version what it cited, less what was taken back."""
    if version.published_at is None:
        behind = released(value).select_related("policy")
        return Ground(value, support([value.pk]), list(behind), 0)
    cited = clause.citations.filter(value=value)
    shown = Quote.objects.filter(SHOWABLE, citations__in=cited).select_related("policy")
    quotes = list(shown)
    return Ground(value, support([value.pk]), quotes, cited.count() - len(quotes))
