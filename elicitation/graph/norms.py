"""The norms of an inquiry: what they serve, who stands behind them, and what one respondent may be asked about or has said."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import Count, F, OuterRef, Q, QuerySet, Subquery, TextField
from django.db.models import Value as Value_
from django.db.models.functions import MD5, Cast, Coalesce, Concat

from elicitation.extraction.models import PARTS, NormCandidate, NormQuote, Ruling
from elicitation.graph.models import Norm, NormEndorsement, NormEvidence, Value
from elicitation.interview.models import Inquiry, Respondent

AUTHOR = "candidate__reading__revision__response__respondent"  # of evidence
SERVED = "evidence__candidate__serves__evidence__value__root"  # of a norm: the roots of values its authors hold it for
PEOPLE = ~Q(**{f"evidence__{AUTHOR}__kind": Respondent.Kind.AI_AGENT})


@dataclass(frozen=True, slots=True)
class Behind:
    """Whose rules stand in a norm: distinct `authors`, AI agents left out, of whom `agree` find theirs in its words; whose own words it carries does."""

    authors: int
    agree: int


def norms_of(inquiries: Iterable[Inquiry]) -> QuerySet[Norm]:
    """Standing norms with `voices`, how many people's rules stand in each; most first."""
    voices = Count(f"evidence__{AUTHOR}", filter=PEOPLE, distinct=True)
    here = Norm.objects.standing().filter(inquiry__in=inquiries)
    return here.annotate(voices=voices).select_related("tally").order_by("-voices", "admitted_at")


def closest_first(rule: Ruling, norms: Iterable[Norm]) -> list[Norm]:
    """Norms by how many words they share with a rule (Jaccard's index); those alike as they came. It is an order to read in, no claim."""
    own = _words(rule)
    return sorted(norms, key=lambda norm: -_jaccard(own, _words(norm)))


def served_by(norms: Collection[Norm]) -> Mapping[UUID, list[Value]]:
    """By norm: the standing values it serves, as its authors' cards tell, at the root of what they were folded into."""
    here = Norm.objects.filter(pk__in=[norm.pk for norm in norms])
    pairs = set(here.exclude(**{SERVED: None}).values_list("pk", SERVED))
    values = Value.objects.standing().in_bulk({value for _, value in pairs})
    told: dict[UUID, list[Value]] = defaultdict(list)
    for norm, value in sorted(pairs):
        if value in values:
            told[norm].append(values[value])
    return told


def serving(values: Iterable[Value]) -> Mapping[UUID, list[Norm]]:
    """By the root of a value: the standing norms that serve it."""
    roots = {value.root_id for value in values}
    here = Norm.objects.standing().filter(**{f"{SERVED}__in": roots})
    pairs = set(here.values_list("pk", SERVED)) if roots else set()
    norms = Norm.objects.select_related("tally").in_bulk({norm for norm, _ in pairs})
    told: dict[UUID, list[Norm]] = defaultdict(list)
    for norm, root in sorted(pairs):
        if root in roots:
            told[root].append(norms[norm])
    return told


def holding_in(context: int) -> QuerySet[Norm]:
    """Standing norms that serve a standing value which holds in a context, by its key."""
    held = Value.objects.standing().filter(held_in__context=context)
    serve = Norm.objects.filter(**{f"{SERVED}__in": held}).order_by().values("pk")
    return Norm.objects.standing().filter(pk__in=serve)


def behind(norms: Collection[UUID]) -> Mapping[UUID, Behind]:
    """By norm: who stands behind it, and how many of them agree with its words. A norm nobody stands behind is missing."""
    people = NormEvidence.objects.filter(norm__in=norms).exclude(
        **{f"{AUTHOR}__kind": Respondent.Kind.AI_AGENT}
    )
    said_so = Q(candidate=F("norm__worded_from")) | Q(meant=NormEvidence.Meant.SAME)
    counted = (
        people.order_by()
        .values_list("norm")
        .annotate(
            authors=Count(AUTHOR, distinct=True), agree=Count(AUTHOR, filter=said_so, distinct=True)
        )
    )
    return {norm: Behind(authors, agree) for norm, authors, agree in counted}


def quotes_of(norms: Collection[UUID]) -> Mapping[UUID, list[NormQuote]]:
    """By norm: the words its authors released, the same words once, whoever wrote them."""
    told: dict[UUID, list[NormQuote]] = defaultdict(list)
    standing = NormEvidence.objects.filter(
        norm__in=norms, candidate__in=NormCandidate.objects.released()
    )
    quotes = NormQuote.objects.filter(norm__evidence__in=standing)
    for quote in quotes.annotate(of=F("norm__evidence__norm")).order_by(
        "norm__evidence__at", "start"
    ):
        if all(other.text != quote.text for other in told[quote.of]):
            told[quote.of].append(quote)
    return told


def to_uphold(respondent: Respondent, inquiries: Iterable[Inquiry | UUID]) -> QuerySet[Norm]:
    """Standing norms of others this respondent never said anything to: those fewest answered first, those alike in an order of the respondent's own.

    The order is a hash of both ids, so that a reload shows the same, and no norm comes first for everybody.
    """
    said = NormEndorsement.objects.filter(respondent=respondent).values("norm")
    own = NormEvidence.objects.filter(**{AUTHOR: respondent}).values("norm")
    here = Norm.objects.standing().filter(inquiry__in=inquiries).exclude(pk__in=own)
    answered = F("tally__agrees") + F("tally__disagrees") + F("tally__passes")
    mixed = MD5(
        Concat(Cast("pk", TextField()), Value_(str(respondent.pk)), output_field=TextField())
    )
    return here.exclude(pk__in=said).order_by(Coalesce(answered, 0), mixed)


def upheld(respondent: Respondent, inquiries: Iterable[Inquiry | UUID]) -> QuerySet[Any]:
    """Standing norms this respondent said something to, the newest first, each with `says`: what stands, None once taken back."""
    mine = NormEndorsement.objects.filter(respondent=respondent, norm=OuterRef("pk")).order_by(
        "-id"
    )
    standing = mine.filter(replaced_at=None)
    told = (
        Norm.objects.standing()
        .filter(inquiry__in=inquiries)
        .annotate(
            says=Subquery(standing.values("says")[:1]), newest=Subquery(mine.values("id")[:1])
        )
    )
    return told.exclude(newest=None).select_related("tally").order_by("-newest")


def _words(rule: Ruling) -> frozenset[str]:
    said = " ".join(getattr(rule, part) for part in PARTS)
    return frozenset(said.casefold().split())


def _jaccard(one: frozenset[str], other: frozenset[str]) -> float:
    return len(one & other) / len(one | other) if one | other else 0.0
