"""The directions in which people differ most. Free of Django.

Centred votes are 0 wherever nobody voted, so a product with them costs as much as there are votes. The directions are the leading right singular
vectors, found in a block Krylov space (Golub and Underwood 1977; Musco and Musco 2015) from a start that depends on the number of statements alone.
"""

from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_array

Floats = NDArray[np.float64]
SPARE = 2  # directions carried along beyond those wanted: they speed the others up
STEPS = 24  # products with all votes, at most
CLOSE = 1e-6  # of the largest squared singular value: how far the first two may be from exact
SMALL = 48  # statements up to which the whole m x m table is cheaper
CLEAR = 1e-6  # below it a skewness is no reason to turn a direction


def directions(centred: csr_array[Any], count: int, seed: int) -> Floats:
    """The `count` leading directions of (n, m) centred votes as rows (count, m), each turned as `turned` says; zeros where there are fewer."""
    m = centred.shape[1]
    found = np.zeros((count, m))
    if centred.nnz == 0:
        return found
    if m <= SMALL:
        across = (centred.T @ centred).toarray()
        sizes, vectors = np.linalg.eigh(across)
    else:
        sizes, vectors = _krylov(centred, count, seed)
    sizes, vectors = sizes[::-1][:count], vectors[:, ::-1][:, :count]
    real = sizes > 1e-12 * max(sizes[0], 1e-300)
    found[: real.sum()] = turned(vectors[:, real].T)
    return found


def _krylov(centred: csr_array[Any], count: int, seed: int) -> tuple[Floats, Floats]:
    """Squared singular values (rising) and right vectors (m, ...), the last two of them exact to CLOSE."""
    m = centred.shape[1]
    width = min(count + SPARE, m)
    back = centred.T
    block = np.linalg.qr(np.random.default_rng(seed).standard_normal((m, width)))[0]
    basis, images = np.empty((m, 0)), np.empty((m, 0))
    while True:
        image = back @ (centred @ block)
        basis, images = np.hstack([basis, block]), np.hstack([images, image])
        inner = basis.T @ images
        sizes, mixed = np.linalg.eigh((inner + inner.T) / 2)
        vectors = basis @ mixed[:, -count:]
        apart = np.linalg.norm(images @ mixed[:, -2:] - vectors[:, -2:] * sizes[-2:], axis=0)
        full = basis.shape[1] + width > min(m, STEPS * width)
        if full or apart.max() <= CLOSE * sizes[-1]:
            return sizes[-count:], vectors
        block = np.linalg.qr(image - basis @ (basis.T @ image))[0]
        block = np.linalg.qr(block - basis @ (basis.T @ block))[0]


def turned(directions: Floats) -> Floats:
    """Each direction (row) with the sign that makes its long tail positive, as its third moment says.

    Where there is no tail, the first of its largest loadings is positive. Neither asks for the order of people.
    """
    skewed = (directions**3).sum(axis=1)
    size = np.abs(directions)
    first = (size >= size.max(axis=1, keepdims=True) * (1 - CLEAR)).argmax(axis=1)
    loading = directions[np.arange(len(directions)), first]
    sign = np.where(np.abs(skewed) > CLEAR * (size**3).sum(axis=1), skewed, loading)
    return directions * np.where(sign < 0, -1.0, 1.0)[:, None]
