"""Erase what somebody said to values, with every trace of it in results."""

from deliberation.assemblies.actions import weighing
from deliberation.assemblies.models import Membership
from deliberation.opinion.actions import snapshots, twins
from elicitation.record.actions import recorded


@recorded
def erase_said(member: Membership) -> int:
    """Erase all a member ever said to values, and where it placed them. Open at any time. Returns how many votes went."""
    snapshots.forget(member.respondent, member.assembly.inquiries.all())
    twins.forget(member.respondent)
    return weighing.erase_said(member)
