"""What of a result everybody may see: nothing that fewer than FEWEST people said. Free of Django, and loads no numerics.

Cells of a table are withheld as statistical offices do: the small ones, and where what is left over from the total would still tell of
a few, the smallest of the others with them. Totals stay, for they are told elsewhere, too.
"""

from collections.abc import Collection, Mapping, Sequence
from math import prod
from typing import Any

from deliberation.opinion.rough_map import rough
from deliberation.opinion.shown_graph import graph
from deliberation.opinion.withholding import FEWEST, FEWEST_OF_STRATUM, is_few, kept

Plain = dict[str, Any]
Told = Mapping[str, Collection[str]]  # statement -> groups that are told there
WITHHELD = {"small": True}
COUNTED = ("agree", "disagree", "pass")
OF_ALL = ("count", "seen", "share", "certainty")


def for_everybody(result: Mapping[str, Any]) -> Plain:
    """The result without what would describe fewer than FEWEST people; where so few took part at all, nothing. Input is not changed.

    What is withheld is missing, None, or `small`. A small group stays among `groups` by name alone. The map is told roughly, and
    without the places of statements.
    """
    is_graph = "edges" in result
    if (result if is_graph else result["counts"])["people"] < FEWEST:
        return {"too_few": True}
    return graph(result) if is_graph else _groups(result)


def _groups(result: Mapping[str, Any]) -> Plain:
    told = {one: _told(said) for one, said in result["statements"].items()}
    whole = {
        one for one, said in result["statements"].items() if len(told[one]) == len(said["votes"])
    }
    small = [place for place, group in enumerate(result["groups"]) if group["size"] < FEWEST]
    names = {group["name"] for group in result["groups"] if group["size"] >= FEWEST}
    return {
        **result,
        "groups": [_group(group) for group in result["groups"]],
        "statements": {
            one: said if one in whole and not is_few(_total(said)) else _statement(said, told[one])
            for one, said in result["statements"].items()
        },
        "representative": {
            name: [_compared(one, whole) for one in chosen if name in told[one["statement"]]]
            for name, chosen in result["representative"].items()
            if name in names
        },
        "consensus": [
            one if one["statement"] in whole else {**one, **dict.fromkeys(OF_ALL)}
            for one in result["consensus"]
            if one["seen"] >= FEWEST
        ],
        "map": {"points": rough(result["map"]["points"], small)},
        "profiles": {one: _profile(says, told[one]) for one, says in result["profiles"].items()},
        "norms": {one: _norm(said) for one, said in result.get("norms", {}).items()},
        "counts": _counts(result["counts"], result["groups"]),
    }


def _told(said: Mapping[str, Any]) -> Collection[str]:
    """The groups whose votes on a statement are told."""
    return kept({name: seen for name, (_, _, seen) in said["votes"].items()}, _total(said))


def _total(said: Mapping[str, Any]) -> int:
    return sum(said[way] for way in COUNTED)


def _group(group: Mapping[str, Any]) -> Plain:
    if group["size"] < FEWEST:
        return {"name": group["name"], **WITHHELD}
    return dict(group)


def _statement(said: Mapping[str, Any], told: Collection[str]) -> Plain:
    """What is counted over groups is counted over those that are told; the priority would give the others away."""
    votes = {name: cell for name, cell in said["votes"].items() if name in told}
    shares = [(agree + 1) / (seen + 2) for agree, _, seen in votes.values()]
    few = {**dict.fromkeys(COUNTED), "extremity": None} if is_few(_total(said)) else {}
    return {
        **said,
        "votes": votes,
        "group_aware_consensus": prod(shares) if shares else None,
        "priority": None,
        **few,
    }


def _compared(one: Mapping[str, Any], whole: Collection[str]) -> Plain:
    """Without how it compares with the other groups, where one of these is withheld."""
    return dict(one) if one["statement"] in whole else {**one, "ratio": None, "contrast": None}


def _counts(counts: Mapping[str, Any], groups: Sequence[Mapping[str, Any]]) -> Plain:
    rest = counts["grouped"] - sum(g["size"] for g in groups if g["size"] >= FEWEST)
    return {**counts, "grouped": None} if is_few(rest) and rest else dict(counts)


def _profile(profile: Mapping[str, Any], told: Collection[str]) -> Plain:
    """The profile over what may be told; what is counted over groups and contexts is counted anew."""
    groups = {name: cell for name, cell in profile["groups"].items() if name in told}
    contexts = {name: _context(cell) for name, cell in profile["contexts"].items()}
    there = sum(cell["standing"] in ("held", "named") for cell in contexts.values())
    return {
        **profile,
        "groups": groups,
        "strata": {name: _large(cells) for name, cells in profile["strata"].items()},
        "contexts": contexts,
        "rounds": [_round(cell) for cell in profile["rounds"]],
        "trend": _trend(profile),
        "lowest": min(groups, key=lambda name: (groups[name]["support"], name), default=None),
        "held": {
            "groups": [sum(cell["held"] for cell in groups.values()), len(groups)],
            "contexts": [there, len(contexts)],
        },
        "hidden_groups": len(profile["groups"]) - len(groups),
    }


def _norm(said: Mapping[str, Any]) -> Plain:
    """What people say to a norm over the groups that may be told; of few nothing but that there are few."""
    if is_few(_total(said)):
        return {**dict.fromkeys(COUNTED), "profile": None}
    told = kept({name: cell["n"] for name, cell in said["profile"]["groups"].items()}, _total(said))
    return {**said, "profile": _profile(said["profile"], told)}


def _large(cells: Mapping[str, Mapping[str, Any]]) -> Plain:
    """By what people said of themselves; who said nothing is a cell like the others, and is not told."""
    numbers = {name: cell["n"] for name, cell in cells.items()}
    told = kept(numbers, sum(numbers.values()), FEWEST_OF_STRATUM)
    return {name: cell for name, cell in cells.items() if name in told and name}


def _context(cell: Mapping[str, Any]) -> Plain:
    """Where few compared it, only whether somebody placed it there."""
    if not is_few(cell["better"] + cell["worse"]):
        return dict(cell)
    return {"named": cell["named"], "standing": "named" if cell["named"] else "open", **WITHHELD}


def _round(cell: Mapping[str, Any]) -> Plain:
    return {"name": cell["name"], **WITHHELD} if is_few(cell["n"]) else dict(cell)


def _trend(profile: Mapping[str, Any]) -> str:
    """As it was found, unless a round few answered in is a part of it."""
    answered = [cell["n"] for cell in profile["rounds"] if cell["n"]]
    return "open" if len(answered) > 1 and any(map(is_few, answered)) else profile["trend"]
