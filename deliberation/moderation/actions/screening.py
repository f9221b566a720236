"""Open and close the room view, hold it still, and let words onto it: nothing comes there by itself."""

from dataclasses import asdict
from typing import Any

from django.conf import settings
from django.utils import timezone

from deliberation.assemblies import codes
from deliberation.assemblies.errors import NotHere
from deliberation.assemblies.models import Assembly, Invitation
from deliberation.moderation import rooms
from deliberation.moderation.bench import Bench
from deliberation.moderation.models import OnScreen, Room
from elicitation.extraction.models import Quote
from elicitation.record.actions import append, recorded


@recorded
def open_room(assembly: Assembly, invitation: Invitation | None) -> Room:
    """Show the room view under a new link; an earlier link leads nowhere from now on. What was let onto the screen stays."""
    salt = codes.new_salt()
    code = codes.derive(settings.SECRET_KEY, rooms.PURPOSE, salt)
    link = {
        "salt": salt,
        "code_digest": codes.digest(code),
        "opened_at": timezone.now(),
        "closed_at": None,
    }
    still: dict[str, Any] = {"frozen_at": None, "frozen": {}, "blank": False}
    room, _ = Room.objects.update_or_create(
        assembly=assembly, defaults={**link, **still, "invitation": invitation}
    )
    append("room.opened", assembly=assembly.slug)
    return room


@recorded
def close_room(room: Room) -> None:
    """Let nobody see it any more; twice is once."""
    Room.objects.filter(pk=room.pk).update(closed_at=timezone.now())
    append("room.closed", assembly=room.assembly.slug)


@recorded
def lead_to(room: Room, invitation: Invitation | None) -> None:
    """Show the QR code of this invitation, or none."""
    Room.objects.filter(pk=room.pk).update(invitation=invitation)
    append("room.set", assembly=room.assembly.slug, leads=invitation.pk if invitation else None)


@recorded
def freeze(room: Room, still: bool) -> None:
    """Hold what is shown as it is now, or let it go on. Words taken back leave a room that is held, too."""
    held = Room.objects.select_for_update().get(pk=room.pk)
    if still != bool(held.frozen_at):
        held.frozen_at = timezone.now() if still else None
        held.frozen = asdict(rooms.counted(room.assembly)) if still else {}
        held.save(update_fields=["frozen_at", "frozen"])
    append("room.set", assembly=room.assembly.slug, frozen=still)


@recorded
def blank(room: Room, dark: bool) -> None:
    """Show nothing at all, or show it again."""
    Room.objects.filter(pk=room.pk).update(blank=dark)
    append("room.set", assembly=room.assembly.slug, blank=dark)


@recorded
def let_on(bench: Bench, room: Room, quote: Quote) -> OnScreen:
    """Let these words onto the screen. Raises NotHere where their author does not show them (any more)."""
    held = rooms.may_come_on(room).filter(pk=quote.pk).select_for_update(of=("self",)).first()
    if held is None:
        raise NotHere
    shown, _ = OnScreen.objects.update_or_create(
        quote=held,
        defaults={"room": room, "moderator_id": bench.moderator.pk, "at": timezone.now()},
    )
    append("words.on_screen", assembly=bench.assembly.slug, quote=str(held.pk))
    return shown


@recorded
def take_off(room: Room, quote: Quote) -> None:
    """Take words off the screen; twice is once."""
    room.on_screen.filter(quote=quote).delete()
    append("words.off_screen", assembly=room.assembly.slug, quote=str(quote.pk))
