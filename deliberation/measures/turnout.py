"""How far who came is from who was aimed at, by what people say of themselves; withheld as on the overview (decision 0050)."""

from collections.abc import Iterator

from deliberation.assemblies.models import Assembly
from deliberation.measures.figure import Figure, Measure, Of, Unit, spoken
from deliberation.measures.representing import by_chance_alone, dissimilarity
from deliberation.opinion.aiming import WHOLE
from deliberation.opinion.joined import Kind, Turnout, turnout_by_kind
from elicitation.interview.models import wording


def representativeness(assembly: Assembly, language: str) -> Iterator[Figure]:
    """Of each question: who said anything, the share of each answer beside its target, and the index of dissimilarity where all answers have one."""
    for turnout in turnout_by_kind(assembly):
        code, asked = turnout.stratum.code, turnout.stratum.said_in(language)
        of = Of(Measure.TURNOUT, code, asked)
        yield of.share("said", turnout.said, turnout.said + turnout.silent)
        yield from _index(of, turnout)
        words = {one["code"]: wording(one["wording"], language) for one in turnout.stratum.options}
        for kind in turnout.kinds:
            own = Of(Measure.TURNOUT, f"{code}/{kind.option}", spoken([asked, words[kind.option]]))
            yield from _kind(own, kind, turnout.told)


def _kind(of: Of, kind: Kind, told: int) -> Iterator[Figure]:
    if kind.number is not None:
        yield of.share("people", kind.number, told)
    if kind.target is not None:
        yield of.told("target", told, Unit.SHARE, kind.target / WHOLE)


def _index(of: Of, turnout: Turnout) -> Iterator[Figure]:
    """Kinds that are not told count as one kind, whose number is what is left over; the index is then at least what it comes to."""
    targets = [kind.target or 0 for kind in turnout.kinds]
    if not turnout.told or not all(targets) or sum(targets) != WHOLE:
        return
    told = [(kind.number, kind.target or 0) for kind in turnout.kinds if kind.number is not None]
    if not told:
        return
    rest = turnout.told - sum(number for number, _ in told), WHOLE - sum(aim for _, aim in told)
    whole = [*told, rest] if len(told) < len(targets) else told
    aims = [aim / WHOLE for _, aim in whole]
    shares = [number / turnout.told for number, _ in whole]
    part = "dissimilarity" if whole is told else "dissimilarity_at_least"
    yield of.told(part, turnout.told, Unit.INDEX, dissimilarity(shares, aims))
    yield of.told("by_chance", turnout.told, Unit.INDEX, by_chance_alone(aims, turnout.told))
