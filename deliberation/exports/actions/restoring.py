"""Put everything back from a backup, and let machines read again afterwards."""

from collections.abc import Callable, Iterable, Mapping
from uuid import UUID

from deliberation.artifacts.actions import minority, objecting
from deliberation.artifacts.actions.erasing_said import erase_said
from deliberation.artifacts.actions.leaving import take_everything_back
from deliberation.artifacts.models import MinorityStatement, Objection
from deliberation.assemblies.actions import (
    consenting,
    judging,
    letters,
    pooling,
    surveying,
    taking_part,
)
from deliberation.assemblies.actions.letter_keeping import end_all_letters
from deliberation.assemblies.actions.program_keeping import end_all_programs
from deliberation.assemblies.models import Agreement, Membership, Pool
from deliberation.exports import copying
from deliberation.exports.archives import Archive
from deliberation.exports.held import held_by_the_last_restore
from deliberation.exports.withdrawals import Withdrawal
from deliberation.moderation.actions.proposing import take_back_proposal
from deliberation.moderation.models import MachineProposal
from elicitation.extraction.actions import waiting
from elicitation.interview.models import Inquiry, Response
from elicitation.record.actions import append, recorded
from elicitation.record.models import Entry


@recorded
def restore(archive: Archive, again: Iterable[Withdrawal]) -> Entry:
    """Fill an empty database from a backup, take back again what was taken back since, and let no machine read before somebody says so.

    Tokens and webhooks end, for somebody may have ended them since, and what they tell may have been told.

    All or nothing. Raises BackupUnfit where what was put in is not what was backed up. Returns the entry that says so.
    """
    told = archive.manifest
    resting = copying.make_ready()
    for table, rows in told.tables.items():
        copying.fill(table, rows.columns, archive.table(table))
    copying.settle(resting, told.sequences)
    copying.ensure_as_backed_up(told.tables)
    done = [AGAIN[one.kind](UUID(one.of)) for one in again]
    held = list(Inquiry.objects.filter(reading_switched_off=None).order_by("pk"))
    for inquiry in held:
        waiting.switch_off(inquiry)
    return append(
        "backup.restored",
        made_at=told.made_at,
        withdrawn_again=sum(done),
        held=[str(inquiry.pk) for inquiry in held],
        programs_ended=end_all_programs(),
        letters_ended=end_all_letters(),
    )


@recorded
def let_machines_read() -> int:
    """Switch machine reading on again where restoring a backup switched it off, and nobody did since. Returns in how many inquiries."""
    held = list(held_by_the_last_restore().order_by("pk"))
    for inquiry in held:
        waiting.switch_on(inquiry)
    append("backup.reading_released", inquiries=[str(inquiry.pk) for inquiry in held])
    return len(held)


def _by_member(act: Callable[[Membership], object]) -> Callable[[UUID], bool]:
    """What a voice took back, done again for the seat it has; a voice this database does not know took nothing of it back."""

    def again(respondent: UUID) -> bool:
        member = Membership.objects.filter(respondent=respondent).first()
        if member is not None:
            act(member)
        return member is not None

    return again


def _refusing(purpose: Agreement.Purpose) -> Callable[[UUID], bool]:
    return _by_member(lambda member: consenting.decide(member, purpose, given=False))


def _answer(pk: UUID) -> bool:
    found = Response.objects.standing().filter(pk=pk).first()
    if found is not None:
        taking_part.withdraw(found)
    return found is not None


def _objection(pk: UUID) -> bool:
    standing = Objection.objects.standing().filter(respondent__membership__isnull=False)
    found = standing.filter(pk=pk).first()
    if found is not None and found.respondent is not None:
        objecting.take_back(found.respondent.membership, found)
    return found is not None


def _statement(pk: UUID) -> bool:
    standing = MinorityStatement.objects.filter(
        withdrawn_at=None, respondent__membership__isnull=False
    )
    found = standing.filter(pk=pk).first()
    if found is not None and found.respondent is not None:
        minority.withdraw(found.respondent.membership, found)
    return found is not None


def _pool(pk: UUID) -> bool:
    found = Pool.objects.filter(pk=pk, erased_at=None).select_related("assembly").first()
    if found is not None:
        pooling.erase_pool(found)
    return found is not None


def _proposal(pk: UUID) -> bool:
    standing = MachineProposal.objects.exclude(state=MachineProposal.State.WITHDRAWN)
    found = standing.filter(pk=pk).first()
    if found is not None:
        take_back_proposal(found, "restore")
    return found is not None


AGAIN: Mapping[str, Callable[[UUID], bool]] = {
    "response.withdrawn": _answer,
    "member.took_everything_back": _by_member(take_everything_back),
    "places.forgotten": _by_member(erase_said),
    "judgements.erased": _by_member(judging.erase_said),
    "quotes.withheld": _refusing(Agreement.Purpose.QUOTES),
    "respondent.research_permitted": _refusing(Agreement.Purpose.RESEARCH),
    "respondent.reading_permitted": _refusing(Agreement.Purpose.MODEL),
    "objection.taken_back": _objection,
    "minority.withdrawn": _statement,
    "survey.forgotten": _by_member(surveying.forget),
    "pool.erased": _pool,
    "address.forgotten": _by_member(letters.forget),
    "ai_proposal.withdrawn": _proposal,
}
