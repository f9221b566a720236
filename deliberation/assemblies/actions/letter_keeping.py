"""Send nothing that may have been sent, or ended by its owner, since a backup was made."""

from django.utils import timezone

from deliberation.assemblies.models import Letter

State = Letter.State


def end_all_letters() -> int:
    """End every letter that waits or was being sent. Returns how many."""
    waiting = Letter.objects.filter(state__in=[State.WAITING, State.SENDING])
    return waiting.update(state=State.ENDED, ended_at=timezone.now())
