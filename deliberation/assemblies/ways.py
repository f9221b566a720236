"""The way somebody came in: by which form, in which browser. It gives them back the seat of an answer that was lost, and nobody else."""

from datetime import timedelta
from hashlib import sha256
from hmac import digest
from secrets import token_urlsafe

from django.conf import settings
from django.utils import timezone

from deliberation.assemblies.models import Assembly, Invitation, Membership

HOLDS = timedelta(minutes=10)


def new_secret() -> str:
    """What a browser is given when it is shown the form, and nobody else knows: 256 bits."""
    return token_urlsafe(32)


def way(invitation: Invitation, key: str, secret: str) -> str:
    """The way as the database holds it; "" where either half is missing."""
    if not (key and secret):
        return ""
    told = f"way\0{invitation.pk}\0{key}\0{secret}".encode()
    return digest(settings.SECRET_KEY.encode(), told, sha256).hex()


def seat_of(assembly: Assembly, way: str) -> Membership | None:
    """The seat taken by this way lately, whose owner has said nothing yet."""
    since = timezone.now() - HOLDS
    seats = Membership.objects.filter(assembly=assembly, came_by=way, joined_at__gt=since)
    return seats.filter(respondent__responses=None).select_related("assembly").first()
