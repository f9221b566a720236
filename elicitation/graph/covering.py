"""How far one card says what another says: policy by policy, as sets. Free of Django. It proposes, people decide.

A card is the set of its policies (its title where it has none). A policy of the one is held by the other as far as the other's
best policy makes the same point (matching.scores, POINT). A card is held as far as its policies are, in the mean; likeness is
the mean of both directions. That is the sum of best matches known as MaxSim (Khattab and Zaharia, "ColBERT", 2020), taken both ways and over policies
instead of words. Nothing here was fitted; what it reaches on real cards, and what else was tried: docs/decisions/0018-suggestions.md.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import accumulate

import numpy as np
from numpy.typing import NDArray

from elicitation.extraction.encoder import Vectors
from elicitation.graph.matching import Floats, Kind, Texts, read, scores

RULE = "covering-1"
HELD = 0.5  # held: more likely than not
GAP = 0.2  # from here on the one says clearly more
PAIRS = 3  # shown with a suggestion


class Relation(StrEnum):
    """What a card is to a value."""

    SAME = "same"
    NARROWER = "narrower"
    WIDER = "wider"
    NEW = "new"


@dataclass(frozen=True, slots=True)
class Cards:
    """n cards: all their policies as texts, p in all, and where each card's begin, (n,)."""

    policies: Texts
    starts: NDArray[np.intp]

    @property
    def counts(self) -> NDArray[np.intp]:
        """How many policies each card has, (n,)."""
        return np.diff(self.starts, append=len(self.policies.bare))

    def only(self, place: int) -> "Cards":
        """The one card at this place."""
        start = int(self.starts[place])
        own = slice(start, start + int(self.counts[place]))
        return Cards(self.policies.part(own), np.zeros(1, dtype=np.intp))


@dataclass(frozen=True, slots=True)
class Cover:
    """n left and m right cards. `held`: how far each left card is held by each right one; `holds`: the other way; both (n, m)."""

    held: Floats
    holds: Floats

    @property
    def likeness(self) -> Floats:
        """How alike both are, the same either way, (n, m) in [0, 1]."""
        found: Floats = (self.held + self.holds) / 2
        return found


@dataclass(frozen=True, slots=True)
class Account:
    """Why a card is what it is to a value. Policies are named by their places; no words are kept.

    `pairs`: (place in the card, place in the value, score), the best first. `beyond`: places of what the one says beyond the other: the value's
    policies where it is wider than the card, the card's otherwise; where one says clearly more, at least what is held least.
    """

    pairs: tuple[tuple[int, int, float], ...]
    beyond: tuple[int, ...]


def cards(
    policies: Sequence[Sequence[str]], vectors: Vectors, company: Vectors | None = None
) -> Cards:
    """Cards of these policies, at least one each, ready to be compared in a company of others' policies, (c, 512).

    `vectors`: unit, one a policy in the same order, (p, 512). Without company, in their own. Raises ValueError for a card of no policy.
    """
    if not all(policies):
        raise ValueError("a card needs a policy, or its title in place of one")
    said = [text for of in policies for text in of]
    starts = list(accumulate((len(of) for of in policies), initial=0))[:-1]
    return Cards(read(said, company, vectors), np.array(starts, dtype=np.intp))


def standing_for(title: str, policies: Sequence[str]) -> list[str]:
    """What a card is compared by: its policies; its title where it has none."""
    return list(policies) or [title]


def foremost(own: Vectors, theirs: Sequence[Vectors], most: int) -> list[int]:
    """Places of the `most` cards likest to one by the cosines of their policies alone, in the order of places: a sieve before `cover`.

    `own`: unit vectors of the card's policies, (k, 512); `theirs`: of each of n cards, each (k', 512).
    """
    if len(theirs) <= most:
        return list(range(len(theirs)))
    counts = np.array([len(of) for of in theirs])
    starts = np.cumsum(counts) - counts
    cosine = own @ np.vstack(theirs).T
    held = np.maximum.reduceat(cosine, starts, axis=1).mean(axis=0)
    holds = np.add.reduceat(cosine.max(axis=0), starts) / counts
    kept = np.argpartition(-(held + holds), most - 1)[:most]
    return sorted(int(place) for place in kept)


def cover(left: Cards, right: Cards) -> Cover:
    """How far each left card is held by each right one, and the other way."""
    point = scores(left.policies, right.policies, Kind.POINT)
    best_right = np.maximum.reduceat(point, right.starts, axis=1)
    best_left = np.maximum.reduceat(point, left.starts, axis=0)
    held = np.add.reduceat(best_right, left.starts, axis=0) / left.counts[:, None]
    holds = np.add.reduceat(best_left, right.starts, axis=1) / right.counts[None, :]
    return Cover(held.astype(np.float32), holds.astype(np.float32))


def relation(held: float, holds: float) -> Relation:
    """What a card is to a value that holds it as far as `held` and that it holds as far as `holds`.

    New: neither holds the other. Narrower: the value says what the card says, and clearly more. Wider: the other way. Same: they are alike, and
    neither says clearly more.
    """
    if max(held, holds) < HELD:
        return Relation.NEW
    if abs(held - holds) >= GAP:
        return Relation.NARROWER if held > holds else Relation.WIDER
    return Relation.SAME if (held + holds) / 2 >= HELD else Relation.NEW


def strength(found: Relation, held: float, holds: float) -> float:
    """How sure the suggestion is, in [0, 1]: what carries it; for a new card, how near the nearest value is."""
    if found is Relation.NARROWER:
        return held
    return holds if found is Relation.WIDER else (held + holds) / 2


def best(found: Cover) -> int:
    """Place of the right card that says most about the one left card: one it is not new to if there is any, then the most alike."""
    ranks = [
        (relation(float(held), float(holds)) is not Relation.NEW, float(held + holds))
        for held, holds in zip(found.held[0], found.holds[0], strict=True)
    ]
    return max(range(len(ranks)), key=ranks.__getitem__)


def account(card: Cards, value: Cards, found: Relation) -> Account:
    """Which policies of one card and one value make the same point, and which say more."""
    point = scores(card.policies, value.policies, Kind.POINT)
    order = np.argsort(-point, axis=None, kind="stable")
    pairs: list[tuple[int, int, float]] = []
    for a, b in zip(*np.unravel_index(order, point.shape), strict=True):
        free = all(a != x and b != y for x, y, _ in pairs)
        if free and len(pairs) < PAIRS and point[a, b] >= HELD:
            pairs.append((int(a), int(b), round(float(point[a, b]), 4)))
    reached = point.max(axis=0 if found is Relation.NARROWER else 1)
    beyond = [int(n) for n in np.flatnonzero(reached < HELD)]
    if not beyond and found in (Relation.NARROWER, Relation.WIDER):
        beyond = [int(reached.argmin())]
    return Account(tuple(pairs), tuple(beyond))
