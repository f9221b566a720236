"""Artifacts as people read them: clause, values, voices, and the quotes their authors agreed to show."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.db.models.expressions import Combinable
from django.db.models.functions import Coalesce

from deliberation.artifacts.models import (
    Artifact,
    Citation,
    Clause,
    ClauseNorm,
    ClauseValue,
    MinorityStatement,
    Objection,
    Rendition,
    Version,
)
from deliberation.assemblies.models import Assembly
from deliberation.opinion.queries import Support, support
from elicitation.extraction.models import Candidate, Quote
from elicitation.extraction.queries import SHOWABLE
from elicitation.graph.models import NormEvidence, Value
from elicitation.record.models import Entry, TreeHead
from elicitation.record.queries import head_over


@dataclass(frozen=True, slots=True)
class Ground:
    """A value under a clause, with the quotes that may be shown, or the first of them and how many `more` there are, and how many were taken back since."""

    value: Value
    support: Support
    quotes: list[Quote]
    taken_back: int
    more: int = 0


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
    """The clauses of a version with their values, in the words they had when it was published, voices and showable quotes."""
    return read(version, lambda clause, value: _ground(version, clause, value))


def read(version: Version, ground: Callable[[Clause, Value], Ground]) -> list[ClauseView]:
    """The clauses of a version, with what `ground` tells of each value under each."""
    clauses = version.clauses.prefetch_related("values__root")
    kept = _words_kept(version) if version.published_at else {}
    return [_view(clause, number, kept, ground) for number, clause in enumerate(clauses, start=1)]


def _view(
    clause: Clause,
    number: int,
    kept: Mapping[tuple[UUID, UUID], ClauseValue],
    ground: Callable[[Clause, Value], Ground],
) -> ClauseView:
    values = [_as_published(v, kept.get((clause.pk, v.pk))) for v in clause.values.all()]
    grounds = [ground(clause, value) for value in values]
    alone = grounds[0].support if len(grounds) == 1 else None
    together = alone or support([value.pk for value in values])
    return ClauseView(number, clause, together, grounds)


def still_cited(clause: Clause, value: Value) -> QuerySet[Quote]:
    """The quotes the clause this one follows cited under a value, that may still be shown."""
    before = Citation.objects.filter(clause=clause.follows_id, value=value)
    return Quote.objects.filter(SHOWABLE, pk__in=before.values("quote"))


def sealed_in(version: Version) -> TreeHead | None:
    """The head the publication of a version was sealed in; None while it waits."""
    entry = Entry.objects.filter(pk=version.entry_id or 0).first()
    return head_over(entry) if entry else None


def released(value: Value) -> QuerySet[Quote]:
    """The words behind a value, and all that goes on as one with it, their authors agreed to show."""
    return behind(value.root_id)


def behind(root: Any) -> QuerySet[Quote]:
    """The same by the key of its root, or by what holds it in an outer query."""
    return Quote.objects.filter(SHOWABLE, policy__candidate__evidence__value__root=root)


def taken_back(version: Version) -> dict[str, int]:
    """What a published version showed and may not show any more: quotes, values and rules nobody stands behind in those words, and objections and
    minority statements withdrawn since. Empty for nothing."""
    cited = Citation.objects.filter(clause__version=version)
    shown = Quote.objects.filter(SHOWABLE, citations__in=cited).values("pk")
    when, decided = version.published_at, decided_on(version)
    told = {
        "quotes": cited.exclude(quote__in=shown).count(),
        "values": lost_values(version).values("value").distinct().count(),
        "rules": lost_norms(version).values("norm").distinct().count(),
        "objections": Objection.objects.filter(_withdrawn(when), clause__version=decided).count(),
        "statements": MinorityStatement.objects.filter(
            _withdrawn(when), _printed_with(decided.pk), artifact=version.artifact_id
        ).count(),
    }
    return {what: number for what, number in told.items() if number}


def lost_values(version: Version) -> QuerySet[ClauseValue]:
    """The values under a published version nobody stands behind any more in the words it showed."""
    return ClauseValue.objects.filter(_lost_value(version.published_at), clause__version=version)


def lost_norms(version: Version) -> QuerySet[ClauseNorm]:
    """The rules a published version upheld that nobody stands behind any more in the words it showed."""
    return ClauseNorm.objects.filter(_lost_norm(version.published_at), clause__version=version)


def to_correct() -> QuerySet[Version]:
    """The newest published versions that show less than they did when they were published."""
    later = Version.objects.filter(
        artifact=OuterRef("artifact"), number__gt=OuterRef("number"), published_at__isnull=False
    )
    return _showing_less().filter(~Exists(later))


def to_erase() -> QuerySet[Version]:
    """The published versions whose files, or kept words of values, hold what may not be shown any more, or files might come to."""
    files = Rendition.objects.filter(version=OuterRef("pk"), erased_at=None)
    lost = _lost_value(OuterRef("published_at"))
    words = ClauseValue.objects.filter(lost, clause__version=OuterRef("pk")).exclude(title="")
    return _showing_less().filter(Exists(files) | Exists(words))


def _showing_less() -> QuerySet[Version]:
    shown = Quote.objects.filter(SHOWABLE, pk=OuterRef("quote"))
    lost = Citation.objects.filter(~Exists(shown), clause__version=OuterRef("pk"))
    retired = ClauseValue.objects.filter(
        _lost_value(OuterRef("published_at")), clause__version=OuterRef("pk")
    )
    norms = ClauseNorm.objects.filter(
        _lost_norm(OuterRef("published_at")), clause__version=OuterRef("pk")
    )
    when, decided = OuterRef("published_at"), Coalesce(OuterRef("corrects"), OuterRef("pk"))
    objections = Objection.objects.filter(_withdrawn(when), clause__version=decided)
    statements = MinorityStatement.objects.filter(
        _withdrawn(when), _printed_with(decided), artifact=OuterRef("artifact")
    )
    any_of = (
        Exists(lost) | Exists(retired) | Exists(norms) | Exists(objections) | Exists(statements)
    )
    return Version.objects.filter(any_of, published_at__isnull=False)


def _withdrawn(published_at: Any) -> Q:
    """Made before a version was published, and taken back since."""
    return Q(at__lt=published_at, withdrawn_at__gt=published_at)


def _printed_with(decided: Any) -> Q:
    return Q(clause=None) | Q(clause__version=decided)


def _lost_value(published_at: Any) -> Combinable | Q:
    """Of a value under a clause: nobody stands behind it since, or the card whose words it carried then stands no more."""
    card = Candidate.objects.standing().filter(pk=OuterRef("card"))
    return Q(value__root__retired_at__gt=published_at) | (Q(card__isnull=False) & ~Exists(card))


def _lost_norm(published_at: Any) -> Combinable | Q:
    """Of a rule under a clause: nobody stands behind it since, or who worded it then took their own rule out of it."""
    own = NormEvidence.objects.filter(candidate=OuterRef("card"), norm=OuterRef("norm"))
    return Q(norm__retired_at__gt=published_at) | (Q(card__isnull=False) & ~Exists(own))


def files_of(version: Version) -> dict[str, Any]:
    """The files of a published version without their contents: `files`, how many are `made` of `all_files`, and whether `given_up`."""
    order = Rendition.Format.values
    files = sorted(version.renditions.defer("content"), key=lambda one: order.index(one.format))
    made = [one for one in files if one.made_at and not one.erased_at]
    return {
        "files": files,
        "made": len(made),
        "all_files": len(files),
        "waiting_files": any(not one.made_at and not one.erased_at for one in files),
        "given_up": any(one.failure and not one.made_at for one in files),
        "erased_files": any(one.erased_at for one in files),
    }


def decided_on(version: Version) -> Version:
    """The version people objected to and voted on: this one, or where this one only corrects another, that one."""
    return version.corrects or version


def _words_kept(version: Version) -> dict[tuple[UUID, UUID], ClauseValue]:
    """By clause and value: the words a value had when the version was published, where they may still be shown."""
    found = ClauseValue.objects.filter(clause__version=version).exclude(title="")
    standing = found.exclude(_lost_value(version.published_at))
    return {(one.clause_id, one.value_id): one for one in standing}


def _as_published(value: Value, kept: ClauseValue | None) -> Value:
    """The value in those words; as it is now where none are kept. It is for showing, and never saved."""
    if kept:
        value.title, value.context, value.policies = kept.title, kept.context, kept.policies
    return value


def _ground(version: Version, clause: Clause, value: Value) -> Ground:
    """A draft shows what may be shown now; a published version what it cited, less what was taken back."""
    if version.published_at is None:
        behind = released(value).select_related("policy")
        return Ground(value, support([value.pk]), list(behind), 0)
    cited = clause.citations.filter(value=value)
    shown = Quote.objects.filter(SHOWABLE, citations__in=cited).select_related("policy")
    quotes = list(shown)
    return Ground(value, support([value.pk]), quotes, cited.count() - len(quotes))
