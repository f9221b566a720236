"""What must hold before a member may do something, checked in the transaction of the write."""

from typing import Any

from django.db.models import Exists
from django.utils import timezone

from deliberation.assemblies.errors import ConsentMissing, NotHere, PhaseClosed
from deliberation.assemblies.models import Assembly, Membership
from elicitation.graph.terms import Terms


def ensure_open(assembly: Assembly, kind: str) -> None:
    """Raises PhaseClosed where the assembly's phase of this kind is not running now."""
    if not assembly.phases.filter(kind=kind).open_at(timezone.now()).exists():
        raise PhaseClosed


def ensure_agreed(member: Membership) -> None:
    """Raises ConsentMissing where the member has not agreed to the consent text as it stands now."""
    if not member.consents.filter(text_version=member.assembly.consent_version).exists():
        raise ConsentMissing


def terms(member: Membership, kind: str, **here: Exists) -> Terms:
    """The same two, and that all `here` exist, for an action that asks them as it holds the respondent. What is missing of `here` is refused with NotHere."""
    running = member.assembly.phases.filter(kind=kind).open_at(timezone.now())
    taken = member.consents.filter(text_version=member.assembly.consent_version)

    def ensure(held: Any) -> None:
        if not held.phase_is_open:
            raise PhaseClosed
        if not held.has_agreed:
            raise ConsentMissing
        if not all(getattr(held, name) for name in here):
            raise NotHere

    return Terms({"phase_is_open": Exists(running), "has_agreed": Exists(taken), **here}, ensure)
