"""What of a graph of values everybody may see: no transition, and no group's word on one, of a few people. Free of Django."""

from collections.abc import Collection, Mapping, Sequence
from typing import Any

from deliberation.opinion.withholding import FEWEST_OF_STRATUM, is_few, kept

Plain = dict[str, Any]
Edge = Mapping[str, Any]
NO_GROUP = ""
ASKED = (
    "asked_"  # counts of how often it was asked which way round tell of the same people once more
)


def graph(result: Mapping[str, Any]) -> Plain:
    """The graph without transitions few judged, and without the winners, tensions and heights that would tell of these."""
    told = [edge for edge in result["edges"] if not is_few(judges(edge))]
    hidden = [edge for edge in result["edges"] if is_few(judges(edge))]
    seen = {edge[end] for edge in told for end in ("from_value", "to_value")}
    return {
        **result,
        "edges": [{**edge, "groups": _groups(edge), "strata": _strata(edge)} for edge in told],
        "winners": [
            won
            for won in result["winners"]
            if not _rests_on(hidden, won["context"], [won["value"]])
        ],
        "tensions": [
            t for t in result["tensions"] if not _rests_on(hidden, t["context"], t["values"])
        ],
        "ranking": [_rank(rank, seen) for rank in result["ranking"]],
    }


def judges(edge: Edge) -> int:
    """How many people judged a transition."""
    return sum(n for name, n in edge["counts"].items() if not name.startswith(ASKED))


def _groups(edge: Edge) -> Plain:
    """By group; who is in none, or in a small one, must not be left over alone."""
    groups = edge["groups"] or {}
    numbers = {name: sum(said.values()) for name, said in groups.items()}
    rest = judges(edge) - sum(numbers.values())
    told = kept({**numbers, NO_GROUP: rest}, judges(edge))
    return {name: said for name, said in groups.items() if name in told}


def _strata(edge: Edge) -> Plain | None:
    """By what people said of themselves, likewise; who said nothing is a part of the whole, and not told."""
    strata = edge.get("strata")
    if not strata:
        return None
    numbers = {name: sum(said.values()) for name, said in strata.items()}
    rest = judges(edge) - sum(numbers.values())
    told = kept({**numbers, NO_GROUP: rest}, judges(edge), FEWEST_OF_STRATUM)
    return {name: said for name, said in strata.items() if name in told} or None


def _rests_on(hidden: Sequence[Edge], context: str, values: Collection[Any]) -> bool:
    """Whether a hidden transition leads to or from one of these values in a context."""
    return any(
        context in edge["contexts"] and (edge["from_value"] in values or edge["to_value"] in values)
        for edge in hidden
    )


def _rank(rank: Mapping[str, Any], seen: Collection[Any]) -> Plain:
    """How high a value stands exactly is told only where it stands in a transition that is."""
    if rank["value"] in seen:
        return dict(rank)
    return {**rank, "height": None, "least": None, "most": None}
