"""Which statements tell a group from the others. Free of Django.

Source: Polis' math (compdemocracy/polis, repness.clj and stats.clj), from its behaviour; the two-proportion test is the usual pooled
one (Fleiss, Statistical Methods for Rates and Proportions) with one added to every count.
"""

from dataclasses import dataclass

import numpy as np

from deliberation.opinion.consensus import (
    MOST,
    SURE,
    Flags,
    Floats,
    Ints,
    Tally,
    certainty,
    share,
)


@dataclass(frozen=True, slots=True)
class Side:
    """How a group stands to one answer, each (g, m): `share` and its `certainty`, `ratio` to the others' share and its `contrast` (z)."""

    count: Ints
    share: Floats
    certainty: Floats
    ratio: Floats
    contrast: Floats

    @property
    def metric(self) -> Floats:
        """What representative statements are ordered by."""
        return self.ratio * self.contrast * self.share * self.certainty


@dataclass(frozen=True, slots=True)
class Representative:
    """A statement (its column) that stands for a group: how many `count` of `seen` `agree` with it, or else disagree.

    `best`: the one a group agrees with most of all, compared with the others; `agrees`: how many do.
    """

    column: int
    agree: bool
    count: int
    seen: int
    share: float
    certainty: float
    ratio: float
    contrast: float
    best: bool = False
    agrees: int = 0


def sides(counted: Tally) -> tuple[Side, Side]:
    """Each group against the rest, for agree and for disagree."""
    rest = counted.rest
    return (
        _side(counted.agree, counted.seen, rest.agree, rest.seen),
        _side(counted.disagree, counted.seen, rest.disagree, rest.seen),
    )


def _side(count: Ints, seen: Ints, others: Ints, others_seen: Ints) -> Side:
    part = share(count, seen)
    return Side(
        count,
        part,
        certainty(count, seen),
        part / share(others, others_seen),
        contrast(count, seen, others, others_seen),
    )


def contrast(count: Ints, seen: Ints, others: Ints, others_seen: Ints) -> Floats:
    """z of one share against another (Polis' two-prop-test); 0 where everybody said it."""
    a, n, b, m = count + 1, seen + 1, others + 1, others_seen + 1
    pooled = (a + b) / (n + m)
    spread = np.sqrt(pooled * (1 - pooled) * (1 / n + 1 / m))
    differs = pooled < 1
    z: Floats = np.where(differs, a / n - b / m, 0.0) / np.where(differs, spread, 1.0)
    return z


def representative(counted: Tally, shown: Flags) -> list[list[Representative]]:
    """For each group at most MOST statements, those it agrees with first. `shown`: (m,), the statements that may be named."""
    agree, disagree = sides(counted)
    columns = np.flatnonzero(shown)
    if not len(columns):
        return [[] for _ in counted.seen]
    return [_of_group(counted, agree, disagree, g, columns) for g in range(len(counted.seen))]


def _of_group(
    counted: Tally, agree: Side, disagree: Side, g: int, columns: Ints
) -> list[Representative]:
    sure_for, sure_against = (
        (side.contrast[g, columns] > SURE) & (side.certainty[g, columns] > SURE)
        for side in (agree, disagree)
    )
    sufficient = columns[sure_for | sure_against]
    best = _most_agreed(counted, agree, g, columns)
    chosen = []
    if best is not None:
        chosen.append(_told(counted, agree, disagree, (g, best), best=True))
    elif not len(sufficient):
        strongest = np.maximum(agree.contrast[g, columns], disagree.contrast[g, columns])
        loudest = int(columns[strongest.argmax()])
        chosen.append(_told(counted, agree, disagree, (g, loudest)))
    for_it = agree.contrast[g] > disagree.contrast[g]
    metric = np.where(for_it, agree.metric[g], disagree.metric[g])[sufficient]
    by_metric = sufficient[np.argsort(-metric, kind="stable")].tolist()
    chosen += [
        _told(counted, agree, disagree, (g, column)) for column in by_metric if column != best
    ]
    return sorted(chosen[:MOST], key=lambda one: not one.agree)


def _most_agreed(counted: Tally, agree: Side, g: int, columns: Ints) -> int | None:
    """The column a group agrees with most of all: statements in their order, each against the best so far; None if none will do.

    The best so far is measured with or without its contrast to the others, by whether the group agrees with it more than they do.
    """
    voted = columns[(counted.agree[g, columns] + counted.disagree[g, columns]) > 0]
    ratio, part, sure = agree.ratio[g, voted], agree.share[g, voted], agree.certainty[g, voted]
    good = (sure > SURE) | ((ratio > 1) & (part > 0.5))
    if not good.any():
        return None
    alone = part * sure
    against_others = ratio * agree.contrast[g, voted] * part * sure
    place = int(good.argmax())
    while True:
        measure = against_others if ratio[place] > 1 else alone
        better = measure[place + 1 :] > measure[place]
        if not better.any():
            return int(voted[place])
        place += 1 + int(better.argmax())


def _told(
    counted: Tally, agree: Side, disagree: Side, place: tuple[int, int], *, best: bool = False
) -> Representative:
    for_it = bool(agree.contrast[place] > disagree.contrast[place])
    side = agree if for_it else disagree
    return Representative(
        column=place[1],
        agree=for_it,
        count=int(side.count[place]),
        seen=int(counted.seen[place]),
        share=float(side.share[place]),
        certainty=float(side.certainty[place]),
        ratio=float(side.ratio[place]),
        contrast=float(side.contrast[place]),
        best=best,
        agrees=int(agree.count[place]),
    )
