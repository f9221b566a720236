"""All that is said about a conversation once its people are grouped, as numbers and as plain data. Free of Django."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from deliberation.opinion import consensus, representative
from deliberation.opinion.components import extremity
from deliberation.opinion.consensus import Agreed, Floats, Tally
from deliberation.opinion.grouping import Grouping
from deliberation.opinion.representative import Representative
from deliberation.opinion.votes import Votes

Plain = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Analysis:
    """`counted`: votes by group, of those grouped; `group_aware_consensus`, `extremity`, `priority`: (m,), by statement.

    `agree`, `disagree`: what most of everybody agree or disagree with; `representative`: by group; `divisive`: columns.
    """

    counted: Tally
    group_aware_consensus: Floats
    extremity: Floats
    priority: Floats
    agree: Sequence[Agreed]
    disagree: Sequence[Agreed]
    representative: Sequence[Sequence[Representative]]
    divisive: Sequence[int]


def analyse(
    votes: Votes,
    grouping: Grouping,
    *,
    moderated_out: Collection[Any] = (),
    meta: Collection[Any] = (),
) -> Analysis:
    """What each group and everybody thinks. `moderated_out`, `meta`: ids of statements; those moderated out are counted but never named."""
    shown = ~np.isin(votes.statements, list(moderated_out))
    counted = consensus.tally(votes, grouping.labels, grouping.k)
    everybody = consensus.tally(votes)
    seen = int(np.count_nonzero(everybody.seen))
    reach = extremity(grouping.centre, grouping.components, seen)
    agree, disagree = consensus.agreed(everybody, shown)
    return Analysis(
        counted=counted,
        group_aware_consensus=consensus.group_informed(counted),
        extremity=reach,
        priority=consensus.priority(counted, reach, np.isin(votes.statements, list(meta))),
        agree=agree,
        disagree=disagree,
        representative=representative.representative(counted, shown),
        divisive=consensus.divisive(counted, shown),
    )


def plain_groups(votes: Votes, grouping: Grouping) -> Plain:
    """Who is in which group, with names as text: `k`, `groups`, `unsure`, `silhouette`."""
    people = votes.people.tolist()
    return {
        "k": grouping.k,
        "groups": {
            str(person): group
            for person, group in zip(people, grouping.labels.tolist(), strict=True)
            if group >= 0
        },
        "unsure": [str(people[row]) for row in np.flatnonzero(grouping.unsure)],
        "silhouette": {str(k): value for k, value in grouping.silhouette.items()},
    }


def plain_statements(votes: Votes, found: Analysis) -> Plain:
    """What is said about statements, with Polis' names: `statements`, `repness`, `consensus`, `divisive`."""
    ids = votes.statements.tolist()
    return {
        "statements": {str(one): _plain_statement(found, column) for column, one in enumerate(ids)},
        "repness": {
            str(group): [_plain_representative(ids, one) for one in chosen]
            for group, chosen in enumerate(found.representative)
        },
        "consensus": {
            "agree": [_plain_agreed(ids, one) for one in found.agree],
            "disagree": [_plain_agreed(ids, one) for one in found.disagree],
        },
        "divisive": [ids[column] for column in found.divisive],
    }


def _plain_statement(found: Analysis, column: int) -> Plain:
    counted = found.counted
    sides = {"agree": counted.agree, "disagree": counted.disagree, "seen": counted.seen}
    return {
        "group_aware_consensus": float(found.group_aware_consensus[column]),
        "priority": float(found.priority[column]),
        "extremity": float(found.extremity[column]),
        "votes": {
            str(group): {side: int(votes[group, column]) for side, votes in sides.items()}
            for group in range(len(counted.seen))
        },
    }


def _plain_representative(ids: list[Any], one: Representative) -> Plain:
    told: Plain = {
        "tid": ids[one.column],
        "n-success": one.count,
        "n-trials": one.seen,
        "p-success": one.share,
        "p-test": one.certainty,
        "repness": one.ratio,
        "repness-test": one.contrast,
        "repful-for": "agree" if one.agree else "disagree",
    }
    return {**told, "best-agree": True, "n-agree": one.agrees} if one.best else told


def _plain_agreed(ids: list[Any], one: Agreed) -> Plain:
    return {
        "tid": ids[one.column],
        "n-success": one.count,
        "n-trials": one.seen,
        "p-success": one.share,
        "p-test": one.certainty,
    }
