"""Mode `polis` beside what Polis' own math gave for the same votes, and beside a live server's result."""

import gzip
import json
from dataclasses import dataclass, field
from functools import cache
from typing import Any

import numpy as np

from deliberation.opinion import analysis, polis
from deliberation.opinion.analysis import Analysis
from deliberation.opinion.conversation import Conversation
from deliberation.opinion.gathering import votes_of
from deliberation.opinion.grouping import Grouping
from deliberation.opinion.polis_files import read_folder
from deliberation.opinion.votes import Votes
from tests.benchmarks.figures import DATA

POLIS = DATA / "polis"
COLD = sorted(p.name.removesuffix(".json.gz") for p in (POLIS / "oracles/polis").glob("*.json.gz"))
LIVE = "scoop-hivemind.biodiversity"
LARGEST = "american-assembly.bowling-green"


@dataclass(frozen=True, slots=True)
class Compared:
    """`equal`: whether what has to be equal is, by name; `worst`: the largest difference of the numbers, by name."""

    equal: dict[str, bool] = field(default_factory=dict)
    worst: dict[str, float] = field(default_factory=dict)


@cache
def conversation(slug: str) -> tuple[Conversation, Votes]:
    """A conversation as its files hold it, and its votes as arrays."""
    read = read_folder(POLIS / slug)
    return read, votes_of(read.log)


def oracle(name: str) -> dict[str, Any]:
    """What Polis' math gave."""
    with gzip.open(POLIS / f"oracles/polis/{name}.json.gz") as file:
        given: dict[str, Any] = json.load(file)
    return given


@cache
def compared(name: str) -> Compared:
    """Mode `polis`, cold, beside Polis' own cold run."""
    given = oracle(name)
    read, votes = conversation(given["slug"])
    hidden = sorted({*read.moderated_out, *given["meta"]})
    meta = sorted({*read.meta, *given["meta"]})
    grouping = polis.group(votes, moderated_out=hidden)
    said = analysis.analyse(votes, grouping, moderated_out=hidden, meta=meta)
    plain = analysis.plain_statements(votes, said)
    taken = np.searchsorted(votes.people, given["in_conv"])
    in_order = polis.first_seen(votes)
    equal = {
        "statements": votes.statements.tolist() == given["statements"],
        "in-conv": votes.people[in_order[grouping.labels[in_order] >= 0]].tolist()
        == given["in_conv"],
        "k": grouping.k == given["k"],
        "groups": grouping.labels[taken].tolist() == given["labels"],
        "groups by k": all(
            polis.group(votes, k=int(k), moderated_out=hidden).labels[taken].tolist() == labels
            for k, labels in given["labels_by_k"].items()
        ),
        "group votes": _group_votes(said) == given["group_votes"],
        "representative": _named(plain["repness"]) == _named(given["repness"]),
        "consensus": _named(plain["consensus"]) == _named(given["consensus"]),
    }
    worst = _worst(grouping, said, given)
    for named in ("repness", "consensus"):
        theirs = np.array(_measures(given[named]))
        worst["measures"] = max(
            worst.get("measures", 0.0), _apart(_measures(plain[named]) / theirs, 1.0)
        )
    return Compared(equal, worst)


def _worst(grouping: Grouping, said: Analysis, given: dict[str, Any]) -> dict[str, float]:
    return {
        "silhouettes": max(
            abs(grouping.silhouette[int(k)] - value) for k, value in given["silhouette"].items()
        ),
        "centre": _apart(grouping.centre, given["center"]),
        "group-informed consensus": _apart(
            said.group_aware_consensus, given["group_aware_consensus"]
        ),
        "priorities": _apart(said.priority, given["comment_priorities"]),
    }


@cache
def live() -> Compared:
    """Group votes, consensus and lists beside the live server's, given the groups it had."""
    path = POLIS / f"oracles/polis-production/{LIVE}.math_blob.json.gz"
    with gzip.open(path) as file:
        blob = json.load(file)
    _, votes = conversation(LIVE)
    labels = np.full(len(votes.people), -1)
    members_of = dict(
        zip(blob["base-clusters"]["id"], blob["base-clusters"]["members"], strict=True)
    )
    for cluster in blob["group-clusters"]:
        members = [pid for base in cluster["members"] for pid in members_of[base]]
        labels[np.searchsorted(votes.people, members)] = cluster["id"]
    nothing = np.zeros((2, len(votes.statements)))
    given = Grouping("polis", 2, labels, labels < 0, nothing[:0], nothing, nothing[0], {})
    said = analysis.analyse(votes, given, moderated_out=blob["mod-out"], meta=blob["meta-tids"])
    plain = analysis.plain_statements(votes, said)
    ids = votes.statements.tolist()
    counts = {
        g: [[group["votes"][str(t)][side] for side in "ADS"] for t in ids]
        for g, group in blob["group-votes"].items()
    }
    consensus = [blob["group-aware-consensus"][str(t)] for t in ids]
    equal = {
        "group votes": _group_votes(said) == counts,
        "representative": _named(plain["repness"]) == _named(blob["repness"]),
        "consensus": _named(plain["consensus"]) == _named(blob["consensus"]),
    }
    return Compared(
        equal, {"group-informed consensus": _apart(said.group_aware_consensus, consensus)}
    )


def _group_votes(said: Analysis) -> dict[str, list[list[int]]]:
    counted = said.counted
    side_by_side = np.stack([counted.agree, counted.disagree, counted.seen], axis=2)
    return {str(g): rows.tolist() for g, rows in enumerate(side_by_side)}


def _named(lists: dict[str, list[dict[str, Any]]]) -> dict[str, list[tuple[Any, ...]]]:
    """What is named in each list, in order, with its counts."""
    counts = ("tid", "n-success", "n-trials", "repful-for", "best-agree", "n-agree")
    return {key: [tuple(map(one.get, counts)) for one in chosen] for key, chosen in lists.items()}


def _measures(lists: dict[str, list[dict[str, Any]]]) -> list[float]:
    measures = ("p-success", "p-test", "repness", "repness-test")
    return [
        one[name] for chosen in lists.values() for one in chosen for name in measures if name in one
    ]


def _apart(ours: Any, theirs: Any) -> float:
    return float(np.abs(np.asarray(ours) - theirs).max())
