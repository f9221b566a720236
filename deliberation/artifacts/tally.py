"""What ballots come to: counts of each question, of opinion groups too, and whether it passes. Free of Django.

A question passes when enough ballots were cast, when of all who approve or object the share who approves reaches the threshold, and when it
does within every group that is told, so that no group is overruled. Who stands aside counts towards the quorum and for neither side.
Groups with fewer than FEWEST ballots are told together, as OTHERS; where they are still few, the smallest group goes with them, so that
nobody's ballot can be worked out by subtraction. Fewer than FEWEST ballots in all have no result.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from fractions import Fraction
from typing import Any

from deliberation.opinion.withholding import is_few

Plain = dict[str, Any]
APPROVE, ASIDE, OBJECT = SAYS = ("approve", "aside", "object")
OTHERS = ""  # everybody in no group, or in one too small to be told


@dataclass(frozen=True, slots=True)
class Paper:
    """One ballot: what it says of the whole, and of each clause by its id; `group`: its voter's opinion group, "" for none."""

    whole: str
    lines: Mapping[str, str]
    group: str = OTHERS


@dataclass(frozen=True, slots=True)
class Rules:
    """The thresholds: shares of those who approve or object, of everybody and within each group; ballots needed for a result."""

    approve_share: float
    group_share: float
    quorum: int


def tally(papers: Sequence[Paper], clauses: Iterable[str], rules: Rules) -> Plain:
    """The result as plain data: `ballots`, `rules`, `groups` with their ballots, and what is said to `whole` and each of `clauses`.

    A question has `passed` and `because`, what stood against it: {"why": "few" | "quorum" | "nobody" | "share"} or {"why": "group",
    "group": name}. But for fewer than FEWEST ballots it also has its counts by SAYS and, where groups are told, `groups` with theirs.
    """
    told = fold(Counter(paper.group for paper in papers))
    return {
        "ballots": len(papers),
        "rules": asdict(rules),
        "groups": [{"name": name, "ballots": told[name]} for name in _in_order(told)],
        "whole": _question([(p.group, p.whole) for p in papers], told, rules),
        "clauses": {
            clause: _question([(p.group, p.lines[clause]) for p in papers], told, rules)
            for clause in clauses
        },
    }


def fold(sizes: Mapping[str, int]) -> Mapping[str, int]:
    """The groups that are told, with their ballots: none, or two or more of at least FEWEST each that together are everybody."""
    told = {name: n for name, n in sizes.items() if name != OTHERS and not is_few(n)}
    others = sum(sizes.values()) - sum(told.values())
    if others and is_few(others) and told:
        others += told.pop(min(told, key=lambda name: (told[name], name)))
    if others:
        told[OTHERS] = others
    return told if len(told) > 1 else {}


def approves(counts: Mapping[str, int], share: float) -> bool:
    """Whether of all who approve or object at least `share` approves; a threshold of 0.6 is three in five exactly."""
    decided = counts[APPROVE] + counts[OBJECT]
    return counts[APPROVE] >= Fraction(str(share)) * decided


def _question(said: Sequence[tuple[str, str]], told: Mapping[str, int], rules: Rules) -> Plain:
    if is_few(len(said)):
        return {"passed": False, "because": [{"why": "few"}]}
    counts = _counts(says for _, says in said)
    groups = {
        name: _counts(says for group, says in said if _told_as(group, told) == name)
        for name in _in_order(told)
    }
    because = [*_against(counts, rules), *_against_groups(groups, rules)]
    return {**counts, "groups": groups, "passed": not because, "because": because}


def _against(counts: Mapping[str, int], rules: Rules) -> Iterable[Plain]:
    if sum(counts.values()) < rules.quorum:
        yield {"why": "quorum"}
    if not counts[APPROVE] + counts[OBJECT]:
        yield {"why": "nobody"}
    elif not approves(counts, rules.approve_share):
        yield {"why": "share"}


def _against_groups(groups: Mapping[str, Mapping[str, int]], rules: Rules) -> Iterable[Plain]:
    """A group all of whom stand aside is against nothing."""
    for name, counts in groups.items():
        if not approves(counts, rules.group_share):
            yield {"why": "group", "group": name}


def _counts(said: Iterable[str]) -> dict[str, int]:
    found = Counter(said)
    return {says: found[says] for says in SAYS}


def _told_as(group: str, told: Mapping[str, int]) -> str:
    return group if group in told else OTHERS


def _in_order(told: Mapping[str, int]) -> list[str]:
    return sorted(told, key=lambda name: (name == OTHERS, name))
