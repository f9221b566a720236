"""Vectors of an inquiry's values: made once, stored, and held in memory by a worker. Encodes between reading and keeping."""

from collections import OrderedDict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from uuid import UUID

import numpy as np
from django.db.models import QuerySet

from elicitation.extraction.encoder import ENCODER, Vectors, encode
from elicitation.graph import queries, situations
from elicitation.graph.actions.vectors import keep_vectors
from elicitation.graph.covering import standing_for
from elicitation.graph.findings import Encoded
from elicitation.graph.models import Value, ValueVector
from elicitation.graph.models.vectors import OldestOpenTransaction
from elicitation.graph.nearby import WIDTH, Nearby
from elicitation.interview.models import Context

A_TIME = 256  # values encoded, and rows read, at a time
HELD = 4  # inquiries a worker process holds in memory


@dataclass(slots=True)
class _Held:
    """The vectors of one inquiry; `since`: every row written in an earlier transaction is in it."""

    index: Nearby[UUID] = field(default_factory=Nearby)
    since: int = 0


_held: OrderedDict[UUID, _Held] = OrderedDict()


def said(title: str, policies: Sequence[str]) -> str:
    """The words of a card or value as one text; a title that only repeats a policy is left out."""
    return ". ".join(
        policies if any(title in policy for policy in policies) else [title, *policies]
    )


def catch_up(inquiry_id: UUID) -> int:
    """Encode the values of an inquiry whose words are new, and keep their vectors and contexts. Returns how many."""
    total = 0
    while values := list(queries.to_encode(inquiry_id, ENCODER)[:A_TIME]):
        kept = keep_vectors(_encoded(inquiry_id, values), ENCODER)
        total += kept
        if not kept:  # all of them moved on meanwhile; the next call sees to them
            break
    return total


def index(inquiry_id: UUID) -> Nearby[UUID]:
    """Vectors of the whole words of an inquiry's values, as they are now. Asks only for rows written since it asked last."""
    held = _held.setdefault(inquiry_id, _Held())
    _held.move_to_end(inquiry_id)
    while len(_held) > HELD:
        _held.popitem(last=False)
    oldest = ValueVector.objects.annotate(oldest=OldestOpenTransaction())
    since = oldest.values_list("oldest", flat=True).first() or 0
    changed = ValueVector.objects.filter(inquiry=inquiry_id, written_in__gte=held.since)
    for rows in _some(changed):
        held.index.remove(key for key, whole, encoder in rows if not whole or encoder != ENCODER)
        good = [(key, whole) for key, whole, encoder in rows if whole and encoder == ENCODER]
        held.index.put([key for key, _ in good], restored(b"".join(whole for _, whole in good)))
    held.since = since
    return held.index


def unit_vectors(texts: Iterable[str]) -> dict[str, Vectors]:
    """A unit vector, (512,), for each text; texts of a like length are encoded together, which is faster."""
    wanted = sorted(set(texts), key=len)
    found: dict[str, Vectors] = {}
    for start in range(0, len(wanted), A_TIME):
        some = wanted[start : start + A_TIME]
        found.update(zip(some, encode(some), strict=True))
    return found


def stored(vectors: Vectors) -> bytes:
    """Unit vectors as they are kept."""
    return vectors.astype(np.float16).tobytes()


def restored(kept: bytes) -> Vectors:
    """Unit vectors, (n, 512), of what `stored` made of them."""
    rough: Vectors = np.frombuffer(kept, dtype=np.float16).astype(np.float32).reshape(-1, WIDTH)
    lengths = np.sqrt(np.einsum("ij,ij->i", rough, rough))
    rough /= np.maximum(lengths, np.float32(1e-9))[:, None]
    return rough


def phrases_of(inquiry_id: UUID) -> tuple[list[int], list[list[str]]]:
    """The contexts of an inquiry: their ids, and the phrases of each in every language."""
    contexts = list(Context.objects.filter(inquiry=inquiry_id))
    return [c.pk for c in contexts], [list(c.phrase.values()) for c in contexts]


def _encoded(inquiry_id: UUID, values: Sequence[Value]) -> list[Encoded]:
    """What is to be kept of these values."""
    ids, phrases = phrases_of(inquiry_id)
    contexts = situations.match([value.context for value in values], phrases)
    wholes = [said(value.title, value.policies) for value in values]
    policies = [standing_for(value.title, value.policies) for value in values]
    vectors = unit_vectors([*wholes, *(text for of in policies for text in of)])
    return [
        Encoded(
            value.pk,
            value.version,
            stored(vectors[whole]),
            stored(np.stack([vectors[text] for text in of])),
            ids[context[0]] if context else None,
            context[1] if context else None,
        )
        for value, whole, of, context in zip(values, wholes, policies, contexts, strict=True)
    ]


def _some(changed: QuerySet[ValueVector]) -> Iterable[list[tuple[UUID, bytes, str]]]:
    rows: list[tuple[UUID, bytes, str]] = []
    wanted = changed.values_list("value_id", "whole", "encoder")
    for key, whole, encoder in wanted.iterator(chunk_size=A_TIME * 16):
        rows.append((key, bytes(whole), encoder))
        if len(rows) == A_TIME * 16:
            yield rows
            rows = []
    if rows:
        yield rows
