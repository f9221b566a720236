"""What people may say of themselves, so that support is told apart by it: set up before anybody does, said and taken back at any time."""

from collections.abc import Mapping, Sequence

from django.db.models import Max
from django.utils.text import slugify

from deliberation.assemblies.conditions import ensure_agreed
from deliberation.assemblies.errors import StrataFixed, StratumUnfit, TargetsUnfit
from deliberation.assemblies.models import Assembly, Belonging, Membership, Stratum
from elicitation.interview.texts import fault
from elicitation.record.actions import append, recorded

MOST_OPTIONS = 12
WHOLE = 100  # per cent
Wording = Mapping[str, str]


@recorded
def add_stratum(assembly: Assembly, wording: Wording, options: Sequence[Wording]) -> Stratum:
    """Ask people one thing more of themselves. `options`: at least two, each worded in the assembly's first language at least.

    Raises StrataFixed once somebody has answered, StratumUnfit.
    """
    _ensure_open(assembly)
    first = assembly.languages[0]
    worded = [{tag: text.strip() for tag, text in one.items() if text.strip()} for one in options]
    texts = [text for one in (wording, *worded) for text in one.values()]
    fit = 2 <= len(worded) <= MOST_OPTIONS and all(one.get(first) for one in (wording, *worded))
    if not fit or any(fault(text) for text in texts):
        raise StratumUnfit
    last = assembly.strata.aggregate(last=Max("position"))["last"]
    number = 0 if last is None else last + 1
    made = Stratum.objects.create(
        assembly=assembly,
        code=f"{slugify(wording[first])[:30] or 'stratum'}-{number}",
        wording=dict(wording),
        options=[{"code": f"o{n}", "wording": one} for n, one in enumerate(worded)],
        position=number,
    )
    append("stratum.added", assembly=assembly.slug, stratum=made.code)
    return made


@recorded
def drop_stratum(stratum: Stratum) -> None:
    """Ask it no more. Raises StrataFixed once somebody has answered."""
    _ensure_open(stratum.assembly)
    append("stratum.dropped", assembly=stratum.assembly.slug, stratum=stratum.code)
    stratum.delete()


@recorded
def aim(stratum: Stratum, targets: Mapping[str, int]) -> Stratum:
    """Set which share of people, in per cent, each answer is to have, by the option's code; those not named have none. Open at any time.

    Raises TargetsUnfit.
    """
    known = {one["code"] for one in stratum.options}
    fit = set(targets) <= known and all(1 <= share <= WHOLE for share in targets.values())
    if not fit or sum(targets.values()) > WHOLE:
        raise TargetsUnfit
    stratum.targets = dict(targets)
    stratum.save(update_fields=["targets"])
    append("stratum.aimed", assembly=stratum.assembly.slug, stratum=stratum.code, targets=dict(targets))  # fmt: skip
    return stratum


@recorded
def belong(member: Membership, said: Mapping[int, str]) -> None:
    """Keep what a member says of itself: of each stratum (by key) the code of an option, "" to say nothing, or nothing any more.

    Raises ConsentMissing; StratumUnfit for an option there is not.
    """
    ensure_agreed(member)
    for stratum in member.assembly.strata.filter(pk__in=list(said)):
        option = said[stratum.pk]
        if option and option not in {one["code"] for one in stratum.options}:
            raise StratumUnfit
        mine = Belonging.objects.filter(stratum=stratum, respondent=member.respondent)
        if option:
            Belonging.objects.update_or_create(
                stratum=stratum, respondent=member.respondent, defaults={"option": option}
            )
        else:
            mine.delete()
    append("belonging.said", assembly=member.assembly.slug, strata=len(said))


@recorded
def forget(member: Membership) -> int:
    """Erase all a member said of itself. Open at any time. Returns how many answers went."""
    number, _ = Belonging.objects.filter(respondent=member.respondent_id).delete()
    append("belongings.forgotten", assembly=member.assembly.slug)
    return number


def _ensure_open(assembly: Assembly) -> None:
    Assembly.objects.select_for_update(no_key=True).get(pk=assembly.pk)
    if Belonging.objects.filter(stratum__assembly=assembly).exists():
        raise StrataFixed
