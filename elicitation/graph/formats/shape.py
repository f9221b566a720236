"""What every format of the graph holds. Free of Django."""

from dataclasses import dataclass

from elicitation.graph.ranked import Id, Ranked


@dataclass(frozen=True, slots=True)
class Card:
    """A value as people see it."""

    id: Id
    title: str = ""
    policies: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Graph:
    """Values, and the ranked transitions between them."""

    values: tuple[Card, ...]
    ranked: Ranked


class GraphUnreadable(ValueError):
    """A file that is not a graph of the format it was read as; the message says where."""


def bare(ranked: Ranked) -> Graph:
    """A graph of values known by id alone, in the order of their ids."""
    ids = {edge.from_value for edge in ranked.edges} | {edge.to_value for edge in ranked.edges}
    ids |= {value for tension in ranked.tensions for value in tension.values}
    return Graph(tuple(Card(i) for i in sorted(ids, key=lambda i: (str(type(i)), i))), ranked)


def ensure_whole(graph: Graph) -> None:
    """Raises GraphUnreadable where two values have one id, or a transition, rank or tension names a value that is not there."""
    ids = {card.id for card in graph.values}
    if len(ids) < len(graph.values):
        raise GraphUnreadable("Two values have the same id.")
    ranked = graph.ranked
    named = {end for edge in ranked.edges for end in (edge.from_value, edge.to_value)}
    named |= {rank.value for rank in ranked.ranking} | {won.value for won in ranked.winners}
    named |= {value for tension in ranked.tensions for value in tension.values}
    if missing := named - ids:
        raise GraphUnreadable(f"There is no value with the id {min(missing, key=str)!r}.")
