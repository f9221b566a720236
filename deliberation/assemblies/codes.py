"""Codes that let people in: long, typed with ease, never stored in the clear. Free of Django.

A code is derived from the site's key and a random salt, so that it can be shown again (on a sheet to print, on a receipt)
while the database holds only its SHA-256. 16 letters of 5 bits are 80 bits.
Alphabet: Crockford's base 32, which leaves out I, L, O and U.
"""

import hashlib
import hmac
import secrets

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
LENGTH = 16
READ_AS = str.maketrans({"O": "0", "I": "1", "L": "1"})


def new_salt() -> str:
    """32 hexadecimal digits of chance."""
    return secrets.token_hex(16)


def derive(key: str, purpose: str, salt: str) -> str:
    """The code of a salt: 16 letters in four groups, such as 7Q2M-0XKD-R4TB-9HCE."""
    digest = hmac.digest(key.encode(), f"{purpose}:{salt}".encode(), "sha256")
    number = int.from_bytes(digest[:10], "big")
    letters = "".join(ALPHABET[number >> 5 * i & 31] for i in range(LENGTH))
    return "-".join(letters[i : i + 4] for i in range(0, LENGTH, 4))


def normal(typed: str) -> str:
    """What was typed, as a code is written: capitals, no spaces or hyphens, O read as 0, I and L as 1."""
    return "".join(c for c in typed.upper().translate(READ_AS) if c in ALPHABET)


def digest(code: str) -> str:
    """SHA-256 of the normal form, in hexadecimal: all the database keeps of a code."""
    return hashlib.sha256(normal(code).encode()).hexdigest()
