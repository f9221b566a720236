"""Values that lead back to each other: in tension, unresolved. Free of Django."""

from dataclasses import dataclass

import numpy as np
from scipy.sparse import coo_array
from scipy.sparse.csgraph import connected_components

from elicitation.graph.judgements import Bools, Ints


@dataclass(frozen=True, slots=True)
class Tensions:
    """`members`: places of the values of each tension, with `context` of each, (k,). `bound`: a number a value, (n,), the same for
    values that share a tension in any context; `tense`, (n,): whether a value is in one."""

    members: tuple[Ints, ...]
    context: Ints
    bound: Ints
    tense: Bools


def tensions(start: Ints, end: Ints, context: Ints, values: int) -> Tensions:
    """Strongly connected components with more than one value, context by context, of transitions start -> end, (e,).

    That one value is the wiser here and the other there is no tension, so contexts are never joined to find one.
    """
    nodes, places = np.unique(
        np.concatenate([context * values + start, context * values + end]), return_inverse=True
    )
    of_start, of_end = np.split(places, 2)
    strong = _components(of_start, of_end, len(nodes), "strong")
    size = np.bincount(strong, minlength=1)
    held = np.flatnonzero(size[strong] > 1) if len(nodes) else np.zeros(0, dtype=np.int64)
    held = held[np.argsort(strong[held], kind="stable")]
    edges = np.flatnonzero(np.diff(strong[held], prepend=-1)) if len(held) else held
    groups = np.split(held, edges[1:]) if len(held) else []
    groups.sort(key=lambda group: int(group[0]))
    members = tuple(nodes[group] % values for group in groups)
    first = np.array([nodes[group[0]] // values for group in groups], dtype=np.int64)
    return Tensions(members, first, *_bound(members, values))


def _bound(members: tuple[Ints, ...], values: int) -> tuple[Ints, Bools]:
    tense = np.zeros(values, dtype=bool)
    for group in members:
        tense[group] = True
    chained = [np.stack([group[:-1], group[1:]]) for group in members]
    links = np.concatenate(chained, axis=1) if chained else np.zeros((2, 0), dtype=np.int64)
    return _components(links[0], links[1], values, "weak"), tense


def _components(start: Ints, end: Ints, nodes: int, connection: str) -> Ints:
    if not nodes:
        return np.zeros(0, dtype=np.int64)
    links = coo_array((np.ones(len(start), dtype=np.int8), (start, end)), shape=(nodes, nodes))
    _, found = connected_components(links, directed=True, connection=connection)
    return np.asarray(found, dtype=np.int64)
