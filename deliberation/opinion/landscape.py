"""Where people stand by their votes: the map that groups are found on. Free of Django."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_array

from deliberation.opinion.spectrum import directions
from deliberation.opinion.votes import Votes, pieces

Floats = NDArray[np.float64]
Flags = NDArray[np.bool_]
FULL = 50  # votes from which a person weighs in full
FAR = 4.0  # times the usual distance from the middle, beyond which nobody pulls harder


@dataclass(frozen=True, slots=True)
class Landscape:
    """`places` (n, c): where each person stands; `components` (c, m) and `centre` (m,): what places are made of; `weights` (n,): 0 to 1."""

    places: Floats
    components: Floats
    centre: Floats
    weights: Floats


def landscape(votes: Votes, out: Flags, count: int, seed: int) -> Landscape:
    """Places in up to `count` directions. `out` (m,) marks statements that move nobody; like Polis, all are taken to have passed on them.

    A place is sqrt(m / v) times the sum over a person's v votes of (vote - centre) * component, as Polis has it, so that few votes do not
    mean the middle; but the fewer the votes, the less the place weighs: min(v, FULL) / FULL.
    """
    n, m = len(votes.people), len(votes.statements)
    centre, spread = _means(votes, out)
    apart = np.empty(len(votes.columns))
    for part in pieces(len(apart)):
        np.subtract(votes.signs[part], centre[votes.columns[part]], out=apart[part])
    each = np.diff(votes.starts)
    if out.any():
        still = out[votes.columns]
        apart[still] = 0
        each = each - np.bincount(np.repeat(np.arange(n), each)[still], minlength=n)
    starts = votes.starts.astype(np.int32) if len(apart) < 2**31 else votes.starts
    centred = csr_array((apart, votes.columns, starts), shape=(n, m))
    components = directions(centred, spread, count, seed)
    scale = np.sqrt(m / np.maximum(each + np.count_nonzero(out), 1))
    places = (centred @ components.T) * scale[:, None]
    weights = np.clip(each, 1, FULL) / FULL * (np.diff(votes.starts) > 0)
    return Landscape(places, components, centre, weights)


def held(places: Floats, weights: Floats) -> Floats:
    """Places with those farther than FAR times the usual distance (root mean square) drawn in to it."""
    far = np.sqrt((places**2).sum(axis=1))
    usual = np.sqrt(np.average(far**2, weights=weights)) if weights.any() else 0.0
    drawn_in: Floats = places * np.minimum(1, FAR * usual / np.maximum(far, 1e-300))[:, None]
    return drawn_in


def _means(votes: Votes, out: Flags) -> tuple[Floats, Floats]:
    """The mean vote on each statement and the sum of squares about it, both (m,); 0 where nobody voted or it moves nobody."""
    m = len(votes.statements)
    counted = np.zeros(3 * m, dtype=np.int64)
    for part in pieces(len(votes.columns)):
        counted += np.bincount(votes.columns[part] * 3 + votes.signs[part] + 1, minlength=3 * m)
    disagree, passed, agree = counted.reshape(m, 3).T * ~out
    centre = (agree - disagree) / np.maximum(disagree + passed + agree, 1)
    return centre, disagree * (1 + centre) ** 2 + passed * centre**2 + agree * (1 - centre) ** 2
