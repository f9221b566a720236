"""How far two who moderate agree on the same cases, by kind of case: those drawn for a second look, judged without seeing the first judgement."""

from collections.abc import Iterator

from deliberation.assemblies.models import Assembly
from deliberation.measures.figure import Figure, Measure, Of, Unit
from deliberation.moderation import agreement
from deliberation.moderation.agreement import Interval, Pairs
from deliberation.moderation.models import SecondLook
from deliberation.moderation.second_looks import both

NONE: tuple[None, None] = (None, None)


def agreeing(assembly: Assembly) -> Iterator[Figure]:
    """Of each kind of case: how many were judged alike, kappa and alpha. What a card or rule is joined to is no part of them; of those joined by both it is told."""
    judged = both(assembly)
    for case in SecondLook.Case:
        here = [one for one in judged if one.look.case == case]
        of = Of(Measure.AGREEMENT, case.value, str(case.label))
        if here:
            yield from _of(of, [(one.first[0], one.second[0]) for one in here])
        joined = [one for one in here if one.first[1] and one.first[0] == one.second[0]]
        if joined:
            yield of.share("same_joined", sum(not one.differ for one in joined), len(joined))


def _of(of: Of, pairs: Pairs[str]) -> Iterator[Figure]:
    yield of.share("agreed", sum(a == b for a, b in pairs), len(pairs))
    yield _coefficient(of, "kappa", pairs, agreement.kappa(pairs), agreement.around_kappa(pairs))
    yield _coefficient(of, "alpha", pairs, agreement.alpha(pairs), agreement.around_alpha(pairs))


def _coefficient(
    of: Of, part: str, pairs: Pairs[str], value: float | None, around: Interval | None
) -> Figure:
    return of.told(part, len(pairs), Unit.COEFFICIENT, value, *(around or NONE))
