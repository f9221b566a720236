"""Where the values of a graph stand on a plane: close to what they were compared with, apart from all others, and where they stood before. Free of Django.

Attraction along edges and repulsion between all nodes as Fruchterman and Reingold (1991), "Graph drawing by force-directed placement". The
repulsion is taken from a field: the nodes are counted into a grid and the grid is convolved with the force of one node by fast Fourier
transform, so that a step costs as many operations as there are nodes, edges and cells, and not as there are pairs.
"""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from deliberation.opinion.positions import FINE, Point

Array = NDArray[np.float64]
Places = NDArray[np.intp]
CELLS = 128  # of the grid, each way
ROUNDS, ROUNDS_OF_NEW, ROUNDS_OF_ALL = 220, 60, 12
HOTTEST = 0.12  # the longest step of the first round, in units of the layout
GENTLE = 0.0006  # the longest step of a node that stood before: over all rounds less than one part in a hundred
MOSTLY_NEW = 0.5  # from this share of new nodes on, everything is laid out anew from where it stood
GRAVITY = 1.0  # so that nodes without edges fill a disc of one unit: new ones settle at the scale of those that stood
SOFT = 1e-6


@dataclass(frozen=True, slots=True)
class Network:
    """`ids` of n nodes; `ends` (m, 2), places in `ids`; `weights` (m,), from 0 to 1."""

    ids: Sequence[str]
    ends: Places
    weights: Array


def arrange(network: Network, former: Mapping[str, Point]) -> dict[str, Point]:
    """Where each node stands, in whole numbers with FINE to a unit. The same for the same input, whatever the order of ids and edges.

    Nodes that stood before stay, but for less than one part in a hundred; new ones begin where their neighbours are. Where most are new,
    everything moves.
    """
    if not network.ids:
        return {}
    ordered = _ordered(network)
    stood = np.array([one in former for one in ordered.ids])
    at = _beginnings(ordered, former, stood)
    if stood.mean() < 1 - MOSTLY_NEW:
        at = _settle(ordered, at, np.full(len(at), HOTTEST), ROUNDS)
    else:
        at = _settle(ordered, at, np.where(stood, 0.0, HOTTEST), ROUNDS_OF_NEW)
        at = _settle(ordered, at, np.full(len(at), GENTLE), ROUNDS_OF_ALL)
    whole = np.rint(at * FINE).astype(int)
    return {one: (int(x), int(y)) for one, (x, y) in zip(ordered.ids, whole, strict=True)}


def _ordered(network: Network) -> Network:
    """The same with ids and edges in one order."""
    order = sorted(range(len(network.ids)), key=lambda n: network.ids[n])
    place = np.empty(len(order), dtype=np.intp)
    place[order] = np.arange(len(order))
    ends = place[network.ends.reshape(-1, 2)]
    kept = np.lexsort((network.weights, ends[:, 1], ends[:, 0]))
    return Network([network.ids[n] for n in order], ends[kept], network.weights[kept])


def _beginnings(network: Network, former: Mapping[str, Point], stood: NDArray[np.bool_]) -> Array:
    """Where each node begins: where it stood, else amid its neighbours that stood, else by chance its id alone decides."""
    chance = np.array([_chance(one) for one in network.ids])
    at = np.array([former.get(one, (0, 0)) for one in network.ids], dtype=float) / FINE
    near, known = np.zeros_like(at), np.zeros(len(at))
    for here, there in ((0, 1), (1, 0)):
        of, to = network.ends[:, here], network.ends[:, there]
        counts = stood[to]
        np.add.at(near, of[counts], at[to[counts]])
        np.add.at(known, of[counts], 1)
    amid = near / np.maximum(known, 1)[:, None] + 0.03 * chance
    new = np.where((known > 0)[:, None], amid, chance)
    return np.where(stood[:, None], at, new)


def _chance(one: str) -> tuple[float, float]:
    """A point of the square from -1 to 1 that only the id decides."""
    told = hashlib.blake2b(one.encode(), digest_size=8).digest()
    x, y = (int.from_bytes(part, "big") / 2**31 - 1 for part in (told[:4], told[4:]))
    return x, y


def _settle(network: Network, at: Array, longest: Array, rounds: int) -> Array:
    """Where the nodes are after some rounds, each taking steps no longer than `longest` (n,), which shrinks to nothing."""
    moved, ideal = at.copy(), 1 / np.sqrt(len(at))
    for left in range(rounds, 0, -1):
        force = _pull(network, moved, ideal) + _push(moved, ideal) - GRAVITY * moved
        length = np.hypot(force[:, 0], force[:, 1])[:, None] + SOFT
        moved += force / length * np.minimum(length, (longest * left / rounds)[:, None])
    return moved


def _pull(network: Network, at: Array, ideal: float) -> Array:
    """The attraction of each node's neighbours: the square of the distance over the ideal one, shared out by how many a node has."""
    of, to = network.ends.T
    apart = at[to] - at[of]
    pull = apart * (np.hypot(apart[:, 0], apart[:, 1]) / ideal * network.weights)[:, None]
    force = np.empty_like(at)
    for axis in (0, 1):
        force[:, axis] = np.bincount(of, pull[:, axis], len(at)) - np.bincount(
            to, pull[:, axis], len(at)
        )
    near = np.bincount(network.ends.ravel(), minlength=len(at))
    shared: Array = force / np.sqrt(np.maximum(near, 1))[:, None]
    return shared


def _push(at: Array, ideal: float) -> Array:
    """The repulsion of all others: the square of the ideal distance over the distance, from a field over a grid twice as wide as the layout."""
    span = 2.0 * max(float(np.abs(at).max()), SOFT)
    cell = 2 * span / CELLS
    where = (at + span) / cell
    low = np.floor(where).astype(np.intp)
    part = where - low
    mass = np.zeros((CELLS + 1, CELLS + 1))
    corners = [
        (dx, dy, np.abs(1 - dx - part[:, 0]) * np.abs(1 - dy - part[:, 1]))
        for dx in (0, 1)
        for dy in (0, 1)
    ]
    for dx, dy, share in corners:
        np.add.at(mass, (low[:, 0] + dx, low[:, 1] + dy), share)
    waves = np.fft.rfft2(mass[:CELLS, :CELLS])
    force = np.zeros_like(at)
    for axis, kernel in enumerate(_kernels(cell)):
        field = np.fft.irfft2(waves * np.fft.rfft2(kernel), s=(CELLS, CELLS))
        for dx, dy, share in corners:
            force[:, axis] += field[low[:, 0] + dx, low[:, 1] + dy] * share
    return ideal**2 * force


def _kernels(cell: float) -> tuple[Array, Array]:
    """The force of one node at each cell around it, wrapped for the transform: away from it, one over the distance."""
    steps = np.fft.fftfreq(CELLS, 1 / CELLS) * cell
    x, y = np.meshgrid(steps, steps, indexing="ij")
    squared = x**2 + y**2 + (cell / 2) ** 2
    return x / squared, y / squared
