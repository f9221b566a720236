"""Vectors of many values in memory, to find those nearest to a candidate. Free of Django.

One float32 matrix: 100,000 values take 205 MB (and up to half as much again while they grow). Looking through them takes as long
as reading that once; so from EXACT_TO values on, a quarter of it is read first: each vector turned by a random rotation and cut
to SKETCH directions, which keeps cosines up to a small error (Johnson and Lindenstrauss 1984), and only the FIRST likest by it are looked at whole.
"""

from collections.abc import Iterable, Sequence
from functools import cache
from typing import Generic, TypeVar

import numpy as np

from elicitation.extraction.encoder import Vectors
from elicitation.graph.matching import nearest

WIDTH = 512
LEAST = 64  # rows there is room for at first
SKETCH = 128  # directions of the rough look
EXACT_TO = 20_000  # values up to which everything is looked at whole
FIRST = 4_000  # values the rough look leaves
Id = TypeVar("Id")


class Nearby(Generic[Id]):
    """Ids beside unit vectors. Putting, replacing and removing cost the rows they touch."""

    def __init__(self) -> None:
        self._ids: list[Id] = []
        self._places: dict[Id, int] = {}
        self._room: Vectors = np.zeros((LEAST, WIDTH), dtype=np.float32)
        self._rough: Vectors = np.zeros((LEAST, SKETCH), dtype=np.float32)

    def __len__(self) -> int:
        return len(self._ids)

    def __contains__(self, key: Id) -> bool:
        return key in self._places

    @property
    def bytes_held(self) -> int:
        """Memory of the vectors, with the room there is left."""
        return self._room.nbytes + self._rough.nbytes

    def put(self, ids: Sequence[Id], vectors: Vectors) -> None:
        """Keep a vector, (n, 512), for each of n ids, in place of the one it had."""
        self._make_room(len(self) + len(ids))
        places = np.empty(len(ids), dtype=np.intp)
        for n, key in enumerate(ids):
            if key not in self._places:
                self._places[key] = len(self._ids)
                self._ids.append(key)
            places[n] = self._places[key]
        self._room[places] = vectors
        self._rough[places] = vectors @ rotation()

    def remove(self, ids: Iterable[Id]) -> None:
        """Forget these; ids that are not here are passed over. The last row moves into the gap."""
        for key in ids:
            place = self._places.pop(key, None)
            if place is None:
                continue
            last = self._ids.pop()
            gap = len(self._ids)
            if last != key:
                self._room[place], self._rough[place] = self._room[gap], self._rough[gap]
                self._ids[place], self._places[last] = last, place
            self._room[gap], self._rough[gap] = 0, 0

    def nearest(self, vector: Vectors, most: int) -> list[Id]:
        """The `most` ids nearest to a unit vector, (512,), the nearest first."""
        if len(self) <= max(EXACT_TO, most):
            found = nearest(vector, self._room[: len(self)], most)
        else:
            first = nearest(vector @ rotation(), self._rough[: len(self)], max(FIRST, most))
            first.sort()  # read in the order it lies in memory
            found = first[nearest(vector, self._room[first], most)]
        return [self._ids[n] for n in found]

    def _make_room(self, rows: int) -> None:
        if rows > len(self._room):
            wanted = max(rows, len(self._room) * 3 // 2)
            self._room = _roomier(self._room, wanted)
            self._rough = _roomier(self._rough, wanted)


@cache
def rotation() -> Vectors:
    """The directions of the rough look, (512, SKETCH), the same in every process."""
    drawn = np.random.default_rng(0).standard_normal((WIDTH, SKETCH))
    directions: Vectors = np.linalg.qr(drawn)[0].astype(np.float32)
    return directions


def _roomier(kept: Vectors, rows: int) -> Vectors:
    roomier = np.zeros((rows, kept.shape[1]), dtype=np.float32)
    roomier[: len(kept)] = kept
    return roomier
