"""Pair the values of an inquiry that are close and not the same, in each context they share, so that people can say which is wiser.

Values that hold in no context of the inquiry, or found nobody in theirs, are paired in general.
"""

import logging
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from hashlib import sha256
from uuid import UUID

import numpy as np

from elicitation.extraction.encoder import ENCODER, Vectors
from elicitation.graph import matching
from elicitation.graph.actions.pairings import Found, keep_pairs, start_pairing
from elicitation.graph.errors import TellingClaimed
from elicitation.graph.matching import ITSELF, STRANGER, Kind, Texts, same_from
from elicitation.graph.models import Transition, Value, ValueContext
from elicitation.graph.pairs import WANTED, Dealing, Floats, Ints, Near, Pair, deal, neighbours
from elicitation.graph.queries import vectors_of
from elicitation.graph.remembering import catch_up, restored, said, unit_vectors
from elicitation.interview.models import Context, Inquiry

log = logging.getLogger(__name__)
ROWS = 2_000  # pairs whose likeness is worked out at a time


def pair(inquiry: Inquiry) -> int:
    """Find new transitions of an inquiry and keep them. Returns how many are new. Raises TellingClaimed."""
    since = start_pairing(inquiry)
    values = list(Value.objects.standing().filter(inquiry=inquiry).order_by("admitted_at", "id"))
    return keep_pairs(inquiry, _found(inquiry, values), since)


def pair_if_free(inquiry: Inquiry) -> None:
    """Pair the values of an inquiry unless somebody is at it already; ringing twice is harmless."""
    try:
        pair(inquiry)
    except TellingClaimed as stopped:
        log.info("%s: %s", stopped.code, inquiry.pk)


@dataclass(frozen=True, slots=True)
class _Group:
    """Values of one context, ready to be paired: their ids, their texts and vectors, and the pairs they had, by places."""

    ids: Sequence[UUID]
    texts: Sequence[str]
    vectors: Vectors
    had: Sequence[tuple[int, int]]

    def find(self, choosing: Iterable[int], seed: str) -> list[Pair]:
        wanted = np.array(sorted(choosing), dtype=np.int64)
        if len(self.ids) < 2 or not len(wanted):
            return []
        number = int(sha256(seed.encode()).hexdigest()[:8], 16)
        near = neighbours(self.vectors, number)
        scores = _Likeness(self.texts, self.vectors, _crowds(near))
        dealing = Dealing(wanted, self.had, number)
        return deal(near, scores.between, same_from(Kind.VALUE), dealing)


def _found(inquiry: Inquiry, values: Sequence[Value]) -> list[Found]:
    texts = [said(value.title, value.policies) for value in values]
    vectors = _vectors(inquiry, values, texts)
    place = {value.pk: n for n, value in enumerate(values)}
    known = _known(inquiry, place)
    members = _members(inquiry, place)
    found: list[Found] = []
    paired = {n for pairs in known.values() for pair in pairs for n in pair}
    for context, inside in members.items():
        group = _group(values, texts, vectors, inside, known[context])
        degree = np.bincount(np.array(group.had, dtype=int).ravel(), minlength=len(inside))
        for one in group.find(np.flatnonzero(degree < WANTED).tolist(), f"{inquiry.pk}|{context}"):
            found.append(_as_found(one, group.ids, context))
            paired |= {inside[one.one], inside[one.other]}
    lonely = [n for n in range(len(values)) if n not in paired]
    everybody = _group(values, texts, vectors, range(len(values)), known[None])
    return found + [
        _as_found(one, everybody.ids, None) for one in everybody.find(lonely, str(inquiry.pk))
    ]


