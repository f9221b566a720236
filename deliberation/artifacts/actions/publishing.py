"""Stand by a version, publish it, go on to the next one."""

from typing import Any

from deliberation.artifacts import polls, queries
from deliberation.artifacts.actions.keeping import (
    copy_clauses,
    fix,
    follow_folds,
    hold_unpublished,
)
from deliberation.artifacts.errors import SignOffsMissing, VoteUnderWay
from deliberation.artifacts.models import Artifact, ClauseValue, SignOff, Version
from deliberation.artifacts.readiness import ready
from elicitation.record.actions import append, recorded

SIGNERS = 2


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
    for clause in held.clauses.all():
        follow_folds(clause)
    _keep_words(held)
    return fix(held, lambda clause, value: queries.released(value))


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
    newer = copy_clauses(last, Version(artifact=artifact, number=last.number + 1))
    for clause in newer.clauses.all():
        follow_folds(clause)
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


def _keep_words(held: Version) -> None:
    """Keep the words every value has now with the version, and whose card they are."""
    resting = list(ClauseValue.objects.filter(clause__version=held).select_related("value"))
    for one in resting:
        value = one.value
        one.title, one.context, one.policies = value.title, value.context, list(value.policies)
        one.card = value.worded_from_id
    ClauseValue.objects.bulk_update(resting, ["title", "context", "policies", "card"])
