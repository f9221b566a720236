"""Erase what somebody said to values, and in votes under way the group it placed them in."""

from deliberation.artifacts.models import Poll
from deliberation.assemblies.models import Membership
from deliberation.opinion.actions import erasing
from elicitation.record.actions import recorded


@recorded
def erase_said(member: Membership) -> int:
    """Erase all a member ever said to values, and where it placed them. Open at any time. Returns how many votes went.

    A ballot cast before keeps its group's letter until it is cast again or taken back: it is nobody's as it lies there.
    """
    counting = Poll.objects.filter(version__artifact__assembly=member.assembly, counted_at=None)
    for poll in counting.select_for_update().order_by("pk"):
        if poll.places.pop(str(member.respondent_id), None):
            poll.save(update_fields=["places"])
    return erasing.erase_said(member)
