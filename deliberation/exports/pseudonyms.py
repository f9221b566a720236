"""Pseudonyms of moderators, and offsets as other languages count them. Free of Django."""

import hmac


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
    return at + sum(ord(char) > 0xFFFF for char in text[:at])
