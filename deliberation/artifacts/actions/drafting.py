"""Draft, write clauses, publish, go on to the next version."""

from collections.abc import Iterable

from django.db.models import F, Max
from django.utils import timezone

from deliberation.artifacts import polls, queries
from deliberation.artifacts.bundles import cited_as, published_as
from deliberation.artifacts.errors import (
    BallotOpened,
    ClauseEmpty,
    ClauseWithoutValue,
    Fixed,
    NothingToPublish,
    TitleMissing,
    VoteUnderWay,
)
from deliberation.artifacts.models import Artifact, Citation, Clause, ClauseValue, Version
from deliberation.assemblies.models import Assembly
from elicitation.graph.models import Value
from elicitation.interview.texts import fault
from elicitation.record.actions import append, append_many, recorded
from elicitation.record.models import Entry


@recorded
def draft(assembly: Assembly, kind: str, title: str, language: str) -> Version:
    """Start a document with an empty first version. Raises TitleMissing."""
    if fault(title):
        raise TitleMissing
    artifact = Artifact.objects.create(
        assembly=assembly, kind=kind, title=title.strip(), language=language
    )
    version = Version.objects.create(artifact=artifact, number=1)
    append("artifact.drafted", assembly=assembly.slug, artifact=str(artifact.id))
    return version


@recorded
def write_clause(version: Version, text: str, values: Iterable[Value]) -> Clause:
    """Add a clause at the end of a draft. Raises Fixed, BallotOpened, ClauseEmpty."""
    _ensure_draft(version)
    last = version.clauses.aggregate(last=Max("position"))["last"]
    clause = Clause(version=version, position=0 if last is None else last + 1)
    return _write(clause, text, values)


@recorded
def rewrite_clause(clause: Clause, text: str, values: Iterable[Value]) -> Clause:
    """Put other words, or other values, in a clause of a draft. Raises Fixed, BallotOpened, ClauseEmpty."""
    _ensure_draft(clause.version)
    return _write(clause, text, values)


@recorded
def strike_clause(clause: Clause) -> None:
    """Take a clause out of a draft. Raises Fixed, BallotOpened."""
    _ensure_draft(clause.version)
    append("clause.struck", clause=str(clause.id), version=str(clause.version_id))
    clause.delete()


@recorded
def publish(version: Version) -> Version:
    """Fix a version for good and show it, with the quotes whose authors agreed. One that was put to the vote has to be adopted.

    Raises Fixed, VoteUnderWay, NotAdopted, NothingToPublish, ClauseWithoutValue.
    """
    held = _ensure_unpublished(version)
    polls.ensure_publishable(held)
    clauses = list(held.clauses.prefetch_related("values"))
    if not clauses:
        raise NothingToPublish
    for number, clause in enumerate(clauses, start=1):
        if not queries.stands(clause):
            raise ClauseWithoutValue(number=number)
        _follow_folds(clause)
    entry = append(
        "artifact.published",
        artifact=str(held.artifact_id),
        version=held.number,
        clauses=[str(clause.id) for clause in clauses],
        **published_as(held, _cite(clauses)),
    )
    held.published_at, held.entry_id = timezone.now(), entry.pk
    held.save(update_fields=["published_at", "entry_id"])
    return held


@recorded
def next_version(version: Version) -> Version:
    """Start the next version as a copy of the last, published or voted on, or return the draft there is.

    Raises VoteUnderWay: what comes next is known once the vote is counted.
    """
    artifact = Artifact.objects.select_for_update().get(pk=version.artifact_id)
    if there := artifact.versions.filter(published_at=None, frozen_at=None).first():
        append("version.found", version=str(there.id))
        return there
    last = artifact.versions.latest("number")
    if (poll := polls.poll_of(last)) and poll.is_open:
        raise VoteUnderWay
    newer = Version.objects.create(artifact=artifact, number=last.number + 1)
    for clause in last.clauses.prefetch_related("values"):
        copy = Clause.objects.create(version=newer, position=clause.position, text=clause.text)
        _ground(copy, clause.values.all())
        _follow_folds(copy)
    append("version.started", artifact=str(artifact.id), version=newer.number)
    return newer


def _write(clause: Clause, text: str, values: Iterable[Value]) -> Clause:
    grounds = list(values)
    if fault(text) or not grounds or not queries.belong(clause.version.artifact, grounds):
        raise ClauseEmpty
    clause.text = text.strip()
    clause.save()
    clause.grounds.all().delete()
    _ground(clause, grounds)
    append("clause.written", clause=str(clause.id), values=[str(v.id) for v in grounds])
    return clause


def _ground(clause: Clause, values: Iterable[Value]) -> None:
    ClauseValue.objects.bulk_create(ClauseValue(clause=clause, value=value) for value in values)


def _follow_folds(clause: Clause) -> None:
    """Let a clause rest on what its values were folded into."""
    folded = clause.grounds.exclude(value__root=F("value"))
    if roots := {ground.value.root for ground in folded.select_related("value__root")}:
        folded.delete()
        _ground(clause, roots - set(clause.values.all()))


def _cite(clauses: Iterable[Clause]) -> list[Entry]:
    """Cite every public quote of every card that stands in the clauses' values. Returns the entries that say so."""
    citations = [
        Citation(clause=clause, value=value, quote=quote)
        for clause in clauses
        for value in clause.values.all()
        for quote in queries.released(value).select_related("revision")
    ]
    cited = cited_as(citations)
    entries = append_many(
        "quote.cited", [told for told, _ in cited], [answer for _, answer in cited]
    )
    for citation, entry in zip(citations, entries, strict=True):
        citation.entry_id = entry.pk
    Citation.objects.bulk_create(citations)
    return entries


def _ensure_draft(version: Version) -> Version:
    held = _ensure_unpublished(version)
    if held.frozen_at:
        raise BallotOpened
    return held


def _ensure_unpublished(version: Version) -> Version:
    held = Version.objects.select_for_update().select_related("artifact").get(pk=version.pk)
    if held.published_at:
        raise Fixed
    return held
