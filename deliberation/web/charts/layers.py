"""A small graph in layers: what is found wiser stands higher. Free of Django.

Layers by longest path over the graph with each tension (values that form a cycle) taken as one; the order in a layer by the
barycentre of the neighbours (Sugiyama, Tagawa, Toda 1981, "Methods for visual understanding of hierarchical system structures").
"""

from collections import defaultdict
from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass

BOX, TALL, ACROSS, DOWN, EDGE = 200.0, 76.0, 28.0, 72.0, 18.0
SWEEPS = 6


@dataclass(frozen=True, slots=True)
class Node:
    """One value; those with the same `tension` form a cycle nobody has resolved."""

    id: str | int
    tension: int | None = None


@dataclass(frozen=True, slots=True)
class Edge:
    """`target` is found wiser than `source`; `weight`, 0 to 1, is how sure that is."""

    source: str | int
    target: str | int
    weight: float


@dataclass(frozen=True, slots=True)
class Box:
    """Where a node stands: its upper left corner. `label` is for whoever knows its words."""

    id: str | int
    x: float
    y: float
    label: str = ""


@dataclass(frozen=True, slots=True)
class Line:
    """The path of an edge, from the lower value up to the wiser."""

    source: str | int
    target: str | int
    path: str
    stroke: float


@dataclass(frozen=True, slots=True)
class Frame:
    """The frame around values in tension."""

    x: float
    y: float
    width: float
    height: float


@dataclass(frozen=True, slots=True)
class Layers:
    """The whole drawing; boxes are BOX wide and TALL high."""

    width: float
    height: float
    boxes: tuple[Box, ...]
    lines: tuple[Line, ...]
    frames: tuple[Frame, ...]
    box: float = BOX
    tall: float = TALL


def draw(nodes: Sequence[Node], edges: Sequence[Edge]) -> Layers | None:
    """The drawing of the nodes that have edges, the same for the same input; None where there is none."""
    known = {node.id for node in nodes}
    kept = [e for e in edges if e.source in known and e.target in known and e.source != e.target]
    ends = {end for e in kept for end in (e.source, e.target)}
    bundles = _bundles([n for n in nodes if n.id in ends])
    if not bundles:
        return None
    bundle_of = {node: key for key, members in bundles.items() for node in members}
    arcs = sorted(
        {
            (bundle_of[e.source], bundle_of[e.target])
            for e in kept
            if bundle_of[e.source] != bundle_of[e.target]
        },
        key=str,
    )
    rows = _ordered(_levels(sorted(bundles, key=str), arcs), arcs)
    places = _places(rows, bundles)
    tops = {b.id: b for b in places}
    height = EDGE * 2 + len(rows) * TALL + (len(rows) - 1) * DOWN
    width = max(b.x for b in places) + BOX + EDGE
    lines = tuple(_line(e, tops[e.source], tops[e.target]) for e in kept)
    frames = tuple(
        _frame([tops[m] for m in members]) for members in bundles.values() if len(members) > 1
    )
    return Layers(width, height, tuple(places), lines, frames)


def _bundles(nodes: Sequence[Node]) -> dict[Hashable, list[str | int]]:
    """Nodes by what is laid out as one: a tension, or a node by itself."""
    found: dict[Hashable, list[str | int]] = defaultdict(list)
    for node in nodes:
        found[("node", node.id) if node.tension is None else ("tension", node.tension)].append(
            node.id
        )
    return found


def _levels(
    keys: Sequence[Hashable], arcs: Sequence[tuple[Hashable, Hashable]]
) -> list[list[Hashable]]:
    """Keys by the longest way that leads to each, lowest first; a cycle left over ends after as many rounds as there are keys."""
    level = dict.fromkeys(keys, 0)
    for _round in keys:
        moved = False
        for source, target in arcs:
            if level[target] <= level[source] < len(keys) - 1:
                level[target], moved = level[source] + 1, True
        if not moved:
            break
    used = sorted(set(level.values()))
    return [[key for key in keys if level[key] == at] for at in used]


def _ordered(
    rows: list[list[Hashable]], arcs: Sequence[tuple[Hashable, Hashable]]
) -> list[list[Hashable]]:
    """Rows with their keys ordered so that few lines cross."""
    near: dict[Hashable, list[Hashable]] = defaultdict(list)
    for source, target in arcs:
        near[source].append(target)
        near[target].append(source)
    for sweep in range(SWEEPS):
        place = {key: n - len(row) / 2 for row in rows for n, key in enumerate(row)}
        for row in rows if sweep % 2 else reversed(rows):
            row.sort(key=lambda key: _mean([place[other] for other in near[key]], place[key]))
            place.update((key, n - len(row) / 2) for n, key in enumerate(row))
    return rows


def _mean(places: Sequence[float], own: float) -> float:
    return sum(places) / len(places) if places else own


def _places(
    rows: Sequence[Sequence[Hashable]], bundles: Mapping[Hashable, list[str | int]]
) -> list[Box]:
    """Each node's corner, every row in the middle."""
    widths = [sum(len(bundles[key]) for key in row) * (BOX + ACROSS) - ACROSS for row in rows]
    found = []
    for number, row in enumerate(rows):
        x = EDGE + (max(widths) - widths[number]) / 2
        y = EDGE + (len(rows) - 1 - number) * (TALL + DOWN)
        for node in (node for key in row for node in bundles[key]):
            found.append(Box(node, round(x, 1), round(y, 1)))
            x += BOX + ACROSS
    return found


def _line(edge: Edge, source: Box, target: Box) -> Line:
    """Up from the top of the lower box to the bottom of the wiser; within a row in a bow over both."""
    stroke = round(1 + 2.5 * min(max(edge.weight, 0.0), 1.0), 1)
    x1, x2 = source.x + BOX / 2, target.x + BOX / 2
    if source.y > target.y:
        y1, y2 = source.y, target.y + TALL + 7
        bend = (y1 - y2) / 2
        path = f"M{x1:.0f} {y1:.0f}C{x1:.0f} {y1 - bend:.0f} {x2:.0f} {y2 + bend:.0f} {x2:.0f} {y2:.0f}"
    else:
        y1, y2 = source.y + TALL, target.y + TALL + 7
        drop = DOWN * 0.55
        path = f"M{x1:.0f} {y1:.0f}C{x1:.0f} {y1 + drop:.0f} {x2:.0f} {y2 + drop:.0f} {x2:.0f} {y2:.0f}"
    return Line(edge.source, edge.target, path, stroke)


def _frame(boxes: Sequence[Box]) -> Frame:
    left, right = min(b.x for b in boxes), max(b.x for b in boxes)
    return Frame(left - 10, boxes[0].y - 10, right - left + BOX + 20, TALL + 20)
