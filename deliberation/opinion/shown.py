"""What of a result everybody may see: no small group is described. Free of Django, and loads no numerics."""

from collections.abc import Mapping
from typing import Any

FEWEST = 5  # what fewer people have said, or a smaller group, is not described in public: nobody can be picked out
Plain = dict[str, Any]


def for_everybody(result: Mapping[str, Any]) -> Plain:
    """The result without what would describe fewer than FEWEST people; where so few took part at all, nothing.

    A small group stays among `groups` by name, with `small` and without its size; its votes, statements, profile and the colour of its
    points are left out. A transition does not tell of a group fewer than FEWEST of which judged it. Input is not changed.
    """
    is_graph = "edges" in result
    if (result if is_graph else result["counts"])["people"] < FEWEST:
        return {"too_few": True}
    if is_graph:
        return {**result, "edges": [_edge(edge) for edge in result["edges"]]}
    small = {group["name"] for group in result["groups"] if group["size"] < FEWEST}
    if not small:
        return dict(result)
    places = {place for place, group in enumerate(result["groups"]) if group["name"] in small}
    return {
        **result,
        "groups": [_group(group, small) for group in result["groups"]],
        "statements": {
            one: {**told, "votes": _without(told["votes"], small)}
            for one, told in result["statements"].items()
        },
        "representative": _without(result["representative"], small),
        "map": {
            **result["map"],
            "points": [
                [x, y, -1 if group in places else group, unsure]
                for x, y, group, unsure in result["map"]["points"]
            ],
        },
        "profiles": {one: _profile(told, small) for one, told in result["profiles"].items()},
    }


def _group(group: Mapping[str, Any], small: set[str]) -> Plain:
    if group["name"] in small:
        return {"name": group["name"], "small": True}
    return dict(group)


def _edge(edge: Mapping[str, Any]) -> Plain:
    enough = {g: said for g, said in edge["groups"].items() if sum(said.values()) >= FEWEST}
    return {**edge, "groups": enough}


def _profile(profile: Mapping[str, Any], small: set[str]) -> Plain:
    """The profile over the groups that may be told; what is counted over groups is counted anew."""
    groups = _without(profile["groups"], small)
    answered = [name for name, told in groups.items() if told["n"]]
    held = sum(told["held"] for told in groups.values())
    return {
        **profile,
        "groups": groups,
        "lowest": min(answered, key=lambda name: (groups[name]["support"], name), default=None),
        "held": {**profile["held"], "groups": [held, len(groups)]},
        "small_groups": len(small),
    }


def _without(told: Mapping[str, Any], names: set[str]) -> Plain:
    return {name: what for name, what in told.items() if name not in names}
