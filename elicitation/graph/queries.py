"""The values of an inquiry, and what one respondent may be asked about or has said."""

from collections.abc import Iterable
from typing import Any

from django.db.models import Count, OuterRef, QuerySet, Subquery

from elicitation.extraction.models import Candidate
from elicitation.graph.models import Endorsement, Evidence, Likeness, Value
from elicitation.interview.models import Inquiry, Respondent

OF_RESPONDENT = "candidate__reading__revision__response__respondent"  # of evidence


def values_of(inquiry: Inquiry) -> QuerySet[Value]:
    """Standing values with `cards`, the number of cards behind each; most first."""
    return (
        Value.objects.standing()
        .filter(inquiry=inquiry)
        .annotate(cards=Count("evidence"))
        .order_by("-cards", "admitted_at")
    )


def to_compare(candidate: Candidate) -> QuerySet[Value]:
    """Standing values of the card's inquiry whose author has not said yet whether they are the same."""
    inquiry = candidate.reading.revision.response.prompt.inquiry_id
    answered = Likeness.objects.filter(candidate=candidate).exclude(wish="")
    standing = Value.objects.filter(inquiry=inquiry, retired_at=None)
    return standing.exclude(pk__in=answered.values("value"))


def open_likenesses(candidate: Candidate) -> QuerySet[Likeness]:
    """Values offered to the author of an owned card that still stand and were not answered."""
    offered = Likeness.objects.filter(candidate=candidate, wish="", value__retired_at=None)
    return offered.select_related("value")


def to_weigh(respondent: Respondent, inquiries: Iterable[Inquiry]) -> QuerySet[Value]:
    """Standing values of others this respondent has said nothing to: not now, and not before it took that back."""
    here = Value.objects.standing().filter(inquiry__in=inquiries)
    said = Endorsement.objects.filter(respondent=respondent).values("value")
    own = Evidence.objects.filter(**{OF_RESPONDENT: respondent}).values("value")
    return here.exclude(pk__in=own).exclude(pk__in=said)


def standing_says(respondent: Respondent, inquiries: Iterable[Inquiry]) -> QuerySet[Endorsement]:
    """What this respondent says now to standing values."""
    mine = Endorsement.objects.standing().filter(respondent=respondent)
    return mine.filter(value__retired_at=None, value__inquiry__in=inquiries)


def weighed(respondent: Respondent, inquiries: Iterable[Inquiry]) -> QuerySet[Any]:
    """Standing values this respondent has said something to, the newest first, each with `says`: what stands, None once taken back."""
    mine = Endorsement.objects.filter(respondent=respondent, value=OuterRef("pk")).order_by("-id")
    standing = mine.filter(replaced_at=None)
    here = Value.objects.standing().filter(inquiry__in=inquiries)
    told = here.annotate(
        says=Subquery(standing.values("says")[:1]), newest=Subquery(mine.values("id")[:1])
    )
    return told.exclude(newest=None).select_related("tally").order_by("-newest")
