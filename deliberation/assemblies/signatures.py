"""Signing what webhooks send, as Standard Webhooks 1 has it: HMAC-SHA-256 over id, time and body. Free of Django."""

import hmac
from base64 import b64decode, b64encode
from hashlib import sha256

PREFIX = "whsec_"


def secret_of(key: str, salt: str) -> str:
    """The secret of a salt: 32 bytes in base64, as receivers' libraries take it."""
    return (
        PREFIX + b64encode(hmac.digest(key.encode(), f"webhook:{salt}".encode(), sha256)).decode()
    )


def signed(secret: str, message: str, at: int, body: bytes) -> dict[str, str]:
    """The headers of a message. `at`: seconds since 1970; receivers refuse what is old."""
    told = f"{message}.{at}.".encode() + body
    made = hmac.digest(b64decode(secret.removeprefix(PREFIX)), told, sha256)
    return {
        "webhook-id": message,
        "webhook-timestamp": str(at),
        "webhook-signature": f"v1,{b64encode(made).decode()}",
    }
