"""The directions in which people differ most. Free of Django.

Centred votes are 0 wherever nobody voted, so a product with them costs as much as there are votes. The directions are the leading right singular
vectors, found in a block Krylov space (Golub and Underwood 1977; Musco and Musco 2015) from a start that depends on the statements alone.
"""

from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_array

Floats = NDArray[np.float64]
SPARE = 2  # directions carried along beyond those wanted: they speed the others up
STEPS = 24  # products with all votes, at most
CLOSE = 1e-4  # of the largest squared singular value: how far the first two may be from exact
NOTHING = 1e-12  # of the same: below it a direction is rounding alone
CLEAR = 1e-3  # relative; below it nothing says which way a direction points


def directions(centred: csr_array[Any], spread: Floats, count: int, seed: int) -> Floats:
    """The leading directions of centred votes (n, m) as rows (c, m), turned as `turned` says; zeros where there are fewer than two.

    At least two, and of up to `count` those above `noise`. `spread`: (m,), the sums of squares of the columns; where that is 0 a direction
    is 0 exactly.
    """
    moving = spread > 0
    found = np.zeros((2, len(moving)))
    if moving.any():
        sizes, vectors = _krylov(centred, moving, count, seed)
        real = int(np.count_nonzero(sizes > NOTHING * sizes[0]))
        above = int(np.count_nonzero(sizes > noise(centred, spread)))
        real = min(real, max(2, above))
        found = np.zeros((max(2, real), len(moving)))
        found[:real] = turned(vectors.T[:real] * moving)
    return found


def noise(centred: csr_array[Any], spread: Floats) -> float:
    """About how large a squared singular value gets by chance alone: (sqrt(d) + sqrt(r))^2, the edge of Marchenko and Pastur (1967).

    d is the largest column's sum of squares and r the usual row's, a row counting by its votes. With many people and few votes each, the
    first directions past the edge are single statements that many saw, and people would be parted by their one vote on it.
    """
    each = np.diff(centred.indptr).astype(np.float64)
    row = spread.sum() / each.sum() * (each @ each) / each.sum()
    return float((np.sqrt(spread.max()) + np.sqrt(row)) ** 2)


def _krylov(
    centred: csr_array[Any], moving: NDArray[np.bool_], count: int, seed: int
) -> tuple[Floats, Floats]:
    """At most `count` squared singular values (c,), falling, and right vectors (m, c), the first two of them exact to CLOSE."""
    back, free = centred.T, int(np.count_nonzero(moving))
    width = min(count + SPARE, free)
    block = np.random.default_rng(seed).standard_normal((len(moving), width)) * moving[:, None]
    block = np.linalg.qr(block)[0]
    basis, images = np.empty((len(moving), 0)), np.empty((len(moving), 0))
    while True:
        image = back @ (centred @ block)
        basis, images = np.hstack([basis, block]), np.hstack([images, image])
        inner = basis.T @ images
        sizes, mixed = np.linalg.eigh((inner + inner.T) / 2)
        sizes, mixed = sizes[::-1][:count], mixed[:, ::-1][:, :count]
        vectors = basis @ mixed
        apart = np.linalg.norm((images @ mixed - vectors * sizes)[:, :2], axis=0)
        full = basis.shape[1] + width > min(free, STEPS * width)
        if full or apart.max() <= CLOSE * sizes[0]:
            return sizes, vectors
        block = np.linalg.qr(image - basis @ (basis.T @ image))[0]
        block = np.linalg.qr(block - basis @ (basis.T @ block))[0]


def turned(directions: Floats) -> Floats:
    """Each direction (row) with the sign that makes its longer tail positive, as its third moment says.

    Where neither tail is longer, the first of its largest loadings is positive. Neither asks for the order of people.
    """
    skewed = (directions**3).sum(axis=1)
    size = np.abs(directions)
    first = (size >= size.max(axis=1, keepdims=True) * (1 - CLEAR)).argmax(axis=1)
    loading = directions[np.arange(len(directions)), first]
    sign = np.where(np.abs(skewed) > CLEAR * (size**3).sum(axis=1), skewed, loading)
    return directions * np.where(sign < 0, -1.0, 1.0)[:, None]
