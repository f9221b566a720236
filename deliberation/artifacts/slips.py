"""Slips: what ties a seat to its ballot while a vote is open, and what only the voter has once it is counted. Free of Django.

A slip is made from the site's key, the seat's salt and the secret of the vote. The database holds its digest alone; the count erases the
secret, and then no slip can be made again by anybody.
"""

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from deliberation.assemblies import codes


@dataclass(frozen=True, slots=True)
class Vote:
    """What the slips of a vote are made from: the site's key, the id of the version, the secret."""

    key: str
    version: str
    secret: str

    def slip(self, salt: str) -> str:
        """The slip of the seat with this salt, such as 7Q2M-0XKD-R4TB-9HCE."""
        return codes.derive(self.key, "ballot", f"{self.version}:{self.secret}:{salt}")

    def key_digest(self) -> str:
        """By which the key is known again: with another one a seat would get a second slip, and a second ballot."""
        return codes.digest(codes.derive(self.key, "ballot key", f"{self.version}:{self.secret}"))


def seal(ballots: Iterable[tuple[str, str, Mapping[str, str]]]) -> str:
    """SHA-256 over all ballots as (digest of the slip, whole, lines), whatever their order: none can be changed after the count unseen."""
    each = sorted(
        hashlib.sha256(json.dumps(ballot, sort_keys=True).encode()).hexdigest()
        for ballot in ballots
    )
    return hashlib.sha256("\n".join(each).encode()).hexdigest()
