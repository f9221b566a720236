"""Which seats seem to be one person's: the same words, or votes more alike than chance makes two people's. Free of Django.

Nothing is looked at but what is kept anyway: words, votes and when seats were taken; no network, no device. What is found is for a person to judge.
"""

import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import combinations, pairwise

import numpy as np
from numpy.typing import NDArray

from deliberation.opinion.voices import Read

SHINGLE = 12  # letters and digits in a row
SHORTEST = 48  # letters and digits of words that are compared; anybody may say "I want peace"
ALIKE = 0.8  # of all shingles of two texts, how many both have
COMMON = 40  # a row of letters in more texts than this tells nothing of two of them
FEWEST_VOTES = 10  # both have cast, on the same things
ONE_ANSWER = (
    0.9  # who gives the same answer to so much of it, or more, is like everybody else who does
)
RARE = 0.01  # so many pairs like this, or fewer, are to be expected by chance in the whole assembly
RARE_TOGETHER = 1.0  # the same of two seats taken within MOMENTS of each other
MOMENTS = 20.0  # seconds
MOST_PEOPLE = 5_000  # of whom every two are compared
ANSWERS = (1, 0, -1)


@dataclass(frozen=True, slots=True)
class Seat:
    """`taken`: seconds since some moment, None where the seat was laid out or brought along; `texts`: what was written, each at its longest."""

    person: str
    taken: float | None
    texts: Sequence[str] = ()


@dataclass(frozen=True, slots=True)
class Reason:
    """`kind`: words, votes or taken. `same` of `of`: letters in a row both have, or things both said the same to; seconds apart for taken.

    `chance`: how many such pairs are to be expected by chance in the assembly; None where nobody can say.
    """

    kind: str
    same: float
    of: float
    chance: float | None = None


@dataclass(frozen=True, slots=True)
class Group:
    """Seats that hang together, by at least one reason each; of each kind of reason the weakest."""

    people: Sequence[str]
    reasons: Sequence[Reason]


Pairs = Mapping[tuple[str, str], list[Reason]]


@dataclass(slots=True)
class _Found:
    pairs: dict[tuple[str, str], list[Reason]] = field(default_factory=lambda: defaultdict(list))

    def add(self, one: str, other: str, reason: Reason) -> None:
        self.pairs[min(one, other), max(one, other)].append(reason)


def twins(seats: Sequence[Seat], votes: Iterable[Read], labels: Mapping[str, int]) -> list[Group]:
    """The groups of seats that seem one person's, larger ones first. `labels`: the opinion group of each person who has one."""
    found = _Found()
    taken = {seat.person: seat.taken for seat in seats if seat.taken is not None}
    for read in votes:
        for one, other, reason in alike_votes(read, labels):
            apart = _apart(taken, one, other)
            rare = reason.chance is not None and reason.chance <= RARE
            if rare or apart is not None:
                found.add(one, other, reason)
    for one, other, reason in alike_words(seats):
        found.add(one, other, reason)
    for one, other in list(found.pairs):
        if (apart := _apart(taken, one, other)) is not None:
            found.add(one, other, Reason("taken", apart, MOMENTS))
    return _joined(found.pairs)


def alike_words(seats: Sequence[Seat]) -> Iterator[tuple[str, str, Reason]]:
    """Seats with a text each that share ALIKE of their rows of letters; of those who wrote exactly the same each with the next."""
    writers: dict[str, list[str]] = defaultdict(list)
    for seat in seats:
        for plain in {letters(text) for text in seat.texts}:
            if len(plain) >= SHORTEST:
                writers[plain].append(seat.person)
    for people in writers.values():
        for one, other in pairwise(people):
            yield one, other, Reason("words", 1.0, 1.0)
    texts = list(writers)
    rows = [shingles(text) for text in texts]
    for a, b in _sharing(rows):
        share = len(rows[a] & rows[b]) / len(rows[a] | rows[b])
        one, other = writers[texts[a]][0], writers[texts[b]][0]
        if share >= ALIKE and one != other:
            yield one, other, Reason("words", round(share, 3), 1.0)


def _sharing(rows: Sequence[frozenset[str]]) -> set[tuple[int, int]]:
    """The pairs that have a row of letters in common which few have."""
    where: dict[str, list[int]] = defaultdict(list)
    for n, some in enumerate(rows):
        for row in some:
            where[row].append(n)
    return {pair for told in where.values() if len(told) <= COMMON for pair in combinations(told, 2)}  # fmt: skip


def letters(text: str) -> str:
    """The letters and digits of a text, whatever its case, signs and spaces."""
    plain = unicodedata.normalize("NFKC", text).casefold()
    return "".join(c for c in plain if c.isalnum())


def shingles(plain: str) -> frozenset[str]:
    """Its rows of SHINGLE letters."""
    return frozenset(plain[n : n + SHINGLE] for n in range(len(plain) - SHINGLE + 1))


