"""How many stand behind what, what is known of each value, how many took part. An AI agent is never support."""

from collections.abc import Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from functools import lru_cache
from uuid import UUID

from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet, Subquery, Sum
from django.db.models.functions import Coalesce
from django.utils import timezone

from deliberation.assemblies.models import Assembly, Membership, Phase
from deliberation.opinion.models import Analysis
from deliberation.opinion.places import unpack
from deliberation.opinion.routing import Known, known
from deliberation.opinion.withholding import FEWEST
from elicitation.extraction.models import Candidate
from elicitation.graph.models import Endorsement, Evidence, Norm, NormTally, Tally, Value
from elicitation.interview.models import Respondent


@dataclass(frozen=True, slots=True)
class Support:
    """`voices`: distinct respondents behind a value or clause; `owned`: those of them who confirmed the card."""

    voices: int
    owned: int


def support(value_ids: Iterable[UUID]) -> Support:
    """The support of one or more values together, with all folded into them: each voice counts once however many cards it has."""
    roots = Value.objects.filter(tree__in=list(value_ids))
    behind = Evidence.objects.filter(value__root__in=roots).exclude(
        candidate__reading__revision__response__respondent__kind=Respondent.Kind.AI_AGENT
    )
    who = "candidate__reading__revision__response__respondent"
    owned = Q(candidate__state__in=[Candidate.State.CONFIRMED, Candidate.State.EDITED])
    return Support(
        **behind.aggregate(
            voices=Count(who, distinct=True), owned=Count(who, distinct=True, filter=owned)
        )
    )


def supports(value_ids: Iterable[UUID]) -> Mapping[UUID, Support]:
    """The support of each of these values by itself, in one query."""
    told = Value.objects.filter(pk__in=list(value_ids)).order_by()
    owned = Q(candidate__state__in=[Candidate.State.CONFIRMED, Candidate.State.EDITED])
    rows = told.annotate(voices=voices_behind(), owned=voices_behind(owned))
    return {
        pk: Support(voices, own) for pk, voices, own in rows.values_list("pk", "voices", "owned")
    }


def voices_behind(among: Q | None = None) -> Coalesce:
    """The voices of `support` of one value as a column of a query over values; `among`: of which evidence alone."""
    who = "candidate__reading__revision__response__respondent"
    behind = Evidence.objects.filter(among or Q(), value__root=OuterRef("root")).exclude(
        **{f"{who}__kind": Respondent.Kind.AI_AGENT}
    )
    counted = behind.order_by().values("value__root").annotate(n=Count(who, distinct=True))
    return Coalesce(Subquery(counted.values("n")), 0)


@dataclass(frozen=True, slots=True)
class Counts:
    """How many say what to a value; `everybody` counts passes too."""

    agrees: int
    disagrees: int
    passes: int

    @property
    def everybody(self) -> int:
        return self.agrees + self.disagrees + self.passes


def counts_of(value: Value | Norm) -> Counts | None:
    """What people say to a value or norm; None under FEWEST of them. Only for who has said something themselves, or once weighing is over."""
    tally: Tally | NormTally | None = getattr(value, "tally", None)
    told = tally and Counts(tally.agrees, tally.disagrees, tally.passes)
    return told if told and told.everybody >= FEWEST else None


def counts_are_public(assembly: Assembly) -> bool:
    """Whether anybody may see what people say: once weighing has been held and is over, so that nobody votes with the crowd.

    Until then nobody may, who runs the assembly and researchers neither.
    """
    held = assembly.phase(Phase.Kind.WEIGHING)
    return held is not None and held.ends_at <= timezone.now()


def is_yet_to_be_weighed(assembly: Assembly) -> bool:
    """Whether weighing is set and not over."""
    ahead = assembly.phases.filter(kind=Phase.Kind.WEIGHING, ends_at__gt=timezone.now())
    return ahead.exists()


