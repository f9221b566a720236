"""Where people stand by their votes: the map that groups are found on. Free of Django."""

from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_array

from deliberation.opinion.spectrum import directions
from deliberation.opinion.votes import Votes

Floats = NDArray[np.float64]
FULL = 50  # votes from which a person weighs in full
FAR = 4.0  # times the usual distance from the middle, beyond which nobody pulls harder


@dataclass(frozen=True, slots=True)
class Landscape:
    """`places` (n, c): where each person stands; `components` (c, m) and `centre` (m,): what places are made of; `weights` (n,): 0 to 1."""

    places: Floats
    components: Floats
    centre: Floats
    weights: Floats


def landscape(votes: Votes, out: NDArray[np.bool_], count: int, seed: int) -> Landscape:
    """Places in `count` directions. `out` (m,) marks statements that move nobody; like Polis, all are taken to have passed on them.

    A place is sqrt(m / v) times the sum over a person's v votes of (vote - centre) * component, as Polis has it, so that few votes do not
    mean the middle; the fewer the votes, the less the place weighs: min(v, FULL) / FULL.
    """
    m = len(votes.statements)
    seen = np.bincount(votes.columns, minlength=m)
    sums = np.bincount(votes.columns, votes.signs, minlength=m)
    centre = np.where(out, 0.0, sums / np.maximum(seen, 1))
    apart = votes.signs - centre[votes.columns]
    each = np.diff(votes.starts)
    if out.any():
        moved = ~out[votes.columns]
        apart *= moved
        each = np.bincount(np.repeat(np.arange(len(each)), each), moved, minlength=len(each))
    shape = (len(votes.people), m)
    starts = votes.starts.astype(np.int32) if len(apart) < 2**31 else votes.starts
    centred = csr_array((apart, votes.columns, starts), shape=shape)
    components = directions(centred, count, seed)
    scale = np.sqrt(m / np.maximum(each + out.sum(), 1))
    places = (centred @ components.T) * scale[:, None]
    return Landscape(places, components, centre, np.minimum(each, FULL) / FULL)


def held(places: Floats, weights: Floats) -> Floats:
    """Places with those farther than FAR times the usual distance (root mean square) drawn in to it."""
    far = np.sqrt((places**2).sum(axis=1))
    usual = np.sqrt(np.average(far**2, weights=weights)) if weights.any() else 0.0
    return places * np.minimum(1, FAR * usual / np.maximum(far, 1e-300))[:, None]
