"""What is kept so that a copy of the database tells nothing of it without the site's key."""

from base64 import urlsafe_b64encode
from hashlib import sha256
from hmac import digest

from cryptography.fernet import Fernet, InvalidToken
from django.conf import settings

SECOND_FACTORS, POOLS, ADDRESSES = "second-factors", "pools", "addresses"


def seal(purpose: str) -> Fernet:
    """Seals and opens for one purpose; what was sealed for another does not open."""
    key = digest(settings.SECRET_KEY.encode(), f"groundwork.{purpose}".encode(), sha256)
    return Fernet(urlsafe_b64encode(key))


def opened(purpose: str, kept: bytes) -> bytes | None:
    """What was sealed; None where the site's key has changed since."""
    try:
        return seal(purpose).decrypt(kept)
    except InvalidToken:
        return None
