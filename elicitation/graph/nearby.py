"""Vectors of many values in memory, to find those nearest to a candidate. Free of Django.

One float32 matrix, exact: 100,000 values take 205 MB (and up to half as much again while they grow), and looking through
them takes as long as reading that once.
"""

from collections.abc import Iterable, Sequence
from typing import Generic, TypeVar

import numpy as np
from numpy.typing import NDArray

from elicitation.extraction.encoder import Vectors
from elicitation.graph.matching import nearest

WIDTH = 512
LEAST = 64  # rows there is room for at first
Id = TypeVar("Id")


class Nearby(Generic[Id]):
    """Ids beside unit vectors. Putting, replacing and removing cost the rows they touch."""

    def __init__(self) -> None:
        self._ids: list[Id] = []
        self._places: dict[Id, int] = {}
        self._room: Vectors = np.zeros((LEAST, WIDTH), dtype=np.float32)

    def __len__(self) -> int:
        return len(self._ids)

    def __contains__(self, key: Id) -> bool:
        return key in self._places

    @property
    def bytes_held(self) -> int:
        """Memory of the matrix, with the room it has left."""
        return self._room.nbytes

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

    def remove(self, ids: Iterable[Id]) -> None:
        """Forget these; ids that are not here are passed over. The last row moves into the gap."""
        for key in ids:
            place = self._places.pop(key, None)
            if place is None:
                continue
            last = self._ids.pop()
            if last != key:
                self._room[place] = self._room[len(self._ids)]
                self._ids[place], self._places[last] = last, place
            self._room[len(self._ids)] = 0

    def nearest(self, vector: Vectors, most: int) -> list[Id]:
        """The `most` ids nearest to a unit vector, (512,), the nearest first."""
        found: NDArray[np.intp] = nearest(vector, self._room[: len(self)], most)
        return [self._ids[n] for n in found]

    def _make_room(self, rows: int) -> None:
        if rows > len(self._room):
            roomier = np.zeros((max(rows, len(self._room) * 3 // 2), WIDTH), dtype=np.float32)
            roomier[: len(self)] = self._room[: len(self)]
            self._room = roomier
