"""What a result of opinion groups says, as plain data without a single person in it. Free of Django.

Its shape is written down in docs/decisions/0021-results.md; pages and the API show it as it is.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from string import ascii_uppercase
from typing import Any

import numpy as np
from numpy.typing import NDArray

from deliberation.opinion import consensus, convergence
from deliberation.opinion.analysis import Analysis
from deliberation.opinion.consensus import Agreed
from deliberation.opinion.convergence import Parts, Placed, Ways
from deliberation.opinion.grouping import Grouping
from deliberation.opinion.representative import Representative
from deliberation.opinion.votes import Votes

MOST_POINTS = 2_000
Plain = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Upheld:
    """What people say to norms: `norms` ids as text (r,), in the order of `votes`; `labels` (n,) the opinion group of each who says something, -1 for none."""

    votes: Votes
    norms: Sequence[str]
    labels: NDArray[np.int64]
    strata: Mapping[str, Parts] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Found:
    """Everything a result is told from. `statements`: ids as text, (m,), in the order of `votes`; the rest as its own module says."""

    votes: Votes
    statements: Sequence[str]
    grouping: Grouping
    analysis: Analysis
    contexts: Placed | None = None
    rounds: Parts | None = None
    strata: Mapping[str, Parts] = field(default_factory=dict)
    upheld: Upheld | None = None


def letters(number: int) -> list[str]:
    """Names of groups: A to Z, then AA, AB and so on."""
    names: list[str] = []
    for n in range(number):
        name, left = "", n + 1
        while left:
            left, place = divmod(left - 1, len(ascii_uppercase))
            name = ascii_uppercase[place] + name
        names.append(name)
    return names


def outcome(found: Found) -> Plain:
    """The whole result. Numbers are rounded only where they place something on a map."""
    names = letters(found.grouping.k)
    return {
        "k": found.grouping.k,
        "groups": _groups(found.grouping, names),
        "silhouette": {str(k): float(fit) for k, fit in found.grouping.silhouette.items()},
        "statements": _statements(found, names),
        "representative": {
            name: [_representative(found.statements, one) for one in chosen]
            for name, chosen in zip(names, found.analysis.representative, strict=False)
        },
        "consensus": [
            _agreed(found.statements, one, agree)
            for agree, some in ((True, found.analysis.agree), (False, found.analysis.disagree))
            for one in some
        ],
        "divisive": [found.statements[column] for column in found.analysis.divisive],
        "map": {"points": _points(found), "statements": _places(found)},
        "profiles": _profiles(found, names),
        "norms": _norms(found.upheld, names) if found.upheld else {},
        "counts": {
            "people": len(found.votes.people),
            "grouped": int(np.count_nonzero(found.grouping.labels >= 0)),
            "statements": len(found.statements),
            "votes": len(found.votes.signs),
        },
    }


def _groups(grouping: Grouping, names: Sequence[str]) -> list[Plain]:
    placed = grouping.labels >= 0
    size = np.bincount(grouping.labels[placed], minlength=grouping.k)
    unsure = np.bincount(grouping.labels[placed & grouping.unsure], minlength=grouping.k)
    rows = zip(names, size.tolist(), unsure.tolist(), strict=True)
    return [{"name": name, "size": n, "unsure": doubtful} for name, n, doubtful in rows]


def _statements(found: Found, names: Sequence[str]) -> Plain:
    everybody = consensus.tally(found.votes)
    counted, told = found.analysis.counted, found.analysis
    divisive = set(told.divisive)
    by_group = np.stack([counted.agree, counted.disagree, counted.seen], axis=-1)  # (g, m, 3)
    return {
        one: {
            "votes": {name: by_group[g, j].tolist() for g, name in enumerate(names)},
            "agree": int(everybody.agree[0, j]),
            "disagree": int(everybody.disagree[0, j]),
            "pass": int(everybody.seen[0, j] - everybody.agree[0, j] - everybody.disagree[0, j]),
            "group_aware_consensus": float(told.group_aware_consensus[j]),
            "priority": float(told.priority[j]),
            "extremity": float(told.extremity[j]),
            "divisive": j in divisive,
        }
        for j, one in enumerate(found.statements)
    }


def _representative(ids: Sequence[str], one: Representative) -> Plain:
    return {
        "statement": ids[one.column],
        "agree": one.agree,
        "count": one.count,
        "seen": one.seen,
        "share": one.share,
        "certainty": one.certainty,
        "ratio": one.ratio,
        "contrast": one.contrast,
        "best": one.best,
    }


def _agreed(ids: Sequence[str], one: Agreed, agree: bool) -> Plain:
    return {
        "statement": ids[one.column],
        "agree": agree,
        "count": one.count,
        "seen": one.seen,
        "share": one.share,
        "certainty": one.certainty,
    }


def _points(found: Found) -> list[list[Any]]:
    """People's places without their names, in the order of the places, so that nothing tells who is where; of many, a fixed sample."""
    rows = sample(found.votes.people, MOST_POINTS)
    points = np.round(found.grouping.points[rows].astype(float), 4) + 0.0
    told = zip(
        points.tolist(),
        found.grouping.labels[rows].tolist(),
        found.grouping.unsure[rows].tolist(),
        strict=True,
    )
    return sorted([x, y, group, unsure] for (x, y), group, unsure in told)


def sample(people: NDArray[Any], most: int) -> NDArray[np.int64]:
    """Places of `most` people chosen by a hash of their numbers, all where there are no more: the same people in the next result."""
    if len(people) <= most:
        return np.arange(len(people))
    mixed = scramble(people)
    return np.sort(np.argpartition(mixed, most)[:most])


def scramble(numbers: NDArray[Any]) -> NDArray[np.uint64]:
    """64-bit hashes of whole numbers: the finalizer of SplitMix64 (Steele, Lea and Flood 2014)."""
    x = numbers.astype(np.int64).view(np.uint64) + np.uint64(0x9E3779B97F4A7C15)
    x = (x ^ (x >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
    x = (x ^ (x >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    mixed: NDArray[np.uint64] = x ^ (x >> np.uint64(31))
    return mixed


def _places(found: Found) -> dict[str, list[float]]:
    """Where a single agree on each statement alone would place a person."""
    seen = np.unique(found.votes.columns).size
    alone = np.sqrt(seen) * (1 - found.grouping.centre) * found.grouping.components
    places = np.round(alone.T.astype(float), 4) + 0.0
    return dict(zip(found.statements, places.tolist(), strict=True))


def _profiles(found: Found, names: Sequence[str]) -> Plain:
    counted = found.analysis.counted
    groups = Parts(names, counted.agree, counted.disagree, counted.seen)
    ways = Ways(groups, found.contexts, found.rounds, found.strata)
    return dict(zip(found.statements, convergence.profiles(ways), strict=True))


def _norms(upheld: Upheld, names: Sequence[str]) -> Plain:
    """Groups are found in what people say to values; to norms the same groups say what they say."""
    counted = consensus.tally(upheld.votes, upheld.labels, len(names))
    everybody = consensus.tally(upheld.votes)
    groups = Parts(names, counted.agree, counted.disagree, counted.seen)
    profiles = convergence.profiles(Ways(groups, strata=upheld.strata))
    return {
        one: {
            "agree": int(everybody.agree[0, j]),
            "disagree": int(everybody.disagree[0, j]),
            "pass": int(everybody.seen[0, j] - everybody.agree[0, j] - everybody.disagree[0, j]),
            "profile": profiles[j],
        }
        for j, one in enumerate(upheld.norms)
    }
