"""What is asked of the record: heads, tiles, what waits, and the entries that bind an answer's words."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import Min, OuterRef, Q, QuerySet, Subquery
from django.db.models.fields.json import KeyTextTransform

from elicitation.record import merkle, receipts
from elicitation.record.models import Entry, Tile, TreeHead
from elicitation.record.tiles import Place, node_of

RECEIVED = ("response.received", "response.revised", "follow_up.answered")


@dataclass(frozen=True, slots=True)
class State:
    """How far sealing has come."""

    head: TreeHead | None
    waiting: int
    waiting_since: datetime | None


def state() -> State:
    """The newest head, how many entries are in none yet, and since when the oldest of these waits."""
    waits = Entry.objects.filter(index=None)
    return State(latest_head(), waits.count(), waits.aggregate(first=Min("at"))["first"])


def latest_head() -> TreeHead | None:
    """The newest head; None before the first."""
    return TreeHead.objects.first()


def head_over(entry: Entry) -> TreeHead | None:
    """The head an entry was sealed in; None while it waits."""
    if entry.index is None:
        return None
    return TreeHead.objects.filter(size__gt=entry.index).order_by("size").first()


def read_tile(place: Place) -> bytes:
    """The hashes of a tile in a row. Raises LookupError where there is none."""
    level, number = place
    found = Tile.objects.filter(level=level, number=number).values_list("hashes", flat=True).first()
    if found is None:
        raise LookupError(f"There is no tile {place}.")
    return bytes(found)


def inclusion(index: int, size: int) -> list[bytes]:
    """The proof that an entry is in the tree of `size` entries. Raises ValueError, LookupError."""
    return merkle.inclusion(index, size, node_of(read_tile))


def consistency(first: int, second: int) -> list[bytes]:
    """The proof that the tree of `second` entries continues that of `first`. Raises ValueError, LookupError."""
    return merkle.consistency(first, second, node_of(read_tile))


def proofs(entries: Sequence[Entry], head: TreeHead | None) -> list[dict[str, Any]]:
    """Each entry as receipts give it, proven against `head` where that is over it."""
    node = node_of(read_tile)
    return [
        receipts.proven(
            receipts.Said(
                kind=entry.kind,
                at=entry.at,
                body=entry.body,
                salt=None if entry.salt is None else bytes(entry.salt),
                leaf=bytes(entry.leaf),
            ),
            entry.index,
            merkle.inclusion(entry.index, head.size, node)
            if head and entry.index is not None and entry.index < head.size
            else None,
        )
        for entry in entries
    ]


def said_of(head: TreeHead | None) -> dict[str, Any] | None:
    """A head as receipts, bundles and manifests carry it."""
    if head is None:
        return None
    return {"size": head.size, "note": head.note, "key": head.key, "sealed_at": head.sealed_at.isoformat()}  # fmt: skip


def binding(responses: Iterable[UUID]) -> QuerySet[Entry]:
    """The entries that hold a digest of words of these answers, oldest first."""
    answers = list(responses)
    known = Entry.objects.alias(response=KeyTextTransform("response", "body"))
    told = Q(response__in=[str(pk) for pk in answers], body__has_key="words")
    return known.filter(told | Q(about__in=answers)).order_by("pk")


def received_as(response: UUID) -> Entry | None:
    """The entry of an answer's words as they stand; None once they are withdrawn."""
    return binding([response]).filter(kind__in=RECEIVED).last()


def received_as_of(responses: Collection[UUID]) -> dict[UUID, Any]:
    """The same of many answers, in one query: each entry with `head_size` and `head_at`, of the head it was sealed in, None while it waits."""
    over = TreeHead.objects.filter(size__gt=OuterRef("index")).order_by("size")
    rows: Any = binding(responses).filter(kind__in=RECEIVED)
    told = rows.annotate(
        head_size=Subquery(over.values("size")[:1]), head_at=Subquery(over.values("sealed_at")[:1])
    )
    wanted = {str(pk): pk for pk in responses}
    found: dict[UUID, Any] = {}
    for entry in told:
        body = entry.body or {}
        named = {str(entry.about), body.get("response") if "words" in body else None}
        found |= {wanted[name]: entry for name in named if name in wanted}
    return found


def receipt_of(entry: Entry, words: str | None = None) -> dict[str, Any]:
    """One entry as a receipt, against the newest head; with the words it binds where they are given."""
    head = latest_head()
    (proof,) = proofs([entry], head)
    return receipts.receipt(proof, said_of(head), words)
