"""Stand by a version, publish it, go on to the next one, and correct a published one when words in it are taken back."""

from collections.abc import Iterable
from typing import Any

from django.utils import timezone

from deliberation.artifacts import converging, justification, polls, queries
from deliberation.artifacts.actions.keeping import (
    follow_folds,
    ground,
    hold_unpublished,
    keep_wording,
)
from deliberation.artifacts.bundles import cited_as, published_as
from deliberation.artifacts.errors import (
    SignOffsMissing,
    VoteUnderWay,
)
from deliberation.artifacts.models import (
    Artifact,
    Citation,
    Clause,
    ClauseValue,
    Rendition,
    SignOff,
    Version,
)
from deliberation.artifacts.readiness import ready
from elicitation.record.actions import append, append_many, recorded
from elicitation.record.models import Entry

SIGNERS = 2
Formats = Rendition.Format


@recorded
def sign(version: Version, account: Any) -> None:
    """Stand by a version as it is; twice is once. A change of any clause takes it back. Raises Fixed and what `ready` raises."""
    held = hold_unpublished(version)
    ready(held)
    SignOff.objects.get_or_create(version=held, user_id=account.pk)
    append("version.signed", artifact=str(held.artifact_id), version=held.number)


@recorded
def unsign(version: Version, account: Any) -> None:
    """Stand by a version no more. Raises Fixed."""
    held = hold_unpublished(version)
    held.sign_offs.filter(user_id=account.pk).delete()
    append("version.unsigned", artifact=str(held.artifact_id), version=held.number)


@recorded
def publish(version: Version) -> Version:
    """Fix a version for good and show it, with the quotes whose authors agreed. One that was put to the vote has to be adopted.

    Raises Fixed, VoteUnderWay, NotAdopted, SignOffsMissing, and what `ready` raises.
    """
    held = hold_unpublished(version)
    polls.ensure_publishable(held)
    ready(held)
    if held.sign_offs.count() < SIGNERS:
        raise SignOffsMissing(needed=SIGNERS)
    return _publish(held)


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
    newer = _copy(last, Version(artifact=artifact, number=last.number + 1))
    append("version.started", artifact=str(artifact.id), version=newer.number)
    return newer


@recorded
def say_what_changed(version: Version, words: str) -> Version:
    """Say in a sentence what is other than in the version before, and why. Raises Fixed."""
    held = hold_unpublished(version)
    held.changed = words.strip()
    held.save(update_fields=["changed"])
    append("version.told", artifact=str(held.artifact_id), version=held.number)
    return held


@recorded
def correct(version: Version) -> Version | None:
    """Publish what is left of a published version after words were taken back: never a silent change. None where nothing was.

    No person signs it, for nobody wrote a word of it: it is the version before, without what its authors took back. A draft there may
    be moves on by one number.
    """
    artifact = Artifact.objects.select_for_update().get(pk=version.artifact_id)
    newest = artifact.versions.filter(published_at__isnull=False).order_by("-number").first()
    lost = queries.taken_back(newest) if newest else {}
    if newest is None or not lost or newest.pk != version.pk:
        append("version.looked_at", artifact=str(artifact.pk))
        return None
    for later in artifact.versions.filter(number__gt=newest.number).order_by("-number"):
        Version.objects.filter(pk=later.pk).update(number=later.number + 1)
        append("version.renumbered", version=str(later.pk), number=later.number + 1)
    told = Version(artifact=artifact, number=newest.number + 1, put_at=newest.put_at)
    told.frozen_at, told.corrected = timezone.now(), lost
    told.corrects = queries.decided_on(newest)
    corrected = _publish(_copy(newest, told))
    append("artifact.corrected", artifact=str(artifact.pk), version=corrected.number, **lost)
    return corrected


def _publish(held: Version) -> Version:
    clauses = list(held.clauses.prefetch_related("values"))
    for clause in clauses:
        follow_folds(clause)
    _keep_words(held)
    known = converging.profiles(held.artifact.assembly, whole=False)
    resting = {str(value.pk) for clause in clauses for value in clause.values.all()}
    held.basis = {pk: justification.kept(known[pk]) for pk in sorted(resting & set(known))}
    entry = append(
        "artifact.published",
        artifact=str(held.artifact_id),
        version=held.number,
        clauses=[str(clause.id) for clause in clauses],
        **published_as(held, _cite(clauses)),
    )
    held.published_at, held.entry_id = timezone.now(), entry.pk
    held.save(update_fields=["published_at", "entry_id", "basis"])
    Rendition.objects.bulk_create(Rendition(version=held, format=one) for one in Formats.values)
    return held


def _keep_words(held: Version) -> None:
    """Keep the words every value has now with the version, and whose card they are."""
    resting = list(ClauseValue.objects.filter(clause__version=held).select_related("value"))
    for one in resting:
        value = one.value
        one.title, one.context, one.policies = value.title, value.context, list(value.policies)
        one.card = value.worded_from_id
    ClauseValue.objects.bulk_update(resting, ["title", "context", "policies", "card"])


def _copy(last: Version, newer: Version) -> Version:
    """The clauses of a version in another, each following the one it was."""
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
        copy.norms.set(clause.norms.all())
        keep_wording(copy, None)
        follow_folds(copy)
    return newer


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