def _vectors(inquiry: Inquiry, values: Sequence[Value], texts: Sequence[str]) -> Vectors:
    """The stored vectors of the values, (n, 512); a value worded anew since is encoded for this once."""
    catch_up(inquiry.pk)
    wholes = vectors_of([value.pk for value in values], ENCODER).values_list("value_id", "whole")
    kept = {value: restored(bytes(whole))[0] for value, whole in wholes}
    told = dict(zip((value.pk for value in values), texts, strict=True))
    fresh = unit_vectors(text for value, text in told.items() if value not in kept)
    found = [kept[value] if value in kept else fresh[text] for value, text in told.items()]
    return np.vstack(found) if found else np.zeros((0, 1), np.float32)


def _members(inquiry: Inquiry, place: dict[UUID, int]) -> dict[int | None, list[int]]:
    """The places of the values that hold in each context, those in none under None."""
    found: dict[int | None, list[int]] = defaultdict(list)
    held = ValueContext.objects.filter(context__inquiry=inquiry).order_by("context", "value")
    for context, value in held.values_list("context", "value"):
        if value in place:
            found[context].append(place[value])
    somewhere = {n for inside in found.values() for n in inside}
    for retired in Context.objects.filter(inquiry=inquiry).exclude(retired_at=None):
        found.pop(retired.pk, None)
    found[None] = [n for n in range(len(place)) if n not in somewhere]
    return found


def _known(inquiry: Inquiry, place: dict[UUID, int]) -> dict[int | None, list[tuple[int, int]]]:
    """The pairs there are in each context, by places."""
    found: dict[int | None, list[tuple[int, int]]] = defaultdict(list)
    there = Transition.objects.filter(inquiry=inquiry)
    for context, one, other in there.values_list("context", "from_value", "to_value"):
        if one in place and other in place:
            found[context].append((place[one], place[other]))
    return found


def _group(
    values: Sequence[Value],
    texts: Sequence[str],
    vectors: Vectors,
    inside: Sequence[int],
    known: Sequence[tuple[int, int]],
) -> _Group:
    within = {n: m for m, n in enumerate(inside)}
    had = [(within[a], within[b]) for a, b in known if a in within and b in within]
    return _Group(
        [values[n].pk for n in inside], [texts[n] for n in inside], vectors[list(inside)], had
    )


def _as_found(one: Pair, ids: Sequence[UUID], context: int | None) -> Found:
    """A pair as it is kept; which value comes first says nothing, so it is drawn."""
    ends = sorted((ids[one.one], ids[one.other]))
    if sha256(f"{context}|{ends}".encode()).digest()[0] % 2:
        ends.reverse()
    return Found(ends[0], ends[1], context, min(max(one.likeness, 0.0), 1.0))


def _crowds(near: Near) -> Floats:
    """Mean cosine of each value with its nearest, as matching.crowding, from the neighbours there are."""
    close = np.where(near.cosines > ITSELF, STRANGER, np.maximum(near.cosines, STRANGER))
    best = -np.sort(-close, axis=1)[:, : matching.NEIGHBOURS]
    crowds: Floats = best.mean(axis=1).astype(np.float32)
    return crowds


class _Likeness:
    """How likely values at two lists of places speak of the same, worked out ROWS pairs at a time."""

    def __init__(self, texts: Sequence[str], vectors: Vectors, crowds: Floats) -> None:
        self.texts, self.vectors, self.crowds = texts, vectors, crowds

    def between(self, left: Ints, right: Ints) -> Floats:
        found = np.zeros(len(left), dtype=np.float32)
        for start in range(0, len(left), ROWS):
            block = slice(start, start + ROWS)
            rows, row = np.unique(left[block], return_inverse=True)
            columns, column = np.unique(right[block], return_inverse=True)
            table = matching.scores(self._read(rows), self._read(columns), Kind.VALUE)
            found[block] = table[row, column]
        return found

    def _read(self, places: Ints) -> Texts:
        vectors = self.vectors[places]
        told = [self.texts[n] for n in places]
        return replace(
            matching.read(told, company=vectors[:1], vectors=vectors), crowd=self.crowds[places]
        )
