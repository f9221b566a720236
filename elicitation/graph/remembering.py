"""Vectors of an inquiry's values: made once, stored, and held in memory by a worker. Encodes between reading and keeping."""

from collections import OrderedDict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import islice
from typing import NamedTuple
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

A_TIME = 256  # values encoded at a time
A_LOAD = 4096  # rows read at a time
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
    since = held.since
    changed = ValueVector.objects.filter(inquiry=inquiry_id, written_in__gte=since)
    for rows in _some(changed, many=not held.index):
        held.index.remove(row.key for row in rows if not row.good)
        good = [row for row in rows if row.good]
        held.index.put([row.key for row in good], restored(b"".join(row.whole for row in good)))
        since = rows[0].oldest
    held.since = since  # only now: a look that broke off is taken again from where it began
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
    """The contexts of an inquiry that stand: their ids, and the phrases of each in every language."""
    contexts = list(Context.objects.standing().filter(inquiry=inquiry_id))
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


class _Row(NamedTuple):
    """A row that changed; `oldest`: the oldest transaction that was still open when it was read."""

    key: UUID
    whole: bytes
    encoder: str
    oldest: int

    @property
    def good(self) -> bool:
        """Whether it says something, in the tongue of this encoder."""
        return bool(self.whole) and self.encoder == ENCODER


def _some(changed: QuerySet[ValueVector], many: bool) -> Iterator[list[_Row]]:
    """The rows that changed, some at a time; `many`: without holding all of them at once."""
    told = changed.annotate(oldest=OldestOpenTransaction())
    wanted = told.values_list("value_id", "whole", "encoder", "oldest")
    found = wanted.iterator(chunk_size=A_LOAD) if many else iter(wanted)
    while some := list(islice(found, A_LOAD)):
        yield [_Row(key, bytes(whole), encoder, oldest) for key, whole, encoder, oldest in some]
