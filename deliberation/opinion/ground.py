"""What opinion groups are found in, and the result they give: the same for the site and for whoever computes it again. Free of Django."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from numpy.typing import NDArray

from deliberation.opinion import consensus, polis, rules, stable
from deliberation.opinion.analysis import analyse
from deliberation.opinion.convergence import Parts, Placed
from deliberation.opinion.fingerprint import fingerprint
from deliberation.opinion.grouping import Grouping
from deliberation.opinion.outcome import Found, Upheld, outcome
from deliberation.opinion.places import Places
from deliberation.opinion.voices import Read


@dataclass(frozen=True, slots=True)
class Said:
    """One stratum: the codes of its options in order, and the option of each respondent (id as text) who named one."""

    options: Sequence[str]
    of: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Ground:
    """What groups are found in: votes, and the statements that count for nothing or are about the conversation itself.

    `left_out`: how many seats the filter ONE_COUNT took out before; `strata`: what people said of themselves, by stratum; `beside`: lines of what else the result rests on, for its fingerprint.
    """

    read: Read
    moderated_out: Collection[Any] = ()
    meta: Collection[Any] = ()
    contexts: Placed | None = None
    rounds: Parts | None = None
    strata: Mapping[str, Said] = field(default_factory=dict)
    norms: Read | None = None
    left_out: int = 0


def grouped(ground: Ground, mode: str, k: int | None, earlier: Places | None = None) -> Grouping:
    """Find the groups by the rule `mode`, in `k` of them or the best number; `earlier`: who was where last time, to keep the names."""
    votes, out = ground.read.votes, ground.moderated_out
    if mode == "polis":
        return polis.group(votes, k=k, moderated_out=out)
    held = _earlier(ground.read, earlier) if earlier else None
    return stable.group(votes, k=k, seed=rules.SEED, earlier=held, moderated_out=out)


def result(ground: Ground, grouping: Grouping) -> dict[str, Any]:
    """All that is said of these groups, as plain data."""
    votes, read = ground.read.votes, ground.read
    told = analyse(votes, grouping, moderated_out=ground.moderated_out, meta=ground.meta)
    strata = {code: by_stratum(read, said) for code, said in ground.strata.items()}
    upheld = _upheld(ground, grouping)
    found = outcome(Found(votes, read.statements, grouping, told, ground.contexts, ground.rounds, strata, upheld))  # fmt: skip
    filters = [{**rules.ONE_COUNT, "left_out": ground.left_out}] if ground.left_out else []
    return {**found, "filters": filters} if filters else found


def input_hash(ground: Ground) -> str:
    """A fingerprint of all the result rests on."""
    beside = [*lines(ground.strata), *(_lines(ground.norms) if ground.norms else ())]
    return fingerprint(ground.read.votes, ground.moderated_out, ground.meta, beside=beside)


def places(read: Read, grouping: Grouping) -> Places:
    """Who was placed where."""
    return Places(read.people, grouping.labels.tolist(), grouping.unsure.astype(int).tolist())


def by_stratum(read: Read, said: Said) -> Parts:
    """The votes parted by what people said of themselves; those who said nothing under "". (options + 1, m)."""
    names = [*said.options, ""]
    place = {name: n for n, name in enumerate(names)}
    labels = np.array([place[said.of.get(person, "")] for person in read.people], dtype=np.int64)
    told = consensus.tally(read.votes, labels, len(names))
    return Parts(names, told.agree, told.disagree, told.seen)


def lines(said: Mapping[str, Said]) -> list[str]:
    """What people said of themselves as sorted lines, for a fingerprint."""
    return sorted(
        f"{code}:{person}:{option}"
        for code, one in said.items()
        for person, option in one.of.items()
    )


def _earlier(read: Read, held: Places) -> tuple[NDArray[Any], NDArray[np.int64]] | None:
    """The people of now who had a group in the last result, and which."""
    group = dict(zip(held.people, held.groups, strict=True))
    labels = np.array([group.get(person, -1) for person in read.people], dtype=np.int64)
    known = labels >= 0
    return (read.votes.people[known], labels[known]) if known.any() else None


def _upheld(ground: Ground, grouping: Grouping) -> Upheld | None:
    """What the groups say to norms; who says nothing to values is in none."""
    if ground.norms is None:
        return None
    group = dict(zip(ground.read.people, grouping.labels.tolist(), strict=True))
    read = ground.norms
    labels = np.array([group.get(person, -1) for person in read.people], dtype=np.int64)
    strata = {code: by_stratum(read, said) for code, said in ground.strata.items()}
    return Upheld(read.votes, read.statements, labels, strata)


def _lines(norms: Read) -> list[str]:
    """What is said to norms as sorted lines, for a fingerprint."""
    votes = norms.votes
    rows = np.repeat(np.arange(len(norms.people)), np.diff(votes.starts))
    cells = zip(rows.tolist(), votes.columns.tolist(), votes.signs.tolist(), strict=True)
    return sorted(f"{norms.statements[j]}:{norms.people[i]}:{sign}" for i, j, sign in cells)
