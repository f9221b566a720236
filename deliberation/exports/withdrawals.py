"""The list of what was taken back, kept outside the database, so that a restored backup does not bring it back.

A line names an act of the record by its leaf, and the answer, voice, objection, statement or proposal it was about by its number; no word of anybody's.
"""

import fcntl
import json
import os
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from pathlib import Path
from uuid import UUID

from django.db.models import Max, Q, QuerySet
from django.db.models.aggregates import Count

from elicitation.record.leaves import stamp
from elicitation.record.models import Entry

# kind of entry -> what of its body says what is taken back
NAMED = {
    "response.withdrawn": "response",
    "member.took_everything_back": "respondent",
    "places.forgotten": "respondent",
    "judgements.erased": "respondent",
    "quotes.withheld": "respondent",
    "respondent.research_permitted": "respondent",
    "respondent.reading_permitted": "respondent",
    "objection.taken_back": "objection",
    "minority.withdrawn": "statement",
    "survey.forgotten": "respondent",
    "pool.erased": "pool",
    "address.forgotten": "respondent",
    "ai_proposal.withdrawn": "proposal",
}
BOTH_WAYS = ("respondent.research_permitted", "respondent.reading_permitted")
TAKEN_BACK = ~Q(kind__in=BOTH_WAYS) | Q(body__permitted=False) | Q(body__elsewhere=False)


@dataclass(frozen=True, slots=True)
class Withdrawal:
    """That something was taken back: `leaf` in hexadecimal, `of` a UUID."""

    leaf: str
    at: str
    kind: str
    of: str


class Notebook:
    """The list in one file, and how far the database had come when it was last written."""

    def __init__(self, file: Path) -> None:
        self.file = file
        self._seen: object = None

    def write(self) -> int:
        """Append every withdrawal that is not in the list yet. Returns how many. Raises OSError."""
        now = acts().aggregate(number=Count("pk"), last=Max("pk"))
        if now == self._seen and self.file.exists():
            return 0
        self.file.parent.mkdir(parents=True, exist_ok=True)
        handle = os.open(self.file, os.O_RDWR | os.O_CREAT | os.O_APPEND, 0o600)
        with os.fdopen(handle, "r+b") as out:
            fcntl.flock(out, fcntl.LOCK_EX)  # two workers may be at it
            kept = out.read()
            there = {one.leaf for one in _parsed(kept) if one}
            new = [one for one in withdrawn() if one.leaf not in there]
            torn = b"\n" if kept and not kept.endswith(b"\n") else b""
            out.write(torn + b"".join(_line(one) for one in new))
            out.flush()
            os.fsync(out.fileno())
        self._seen = now
        return len(new)


def acts() -> QuerySet[Entry]:
    """The entries of everything that was ever taken back."""
    return Entry.objects.filter(TAKEN_BACK, kind__in=NAMED, erased_at=None)


def withdrawn() -> Iterator[Withdrawal]:
    """Everything that was ever taken back, the oldest first."""
    for entry in acts().order_by("pk").iterator():
        of = (entry.body or {}).get(NAMED[entry.kind])
        if of:  # an entry older than this list may not name whom
            yield Withdrawal(bytes(entry.leaf).hex(), stamp(entry.at), entry.kind, of)


def read(file: Path) -> tuple[list[Withdrawal], int]:
    """The list in a file, and how many lines of it cannot be read. Raises OSError."""
    lines = list(_parsed(file.read_bytes()))
    good = [one for one in lines if one]
    return good, len(lines) - len(good)


def not_in_this_database(listed: list[Withdrawal]) -> list[Withdrawal]:
    """Those of a list whose act this database does not know, each once, in their order."""
    leaves = [bytes.fromhex(one.leaf) for one in listed]
    known = Entry.objects.filter(kind__in=NAMED, leaf__in=leaves).values_list("leaf", flat=True)
    there = {bytes(leaf).hex() for leaf in known}
    return [one for one in dict.fromkeys(listed) if one.leaf not in there]


def _line(one: Withdrawal) -> bytes:
    return json.dumps(asdict(one), sort_keys=True).encode() + b"\n"


def _parsed(kept: bytes) -> Iterator[Withdrawal | None]:
    for line in kept.splitlines():
        if line.strip():
            yield _one(line)


def _one(line: bytes) -> Withdrawal | None:
    """A line of the list; None where a power cut tore it."""
    try:
        one = Withdrawal(**json.loads(line))
        UUID(one.of), bytes.fromhex(one.leaf)
    except (ValueError, TypeError, AttributeError):
        return None
    return one if one.kind in NAMED else None
