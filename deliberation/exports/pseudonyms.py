"""Pseudonyms of moderators, offsets as other languages count them, moments and ids as text. Free of Django."""

import hmac
from datetime import datetime


def moderator(salt: str, account: object) -> str | None:
    """A name for an account that is stable within an assembly, and cannot be led back without its secret salt."""
    if account is None:
        return None
    return (
        "moderator-"
        + hmac.digest(salt.encode(), f"moderator:{account}".encode(), "sha256").hex()[:12]
    )


def utf16(text: str, at: int) -> int:
    """A code point offset into `text` in UTF-16 code units: astral characters count twice."""
    return at if text.isascii() else at + sum(ord(char) > 0xFFFF for char in text[:at])


def stamp(moment: datetime | None) -> str | None:
    """ISO 8601 in UTC, or None."""
    return moment.isoformat() if moment else None


def text_or_none(key: object) -> str | None:
    """An id as text, or None."""
    return str(key) if key else None
