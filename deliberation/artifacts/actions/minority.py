"""Minority statements: state, change, sign, take back. They are part of the document, with the number of those who signed, never who."""

from django.db import IntegrityError, transaction
from django.utils import timezone

from deliberation.artifacts.errors import (
    AlreadyStated,
    StatementFaulty,
    StatementGone,
    StatementSigned,
    StatingClosed,
)
from deliberation.artifacts.models import Artifact, Clause, MinorityStatement, Signature, Version
from deliberation.artifacts.models.contesting import LONGEST
from deliberation.assemblies.conditions import ensure_agreed
from deliberation.assemblies.errors import NotHere
from deliberation.assemblies.models import Membership, Phase
from elicitation.interview.texts import fault
from elicitation.record.actions import append, recorded


@recorded
def state(
    member: Membership, artifact: Artifact, text: str, clause: Clause | None = None
) -> MinorityStatement:
    """State what one holds against a document put to the vote, or against a clause of it; its author is the first to sign.

    Raises StatingClosed, ConsentMissing, NotHere (a clause of another version), StatementFaulty, AlreadyStated.
    """
    version = _ensure_may(member, artifact)
    if clause is not None and clause.version_id != version.pk:
        raise NotHere
    statement = MinorityStatement(
        artifact=artifact,
        clause=clause,
        respondent_id=member.respondent_id,
        text=_sound(text),
        language=member.language,
    )
    try:
        with transaction.atomic():
            statement.save(force_insert=True)
    except IntegrityError as there:
        raise AlreadyStated from there
    Signature.objects.create(statement=statement, respondent_id=member.respondent_id)
    append("minority.stated", statement=str(statement.pk), artifact=str(artifact.pk))
    return statement


@recorded
def change(member: Membership, statement: MinorityStatement, text: str) -> MinorityStatement:
    """Put one's own statement in other words, while nobody else has signed it.

    Raises StatingClosed, ConsentMissing, NotHere (somebody else's), StatementGone, StatementSigned, StatementFaulty.
    """
    _ensure_may(member, statement.artifact)
    held = _hold_own(member, statement)
    if held.signatures.exclude(respondent=member.respondent_id).exists():
        raise StatementSigned
    held.text = _sound(text)
    held.save(update_fields=["text"])
    append("minority.changed", statement=str(held.pk))
    return held


@recorded
def sign(member: Membership, statement: MinorityStatement) -> None:
    """Sign a statement; twice is once. Raises StatingClosed, ConsentMissing, StatementGone."""
    _ensure_may(member, statement.artifact)
    held = _hold(statement)
    Signature.objects.get_or_create(statement=held, respondent_id=member.respondent_id)
    append("minority.signed", statement=str(held.pk))


@recorded
def unsign(member: Membership, statement: MinorityStatement) -> None:
    """Sign a statement no more. Open at any time; twice is once."""
    Signature.objects.filter(statement=statement, respondent=member.respondent_id).delete()
    append("minority.unsigned", statement=str(statement.pk))


@recorded
def withdraw(member: Membership, statement: MinorityStatement) -> None:
    """Take one's own statement back: its words are erased. Open at any time. Raises NotHere (somebody else's), StatementGone."""
    _erase(_hold_own(member, statement))


@recorded
def forget(member: Membership) -> None:
    """Erase the statements of a member, and that it signed any. Open at any time."""
    own = MinorityStatement.objects.filter(respondent=member.respondent_id)
    for statement in own.filter(withdrawn_at=None).select_for_update().order_by("pk"):
        _erase(statement)
    own.update(respondent=None)
    Signature.objects.filter(respondent=member.respondent_id).delete()
    append("minority.forgotten", assembly=member.assembly.slug)


def _ensure_may(member: Membership, artifact: Artifact) -> Version:
    """Lock the document's last version and look whether statements are taken: put to the vote, not published, the vote begun."""
    newest = Version.objects.select_for_update(of=("self",)).filter(artifact=artifact)
    version = newest.order_by("-number").first()
    begun = member.assembly.phases.filter(
        kind=Phase.Kind.RATIFYING, starts_at__lte=timezone.now()
    ).exists()
    put = version is not None and version.frozen_at and not version.published_at
    if version is None or not put or not begun or artifact.assembly_id != member.assembly_id:
        raise StatingClosed
    ensure_agreed(member)
    return version


def _hold(statement: MinorityStatement) -> MinorityStatement:
    held = MinorityStatement.objects.select_for_update().get(pk=statement.pk)
    if held.withdrawn_at:
        raise StatementGone
    return held


def _hold_own(member: Membership, statement: MinorityStatement) -> MinorityStatement:
    if statement.respondent_id != member.respondent_id:
        raise NotHere
    return _hold(statement)


def _sound(text: str) -> str:
    if fault(text) or len(text.strip()) > LONGEST:
        raise StatementFaulty(most=LONGEST)
    return text.strip()


def _erase(statement: MinorityStatement) -> None:
    statement.text, statement.withdrawn_at = "", timezone.now()
    statement.save(update_fields=["text", "withdrawn_at"])
    statement.signatures.all().delete()
    append("minority.withdrawn", statement=str(statement.pk))
