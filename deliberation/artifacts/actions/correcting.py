"""Correct a published version by itself when words in it are taken back: the same again without them, never more and never other."""

from uuid import UUID

from django.utils import timezone

from deliberation.artifacts import queries
from deliberation.artifacts.actions.keeping import copy_clauses, fix
from deliberation.artifacts.models import Artifact, ClauseValue, Version
from elicitation.record.actions import append, recorded


@recorded
def correct(version: Version) -> Version | None:
    """Publish what is left of a published version after words were taken back: never a silent change. None where nothing was.

    No person signs it, for nobody wrote a word of it: it is the version before, without what its authors took back. No quote comes to it
    that was not there, no value is worded otherwise but one whose words went; support is counted anew, for those who left count no more.
    A draft there may be moves on by one number.
    """
    artifact = Artifact.objects.select_for_update().get(pk=version.artifact_id)
    newest = artifact.versions.filter(published_at__isnull=False).order_by("-number").first()
    lost = queries.taken_back(newest) if newest else {}
    if newest is None or not lost or newest.pk != version.pk:
        append("version.looked_at", artifact=str(artifact.pk))
        return None
    _make_room(artifact, newest)
    told = Version(artifact=artifact, number=newest.number + 1, put_at=newest.put_at)
    told.frozen_at, told.corrected = timezone.now(), lost
    told.corrects = queries.decided_on(newest)
    copied = copy_clauses(newest, told)
    _keep_what_stands(newest, copied)
    corrected = fix(copied, queries.still_cited)
    append("artifact.corrected", artifact=str(artifact.pk), version=corrected.number, **lost)
    return corrected


def _make_room(artifact: Artifact, newest: Version) -> None:
    for later in artifact.versions.filter(number__gt=newest.number).order_by("-number"):
        Version.objects.filter(pk=later.pk).update(number=later.number + 1)
        append("version.renumbered", version=str(later.pk), number=later.number + 1)


def _keep_what_stands(before: Version, after: Version) -> None:
    """Let every value read as it was published; one whose words went, as it reads now."""
    lost = set(queries.lost_values(before).values_list("pk", flat=True))
    told: dict[tuple[UUID | None, UUID], ClauseValue] = {
        (one.clause_id, one.value_id): one
        for one in ClauseValue.objects.filter(clause__version=before)
        if one.pk not in lost
    }
    resting = ClauseValue.objects.filter(clause__version=after)
    rows = list(resting.select_related("value", "clause"))
    for one in rows:
        was = told.get((one.clause.follows_id, one.value_id))
        words = was or one.value
        one.title, one.context, one.policies = words.title, words.context, list(words.policies)
        one.card = was.card if was else one.value.worded_from_id
    ClauseValue.objects.bulk_update(rows, ["title", "context", "policies", "card"])
