"""What writing, publishing and correcting share: hold a version, keep wordings, order clauses, copy them, and fix a version for good."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import F, OuterRef, QuerySet, Subquery
from django.utils import timezone

from deliberation.artifacts import converging, justification
from deliberation.artifacts.bundles import cited_as, published_as
from deliberation.artifacts.errors import BallotOpened, Fixed
from deliberation.artifacts.models import (
    Citation,
    Clause,
    ClauseNorm,
    ClauseValue,
    Rendition,
    Version,
    Wording,
)
from deliberation.artifacts.sections import place_of
from elicitation.extraction.models import Quote
from elicitation.graph.models import Norm, Value
from elicitation.record.actions import append, append_many
from elicitation.record.models import Entry

Quoted = Callable[[Clause, Value], QuerySet[Quote]]  # the quotes shown under a value of a clause
LAST = 32_767  # a place behind all others, until places are given anew


@dataclass(frozen=True, slots=True)
class About:
    """What a clause has beside its words and values: its section, the rules it upholds, and by whom it is written."""

    section: str = ""
    norms: Iterable[Norm] = ()
    by: Any = None


def hold_draft(version: Version) -> Version:
    """Lock a version that can still be changed. Raises Fixed, BallotOpened."""
    held = hold_unpublished(version)
    if held.frozen_at:
        raise BallotOpened
    return held


def hold_unpublished(version: Version) -> Version:
    """Lock a version that is not published. Raises Fixed."""
    drafts = Version.objects.select_related("artifact__assembly")
    held = drafts.select_for_update(of=("self",)).get(pk=version.pk)
    if held.published_at:
        raise Fixed
    return held


def keep_wording(clause: Clause, by: Any) -> None:
    """Keep what a clause says after a save, so that no text anybody saved is lost."""
    Wording.objects.create(
        clause=clause, edits=clause.edits, text=clause.text, by_id=getattr(by, "pk", None)
    )


def touch(version: Version) -> None:
    """Put the clauses in the order of their sections, and let nobody have signed what is other now."""
    kind = version.artifact.kind
    clauses = sorted(
        version.clauses.order_by("position"), key=lambda c: (place_of(kind, c.section), c.position)
    )
    for place, clause in enumerate(clauses):
        clause.position = place
    Clause.objects.bulk_update(clauses, ["position"])
    version.sign_offs.all().delete()


def ground(clause: Clause, values: Iterable[Value]) -> None:
    """Let a clause rest on these values, too."""
    ClauseValue.objects.bulk_create(ClauseValue(clause=clause, value=value) for value in values)


def follow_folds(clause: Clause) -> None:
    """Let a clause rest on what its values were folded into."""
    folded = clause.grounds.exclude(value__root=F("value"))
    if roots := {one.value.root for one in folded.select_related("value__root")}:
        folded.delete()
        ground(clause, roots - set(clause.values.all()))


def copy_clauses(last: Version, newer: Version) -> Version:
    """Save a new version with the clauses of another, each following the one it was, on the same values and rules."""
    newer.save(force_insert=True)
    for clause in last.clauses.prefetch_related("values", "norms"):
        copy = Clause.objects.create(
            version=newer,
            position=clause.position,
            section=clause.section,
            text=clause.text,
            origin=clause.origin,
            accepted_at=clause.accepted_at,
            follows=clause,
        )
        ground(copy, clause.values.all())
        copy.norms.set(norm for norm in clause.norms.all() if not norm.retired_at)
        keep_wording(copy, None)
    return newer


def fix(held: Version, quoted: Quoted) -> Version:
    """Fix a version for good: what its values rest on now, the quotes under each, its entry in the record, and its files to be made."""
    clauses = list(held.clauses.prefetch_related("values"))
    _settle_norms(held)
    known = converging.profiles(held.artifact.assembly, whole=False)
    resting = {str(value.pk) for clause in clauses for value in clause.values.all()}
    resting |= {str(pk) for pk in held.clauses.values_list("norms", flat=True)}
    held.basis = {pk: justification.kept(known[pk]) for pk in sorted(resting & set(known))}
    entry = append(
        "artifact.published",
        artifact=str(held.artifact_id),
        version=held.number,
        clauses=[str(clause.id) for clause in clauses],
        **published_as(held, _cite(clauses, quoted)),
    )
    held.published_at, held.entry_id = timezone.now(), entry.pk
    held.save(update_fields=["published_at", "entry_id", "basis"])
    Rendition.objects.bulk_create(
        Rendition(version=held, format=one) for one in Rendition.Format.values
    )
    return held


def _settle_norms(held: Version) -> None:
    """Rules nobody stands behind any more are upheld no more; of the others it is kept whose words they carry."""
    upheld = ClauseNorm.objects.filter(clause__version=held)
    upheld.exclude(norm__retired_at=None).delete()
    worded = Norm.objects.filter(pk=OuterRef("norm")).values("worded_from")
    upheld.update(card=Subquery(worded))


def _cite(clauses: Iterable[Clause], quoted: Quoted) -> list[Entry]:
    """Cite quotes under the values of clauses. Returns the entries that say so."""
    citations = [
        Citation(clause=clause, value=value, quote=quote)
        for clause in clauses
        for value in clause.values.all()
        for quote in quoted(clause, value).select_related("revision")
    ]
    cited = cited_as(citations)
    entries = append_many(
        "quote.cited", [told for told, _ in cited], [answer for _, answer in cited]
    )
    for citation, entry in zip(citations, entries, strict=True):
        citation.entry_id = entry.pk
    Citation.objects.bulk_create(citations)
    return entries