@dataclass(frozen=True, slots=True)
class Turnout:
    """`people` who say something to a value, `votes` that stand, over `values`; `few_seen`: values put before fewer than FEWEST."""

    people: int
    votes: int
    values: int
    few_seen: int


def turnout(assembly: Assembly) -> Turnout:
    """How many weigh in an assembly. It tells nothing of what they say."""
    standing = Value.objects.standing().filter(inquiry__assemblies=assembly)
    says = Endorsement.objects.standing().filter(respondent=OuterRef("respondent"))
    people = Membership.objects.filter(Exists(says), assembly=assembly).exclude(
        respondent__kind=Respondent.Kind.AI_AGENT
    )
    given = Coalesce(Sum(F("tally__agrees") + F("tally__disagrees") + F("tally__passes")), 0)
    few = Count("pk", filter=Q(tally=None) | Q(tally__shown__lt=FEWEST))
    told = standing.order_by().aggregate(votes=given, values=Count("pk"), few_seen=few)
    return Turnout(people=people.count(), **told)


def seen_by_few(assembly: Assembly) -> QuerySet[Value]:
    """Standing values put before fewer than FEWEST people, those fewest have seen first, with `seen`."""
    here = Value.objects.standing().filter(inquiry__assemblies=assembly)
    counted = here.annotate(seen=Coalesce(F("tally__shown"), 0)).filter(seen__lt=FEWEST)
    return counted.order_by("seen", "admitted_at")


def analysed(inquiry_id: UUID) -> Mapping[str, Known]:
    """What the newest analysis of an inquiry's opinion groups says of its values, by their ids; empty where there is none."""
    found = Analysis.objects.filter(inquiry=inquiry_id, kind=Analysis.Kind.GROUPS)
    for _ in range(2):  # the newest may be replaced by the next of its hour while it is read
        newest = found.order_by("-made_at").values_list("pk", flat=True).first()
        with suppress(Analysis.DoesNotExist):
            return _known(newest) if newest else {}
    return {}


def newest_analyses(assembly: Assembly) -> QuerySet[Analysis, UUID]:
    """The ids of the newest analyses of opinion groups, one an inquiry of the assembly."""
    made = Analysis.objects.filter(inquiry__in=assembly.questions(), kind=Analysis.Kind.GROUPS)
    latest = made.order_by("inquiry_id", "-made_at").distinct("inquiry_id")
    return latest.values_list("pk", flat=True)


def analysed_by(analyses: Iterable[UUID], assembly: Assembly) -> Mapping[str, Known]:
    """What these analyses say of values; where one of them was replaced meanwhile, what the newest say."""
    try:
        told = [_known(one) for one in analyses]
    except Analysis.DoesNotExist:
        told = [analysed(inquiry.pk) for inquiry in assembly.inquiries.all()]
    return told[0] if len(told) == 1 else {v: known for one in told for v, known in one.items()}


def placed_in(assembly: Assembly) -> dict[UUID, str]:
    """Which opinion group the newest results place each voice in; nobody before weighing is over."""
    if not counts_are_public(assembly):
        return {}
    made = Analysis.objects.filter(
        inquiry__assemblies=assembly, kind=Analysis.Kind.GROUPS
    ).order_by("inquiry_id", "-made_at")
    packed = made.distinct("inquiry_id").values_list("places", flat=True)
    kept = [unpack(bytes(one)) for one in packed if one]
    return {
        UUID(person): str(group)
        for places in kept
        for person, group in zip(places.people, places.groups, strict=True)
        if group >= 0
    }


@lru_cache(maxsize=64)
def _known(analysis_id: UUID) -> Mapping[str, Known]:
    """Kept, for an analysis never changes and is large. Raises Analysis.DoesNotExist."""
    result = Analysis.objects.values_list("result", flat=True).get(pk=analysis_id)
    statements = result.get("statements") if isinstance(result, dict) else None
    told = statements if isinstance(statements, dict) else {}
    return {value: known(said) for value, said in told.items()}
