"""How alike two ways of grouping the same people are."""

from typing import Any

import numpy as np
from numpy.typing import NDArray


def adjusted_rand(one: NDArray[Any], other: NDArray[Any]) -> float:
    """1 for the same groups whatever their names, about 0 for chance (Hubert and Arabie 1985, equation 5)."""
    rows, columns = (np.unique(each, return_inverse=True)[1] for each in (one, other))
    table = np.zeros((rows.max() + 1, columns.max() + 1))
    np.add.at(table, (rows, columns), 1)
    together, by_row, by_column = (_pairs(each) for each in (table, table.sum(1), table.sum(0)))
    expected = by_row * by_column / _pairs(np.array([float(len(rows))]))
    most = (by_row + by_column) / 2
    return 1.0 if most == expected else float((together - expected) / (most - expected))


def _pairs(counts: NDArray[Any]) -> float:
    return float((counts * (counts - 1) / 2).sum())
