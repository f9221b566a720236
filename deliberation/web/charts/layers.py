"""A small graph in layers: what is found wiser stands higher. Free of Django.

Layers by longest path over the graph with each tension (values that form a cycle) taken as one; the order in a layer by the
barycentre of the neighbours (Sugiyama, Tagawa, Toda 1981, "Methods for visual understanding of hierarchical system structures").
"""

from collections import defaultdict
from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import NamedTuple

BOX, TALL, ACROSS, DOWN, EDGE = 200.0, 76.0, 28.0, 72.0, 18.0
SWEEPS = 6
CHANNEL = 14.0  # width kept free for a line that passes a row
Arc = tuple[Hashable, Hashable]


class Place(NamedTuple):
    """A point of a path."""

    x: float
    y: float

    def __str__(self) -> str:
        return f"{self.x:.0f} {self.y:.0f}"


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
    rows, steps = _with_channels(_levels(sorted(bundles, key=str), arcs), arcs)
    places, channels = _places(_ordered(rows, steps), bundles)
    tops = {b.id: b for b in places}
    height = EDGE * 2 + len(rows) * TALL + (len(rows) - 1) * DOWN
    width = max([b.x + BOX for b in places] + [c.x for c in channels.values()]) + EDGE
    lines = tuple(
        _line(e, tops[e.source], tops[e.target], _through(e, bundle_of, channels)) for e in kept
    )
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


def _levels(keys: Sequence[Hashable], arcs: Sequence[Arc]) -> list[list[Hashable]]:
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


def _with_channels(
    rows: list[list[Hashable]], arcs: Sequence[Arc]
) -> tuple[list[list[Hashable]], list[Arc]]:
    """Rows with a channel in each row an arc passes by, so that no line runs behind a box; and the steps from row to row."""
    level = {key: at for at, row in enumerate(rows) for key in row}
    wider = [list(row) for row in rows]
    steps: list[Arc] = []
    for source, target in arcs:
        way: list[Hashable] = [source]
        for at in range(level[source] + 1, level[target]):
            way.append(("channel", source, target, at))
            wider[at].append(way[-1])
        steps += pairwise([*way, target])
    return wider, steps


def _ordered(rows: list[list[Hashable]], arcs: Sequence[Arc]) -> list[list[Hashable]]:
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
) -> tuple[list[Box], dict[Hashable, Place]]:
    """Each node's corner and each channel's lower end, every row in the middle."""
    widths = [sum(_width(key, bundles) + ACROSS for key in row) - ACROSS for row in rows]
    found: list[Box] = []
    channels: dict[Hashable, Place] = {}
    for number, row in enumerate(rows):
        x = EDGE + (max(widths) - widths[number]) / 2
        y = EDGE + (len(rows) - 1 - number) * (TALL + DOWN)
        for key in row:
            if key not in bundles:
                channels[key] = Place(round(x + CHANNEL / 2, 1), y + TALL)
            for place, node in enumerate(bundles.get(key, ())):
                found.append(Box(node, round(x + place * (BOX + ACROSS), 1), round(y, 1)))
            x += _width(key, bundles) + ACROSS
    return found, channels


def _width(key: Hashable, bundles: Mapping[Hashable, list[str | int]]) -> float:
    members = len(bundles.get(key, ()))
    return members * (BOX + ACROSS) - ACROSS if members else CHANNEL


def _through(
    edge: Edge, bundle_of: Mapping[str | int, Hashable], channels: Mapping[Hashable, Place]
) -> list[Place]:
    """The channels a line takes on its way up."""
    way = (bundle_of[edge.source], bundle_of[edge.target])
    own = [place for key, place in channels.items() if isinstance(key, tuple) and key[1:3] == way]
    return sorted(own, key=lambda place: -place.y)


def _line(edge: Edge, source: Box, target: Box, through: Sequence[Place]) -> Line:
    """Up from the top of the lower box, through its channels, to the bottom of the wiser; within a row in a bow beneath both."""
    stroke = round(1 + 2.5 * min(max(edge.weight, 0.0), 1.0), 1)
    end = Place(target.x + BOX / 2, target.y + TALL + 7)
    if source.y <= target.y:
        start = Place(source.x + BOX / 2, source.y + TALL)
        return Line(edge.source, edge.target, f"M{start}{_bow(start, end)}", stroke)
    at = Place(source.x + BOX / 2, source.y)
    path = f"M{at}"
    for place in through:
        path += f"{_rise(at, place)}V{place.y - TALL:.0f}"
        at = Place(place.x, place.y - TALL)
    return Line(edge.source, edge.target, path + _rise(at, end), stroke)


def _rise(start: Place, end: Place) -> str:
    bend = (start.y - end.y) / 2
    return f"C{Place(start.x, start.y - bend)} {Place(end.x, end.y + bend)} {end}"


def _bow(start: Place, end: Place) -> str:
    drop = DOWN * 0.55
    return f"C{Place(start.x, start.y + drop)} {Place(end.x, end.y + drop)} {end}"


def _frame(boxes: Sequence[Box]) -> Frame:
    left, right = min(b.x for b in boxes), max(b.x for b in boxes)
    return Frame(left - 10, boxes[0].y - 10, right - left + BOX + 20, TALL + 20)