def alike_votes(read: Read, labels: Mapping[str, int]) -> Iterator[tuple[str, str, Reason]]:
    """Pairs who say the same to nearly all of FEWEST_VOTES things or more, with how many such pairs chance makes.

    Chance: two people of the same opinion group (of the whole assembly, where either has none) each say agree, pass or disagree to each
    thing as often as that group does, independently; how often they then say the same to at least as many (the tail of a Poisson
    binomial distribution), times the number of pairs.
    """
    said = dense(read)
    busy = np.flatnonzero(np.count_nonzero(said != NOT, axis=1) >= FEWEST_VOTES)[:MOST_PEOPLE]
    if len(busy) < 2:
        return
    said, people = said[busy], [read.people[n] for n in busy.tolist()]
    both, same = overlaps(said)
    groups = np.array([labels.get(person, -1) for person in people])
    chances = {int(g): coinciding(said[groups == g] if g >= 0 else said) for g in np.unique(groups)}
    everybody = coinciding(said)
    number = len(people) * (len(people) - 1) / 2
    near = np.triu((both >= FEWEST_VOTES) & (same >= 0.95 * both), 1)
    for a, b in zip(*np.nonzero(near), strict=True):
        shared = (said[a] != NOT) & (said[b] != NOT)
        if one_answer(said[a, shared]) or one_answer(said[b, shared]):
            continue
        alike = chances[int(groups[a])] if groups[a] == groups[b] else everybody
        expected = number * at_least(alike[shared], int(same[a, b]))
        if expected <= RARE_TOGETHER:
            yield people[a], people[b], Reason("votes", float(same[a, b]), float(both[a, b]), expected)  # fmt: skip


def one_answer(said: NDArray[np.int8]) -> bool:
    """Whether somebody says the same to nearly everything, as people do who agree, or pass, all along."""
    return max(int(np.count_nonzero(said == answer)) for answer in ANSWERS) >= ONE_ANSWER * len(
        said
    )


NOT = 9  # has not voted


def dense(read: Read) -> NDArray[np.int8]:
    """Votes as a table (n, m): 1, 0, -1, or NOT."""
    votes = read.votes
    table = np.full((len(read.people), len(read.statements)), NOT, dtype=np.int8)
    table[np.repeat(np.arange(len(read.people)), np.diff(votes.starts)), votes.columns] = votes.signs  # fmt: skip
    return table


def overlaps(said: NDArray[np.int8]) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
    """On how many things both of two voted, and on how many they said the same, (n, n) each."""
    seen = (said != NOT).astype(np.float32)
    same = np.zeros((len(said), len(said)), dtype=np.float32)
    for answer in ANSWERS:
        part = (said == answer).astype(np.float32)
        same += part @ part.T
    return seen @ seen.T, same


def coinciding(said: NDArray[np.int8]) -> NDArray[np.float64]:
    """How likely two of these people say the same to each thing, (m,); one vote of each kind is added, so that nothing is sure."""
    counts = np.array([np.count_nonzero(said == answer, axis=0) for answer in ANSWERS]) + 1.0
    shares = counts / counts.sum(axis=0)
    return np.asarray(np.square(shares).sum(axis=0), dtype=np.float64)


def at_least(chances: NDArray[np.float64], same: int) -> float:
    """How likely at least `same` of independent things come true that have these chances (Poisson binomial)."""
    exactly = np.zeros(len(chances) + 1)
    exactly[0] = 1.0
    for chance in chances.tolist():
        exactly[1:] = exactly[1:] * (1 - chance) + exactly[:-1] * chance
        exactly[0] *= 1 - chance
    return float(exactly[same:].sum())


def _apart(taken: Mapping[str, float], one: str, other: str) -> float | None:
    """Seconds between the taking of two seats, if these are few."""
    if one not in taken or other not in taken:
        return None
    apart = abs(taken[one] - taken[other])
    return round(apart, 1) if apart <= MOMENTS else None


def _joined(pairs: Pairs) -> list[Group]:
    """Pairs that have a seat in common as one group."""
    root: dict[str, str] = {}

    def top(person: str) -> str:
        while root.setdefault(person, person) != person:
            person = root[person]
        return person

    for one, other in pairs:
        low, high = sorted((top(one), top(other)))
        root[high] = low
    members: dict[str, set[str]] = defaultdict(set)
    reasons: dict[str, list[Reason]] = defaultdict(list)
    for (one, other), told in pairs.items():
        members[top(one)] |= {one, other}
        reasons[top(one)] += told
    groups = [Group(sorted(some), weakest(reasons[key])) for key, some in members.items()]
    return sorted(groups, key=lambda group: (-len(group.people), group.people))


def weakest(reasons: Iterable[Reason]) -> list[Reason]:
    """Of each kind the one that says least."""
    found: dict[str, Reason] = {}
    for reason in reasons:
        held = found.setdefault(reason.kind, reason)
        found[reason.kind] = max(held, reason, key=_weakness)
    return [found[kind] for kind in sorted(found, reverse=True)]


def _weakness(reason: Reason) -> float:
    if reason.kind == "taken":
        return reason.same
    return reason.chance if reason.chance is not None else -reason.same
