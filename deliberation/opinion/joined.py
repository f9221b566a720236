"""Who has joined, by what they say of themselves, beside the shares aimed at: for who runs an assembly (decision 0050).

Told of whole tens of people, in the order in which they said it, so that nobody's answer is told as it comes; of fewer than ten of a kind nothing is told, nor
what would let that be worked out.
"""

from dataclasses import dataclass

from django.db.models import Count, Exists, OuterRef, QuerySet

from deliberation.assemblies.models import Assembly, Belonging, Consent, Stratum
from deliberation.opinion.aiming import WHOLE, Gap, gap
from deliberation.opinion.withholding import FEWEST_OF_STRATUM, kept
from elicitation.interview.models import Respondent

STEP = FEWEST_OF_STRATUM


@dataclass(frozen=True, slots=True)
class Kind:
    """One answer; `number`, `share` (per cent) and `gap` are None where they are not told, `gap` and `target` also where none is aimed at."""

    option: str
    target: int | None
    number: int | None
    share: int | None
    gap: Gap | None


@dataclass(frozen=True, slots=True)
class Turnout:
    """One question: how many `said` something and how many nothing (`silent`), and of the first `told` of them what they said."""

    stratum: Stratum
    said: int
    silent: int
    told: int
    kinds: tuple[Kind, ...]


def turnout_by_kind(assembly: Assembly) -> list[Turnout]:
    """Of each question that is asked, in order. AI agents are left out, as everywhere."""
    people = Respondent.objects.exclude(kind=Respondent.Kind.AI_AGENT)
    agreed = Consent.objects.filter(membership=OuterRef("membership"))
    joined = people.filter(Exists(agreed), membership__assembly=assembly)
    number = joined.count()
    return [_of(stratum, number, joined) for stratum in assembly.strata.all()]


def _of(stratum: Stratum, joined: int, people: QuerySet[Respondent]) -> Turnout:
    codes = [one["code"] for one in stratum.options]
    said = Belonging.objects.filter(stratum=stratum, option__in=codes, respondent__in=people)
    number = said.count()
    told = number // STEP * STEP
    first = Belonging.objects.filter(pk__in=said.order_by("pk")[:told].values("pk"))
    counted = dict(first.order_by().values_list("option").annotate(Count("pk")))
    cells = {code: counted.get(code, 0) for code in codes}
    shown = kept(cells, told, FEWEST_OF_STRATUM)
    kinds = (_kind(stratum, code, cells[code] if code in shown else None, told) for code in codes)
    return Turnout(stratum, number, joined - number, told, tuple(kinds))


def _kind(stratum: Stratum, code: str, number: int | None, told: int) -> Kind:
    target = stratum.targets.get(code)
    if number is None:
        return Kind(code, target, None, None, None)
    share = round(WHOLE * number / told)
    return Kind(code, target, number, share, gap(number, told, target) if target else None)
