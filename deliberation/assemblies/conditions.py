"""What must hold before a member may do something, checked in the transaction of the write."""

from django.utils import timezone

from deliberation.assemblies.errors import ConsentMissing, PhaseClosed
from deliberation.assemblies.models import Assembly, Membership


def ensure_open(assembly: Assembly, kind: str) -> None:
    """Raises PhaseClosed where the assembly's phase of this kind is not running now."""
    if not assembly.phases.filter(kind=kind).open_at(timezone.now()).exists():
        raise PhaseClosed


def ensure_agreed(member: Membership) -> None:
    """Raises ConsentMissing where the member has not agreed to the consent text as it stands now."""
    if not member.consents.filter(text_version=member.assembly.consent_version).exists():
        raise ConsentMissing
