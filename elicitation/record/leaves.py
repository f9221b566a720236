"""The salted hash that stands for an entry in the record. Free of Django.

It is a leaf of RFC 9162 over the salt and the entry: without the salt nobody can guess an entry back from its leaf.
"""

import hashlib
import hmac
import json
import secrets
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from elicitation.record.merkle import leaf_hash

SALT_BYTES = 16


def new_salt() -> bytes:
    """16 random bytes."""
    return secrets.token_bytes(SALT_BYTES)


def leaf(kind: str, at: datetime, body: Mapping[str, Any], salt: bytes) -> bytes:
    """SHA-256 (32 bytes) over 0x00, salt, and [kind, time, body] as canonical JSON."""
    return leaf_hash(salt + canonical([kind, stamp(at), body]))


def stamp(at: datetime) -> str:
    """A moment as it stands in a leaf: ISO 8601 with microseconds and offset, which is UTC here."""
    return at.isoformat(timespec="microseconds")


def digest(words: str) -> str:
    """SHA-256 of a text in hexadecimal. It stands in the body of an entry alone, which is secret by its salt."""
    return hashlib.sha256(words.encode()).hexdigest()


def tie(salt: bytes, leaf: bytes, about: str) -> str:
    """HMAC-SHA-256 in hexadecimal that ties what another entry tells of `about` to the entry of this salt and leaf.

    Who holds the salt can make it again; for everybody else the ties of one entry have nothing in common.
    """
    return hmac.new(salt, canonical([leaf.hex(), about]), hashlib.sha256).hexdigest()


def canonical(said: Any) -> bytes:
    """JSON in UTF-8 with sorted keys and no spaces."""
    return json.dumps(said, sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode()


def seal_of(said: Any) -> str:
    """SHA-256 of `said` as canonical JSON, in hexadecimal."""
    return hashlib.sha256(canonical(said)).hexdigest()
