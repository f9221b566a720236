"""The values of an inquiry and the transitions between them as one who explores them asks: what holds where, among whom, since when. Free of Django, and loads no numerics.

It is made of results as the reader may see them, so that nothing withheld there is told here.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

from deliberation.opinion.positions import Point
from deliberation.opinion.shown_graph import judges

EVERY, SOME, NONE, UNTOLD = "every", "some", "none", ""
HOLDS = ("held", "named")  # standings of a value in a context it is said to hold in
ORDERS = ("rank", "support", "title", "wiser", "less")
STEP = 5  # new values a step through time has at least, so that no day tells of one
STEPS = 60


@dataclass(frozen=True, slots=True)
class Cell:
    """How many of `n` agree, with the interval (0 to 1); `held`: all of it lies above one half."""

    agree: int
    n: int
    low: float
    high: float
    held: bool


@dataclass(frozen=True, slots=True)
class Node:
    """A value. `agree` of `n` among all, None where too few to tell; `ranks`: from best to worst, None where it was not ranked."""

    id: str
    at: Point | None
    ranks: tuple[int, int] | None
    agree: int | None
    n: int | None
    groups: Mapping[str, Cell]
    contexts: frozenset[str]
    title: str = ""
    language: str = ""
    day: date | None = None

    @property
    def held(self) -> str:
        """EVERY, SOME or NONE of the groups told of hold it; UNTOLD where none is told of."""
        if not self.groups:
            return UNTOLD
        holding = sum(cell.held for cell in self.groups.values())
        return EVERY if holding == len(self.groups) else SOME if holding else NONE

    @property
    def holders(self) -> tuple[str, ...]:
        """The groups that hold it."""
        return tuple(name for name, cell in self.groups.items() if cell.held)


@dataclass(frozen=True, slots=True)
class Line:
    """A transition between nodes by their places: `end` is found wiser than `start`, how surely in percent; `people` judged it."""

    start: int
    end: int
    contexts: frozenset[str]
    percent: int | None
    people: int


@dataclass(frozen=True, eq=False)
class Explored:
    """All there is to explore; `groups`: those large enough to tell of, by name, each with its place among all."""

    nodes: tuple[Node, ...]
    lines: tuple[Line, ...]
    groups: Mapping[str, int]
    contexts: frozenset[str]


@dataclass(frozen=True, slots=True)
class Worded:
    """What stands of a value today: its words, and the day it came in."""

    title: str
    language: str
    day: date


@dataclass(frozen=True, slots=True)
class Sieve:
    """What somebody asks for. `held`: EVERY, SOME, NONE or the name of a group; `until`: a day; `order`: of ORDERS, "-" before it the other way round."""

    words: str = ""
    context: str = ""
    held: str = ""
    until: date | None = None
    order: str = "rank"


@dataclass(frozen=True, slots=True)
class Sifted:
    """The places of nodes in the order asked for, and of the lines between them."""

    nodes: list[int] = field(default_factory=list)
    lines: list[int] = field(default_factory=list)


def explored(
    graph: Mapping[str, Any], groups: Mapping[str, Any], points: Mapping[str, Point]
) -> Explored:
    """Two results of an inquiry put together; either may tell nothing."""
    statements, profiles = groups.get("statements", {}), groups.get("profiles", {})
    ids = sorted({card["id"] for card in graph.get("values", [])} | set(statements))
    place = {one: number for number, one in enumerate(ids)}
    lines = tuple(_line(edge, place) for edge in graph.get("edges", []))
    ranks = {rank["value"]: (rank["best"], rank["worst"]) for rank in graph.get("ranking", [])}
    where = _contexts(ids, lines, profiles)
    nodes = tuple(
        _node(one, statements.get(one, {}), profiles.get(one, {}), where[one], ranks.get(one))
        for one in ids
    )
    nodes = tuple(replace(node, at=points.get(node.id)) for node in nodes)
    among = enumerate(groups.get("groups", []))
    told = {one["name"]: number for number, one in among if one.get("size") is not None}
    return Explored(nodes, lines, told, frozenset().union(*where.values()))


def standing(whole: Explored, words: Mapping[str, Worded]) -> Explored:
    """Only the values that still have words, with these, and the transitions between them."""
    kept = [n for n, node in enumerate(whole.nodes) if node.id in words]
    now = {before: after for after, before in enumerate(kept)}
    nodes = tuple(_worded(whole.nodes[n], words[whole.nodes[n].id]) for n in kept)
    lines = tuple(
        replace(line, start=now[line.start], end=now[line.end])
        for line in whole.lines
        if line.start in now and line.end in now
    )
    return replace(whole, nodes=nodes, lines=lines)


def sifted(whole: Explored, sieve: Sieve) -> Sifted:
    """What the sieve lets through."""
    words = sieve.words.casefold()
    lets = [
        n
        for n, node in enumerate(whole.nodes)
        if words in node.title.casefold()
        and (not sieve.context or sieve.context in node.contexts)
        and (not sieve.held or sieve.held in (node.held, *node.holders))
        and (sieve.until is None or node.day is None or node.day <= sieve.until)
    ]
    here = set(lets)
    lines = [
        n
        for n, line in enumerate(whole.lines)
        if line.start in here
        and line.end in here
        and (not sieve.context or sieve.context in line.contexts)
    ]
    return Sifted(_in_order(whole, lets, lines, sieve.order), lines)


def steps(days: Iterable[date]) -> list[tuple[date, int]]:
    """Days to step through time by, each with how many values had come in by its end. At least STEP come in with each, and there are at most STEPS."""
    came = sorted(days)
    each = max(STEP, -(-len(came) // STEPS))
    found: list[tuple[date, int]] = []
    for number, day in enumerate(came, start=1):
        ends = number == len(came) or came[number] != day
        if ends and number - (found[-1][1] if found else 0) >= each:
            found.append((day, number))
    if found and found[-1][1] < len(came):
        found[-1] = (came[-1], len(came))
    return found


def _line(edge: Mapping[str, Any], place: Mapping[str, int]) -> Line:
    lean = edge["lean"]
    return Line(
        place[edge["from_value"]],
        place[edge["to_value"]],
        frozenset(edge["contexts"]),
        round(100 * lean["probability"]) if lean else None,
        judges(edge),
    )


def _contexts(
    ids: Sequence[str], lines: Iterable[Line], profiles: Mapping[str, Any]
) -> dict[str, frozenset[str]]:
    """Where each value is said to hold, or was compared."""
    found = {
        one: {
            where
            for where, said in profiles.get(one, {}).get("contexts", {}).items()
            if said["standing"] in HOLDS
        }
        for one in ids
    }
    for line in lines:
        for end in (line.start, line.end):
            found[ids[end]] |= line.contexts
    return {one: frozenset(where) for one, where in found.items()}


def _node(
    one: str,
    said: Mapping[str, Any],
    profile: Mapping[str, Any],
    where: frozenset[str],
    ranks: tuple[int, int] | None,
) -> Node:
    counts = [said.get(way) for way in ("agree", "disagree", "pass")]
    told = [count for count in counts if count is not None]
    everybody = sum(told) if len(told) == len(counts) else None
    groups = {
        name: Cell(cell["agree"], cell["n"], cell["low"], cell["high"], cell["held"])
        for name, cell in profile.get("groups", {}).items()
        if cell["n"]
    }
    return Node(one, None, ranks, counts[0], everybody, groups, where)


def _worded(node: Node, words: Worded) -> Node:
    return replace(node, title=words.title, language=words.language, day=words.day)


def _in_order(whole: Explored, lets: Sequence[int], lines: Sequence[int], order: str) -> list[int]:
    """The places in the order asked for; what it does not know of stands last either way."""
    name = order.removeprefix("-")
    key = _keys(whole, lines)[name if name in ORDERS else ORDERS[0]]
    known = [n for n in lets if key(n) is not None]
    known.sort(key=lambda n: whole.nodes[n].title)
    known.sort(key=key, reverse=order.startswith("-"))
    return known + [n for n in lets if key(n) is None]


def _keys(whole: Explored, lines: Sequence[int]) -> Mapping[str, Callable[[int], Any]]:
    """What each order goes by, the place of a node -> something to compare."""
    nodes, above, below = whole.nodes, [0] * len(whole.nodes), [0] * len(whole.nodes)
    for number in lines:
        line = whole.lines[number]
        below[line.end] += 1
        above[line.start] += 1
    return {
        "rank": lambda n: nodes[n].ranks,
        "support": lambda n: (nodes[n].agree or 0) / (nodes[n].n or 1) if nodes[n].n else None,
        "title": lambda n: nodes[n].title.casefold(),
        "wiser": lambda n: below[n],
        "less": lambda n: above[n],
    }
