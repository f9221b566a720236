"""What groups agree on, what parts them, and what to ask next. Free of Django.

Every count is smoothed before it is divided, so that nothing here is ever undefined. Sources: Polis' math (compdemocracy/polis,
conversation.clj and repness.clj), from its behaviour; the share (a + 1) / (s + 2) is Laplace's rule of succession.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from deliberation.opinion.votes import AGREE, DISAGREE, Votes

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
Flags = NDArray[np.bool_]
SURE = 1.2816  # z of 90 %, one-sided
MOST = 5  # statements named in a list
META_PRIORITY = 49.0
NEW = 8.0  # how much more a statement nobody saw is worth showing
FADES = 5.0  # votes after which that is halved


@dataclass(frozen=True, slots=True)
class Tally:
    """Votes by group and statement, each (g, m): `agree`, `disagree`, and `seen`, passes included."""

    agree: Ints
    disagree: Ints
    seen: Ints

    @property
    def rest(self) -> "Tally":
        """For each group, the votes of all the others."""
        return Tally(*(votes.sum(axis=0) - votes for votes in self._votes))

    @property
    def all(self) -> "Tally":
        """All groups as one, (1, m)."""
        return Tally(*(votes.sum(axis=0, keepdims=True) for votes in self._votes))

    @property
    def _votes(self) -> tuple[Ints, Ints, Ints]:
        return self.agree, self.disagree, self.seen


def tally(votes: Votes, labels: Ints | None = None, groups: int | None = None) -> Tally:
    """Count votes by group. `labels`: (n,), those below 0 do not count; without, everybody is one group."""
    people, m = len(votes.people), len(votes.statements)
    if labels is None:
        labels = np.zeros(people, dtype=np.int64)
    if groups is None:
        groups = int(labels.max(initial=0)) + 1
    group = np.repeat(labels, np.diff(votes.starts))
    cell = (group * m + votes.columns) * 3 + votes.signs + 1  # disagree, pass, agree side by side
    counts = np.bincount(cell[group >= 0], minlength=groups * m * 3).reshape(groups, m, 3)
    return Tally(counts[..., AGREE + 1], counts[..., DISAGREE + 1], counts.sum(axis=2))


def share(count: Ints, seen: Ints) -> Floats:
    """The smoothed share of those who saw it, strictly between 0 and 1."""
    smoothed: Floats = (count + 1) / (seen + 2)
    return smoothed


def certainty(count: Ints, seen: Ints) -> Floats:
    """z of a share against one half (Polis' prop-test): 2 sqrt(s + 1) ((a + 1) / (s + 1) - 1/2)."""
    z: Floats = 2 * np.sqrt(seen + 1) * ((count + 1) / (seen + 1) - 0.5)
    return z


def group_informed(counted: Tally) -> Floats:
    """Group-informed consensus, (m,): the product over groups of the share that agrees."""
    together: Floats = share(counted.agree, counted.seen).prod(axis=0)
    return together


def priority(counted: Tally, extremity: Floats, meta: Flags) -> Floats:
    """How much a statement is worth showing next, (m,). `extremity`, `meta`: (m,).

    More for what few pass on, many agree with and places people apart, and for what few have seen; a meta statement has its own.
    """
    whole = counted.all
    agree, disagree, seen = whole.agree[0], whole.disagree[0], whole.seen[0]
    passed = seen - agree - disagree
    importance = (1 - share(passed, seen)) * (extremity + 1) * share(agree, seen)
    worth = (importance * (1 + NEW * 2.0 ** (-seen / FADES))) ** 2
    return np.where(meta, META_PRIORITY, worth)


@dataclass(frozen=True, slots=True)
class Agreed:
    """A statement (its column) that `count` of `seen` agree or disagree with; `share` smoothed, `certainty` its z."""

    column: int
    count: int
    seen: int
    share: float
    certainty: float


def agreed(everybody: Tally, shown: Flags) -> tuple[list[Agreed], list[Agreed]]:
    """What most agree with and what most disagree with, clearest first, at most MOST each. `everybody`: one group; `shown`: (m,)."""
    seen = everybody.seen[0]
    return (
        _clearest(everybody.agree[0], seen, shown),
        _clearest(everybody.disagree[0], seen, shown),
    )


def _clearest(count: Ints, seen: Ints, shown: Flags) -> list[Agreed]:
    part, z = share(count, seen), certainty(count, seen)
    clear = np.flatnonzero(shown & (part > 0.5) & (z > SURE))
    order = clear[np.argsort(-(part * z)[clear], kind="stable")][:MOST]
    return [Agreed(int(j), int(count[j]), int(seen[j]), float(part[j]), float(z[j])) for j in order]


def divisive(counted: Tally, shown: Flags) -> Sequence[int]:
    """Columns of statements that one group clearly agrees with and another clearly disagrees with, widest apart first, at most MOST.

    Clearly: more than half, significant at 90 %. How wide: the largest share that agrees times the largest that disagrees, of those groups.
    """
    sides = []
    for count in (counted.agree, counted.disagree):
        part = share(count, counted.seen)
        sure = (part > 0.5) & (certainty(count, counted.seen) > SURE)
        sides.append(np.where(sure, part, 0.0).max(axis=0, initial=0.0))
    width: Any = np.where(shown, sides[0] * sides[1], 0.0)
    order = np.argsort(-width, kind="stable")[:MOST]
    return [int(j) for j in order if width[j] > 0]
