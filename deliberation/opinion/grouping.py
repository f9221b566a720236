"""Which opinion group each person is in, and the map they stand on. Free of Django."""

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray


@dataclass(frozen=True, slots=True)
class Grouping:
    """Groups of n people over m statements, in the order of the votes they were found in.

    `mode`: the rule; `k`: the number of groups; `labels`: (n,) from 0 to k - 1, -1 where not grouped; `unsure`: (n,) placed on little;
    `points`: (n, 2) places on the map; `components`: (2, m) and `centre`: (m,), what the map is made of; `silhouette`: by each k tried.
    """

    mode: str
    k: int
    labels: NDArray[np.int64]
    unsure: NDArray[np.bool_]
    points: NDArray[Any]
    components: NDArray[Any]
    centre: NDArray[Any]
    silhouette: dict[int, float]
