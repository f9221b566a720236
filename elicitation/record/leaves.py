"""The salted hash that stands for an entry in the record. Free of Django.

The leaf prefix is that of RFC 9162, section 2.1.1.
"""

import hashlib
import json
import secrets
from collections.abc import Mapping
from typing import Any

LEAF_PREFIX = b"\x00"
SALT_BYTES = 16


def new_salt() -> bytes:
    """16 random bytes: without them nobody can guess a body back from its leaf."""
    return secrets.token_bytes(SALT_BYTES)


def leaf(kind: str, body: Mapping[str, Any], salt: bytes) -> bytes:
    """SHA-256 (32 bytes) over prefix, salt, and the entry as JSON with sorted keys and no spaces."""
    text = json.dumps([kind, body], sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return hashlib.sha256(LEAF_PREFIX + salt + text.encode()).digest()
